package io.shopflow.transform.part;

import static org.assertj.core.api.Assertions.assertThat;

import io.shopflow.core.source.SourceFormat.DateFormat;
import io.shopflow.core.source.SourceFormat.FieldFormat;
import io.shopflow.core.source.SourceFormat.NumberFormat;
import io.shopflow.core.stream.Stream;
import io.shopflow.transform.part.Shop.Result;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How values of each type are read, and which rule rejects a row. */
class TypesTest {

    private static final Map<String, String> ORDER =
            Map.of(
                    "id", "o1",
                    "status", "completed",
                    "currency", "GBP",
                    "ordered_at", "2026-03-01 12:00:00");

    private static final Map<String, String> ITEM =
            Map.of("id", "i1", "order_id", "o1", "quantity", "2", "unit_price", "10.00");

    private static final Map<String, String> REFUND =
            Map.of("id", "r1", "order_id", "o1", "amount", "5", "refunded_at", "2026-03-02");

    private static final Map<String, String> REVIEW = Map.of("id", "v1", "rating", "5");

    private final Shop shop = Shop.inLondon();

    private static Map<String, String> with(Map<String, String> row, String... changes) {
        Map<String, String> changed = new HashMap<>(row);
        for (int i = 0; i < changes.length; i += 2) {
            changed.put(changes[i], changes[i + 1]);
        }
        return changed;
    }

    private Result order(String... changes) {
        return shop.transform(Stream.ORDERS, with(ORDER, changes));
    }

    @Test
    void textIsTrimmedAndStaysOnOneLine() {
        Result result =
                shop.transform(
                        Stream.PRODUCTS,
                        Map.of(
                                "id",
                                " \t7\u00a0",
                                "name",
                                "\ufeffGreen\n\u0000tea \r\n",
                                "sku",
                                " \u200b "));

        assertThat(result.row())
                .containsEntry("id", "7")
                .containsEntry("name", "Green  tea")
                .doesNotContainKey("sku");
    }

    @ParameterizedTest
    @CsvSource({
        "ORDERS, id",
        "ORDERS, status",
        "ORDERS, ordered_at",
        "ORDER_ITEMS, id",
        "ORDER_ITEMS, order_id",
        "ORDER_ITEMS, quantity",
        "ORDER_ITEMS, unit_price",
        "REFUNDS, amount",
        "REFUNDS, refunded_at",
        "REFUNDS, order_id",
        "REVIEWS, rating",
    })
    void aRowWithoutARequiredFieldIsRejected(Stream stream, String field) {
        Result result = shop.transform(stream, with(rowOf(stream), field, "  "));

        assertThat(result.rejection())
                .isEqualTo("required %s %s.csv:2".formatted(field, stream.canonicalName()));
    }

    private static Map<String, String> rowOf(Stream stream) {
        return switch (stream) {
            case ORDERS -> ORDER;
            case ORDER_ITEMS -> ITEM;
            case REFUNDS -> REFUND;
            case REVIEWS -> REVIEW;
            case CUSTOMERS, PRODUCTS, SELLERS, PAYMENTS -> Map.of("id", "1");
        };
    }

    @ParameterizedTest
    @CsvSource({
        "GBP, 12.34, 1234",
        "GBP, 12, 1200",
        "GBP, .5, 50",
        "GBP, 12.3400, 1234",
        "GBP, -3.2, -320",
        "GBP, +3.2, 320",
        "GBP, 0, 0",
        "GBP, 000000012, 1200",
        "GBP, 0, 0",
        "GBP, 000000012, 1200",
        "JPY, 1999, 1999",
        "JPY, 1999.00, 1999",
        "KWD, 1.234, 1234",
        "KWD, 1.2, 1200",
        "gbp, 1, 100",
        "GBP, 10000000000000.00, 1000000000000000",
        "GBP, -10000000000000, -1000000000000000",
        "GBP, 1e3, 100000",
        "GBP, 1.25E7, 1250000000",
        "GBP, 1E0, 100",
        "GBP, 5.0E-1, 50",
        "GBP, 1.299e+1, 1299",
        "GBP, −5, -500",
        "GBP, 0000000000000000000000001.10, 110",
        "GBP, 1.10000000000000000000000, 110",
    })
    void moneyIsExactInTheCurrencysMinorUnit(String currency, String total, String minor) {
        assertThat(order("currency", currency, "total", total).row())
                .containsEntry("total_minor", minor);
    }

    @ParameterizedTest
    @CsvSource({
        "GBP, '1,234.50', number_format",
        "GBP, 1 234, number_format",
        "GBP, £5, number_format",
        "GBP, e3, number_format",
        "GBP, 1e, number_format",
        "GBP, 1e3.5, number_format",
        "GBP, 1e-, number_format",
        "GBP, 1e400, number_range",
        "GBP, 1e-400, number_range",
        "GBP, 1.23457E+11, number_rounded",
        "GBP, $12.99, number_format",
        "GBP, (12.99), number_format",
        "GBP, 12.99-, number_format",
        "GBP, 10000000000000.01, number_range",
        "GBP, -10000000000000.01, number_range",
        "GBP, 12., number_format",
        "GBP, ., number_format",
        "GBP, --1, number_format",
        "GBP, 1.2.3, number_format",
        "GBP, NaN, number_format",
        "GBP, ١٢, number_format",
        "GBP, -, number_format",
        "GBP, +442079460958, number_format",
        "GBP, 02079460958, number_format",
        "GBP, +442079460958, number_format",
        "GBP, 02079460958, number_format",
        "GBP, 92233720368547758.08, number_range",
        "GBP, 99999999999999999999999, number_range",
        "GBP, 1000000000000000000000000000000000000000000000000000000000000000000, number_range",
    })
    void whatIsNoAmountIsRejected(String currency, String total, String rule) {
        assertThat(order("currency", currency, "total", total).rejection())
                .isEqualTo(rule + " total orders.csv:2");
    }

    @ParameterizedTest
    @CsvSource({"3.335, 334", "3.3349, 333", "-0.005, -1", "0.00000000000000000000001, 0"})
    void pricesAreRoundedHalfUp(String price, String minor) {
        if (price.startsWith("-")) {
            assertThat(
                            shop.transform(Stream.PRODUCTS, Map.of("id", "1", "price", price))
                                    .rejection())
                    .isEqualTo("negative price products.csv:2");
        } else {
            assertThat(shop.transform(Stream.PRODUCTS, Map.of("id", "1", "price", price)).row())
                    .containsEntry("price_minor", minor);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "',', '.', '1.234.567,89', 123456789",
        "',', '.', '1234,5', 123450",
        "'.', ',', '-1,234.50', -123450",
        "'.', ' ', '1\u00a0234.50', 123450",
        "'.', '''', '1''234', 123400",
        "',', , '12,5', 1250",
        "'.', '', '12.5', 1250",
    })
    void numbersAreReadAsTheSourceWritesThem(
            String decimal, String grouping, String total, String minor) {
        Result result =
                shop.withNumbers(decimal, grouping)
                        .transform(Stream.ORDERS, with(ORDER, "total", total));

        assertThat(result.row()).containsEntry("total_minor", minor);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1,23",
                "12,34,567",
                ",123",
                "1,2345",
                "1,234,",
                "1234,567",
                "1,23.5",
                "1.5,000"
            })
    void groupsOfOtherThanThreeDigitsAreRejected(String total) {
        Result result =
                shop.withNumbers(".", ",").transform(Stream.ORDERS, with(ORDER, "total", total));

        assertThat(result.rejection()).isEqualTo("number_format total orders.csv:2");
    }

    @Test
    void aFieldMayHaveAFormatOfItsOwn() {
        Result result =
                shop.withField("orders.total", new FieldFormat(null, new NumberFormat(",", null)))
                        .withField(
                                "orders.paid_at",
                                new FieldFormat(
                                        new DateFormat(
                                                List.of("dd/MM/yyyy HH:mm"),
                                                ZoneId.of("America/New_York")),
                                        null))
                        .transform(
                                Stream.ORDERS,
                                with(
                                        ORDER,
                                        "total",
                                        "1,5",
                                        "tax",
                                        "1.5",
                                        "paid_at",
                                        "31/01/2026 19:30"));

        assertThat(result.row())
                .containsEntry("total_minor", "150")
                .containsEntry("tax_minor", "150")
                .containsEntry("paid_at", "2026-02-01T00:30:00Z")
                .containsEntry("ordered_at", "2026-03-01T12:00:00Z");
    }

    @ParameterizedTest
    @CsvSource({"XXX", "XAU", "EURO", "??", "E"})
    void aCurrencyThatNobodyCanPayWithIsRejected(String currency) {
        assertThat(order("currency", currency).rejection())
                .isEqualTo("currency_unknown currency orders.csv:2");
    }

    @Test
    void rowsWithoutCurrencyHaveTheSources() {
        assertThat(order("currency", "").row()).containsEntry("currency", "GBP");
        assertThat(
                        shop.withoutCurrency()
                                .transform(Stream.ORDERS, with(ORDER, "currency", ""))
                                .rejection())
                .isEqualTo("required currency orders.csv:2");
        assertThat(
                        shop.withoutCurrency()
                                .transform(Stream.PRODUCTS, Map.of("id", "1", "price", "5"))
                                .rejection())
                .isEqualTo("currency_missing currency products.csv:2");
        assertThat(shop.withoutCurrency().transform(Stream.PRODUCTS, Map.of("id", "1")).row())
                .doesNotContainKey("currency");
    }

    @ParameterizedTest
    @CsvSource({"gb, GB", "UK, GB", "de, DE", "BR, BR"})
    void countriesAreIsoCodes(String country, String clean) {
        assertThat(order("ship_country", country).row()).containsEntry("ship_country", clean);
    }

    @ParameterizedTest
    @ValueSource(strings = {"QQ", "1", "Narnia", "0000", "United"})
    void aCountryThatNobodyKnowsIsLeftEmptyAndCountedAndTheOrderStays(String country) {
        Result result = order("ship_country", country, "ship_postcode", "LS1 4DY");

        assertThat(result.row())
                .doesNotContainKey("ship_country")
                .containsEntry("ship_postcode_area", "LS");
        assertThat(result.warned("country_unknown", "ship_country")).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
        "completed, completed",
        "COMPLETED, completed",
        "delivered, completed",
        "DELIVERED, completed",
        "On Hold, pending",
        "refunded, refunded",
    })
    void statesAreMappedWithoutCase(String status, String clean) {
        assertThat(order("status", status).row()).containsEntry("status", clean);
    }

    @Test
    void anUnknownStateIsQuarantinedNotGuessed() {
        Result result = order("status", "lost-in-post");

        assertThat(result.rejection()).isEqualTo("status_unknown status orders.csv:2");
        assertThat(result.quarantined().get(0)).containsEntry("status", "lost-in-post");
        assertThat(result.quarantined().get(0).get("message")).contains("'statuses'");
    }

    @ParameterizedTest
    @CsvSource({
        "2026-01-31T12:00:00Z, 2026-01-31T12:00:00Z",
        "2026-01-31 12:00:00, 2026-01-31T12:00:00Z",
        "2026-01-31t12:00z, 2026-01-31T12:00:00Z",
        "2026-01-31, 2026-01-31T00:00:00Z",
        "2026-01-31T12:00:00.5Z, 2026-01-31T12:00:00.500Z",
        "'2026-01-31T12:00:00,123456789', 2026-01-31T12:00:00.123456Z",
        "2026-01-31T12:00:00.0000009, 2026-01-31T12:00:00Z",
        "2026-01-31T12:00:00+02:00, 2026-01-31T10:00:00Z",
        "2026-01-31T12:00:00-0330, 2026-01-31T15:30:00Z",
        "2026-01-31T12:00:00+01, 2026-01-31T11:00:00Z",
        "2026-01-31 12:00:00 UTC, 2026-01-31T12:00:00Z",
        "2026-01-31 12:00:00 +0000, 2026-01-31T12:00:00Z",
        "2024-02-29, 2024-02-29T00:00:00Z",
        "1969-12-31T23:59:59.5Z, 1969-12-31T23:59:59.500Z",
        "2025-05-11 09:55:16 -0400, 2025-05-11T13:55:16Z",
        "2025-05-11T09:55Z, 2025-05-11T09:55:00Z",
        "2025-05-11T09:55:16.123456+02:00, 2025-05-11T07:55:16.123456Z",
        "2026-01-31 24:00:00, 2026-02-01T00:00:00Z",
        "2026-01-31T24:00, 2026-02-01T00:00:00Z",
        "2026-12-31T24:00:00+01:00, 2026-12-31T23:00:00Z",
        "1900-01-01, 1900-01-01T00:00:00Z",
        "9999-12-31T23:59:59, 9999-12-31T23:59:59Z",
    })
    void instantsAreReadAsIso8601(String text, String clean) {
        assertThat(order("paid_at", text).row()).containsEntry("paid_at", clean);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-02-30, date_nonexistent",
        "2026-02-29 10:00:00, date_nonexistent",
        "2026-13-01, date_nonexistent",
        "2026-00-10, date_nonexistent",
        "2026-01-00, date_nonexistent",
        "2026-04-31T10:00:00Z, date_nonexistent",
        "2026-01-31 24:00:01, date_nonexistent",
        "2026-01-31 24:00:00.1, date_nonexistent",
        "2026-01-31 25:00:00, date_nonexistent",
        "2026-01-31 23:60:00, date_nonexistent",
        "2026-01-31 23:59:60, date_nonexistent",
        "2026-01-31T10:00:00+19:00, date_nonexistent",
        "0000-00-01, date_nonexistent",
        "1899-12-31, date_range",
        "0001-01-01, date_range",
        "31/01/2026, date_format",
        "2026-1-31, date_format",
        "yesterday, date_format",
        "20260131, date_format",
        "2026-01-31 12, date_format",
        "2026-01-31 12:0, date_format",
        "2026-01-31 12:00:00 PM, date_format",
        "2026-01-31T12:00:00., date_format",
        "2026-01-31T12:00:00+1, date_format",
        "2026-01-31T, date_format",
        "2026-01-31T12:00:00+01:, date_format",
        "2026-01-31x12:00, date_format",
        "1767225600, date_format",
        "2026-01-31T12:00:00ZZ, date_format",
        "2026-01-31T12:00:, date_format",
    })
    void whatIsNoInstantIsRejected(String text, String rule) {
        assertThat(order("paid_at", text).rejection()).isEqualTo(rule + " paid_at orders.csv:2");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "dd/MM/yyyy HH:mm|31/01/2026 12:30|2026-01-31T12:30:00Z",
                "d.M.yy|1.2.26|2026-02-01T00:00:00Z",
                "dd-MMM-yyyy|05-sep-2025|2025-09-04T23:00:00Z",
                "dd/MM/yyyy hh:mm a|31/01/2026 01:30 PM|2026-01-31T13:30:00Z",
                "dd/MM/yyyy HH|31/01/2026 07|2026-01-31T07:00:00Z",
                "yyyy-MM-dd HH:mm:ss|2026-01-31 12:30:15|2026-01-31T12:30:15Z",
                "yyyy-MM-dd'T'HH:mm:ss|2026-01-31T12:30:15|2026-01-31T12:30:15Z",
                "yyyy-MM-dd|2026-01-31|2026-01-31T00:00:00Z",
                "yyyy-MM-dd HH:mm:ss XXX|2026-01-31 12:30:15 +05:30|2026-01-31T07:00:15Z",
                "dd 'day of' MMMM yyyy|03 day of March 2026|2026-03-03T00:00:00Z",
                "dd/MM/yyyy G|03/03/2026 AD|2026-03-03T00:00:00Z",
                "dd/MM/yyyy HH:mm|31/12/2026 24:00|2027-01-01T00:00:00Z",
                "dd/MM/yyyy HH:mm:ss|31/12/2026 24:00:00|2027-01-01T00:00:00Z",
                "MMM d, yyyy h:mm:ss a|Nov 8, 2025 3:45:10 pm|2025-11-08T15:45:10Z",
                "dd-MMM-yy|08-Nov-25|2025-11-08T00:00:00Z",
                "MMMM d, yyyy|November 8, 2025|2025-11-08T00:00:00Z",
                "epoch|1746957316|2025-05-11T09:55:16Z",
                "epoch|1746957316.25|2025-05-11T09:55:16.250Z",
                "epoch|-1|1969-12-31T23:59:59Z",
                "epoch_millis|1746957316123|2025-05-11T09:55:16.123Z",
                "iso|2025-05-11 09:55:16 UTC|2025-05-11T09:55:16Z",
            })
    void instantsAreReadByTheSourcesPatterns(String pattern, String text, String clean) {
        assertThat(dated(text, pattern).row()).containsEntry("paid_at", clean);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "dd/MM/yyyy|30/02/2026|date_nonexistent",
                "dd/MM/yyyy|29/02/2025|date_nonexistent",
                "dd/MM/yyyy|2026-02-03|date_format",
                "yyyy-MM-dd HH:mm:ss|2026-02-30 00:00:00|date_nonexistent",
                "yyyy-MM-dd HH:mm:ss|2026-02-03T00:00:00|date_format",
                "yyyy-MM-dd HH:mm:ss|2026-02-03 00:00+0100|date_format",
                "yyyy-MM-dd HH:mm:ss|2026-02-03|date_format",
                "yyyy-MM-dd'T'HH:mm:ss|2026-02-03 00:00:00|date_format",
                "yyyy-MM-dd|2026-02-03 00:00:00|date_format",
                "HH:mm|10:30|date_format",
                "dd/MM/yyyy HH:mm|31/01/2026 24:30|date_nonexistent",
                "dd/MM/yyyy HH:mm:ss|31/01/2026 24:00:01|date_nonexistent",
                "epoch|2025-05-11|date_format",
                "epoch|1746957316123|date_range",
                "epoch|1.7E9|date_format",
                "epoch|17.|date_format",
                "epoch|-|date_format",
                "epoch|9999999999999999999999|date_format",
            })
    void whatThePatternsDoNotReadIsRejected(String pattern, String text, String rule) {
        assertThat(dated(text, pattern).rejection()).isEqualTo(rule + " paid_at orders.csv:2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0000-00-00",
                "0000-00-00 00:00:00",
                "0000-00-00T00:00:00Z",
                "00/00/0000",
                "00.00.00"
            })
    void aDateOfZerosIsNone(String zeros) {
        assertThat(order("paid_at", zeros).row()).doesNotContainKey("paid_at");
        assertThat(dated(zeros, "dd/MM/yyyy").row()).doesNotContainKey("paid_at");
        assertThat(order("ordered_at", zeros).rejection())
                .isEqualTo("required ordered_at orders.csv:2");
    }

    @Test
    void anEpochOfZeroIsNone() {
        assertThat(dated("0", "epoch").row()).doesNotContainKey("paid_at");
        assertThat(dated("0", "epoch_millis", "iso").row()).doesNotContainKey("paid_at");
        assertThat(dated("0", "iso").rejection()).startsWith("date_format");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Europe/Berlin", "Asia/Tokyo", "Pacific/Auckland", "UTC"})
    void theFirstDayThatIsReadIsReadInEveryZone(String zone) {
        assertThat(
                        shop.withZone(zone)
                                .transform(Stream.ORDERS, with(ORDER, "ordered_at", "1900-01-01"))
                                .row())
                .containsEntry("ordered_on", "1900-01-01");
    }

    @Test
    void isoMayStandInAListOfFormats() {
        for (String text : List.of("2026-05-02T10:00:00Z", "02/05/2026 11:00")) {
            assertThat(dated(text, "iso", "dd/MM/yyyy HH:mm").row())
                    .containsEntry("paid_at", "2026-05-02T10:00:00Z");
        }
    }

    @Test
    void patternsAreTriedInOrder() {
        assertThat(dated("2026-02-03", "dd/MM/yyyy", "yyyy-MM-dd").row())
                .containsEntry("paid_at", "2026-02-03T00:00:00Z");
        assertThat(dated("30/02/2026", "dd/MM/yyyy", "yyyy-MM-dd").rejection())
                .startsWith("date_nonexistent");
    }

    private Result dated(String text, String... patterns) {
        return shop.withField(
                        "orders.paid_at",
                        new FieldFormat(new DateFormat(List.of(patterns), null), null))
                .transform(Stream.ORDERS, with(ORDER, "paid_at", text));
    }

    @ParameterizedTest
    @CsvSource({
        // Clocks go forward on 29 March 2026 at 01:00 UTC and back on 25 October at 01:00 UTC.
        "2026-03-28 23:30:00, 2026-03-28T23:30:00Z, 2026-03-28",
        "2026-03-29 00:59:59, 2026-03-29T00:59:59Z, 2026-03-29",
        "2026-03-29 02:00:00, 2026-03-29T01:00:00Z, 2026-03-29",
        "2026-03-30 00:30:00, 2026-03-29T23:30:00Z, 2026-03-30",
        "2026-03-29T23:30:00Z, 2026-03-29T23:30:00Z, 2026-03-30",
        "2026-03-28T23:30:00Z, 2026-03-28T23:30:00Z, 2026-03-28",
        "2025-10-25 23:30:00, 2025-10-25T22:30:00Z, 2025-10-25",
        "2025-10-25T23:30:00Z, 2025-10-25T23:30:00Z, 2025-10-26",
        "2025-10-26 00:59:59, 2025-10-25T23:59:59Z, 2025-10-26",
        "2025-10-26 02:00:00, 2025-10-26T02:00:00Z, 2025-10-26",
        "2025-10-26T23:30:00Z, 2025-10-26T23:30:00Z, 2025-10-26",
        // The repeated hour: the earlier one.
        "2025-10-26 01:00:00, 2025-10-26T00:00:00Z, 2025-10-26",
        "2025-10-26 01:59:59, 2025-10-26T00:59:59Z, 2025-10-26",
        // The skipped hour: the one after it.
        "2026-03-29 01:30:00, 2026-03-29T01:30:00Z, 2026-03-29",
    })
    void businessDatesFollowTheShopsClockThroughBothChanges(
            String text, String instant, String day) {
        assertThat(order("ordered_at", text).row())
                .containsEntry("ordered_at", instant)
                .containsEntry("ordered_on", day);
        assertThat(shop.transform(Stream.REFUNDS, with(REFUND, "refunded_at", text)).row())
                .containsEntry("refunded_at", instant)
                .containsEntry("refunded_on", day);
    }

    @Test
    void timesOfOneYearsChangesAreReadAlikeInAnyOrder() {
        List<Map<String, String>> orders =
                java.util.stream.IntStream.range(0, 3_000)
                        .mapToObj(
                                i -> {
                                    long hour = i * 7919L % 3_000 * 8;
                                    return with(
                                            ORDER,
                                            "id",
                                            "o" + i,
                                            "ordered_at",
                                            java.time.LocalDateTime.of(2023, 6, 1, 0, 30)
                                                    .plusHours(hour)
                                                    .toString());
                                })
                        .toList();
        for (Map<String, String> row : shop.transform(Stream.ORDERS, orders).clean()) {
            int order = Integer.parseInt(row.get("id").substring(1));
            java.time.ZonedDateTime expected =
                    java.time.LocalDateTime.parse(orders.get(order).get("ordered_at"))
                            .atZone(ZoneId.of("Europe/London"));
            assertThat(row)
                    .containsEntry("ordered_at", expected.toInstant().toString())
                    .containsEntry("ordered_on", expected.toLocalDate().toString());
        }
    }

    @Test
    void timesThatClocksSkippedAreCountedInTheReport() {
        assertThat(order("ordered_at", "2026-03-29 01:30:00").warned("time_skipped", "ordered_at"))
                .isEqualTo(1);
        assertThat(order().warned("time_skipped", "ordered_at")).isZero();
    }

    @Test
    void aDayWhoseMidnightIsSkippedBeginsAtItsFirstInstant() {
        Result result =
                shop.withZone("America/Sao_Paulo")
                        .transform(Stream.ORDERS, with(ORDER, "ordered_at", "2017-10-15"));

        assertThat(result.row())
                .containsEntry("ordered_at", "2017-10-15T03:00:00Z")
                .containsEntry("ordered_on", "2017-10-15");
        assertThat(result.warned("time_skipped", "ordered_at")).isZero();
    }

    @Test
    void fixedZonesHaveNoChanges() {
        assertThat(
                        shop.withZone("UTC")
                                .transform(
                                        Stream.ORDERS,
                                        with(ORDER, "ordered_at", "2026-03-29 01:30:00"))
                                .row())
                .containsEntry("ordered_at", "2026-03-29T01:30:00Z");
    }

    @Test
    void datesMoreThanADayAfterTheExtractionAreRejected() {
        assertThat(order("ordered_at", "2026-06-02T02:00:00Z").clean()).hasSize(1);
        assertThat(order("ordered_at", "2026-06-02T02:00:01Z").rejection())
                .isEqualTo("date_in_future ordered_at orders.csv:2");
        assertThat(order("updated_at", "2062-01-01").rejection())
                .isEqualTo("date_in_future updated_at orders.csv:2");
        assertThat(
                        shop.transform(Stream.REFUNDS, with(REFUND, "refunded_at", "2062-01-01"))
                                .rejection())
                .isEqualTo("date_in_future refunded_at refunds.csv:2");
    }

    @Test
    void theVersionIsTheLastChangeElseTheExtraction() {
        assertThat(order("updated_at", "2026-04-01T10:00:00.123Z").row())
                .containsEntry("version_at", "2026-04-01T10:00:00.123Z");
        assertThat(order().row()).containsEntry("version_at", "2026-06-01T02:00:00Z");
    }

    @ParameterizedTest
    @CsvSource({
        "0, 5.00, not_positive quantity",
        "-1, 5.00, negative_quantity quantity",
        "1, -5, negative_line unit_price",
        "1.0000001, 5, number_decimals quantity",
        "1000000000.5, 5, number_range quantity",
        "two, 5, number_format quantity",
        "9223372036854775808, 5, number_range quantity",
        "99999999999999999999, 5, number_range quantity",
        "1000000000, 999999999999, number_range gross",
    })
    void linesHaveUnitsAndAPriceOfAtLeastZero(String quantity, String price, String rejection) {
        assertThat(
                        shop.transform(
                                        Stream.ORDER_ITEMS,
                                        with(ITEM, "quantity", quantity, "unit_price", price))
                                .rejection())
                .isEqualTo(rejection + " order_items.csv:2");
    }

    @ParameterizedTest
    @CsvSource({
        "2, 10.00, , , 2000, 0, 2000",
        "2.0, 10.00, , 5, 2000, 500, 1500",
        "2, 10.00, 19.00, 1, 1900, 100, 1800",
        "3, 3.3333, , , 1000, 0, 1000",
        "1, 0.001, 0, 0, 0, 0, 0",
        "1, 0, , , 0, 0, 0",
        "1.5, 2.00, , , 300, 0, 300",
        "0.333, 9.99, , , 333, 0, 333",
        "1000, 0.004, , , 400, 0, 400",
        "1, 5, , 5, 500, 500, 0",
    })
    void linesHaveGrossDiscountAndNet(
            String quantity,
            String price,
            String gross,
            String discount,
            String grossMinor,
            String discountMinor,
            String netMinor) {
        Result result =
                shop.transform(
                        Stream.ORDER_ITEMS,
                        with(
                                ITEM,
                                "quantity",
                                quantity,
                                "unit_price",
                                price,
                                "gross",
                                gross == null ? "" : gross,
                                "discount",
                                discount == null ? "" : discount));

        assertThat(result.row())
                .containsEntry("gross_minor", grossMinor)
                .containsEntry("discount_minor", discountMinor)
                .containsEntry("net_minor", netMinor);
    }

    @Test
    void aDiscountOfMoreThanTheLineIsRejected() {
        assertThat(shop.transform(Stream.ORDER_ITEMS, with(ITEM, "discount", "20.01")).rejection())
                .isEqualTo("net_negative discount order_items.csv:2");
    }

    @ParameterizedTest
    @CsvSource({"1, true", "5, true", "3.0, true", "0, false", "6, false", "-1, false"})
    void ratingsAreOneToFive(String rating, boolean accepted) {
        Result result = shop.transform(Stream.REVIEWS, with(REVIEW, "rating", rating));

        assertThat(result.clean()).hasSize(accepted ? 1 : 0);
        if (!accepted) {
            assertThat(result.rejection()).isEqualTo("rating_range rating reviews.csv:2");
        }
    }

    @Test
    void refundsAreMoreThanZero() {
        assertThat(
                        shop.transform(Stream.REFUNDS, with(REFUND, "amount", "0", "other", "3.95"))
                                .row())
                .containsEntry("amount_minor", "0")
                .containsEntry("other_minor", "395");
        assertThat(
                        shop.transform(Stream.REFUNDS, with(REFUND, "amount", "0", "quantity", "1"))
                                .row())
                .containsEntry("quantity", "1");
        assertThat(shop.transform(Stream.REFUNDS, with(REFUND, "amount", "0")).rejection())
                .isEqualTo("not_positive amount refunds.csv:2");
        assertThat(shop.transform(Stream.REFUNDS, with(REFUND, "amount", "-5")).rejection())
                .isEqualTo("negative amount refunds.csv:2");
        assertThat(shop.transform(Stream.REFUNDS, with(REFUND, "quantity", "-1")).rejection())
                .isEqualTo("negative quantity refunds.csv:2");
        assertThat(shop.transform(Stream.REFUNDS, with(REFUND, "quantity", "1")).row())
                .containsEntry("quantity", "1");
    }

    @ParameterizedTest
    @CsvSource({"2, 2", "1.50, 1.5", "0.000001, 0.000001", "100, 100"})
    void quantitiesMayBeDecimals(String quantity, String clean) {
        assertThat(shop.transform(Stream.ORDER_ITEMS, with(ITEM, "quantity", quantity)).row())
                .containsEntry("quantity", clean);
    }

    @Test
    void anOrderNamesItsLinesAsAnArray() {
        assertThat(order("item_ids", "[\"12\",\"a \\\"b\\\\\"]").row())
                .containsEntry("item_ids", "{\"12\",\"a \\\"b\\\\\"}");
        assertThat(order("item_ids", "[]").row()).containsEntry("item_ids", "{}");
        assertThat(order("item_ids", "[null]").rejection())
                .isEqualTo("ids_format item_ids orders.csv:2");
        assertThat(order("item_ids", "12,13").rejection())
                .isEqualTo("ids_format item_ids orders.csv:2");
    }

    @Test
    void aTombstoneKeepsItsIdAndItsVersionOnly() {
        Result result =
                shop.transform(
                        Stream.ORDERS,
                        Map.of(
                                "id", "o1",
                                "_defect", "deleted",
                                "currency", "GBP",
                                "updated_at", "2026-04-01T10:00:00Z"));

        assertThat(result.row())
                .containsOnly(
                        Map.entry("id", "o1"),
                        Map.entry("is_deleted", "t"),
                        Map.entry("version_at", "2026-04-01T10:00:00Z"),
                        Map.entry("source_row", "1"));
        assertThat(order().row()).containsEntry("is_deleted", "f");
    }

    @Test
    void aTombstoneWithoutIdIsRejected() {
        assertThat(shop.transform(Stream.ORDERS, Map.of("_defect", "deleted")).rejection())
                .startsWith("required id");
    }

    @Test
    void aProductLeavesNoTombstone() {
        assertThat(
                        shop.transform(Stream.PRODUCTS, Map.of("id", "p1", "_defect", "deleted"))
                                .rejection())
                .startsWith("defect");
    }

    @Test
    void paymentsOfNothingAreKept() {
        assertThat(
                        shop.transform(
                                        Stream.PAYMENTS,
                                        Map.of(
                                                "id",
                                                "p",
                                                "order_id",
                                                "o",
                                                "amount",
                                                "0.00",
                                                "installments",
                                                "0"))
                                .row())
                .containsEntry("amount_minor", "0");
        assertThat(
                        shop.transform(
                                        Stream.PAYMENTS,
                                        Map.of(
                                                "id",
                                                "p",
                                                "order_id",
                                                "o",
                                                "amount",
                                                "1",
                                                "installments",
                                                "-1"))
                                .rejection())
                .isEqualTo("negative installments payments.csv:2");
    }

    @Test
    void rowsThatTheirSourceCouldNotReadAreQuarantinedWithItsRule() {
        Result result =
                shop.transform(
                        Stream.ORDERS,
                        with(ORDER, "_defect", "ragged_row: the line has 3 columns, the header 5"));

        assertThat(result.rejection()).isEqualTo("ragged_row - orders.csv:2");
        assertThat(result.quarantined().get(0))
                .containsEntry("message", "the line has 3 columns, the header 5")
                .containsEntry("_defect", "ragged_row")
                .containsEntry("id", "***");
        assertThat(order("_defect", "Something else").rejection())
                .isEqualTo("defect - orders.csv:2");
    }
}
