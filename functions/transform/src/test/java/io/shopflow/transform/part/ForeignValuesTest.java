package io.shopflow.transform.part;

import static org.assertj.core.api.Assertions.assertThat;

import io.shopflow.core.source.SourceFormat.Sign;
import io.shopflow.core.stream.FieldType;
import io.shopflow.core.stream.StreamName;
import io.shopflow.core.stream.StreamSchema;
import io.shopflow.transform.part.Shop.Result;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Values from foreign files. Each was once misread, or affected more than its row; an unreadable
 * value is rejected with its text and position.
 */
class ForeignValuesTest {

    private final Shop shop = Shop.inLondon();

    private static Map<String, String> valid(StreamName stream, String... changes) {
        Map<String, String> row = new HashMap<>(Shop.validRow(stream));
        for (int i = 0; i < changes.length; i += 2) {
            row.put(changes[i], changes[i + 1]);
        }
        return row;
    }

    private Result transform(StreamName stream, String... changes) {
        return shop.transform(stream, valid(stream, changes));
    }

    private static Stream<Arguments> fields(FieldType... types) {
        return java.util.Arrays.stream(StreamName.values())
                .flatMap(
                        stream ->
                                StreamSchema.of(stream).fields().stream()
                                        .filter(field -> List.of(types).contains(field.type()))
                                        .map(field -> Arguments.of(stream, field.name())));
    }

    static Stream<Arguments> amounts() {
        return fields(FieldType.MONEY);
    }

    static Stream<Arguments> numbersAndDates() {
        return fields(FieldType.MONEY, FieldType.INTEGER, FieldType.DECIMAL, FieldType.INSTANT);
    }

    static Stream<Arguments> identifiers() {
        return fields(FieldType.TEXT)
                .filter(
                        field -> {
                            String name = (String) field.get()[1];
                            return name.equals("id")
                                    || name.endsWith("_id")
                                    || name.equals("refund_group");
                        });
    }

    /** float, u_jpy: computed values have more digits than the currency. */
    @ParameterizedTest
    @MethodSource("amounts")
    void anAmountWithMoreDigitsThanItsCurrencyIsRoundedAndCounted(StreamName stream, String field) {
        Result result = transform(stream, field, "19.990000000000002", "currency", "GBP");

        assertThat(result.row()).containsEntry(field + "_minor", "1999");
        assertThat(result.warned("amount_rounded", field)).isEqualTo(1);
        assertThat(transform(stream, field, "19.9900").warned("amount_rounded", field)).isZero();
    }

    /** A net price has many decimals; if the line has its gross, no figure uses it. */
    @Test
    void aUnitPriceBesideItsGrossIsRoundedWithoutAWord() {
        Result result =
                transform(StreamName.ORDER_ITEMS, "unit_price", "16.1575", "gross", "32.32");

        assertThat(result.row()).containsEntry("unit_price_minor", "1616");
        assertThat(result.warned("amount_rounded", "unit_price")).isZero();
    }

    /** float: a line is computed from the price as it was given. */
    @Test
    void aLineOfComputedPricesAddsUp() {
        assertThat(
                        transform(
                                        StreamName.ORDER_ITEMS,
                                        "quantity",
                                        "3",
                                        "unit_price",
                                        "6.663333333333333",
                                        "discount",
                                        "0.30000000000000004")
                                .row())
                .containsEntry("gross_minor", "1999")
                .containsEntry("discount_minor", "30")
                .containsEntry("net_minor", "1969");
    }

    /** t_symbol: the owner of the file must see what is wrong. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "$12.99",
                "12,99 €",
                "(12.99)",
                "12.99-",
                "1,234.50",
                "1.234,50",
                "12.345.678,90",
                "EUR 5",
                "10 %",
                "1'234.50",
                "1 234,50",
                "12.",
                "1.23457E+11"
            })
    void aRejectedPriceIsShown(String total) {
        Result result = transform(StreamName.ORDERS, "total", total);

        assertThat(result.rejection()).startsWith("number_");
        assertThat(result.quarantined().get(0)).containsEntry("total", total);
        assertThat(result.example()).isEqualTo(total + " orders.csv:2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "4111 1111 1111 1111",
                "4111-1111-1111-1111",
                "4111111111111111.0",
                "555-123-9876",
                "(555) 123-9876",
                "078-05-1120",
                "07 12 34 56 78",
                "612 345 678",
                "192.168.100.200",
                "10.0.0.1",
                "123.456.789-09",
                "Ada 5",
                "GB29NWBK60161331926819",
                "ada@example.com",
                "AB123456C",
                "00447911123456x",
                "12 Analytical Row",
                "51.5074, -0.1278",
                "4111,1111,1111,1111"
            })
    void whatIsNoPriceIsMaskedInATypedField(String personal) {
        for (String field : List.of("total", "ordered_at", "status", "ship_country", "currency")) {
            Result result = transform(StreamName.ORDERS, "total", "x", field, personal);

            assertThat(result.text(result.part().quarantineKey()))
                    .as(field)
                    .doesNotContain(personal);
            assertThat(result.text(result.part().reportKey())).doesNotContain(personal);
        }
    }

    /** negdisc, t_negdisc, t_negdisc2 */
    @ParameterizedTest
    @CsvSource({
        "ORDER_ITEMS, discount", "ORDERS, discount", "ORDERS, separate_discount", "REFUNDS, amount",
        "PRODUCTS, price", "PRODUCTS, unit_cost", "ORDER_ITEMS, line_cost", "REFUNDS, quantity"
    })
    void aNegativeValueIsReadByAnOptionElseRejectedWithItsName(StreamName stream, String field) {
        Result rejected = transform(stream, field, "-10.00");
        assertThat(rejected.rejection())
                .isEqualTo("negative %s %s.csv:2".formatted(field, stream.canonicalName()));
        assertThat(rejected.quarantined().get(0).get("message")).contains("'negate: true'");
        assertThat(rejected.example()).startsWith("-10.00 ");

        Result read =
                shop.withSign(stream.canonicalName() + "." + field, Sign.NEGATED)
                        .transform(stream, valid(stream, field, "-10.00"));
        assertThat(read.row())
                .containsEntry(
                        field.equals("quantity") ? field : field + "_minor",
                        field.equals("quantity") ? "10" : "1000");
    }

    @Test
    void aFieldWithTheOppositeSignThatHasItNotIsRejected() {
        assertThat(
                        shop.withSign("orders.discount", Sign.NEGATED)
                                .transform(
                                        StreamName.ORDERS,
                                        valid(StreamName.ORDERS, "discount", "10"))
                                .rejection())
                .startsWith("negative discount");
        assertThat(
                        shop.withSign("orders.discount", Sign.NEGATED)
                                .transform(
                                        StreamName.ORDERS,
                                        valid(StreamName.ORDERS, "discount", "0"))
                                .row())
                .containsEntry("discount_minor", "0");
    }

    /** t_bigdisc, within a line. */
    @Test
    void aLineNeverNetsLessThanNothing() {
        Result result = transform(StreamName.ORDER_ITEMS, "gross", "100.00", "discount", "150.00");

        assertThat(result.rejection()).isEqualTo("net_negative discount order_items.csv:2");
        assertThat(result.example()).isEqualTo("150.00 order_items.csv:2");
    }

    /** fracqty, t_free */
    @Test
    void quantitiesAreDecimalsAndGiftsAreFree() {
        assertThat(transform(StreamName.ORDER_ITEMS, "quantity", "1.5", "unit_price", "4.00").row())
                .containsEntry("quantity", "1.5")
                .containsEntry("net_minor", "600");
        assertThat(transform(StreamName.ORDER_ITEMS, "quantity", "1", "unit_price", "0.00").row())
                .containsEntry("quantity", "1")
                .containsEntry("net_minor", "0");
        Result returned = transform(StreamName.ORDER_ITEMS, "quantity", "-1");
        assertThat(returned.rejection()).isEqualTo("negative_quantity quantity order_items.csv:2");
        assertThat(returned.quarantined().get(0).get("message")).contains("refunds");
        assertThat(returned.example()).isEqualTo("-1 order_items.csv:2");
    }

    /** t_free; WooCommerce 11: a line that reduces its order's total. */
    @Test
    void aNegativeLineIsReadWhereTheSourceMeansIt() {
        for (String field : List.of("unit_price", "gross")) {
            Result rejected = transform(StreamName.ORDER_ITEMS, field, "-5.00");
            assertThat(rejected.rejection())
                    .isEqualTo("negative_line %s order_items.csv:2".formatted(field));
            assertThat(rejected.quarantined().get(0).get("message")).contains("'negative: true'");
        }

        Shop api =
                shop.withSign("order_items.unit_price", Sign.KEPT)
                        .withSign("order_items.gross", Sign.KEPT);
        assertThat(
                        api.transform(
                                        StreamName.ORDER_ITEMS,
                                        valid(
                                                StreamName.ORDER_ITEMS,
                                                "unit_price",
                                                "-5.00",
                                                "gross",
                                                "-10.00",
                                                "discount",
                                                "0"))
                                .row())
                .containsEntry("gross_minor", "-1000")
                .containsEntry("net_minor", "-1000");
        assertThat(
                        api.transform(
                                        StreamName.ORDER_ITEMS,
                                        valid(StreamName.ORDER_ITEMS, "unit_price", "-5.00"))
                                .row())
                .containsEntry("net_minor", "-1000");
    }

    /** excelids */
    @ParameterizedTest
    @MethodSource("identifiers")
    void anIdThatASpreadsheetHasRoundedIsRejected(StreamName stream, String field) {
        for (String id : List.of("4.50012E+12", "1.23E+11", "1E+15", "4,50012E+12")) {
            Result result = transform(stream, field, id);

            assertThat(result.rejection())
                    .isEqualTo("id_rounded %s %s.csv:2".formatted(field, stream.canonicalName()));
            assertThat(result.example()).startsWith(id);
        }
        for (String id : List.of("1E5", "E+12", "77", "12E+A", "4.50012")) {
            assertThat(transform(stream, field, id).row()).containsEntry(field, id);
        }
    }

    @Test
    void anArticleNumberThatASpreadsheetHasRoundedIsLeftEmptyAndCounted() {
        Result result = transform(StreamName.PRODUCTS, "sku", "5.01235E+12");

        assertThat(result.row()).doesNotContainKey("sku");
        assertThat(result.warned("code_rounded", "sku")).isEqualTo(1);
    }

    /** longid */
    @ParameterizedTest
    @MethodSource("identifiers")
    void anIdLongerThanItsLimitCostsItsRowOnly(StreamName stream, String field) {
        for (String tooLong : List.of("x".repeat(1_001), "é".repeat(501), "x".repeat(20_000))) {
            Result result =
                    shop.transform(
                            stream,
                            valid(stream, field, tooLong, "id", field.equals("id") ? tooLong : "a"),
                            valid(stream, "id", "b"));
            assertThat(result.clean()).extracting(row -> row.get("id")).containsExactly("b");
            assertThat(result.quarantined().get(0)).containsEntry("rule", "id_length");
            assertThat(result.text(result.part().quarantineKey()).length()).isLessThan(2_000);
        }
        for (String longest : List.of("x".repeat(1_000), "é".repeat(500))) {
            assertThat(transform(stream, field, longest).row()).containsEntry(field, longest);
        }
    }

    @Test
    void anOrderThatNamesATooLongOrRoundedIdIsRejected() {
        assertThat(
                        transform(StreamName.ORDERS, "item_ids", "[\"" + "x".repeat(1_001) + "\"]")
                                .rejection())
                .startsWith("id_length item_ids");
        assertThat(transform(StreamName.ORDERS, "item_ids", "[\"1.23E+11\"]").rejection())
                .startsWith("id_rounded item_ids");
        assertThat(transform(StreamName.ORDERS, "item_ids", "[\" a\u00a0\"]").row())
                .containsEntry("item_ids", "{\"a\"}");
    }

    @Test
    void textLongerThanItsLimitIsCutAndCounted() {
        String longest = "x".repeat(10_000);
        assertThat(transform(StreamName.PRODUCTS, "name", longest).row())
                .containsEntry("name", longest);
        assertThat(transform(StreamName.PRODUCTS, "name", longest).warned("text_cut", "name"))
                .isZero();
        Result cut = transform(StreamName.PRODUCTS, "name", longest + "y");
        assertThat(cut.row()).containsEntry("name", longest);
        assertThat(cut.warned("text_cut", "name")).isEqualTo(1);
        assertThat(
                        transform(StreamName.PRODUCTS, "name", "x".repeat(9_999) + "🛒")
                                .row()
                                .get("name"))
                .hasSize(9_999);
    }

    /** bigsum, bigorder */
    @ParameterizedTest
    @MethodSource("amounts")
    void anAmountBeyondItsLimitIsRejected(StreamName stream, String field) {
        Map<String, String> largest = valid(stream, field, "10000000000000.00");
        if (stream == StreamName.ORDER_ITEMS) {
            largest.put("quantity", "1");
            largest.put("gross", "10000000000000.00");
        }
        assertThat(shop.transform(stream, largest).row())
                .containsEntry(field + "_minor", "1000000000000000");
        assertThat(transform(stream, field, "10000000000000.01").rejection())
                .startsWith("number_range " + field);
        assertThat(transform(stream, field, "60000000000000000.00").rejection())
                .startsWith("number_range " + field);
    }

    @Test
    void aLineWhoseQuantityTimesPriceIsBeyondTheLimitIsRejected() {
        assertThat(
                        transform(
                                        StreamName.ORDER_ITEMS,
                                        "quantity",
                                        "1000000000",
                                        "unit_price",
                                        "10000.00")
                                .row())
                .containsEntry("gross_minor", "1000000000000000");
        assertThat(
                        transform(
                                        StreamName.ORDER_ITEMS,
                                        "quantity",
                                        "1000000000",
                                        "unit_price",
                                        "10000.01")
                                .rejection())
                .isEqualTo("number_range gross order_items.csv:2");
        assertThat(transform(StreamName.ORDER_ITEMS, "quantity", "1000000000.1").rejection())
                .startsWith("number_range quantity");
        assertThat(transform(StreamName.PAYMENTS, "installments", "1000000001").rejection())
                .startsWith("number_range installments");
    }

    /** pad, u_trim, u_trim2, uni, padfix */
    @ParameterizedTest
    @MethodSource("identifiers")
    void idsAreComparedWithoutBlanksAndInOneForm(StreamName stream, String field) {
        for (String written :
                List.of(
                        " caf\u00e9",
                        "cafe\u0301\u00a0",
                        "\u200bcaf\u00e9\u3000",
                        "\ufeffcafe\u0301 \t")) {
            assertThat(transform(stream, field, written).row()).containsEntry(field, "caf\u00e9");
        }
    }

    @Test
    void categoriesAreOneWhicheverFormTheirLettersHave() {
        Result result =
                shop.transform(
                        StreamName.PRODUCTS,
                        Map.of("id", "p1", "category", "Caf\u00e9"),
                        Map.of("id", "p2", "category", "Cafe\u0301 "));

        assertThat(result.clean()).extracting(row -> row.get("category")).containsOnly("Caf\u00e9");
    }

    /** nulls */
    @Test
    void whatDatabasesExportForNoneIsEmptyInIdsNumbersAndDates() {
        for (String none : List.of("NULL", "\\N", "null")) {
            Result order =
                    transform(
                            StreamName.ORDERS,
                            "customer_id",
                            none,
                            "email",
                            none,
                            "paid_at",
                            none,
                            "total",
                            none,
                            "item_ids",
                            none,
                            "ship_country",
                            none,
                            "ship_postcode",
                            none);
            assertThat(order.row())
                    .doesNotContainKeys(
                            "customer_id",
                            "email_token",
                            "paid_at",
                            "total_minor",
                            "item_ids",
                            "ship_country");
            assertThat(order.report().get("warnings")).isEmpty();
            assertThat(transform(StreamName.ORDERS, "id", none).rejection())
                    .isEqualTo("required id orders.csv:2");
            assertThat(transform(StreamName.PRODUCTS, "name", none).row())
                    .containsEntry("name", none);
            assertThat(
                            shop.withNulls(none, "n/a")
                                    .transform(
                                            StreamName.PRODUCTS,
                                            Map.of("id", "1", "name", none, "category", "n/a"))
                                    .row())
                    .doesNotContainKeys("name", "category");
        }
    }

    @ParameterizedTest
    @MethodSource("numbersAndDates")
    void aNumberOrDateThatIsNullIsMissing(StreamName stream, String field) {
        boolean required =
                StreamSchema.of(stream).fields().stream()
                        .anyMatch(known -> known.name().equals(field) && known.required());
        Result result = transform(stream, field, "NULL");

        assertThat(result.quarantined()).hasSize(required ? 1 : 0);
        if (required) {
            assertThat(result.rejection()).startsWith("required " + field);
        }
    }

    /** An invalid address identifies no customer: guests with "n/a" are not one customer. */
    @ParameterizedTest
    @ValueSource(strings = {"n/a", "-", "none", "x"})
    void guestsWithoutAnAddressAreNotOneCustomer(String email) {
        assertThat(transform(StreamName.ORDERS, "email", email).row())
                .doesNotContainKey("customer_id");
    }

    /** dkiwi */
    @Test
    void anUnknownCurrencyIsRejectedWithItsCode() {
        for (String currency : List.of("JEP", "BTC", "€", "EURO")) {
            Result result = transform(StreamName.ORDERS, "currency", currency);

            assertThat(result.rejection()).isEqualTo("currency_unknown currency orders.csv:2");
            assertThat(result.example()).isEqualTo(currency + " orders.csv:2");
        }
        assertThat(transform(StreamName.ORDERS, "currency", "jpy").row())
                .containsEntry("currency", "JPY");
    }

    /** v_emptyid */
    @Test
    void rowsWithoutIdAreNoDuplicatesOfEachOther() {
        Result result =
                shop.transform(
                        StreamName.CUSTOMERS,
                        Map.of("city", "A"),
                        Map.of("city", "B", "_defect", "superseded: a later row has the same id"),
                        Map.of("city", "C", "id", "NULL"),
                        Map.of("id", "1", "city", "D"));

        assertThat(result.counts().clean()).isEqualTo(1);
        assertThat(result.counts().duplicate()).isZero();
        assertThat(result.counts().quarantined()).isEqualTo(3);
        assertThat(result.report().get("rejected").toString())
                .isEqualTo(
                        "[{\"rule\":\"required\",\"field\":\"id\",\"rows\":3,\"position\":\"customers.csv:2\"}]");
    }

    @ParameterizedTest
    @CsvSource({
        "02/30/2026, ordered_at, 02/30/2026",
        "2026-02-30 10:11:12, ordered_at, 2026-02-30 10:11:12",
        "31 Jan 2026 10:00 PM, ordered_at, 31 Jan 2026 10:00 PM",
        "'Nov 8, 2025', ordered_at, 'Nov 8, 2025'",
        "20260230, ordered_at, 20260230",
        "45658, ordered_at, 45658",
        "lost-in-post, status, lost-in-post",
        "weird, status, -",
        "paid-4111111111111111, status, -",
        "refunded-to-gb29nwbk60161331926819, status, -",
        "new-ab123456c, status, -",
        "cancelled-by-ada-lovelace, status, -",
        "cancelled-by-customer, status, cancelled-by-customer",
        "completed/02079460958, status, -",
        "paid ١٢٣, status, -",
        "lovelace, status, -",
        "to-be-picked, status, to-be-picked",
        "Not in progress, status, Not in progress",
        "order.partially.refunded, status, order.partially.refunded",
        "'---', status, ---",
        "7, status, 7",
        "P, status, P",
        "'378,282,246,310,005', total, -",
        "'411,111,111,111,111.1', total, -",
        "4.111111111111111E15, total, -",
        "'+442,079,460,958', total, -",
        "'52,998,224,725', total, -",
        "'1,234,567.50', total, '1,234,567.50'",
        "41.11.11 11:11:11.1111, ordered_at, -",
        "Ada, currency, -",
        "On Moon, status, -",
        "Returned To Depot, status, Returned To Depot",
        "WC_ON_HOLD, status, WC_ON_HOLD",
        "Ada Lovelace, status, -",
        "Lovelace, status, -",
        "ada.lovelace, status, -",
        "ada_lovelace, status, -",
        "555-12-9876, ordered_at, -",
        "1746957316, ordered_at, -",
        "06-12-34-56-78, ordered_at, -",
        "Ada 3 May 2026, ordered_at, -",
    })
    void aRejectedValueIsShownWhereItIsNearlyWhatItsFieldHolds(
            String value, String field, String shown) {
        assertThat(transform(StreamName.ORDERS, field, value).example())
                .isEqualTo(shown + " orders.csv:2");
    }

    @ParameterizedTest
    @CsvSource({"1.4111111111111111, false", "1.411111, true"})
    void anAmountThatIsRoundedIsShownUnlessItMayBeACard(String total, boolean shown) {
        Result result = transform(StreamName.ORDERS, "total", total);

        assertThat(result.warned("amount_rounded", "total")).isEqualTo(1);
        assertThat(result.report().get("warnings").toString().contains(total)).isEqualTo(shown);
    }

    @Test
    void theExampleIsTheFirstValueThatCanBeShown() {
        Result result =
                shop.transform(
                        StreamName.ORDERS,
                        valid(StreamName.ORDERS, "total", "4111 1111 1111 1111"),
                        valid(StreamName.ORDERS, "total", "$5"),
                        valid(StreamName.ORDERS, "total", "$6"));

        assertThat(result.example()).isEqualTo("$5 orders.csv:3");
        assertThat(result.report().get("rejected").get(0).get("rows").asLong()).isEqualTo(3);
    }

    @Test
    void anOddValueThatRejectsNoRowHasItsExampleToo() {
        Result result =
                shop.transform(
                        StreamName.ORDERS,
                        valid(StreamName.ORDERS, "ship_country", "Ada"),
                        valid(StreamName.ORDERS, "id", "2", "ship_country", "QQ"));

        assertThat(result.report().get("warnings").toString())
                .isEqualTo(
                        "[{\"rule\":\"country_unknown\",\"field\":\"ship_country\",\"rows\":2,\"example\":\"QQ\",\"position\":\"orders.csv:3\"}]");
    }
}
