package io.shopflow.transform.part;

import static org.assertj.core.api.Assertions.assertThat;

import io.shopflow.core.source.SourceFormat.DateFormat;
import io.shopflow.core.source.SourceFormat.FieldFormat;
import io.shopflow.core.source.SourceFormat.NumberFormat;
import io.shopflow.core.stream.StreamName;
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
        return shop.transform(StreamName.ORDERS, with(ORDER, changes));
    }

    @Test
    void textIsTrimmedAndStaysOnOneLine() {
        Result result =
                shop.transform(
                        StreamName.PRODUCTS,
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
    void aRowWithoutARequiredFieldIsRejected(StreamName stream, String field) {
        Result result = shop.transform(stream, with(rowOf(stream), field, "  "));

        assertThat(result.rejection())
                .isEqualTo("required %s %s.csv:2".formatted(field, stream.canonicalName()));
    }

    private static Map<String, String> rowOf(StreamName stream) {
        return switch (stream) {
            case ORDERS -> ORDER;
            case ORDER_ITEMS -> ITEM;
            case REFUNDS -> REFUND;
            case REVIEWS -> REVIEW;
            case CUSTOMERS, PRODUCTS, SELLERS, PAYMENTS -> Map.of("id", "1");
        };
    }

    @ParameterizedTest
    @CsvSource({"3.335, 334", "3.3349, 333", "-0.005, -1", "0.00000000000000000000001, 0"})
    void pricesAreRoundedHalfUp(String price, String minor) {
        if (price.startsWith("-")) {
            assertThat(
                            shop.transform(StreamName.PRODUCTS, Map.of("id", "1", "price", price))
                                    .rejection())
                    .isEqualTo("negative price products.csv:2");
        } else {
            assertThat(shop.transform(StreamName.PRODUCTS, Map.of("id", "1", "price", price)).row())
                    .containsEntry("price_minor", minor);
        }
    }

    @Test
    void aFieldMayHaveItsOwnFormat() {
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
                                StreamName.ORDERS,
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

    @Test
    void rowsWithoutCurrencyHaveTheSources() {
        assertThat(order("currency", "").row()).containsEntry("currency", "GBP");
        assertThat(
                        shop.withoutCurrency()
                                .transform(StreamName.ORDERS, with(ORDER, "currency", ""))
                                .rejection())
                .isEqualTo("required currency orders.csv:2");
        assertThat(
                        shop.withoutCurrency()
                                .transform(StreamName.PRODUCTS, Map.of("id", "1", "price", "5"))
                                .rejection())
                .isEqualTo("currency_missing currency products.csv:2");
        assertThat(shop.withoutCurrency().transform(StreamName.PRODUCTS, Map.of("id", "1")).row())
                .doesNotContainKey("currency");
    }

    @ParameterizedTest
    @CsvSource({
        "Frankreich, FR",
        "frankreich, FR",
        "Allemagne, DE",
        "Reino Unido, GB",
        "Schweiz, CH",
        "Niederlande, NL",
        "Stany Zjednoczone, US",
        "ÖSTERREICH, AT",
        "Côte d’Ivoire, CI"
    })
    void aCountryIsKnownByItsNameInLanguagesOfEurope(String name, String code) {
        Result result = order("ship_country", name);

        assertThat(result.row()).containsEntry("ship_country", code);
        assertThat(result.warned("country_unknown", "ship_country")).isZero();
    }

    /** Kongo: two countries have this name. */
    @ParameterizedTest
    @ValueSource(strings = {"QQ", "1", "Narnia", "0000", "United", "Kongo"})
    void anUnknownCountryIsLeftEmptyAndCountedAndTheOrderStays(String country) {
        Result result = order("ship_country", country, "ship_postcode", "LS1 4DY");

        assertThat(result.row())
                .doesNotContainKey("ship_country")
                .containsEntry("ship_postcode_area", "LS");
        assertThat(result.warned("country_unknown", "ship_country")).isEqualTo(1);
    }

    @Test
    void anUnknownStateIsQuarantinedNotGuessed() {
        Result result = order("status", "lost-in-post");

        assertThat(result.rejection()).isEqualTo("status_unknown status orders.csv:2");
        assertThat(result.quarantined().get(0)).containsEntry("status", "lost-in-post");
        assertThat(result.quarantined().get(0).get("message")).contains("'statuses'");
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
                                .transform(
                                        StreamName.ORDERS, with(ORDER, "ordered_at", "1900-01-01"))
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
                .transform(StreamName.ORDERS, with(ORDER, "paid_at", text));
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
        assertThat(shop.transform(StreamName.REFUNDS, with(REFUND, "refunded_at", text)).row())
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
        for (Map<String, String> row : shop.transform(StreamName.ORDERS, orders).clean()) {
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
                        .transform(StreamName.ORDERS, with(ORDER, "ordered_at", "2017-10-15"));

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
                                        StreamName.ORDERS,
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
                        shop.transform(
                                        StreamName.REFUNDS,
                                        with(REFUND, "refunded_at", "2062-01-01"))
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
                                        StreamName.ORDER_ITEMS,
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
                        StreamName.ORDER_ITEMS,
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
        assertThat(
                        shop.transform(StreamName.ORDER_ITEMS, with(ITEM, "discount", "20.01"))
                                .rejection())
                .isEqualTo("net_negative discount order_items.csv:2");
    }

    @Test
    void refundsAreMoreThanZero() {
        assertThat(
                        shop.transform(
                                        StreamName.REFUNDS,
                                        with(REFUND, "amount", "0", "other", "3.95"))
                                .row())
                .containsEntry("amount_minor", "0")
                .containsEntry("other_minor", "395");
        assertThat(
                        shop.transform(
                                        StreamName.REFUNDS,
                                        with(REFUND, "amount", "0", "quantity", "1"))
                                .row())
                .containsEntry("quantity", "1");
        assertThat(shop.transform(StreamName.REFUNDS, with(REFUND, "amount", "0")).rejection())
                .isEqualTo("not_positive amount refunds.csv:2");
        assertThat(shop.transform(StreamName.REFUNDS, with(REFUND, "amount", "-5")).rejection())
                .isEqualTo("negative amount refunds.csv:2");
        assertThat(shop.transform(StreamName.REFUNDS, with(REFUND, "quantity", "-1")).rejection())
                .isEqualTo("negative quantity refunds.csv:2");
        assertThat(shop.transform(StreamName.REFUNDS, with(REFUND, "quantity", "1")).row())
                .containsEntry("quantity", "1");
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
                        StreamName.ORDERS,
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
        assertThat(shop.transform(StreamName.ORDERS, Map.of("_defect", "deleted")).rejection())
                .startsWith("required id");
    }

    @Test
    void aProductLeavesNoTombstone() {
        assertThat(
                        shop.transform(
                                        StreamName.PRODUCTS,
                                        Map.of("id", "p1", "_defect", "deleted"))
                                .rejection())
                .startsWith("defect");
    }

    @Test
    void paymentsOfNothingAreKept() {
        assertThat(
                        shop.transform(
                                        StreamName.PAYMENTS,
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
                                        StreamName.PAYMENTS,
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
                        StreamName.ORDERS,
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
