package io.shopflow.extract.woocommerce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.shopflow.core.stream.StreamName;
import io.shopflow.core.stream.StreamSchema;
import io.shopflow.extract.api.JsonAmounts;
import io.shopflow.extract.api.ObjectMapping;
import io.shopflow.extract.api.RawCsvRow;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** WooCommerce 11's JSON and the resulting raw rows. */
class MappingTest {

    private static final ObjectMapper JSON =
            JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

    private static final ShopTimes LONDON = new ShopTimes(ZoneId.of("Europe/London"));

    private static final String ORDER =
            """
            {
             "id": 83, "parent_id": 0, "status": "on-hold", "currency": "GBP",
             "date_created": "2026-07-05T10:30:00", "date_modified": "2026-07-06T11:00:00",
             "discount_total": "2.00", "shipping_total": "3.95", "total": "30.84", "total_tax": "5.14",
             "customer_id": 33,
             "billing": {
              "first_name": "Siân", "last_name": "Example", "company": "", "address_1": "1 High Street",
              "address_2": "Flat 2", "city": "Leeds", "state": "West Yorkshire", "postcode": "ls1 4dy",
              "country": "GB", "email": "sian@example.test", "phone": "+44 7700 900031"
             },
             "shipping": {
              "first_name": "", "city": "St Helier", "state": "Jersey", "postcode": "JE2 3AB",
              "country": "JE"
             },
             "payment_method": "stripe", "payment_method_title": "Card", "customer_note": "Ring twice",
             "date_completed": null, "date_paid": "2026-07-05T10:31:00",
             "line_items": [
              {
               "id": 189, "name": "Tea &amp; Biscuits", "product_id": 10, "variation_id": 27,
               "quantity": 3, "subtotal": "19.25", "subtotal_tax": "3.85", "total": "17.25",
               "total_tax": "3.45", "sku": "SKU-001", "price": 5.75,
               "cost_of_goods_sold": { "value": 4.02 }
              },
              {
               "id": 190, "name": "Short lived", "product_id": 0, "variation_id": 0, "quantity": 1,
               "subtotal": "4.00", "total": "4.00", "total_tax": "0.80", "sku": null, "price": 4,
               "cost_of_goods_sold": { "value": 0 }
              }
             ],
             "refunds": [{"id": 91, "total": "-1.00"}],
             "fee_lines": [{"id": 5, "total": "2.50"}, {"id": 6, "total": "-1.00"}],
             "date_created_gmt": "2026-07-05T09:30:00", "date_modified_gmt": "2026-07-06T10:00:00",
             "date_completed_gmt": null, "date_paid_gmt": "2026-07-05T09:31:00"
            }
            """;

    @Test
    void anOrderIsMappedWithGmtTimesAndItsDestination() {
        Map<String, String> order = rows(new OrderMapping(LONDON, "GBP"), ORDER).get(0);

        assertThat(order)
                .containsEntry("_position", "archive#83")
                .containsEntry("_defect", "")
                .containsEntry("id", "83")
                .containsEntry("customer_id", "33")
                .containsEntry("status", "on-hold")
                .containsEntry("currency", "GBP")
                .containsEntry("ordered_at", "2026-07-05T09:30:00")
                .containsEntry("paid_at", "2026-07-05T09:31:00")
                .containsEntry("completed_at", "")
                .containsEntry("updated_at", "2026-07-06T10:00:00")
                .containsEntry("payment_method", "stripe")
                .containsEntry("total", "30.84")
                .containsEntry("tax", "5.14")
                .containsEntry("shipping", "3.95")
                .containsEntry("discount", "2.00")
                .containsEntry("ship_city", "St Helier")
                .containsEntry("ship_region", "Jersey")
                .containsEntry("ship_postcode", "JE2 3AB")
                .containsEntry("ship_country", "JE")
                .containsEntry("email", "sian@example.test")
                .containsEntry("name", "Siân Example")
                .containsEntry("street", "1 High Street Flat 2")
                .containsEntry("phone", "+44 7700 900031")
                .containsEntry("note", "Ring twice");
    }

    @Test
    void aLineHasItsPriceBeforeDiscountsAndTheTimeOfItsOrder() {
        Map<String, String> line = rows(new OrderMapping(LONDON, "GBP"), ORDER).get(1);

        assertThat(line)
                .containsEntry("id", "189")
                .containsEntry("order_id", "83")
                .containsEntry("product_id", "10")
                .containsEntry("name", "Tea & Biscuits")
                .containsEntry("sku", "SKU-001")
                .containsEntry("quantity", "3")
                .containsEntry("unit_price", "6.4166666667")
                .containsEntry("gross", "19.25")
                .containsEntry("discount", "2.00")
                .containsEntry("tax", "3.45")
                .containsEntry("line_cost", "4.02")
                .containsEntry("currency", "GBP")
                .containsEntry("updated_at", "2026-07-06T10:00:00");
    }

    @Test
    void aLineOfADeletedProductKeepsItsNameAndItsCostIsUnknown() {
        Map<String, String> line = rows(new OrderMapping(LONDON, "GBP"), ORDER).get(2);

        assertThat(line)
                .containsEntry("product_id", "")
                .containsEntry("sku", "")
                .containsEntry("name", "Short lived")
                .containsEntry("unit_price", "4")
                .containsEntry("line_cost", "");
    }

    @Test
    void aPaidOrderHasOnePayment() {
        assertThat(rows(new OrderMapping(LONDON, "GBP"), ORDER).get(3))
                .containsEntry("id", "83")
                .containsEntry("order_id", "83")
                .containsEntry("method", "stripe")
                .containsEntry("amount", "30.84")
                .containsEntry("paid_at", "2026-07-05T09:31:00")
                .containsEntry("updated_at", "2026-07-06T10:00:00");
        assertThat(rows(new OrderMapping(LONDON, "GBP"), "{\"id\":1,\"date_paid_gmt\":null}"))
                .hasSize(1);
    }

    @Test
    void anOrderThatIsNotShippedGoesToTheBillingAddress() {
        String order =
                """
                {"id":1,"billing":{"city":"Leeds","country":"GB"},
                 "shipping":{"city":"","postcode":"","country":""}}""";

        assertThat(rows(new OrderMapping(LONDON, "GBP"), order).getFirst())
                .containsEntry("ship_city", "Leeds")
                .containsEntry("ship_country", "GB");
    }

    @Test
    void valuesThatAreNoNumbersPassAsTheyAreForTheTransformToJudge() {
        String order =
                """
                {"id":1,"line_items":[
                 {"id":2,"quantity":0,"subtotal":"1.00","total":"x","price":1.5},
                 {"id":3,"quantity":1,"subtotal":"","total":"1.00","price":""}]}""";
        List<Map<String, String>> rows = rows(new OrderMapping(LONDON, "GBP"), order);

        assertThat(rows.get(1))
                .containsEntry("unit_price", "1.5")
                .containsEntry("quantity", "0")
                .containsEntry("gross", "1.00")
                .containsEntry("discount", "");
        assertThat(rows.get(2)).containsEntry("unit_price", "").containsEntry("gross", "");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"date_created_gmt\":\"2026-07-05T09:30:00\",\"date_created\":\"x\"} | 2026-07-05T09:30:00 | 2026-07-05T09:30:00Z",
                "{\"date_created_gmt\":\"2026-07-05T09:30:00Z\"} | 2026-07-05T09:30:00Z | 2026-07-05T09:30:00Z",
                "{\"date_created\":\"2026-07-05T10:30:00\"} | 2026-07-05T09:30:00Z | 2026-07-05T09:30:00Z",
                "{\"date_created\":\"2026-01-05T10:30:00\",\"date_created_gmt\":null} | 2026-01-05T10:30:00Z | 2026-01-05T10:30:00Z",
                "{\"date_created\":\"2026-02-30T10:30:00\"} | 2026-02-30T10:30:00 |",
                "{\"date_created_gmt\":\"0000-00-00T00:00:00\"} | 0000-00-00T00:00:00 |",
                "{} | '' |"
            })
    void timesAreReadFromTheUtcFieldElseFromTheShopsZone(String row, String text, String instant)
            throws IOException {
        JsonNode json = JSON.readTree(row);

        assertThat(LONDON.text(json, "date_created")).isEqualTo(text);
        assertThat(LONDON.instant(json, "date_created"))
                .isEqualTo(instant == null ? null : Instant.parse(instant));
    }

    @Test
    void filtersAreWrittenInTheOneSafeForm() {
        assertThat(ShopTimes.filter(Instant.parse("2026-07-05T09:30:01.987Z")))
                .isEqualTo("2026-07-05T09:30:01");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"values\":[{\"defined_value\":2.5,\"effective_value\":2.5}],\"total_value\":2.5} | 2.5",
                "{\"values\":[{\"defined_value\":null,\"effective_value\":0}],\"total_value\":0} | ''",
                "{\"values\":[{\"defined_value\":0,\"effective_value\":0}],\"total_value\":0} | 0",
                "{\"values\":[{\"defined_value\":1}]} | ''",
                "{} | ''"
            })
    void aCostIsKnownOnlyWhereSomebodyDefinedOne(String cost, String expected) {
        String product =
                """
                {"id":37,"name":"Gift Card","sku":"VAR-4","price":"",
                 "date_created_gmt":"2026-11-21T04:01:13","date_modified_gmt":"2025-07-01T10:00:00",
                 "categories":[{"id":19,"name":"Gifts &amp; Hampers"},{"id":20,"name":"Other"}],
                 "cost_of_goods_sold":%s}"""
                        .formatted(cost);

        assertThat(rows(new ProductMapping(LONDON, "GBP"), product))
                .singleElement()
                .satisfies(
                        row ->
                                assertThat(row)
                                        .containsEntry("unit_cost", expected)
                                        .containsEntry("category", "Gifts & Hampers")
                                        .containsEntry("price", "")
                                        .containsEntry("currency", "GBP")
                                        .containsEntry("created_at", "2026-11-21T04:01:13")
                                        .containsEntry("updated_at", "2025-07-01T10:00:00"));
    }

    @Test
    void anOrderNamesItsPartsAndItsFees() {
        Map<String, String> order = rows(new OrderMapping(LONDON, "GBP"), ORDER).get(0);

        assertThat(order)
                .containsEntry("item_ids", "[\"189\",\"190\"]")
                .containsEntry("payment_ids", "[\"83\"]")
                .containsEntry("refund_ids", "[\"91\"]")
                .containsEntry("fees", "1.50")
                .containsEntry("separate_discount", "");
    }

    @Test
    void whatAnOrderDoesNotTellIsNotNone() {
        assertThat(rows(new OrderMapping(LONDON, "GBP"), "{\"id\":1}").getFirst())
                .containsEntry("item_ids", "")
                .containsEntry("payment_ids", "[]")
                .containsEntry("refund_ids", "")
                .containsEntry("fees", "")
                .containsEntry("discount", "");
    }

    @Test
    void aLineOfLessThanNothingIsADiscountAndALineMadeDearerHasNone() {
        String order =
                """
                {"id":1,"discount_total":"3.00","line_items":[
                 {"id":2,"quantity":1,"subtotal":"20.00","total":"18.00"},
                 {"id":3,"quantity":2,"subtotal":"10.00","total":"14.00"},
                 {"id":4,"quantity":1,"subtotal":"-5.00","total":"-5.00"}],
                 "fee_lines":[{"total":"-2.00"},{"total":"many"}]}""";
        List<Map<String, String>> rows = rows(new OrderMapping(LONDON, "GBP"), order);

        assertThat(rows).hasSize(3);
        assertThat(rows.get(0))
                .containsEntry("item_ids", "[\"2\",\"3\"]")
                .containsEntry("discount", "2.00")
                .containsEntry("separate_discount", "5.00")
                .containsEntry("fees", "many");
        assertThat(rows.get(2))
                .containsEntry("gross", "14.00")
                .containsEntry("unit_price", "7")
                .containsEntry("discount", "0");
    }

    @Test
    void aRefundOfLinesHasARowALineNetOfTax() {
        String refund =
                """
                {"id":248,"parent_id":83,"currency":"GBP","date_created_gmt":"2026-11-21T04:02:17",
                 "amount":"21.84","reason":"Damaged",
                 "line_items":[{"id":947,"quantity":-1,"total":"-14.25","total_tax":"-2.85",
                  "meta_data":[{"key":"other","value":"1"},{"key":"_refunded_item_id","value":"189"}]},
                  {"id":948,"quantity":0,"total":"0.00","total_tax":"0.00","meta_data":[]}],
                 "shipping_lines":[{"id":957,"total":"-3.95","total_tax":"-0.79"}],
                 "fee_lines":[]}""";
        List<Map<String, String>> rows = rows(new RefundMapping(LONDON), refund);

        assertThat(rows).hasSize(2);
        assertThat(rows.getFirst())
                .containsEntry("id", "248:947")
                .containsEntry("order_id", "83")
                .containsEntry("refund_group", "248")
                .containsEntry("order_item_id", "189")
                .containsEntry("quantity", "1")
                .containsEntry("amount", "14.25")
                .containsEntry("other", "2.85")
                .containsEntry("currency", "GBP")
                .containsEntry("refunded_at", "2026-11-21T04:02:17")
                .containsEntry("updated_at", "2026-11-21T04:02:17")
                .containsEntry("reason", "Damaged");
        assertThat(rows.getLast())
                .containsEntry("id", "248")
                .containsEntry("order_item_id", "")
                .containsEntry("amount", "0.00")
                .containsEntry("other", "4.74");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // A part of a line, a fee, and an amount for nothing.
                "'20.00' | {\"id\":947,\"quantity\":0,\"total\":\"-10.00\",\"total_tax\":\"-2.00\"} | {\"total\":\"-1.00\"} | 249:947//10.00/2.00 249//7.00/1.00",
                // Credit that is reversed.
                "'80.00' | {\"id\":947,\"quantity\":-1,\"total\":\"-100.00\"} | {\"total\":\"20.00\"} | 249:947/1/100.00/0 249//0.00/-20.00",
                // A returned gift, and invalid amounts.
                "'1.00' | {\"id\":947,\"quantity\":-1,\"total\":\"0.00\"} | | 249:947/1/0.00/0 249//1.00/",
                "'x' | {\"id\":947,\"quantity\":0,\"total\":\"y\"} | | 249:947//y/0 249//x/",
            })
    void theRowsOfARefundAreTogetherWhatWasGivenBack(
            String amount, String line, String fee, String expected) {
        String refund =
                """
                {"id":249,"parent_id":83,"amount":"%s","line_items":[%s],"fee_lines":[%s]}"""
                        .formatted(amount, line, fee == null ? "" : fee);

        assertThat(rows(new RefundMapping(LONDON), refund))
                .extracting(
                        row ->
                                row.get("id")
                                        + "/"
                                        + row.get("quantity")
                                        + "/"
                                        + row.get("amount")
                                        + "/"
                                        + row.get("other"))
                .containsExactly(expected.split(" "));
    }

    @Test
    void customersAndReviewsAreMapped() {
        String customer =
                """
                {"id":2,"date_created_gmt":"2024-02-23T10:00:00","date_modified_gmt":null,
                 "date_modified":null,"email":"zoe@example.test","first_name":"Zoë",
                 "last_name":"Example","billing":{"company":"Firm","address_1":"1 High Street",
                 "address_2":"","city":"London","postcode":"SW1A 1AA","country":"GB",
                 "state":"Greater London","phone":"+44 7700 900000"}}""";
        String review =
                """
                {"id":737,"date_created_gmt":"2026-11-21T04:07:44","product_id":11,"rating":2,
                 "reviewer":"A","reviewer_email":"a2@example.test","review":"<p>Good</p>"}""";

        assertThat(rows(new CustomerMapping(LONDON), customer).getFirst())
                .containsEntry("email", "zoe@example.test")
                .containsEntry("phone", "+44 7700 900000")
                .containsEntry("first_name", "Zoë")
                .containsEntry("last_name", "Example")
                .containsEntry("company", "Firm")
                .containsEntry("street", "1 High Street")
                .containsEntry("city", "London")
                .containsEntry("region", "Greater London")
                .containsEntry("postcode", "SW1A 1AA")
                .containsEntry("country", "GB")
                .containsEntry("created_at", "2024-02-23T10:00:00")
                .containsEntry("updated_at", "");
        assertThat(rows(new ReviewMapping(LONDON), review).getFirst())
                .containsEntry("product_id", "11")
                .containsEntry("rating", "2")
                .containsEntry("reviewer", "A")
                .containsEntry("reviewer_email", "a2@example.test")
                .containsEntry("body", "<p>Good</p>")
                .containsEntry("created_at", "2026-11-21T04:07:44");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Gifts &amp; Hampers | Gifts & Hampers",
                "&lt;b&gt; &quot;x&quot; | <b> \"x\"",
                "Rock &#038; Roll &#x1F600; | Rock & Roll \uD83D\uDE00",
                "&unknown; &#9999999; a & b | &unknown; &#9999999; a & b",
                "&amp;amp; | &amp;",
                "cost $1 &amp; \\2 | cost $1 & \\2"
            })
    void namesAreDecodedOnce(String stored, String shown) {
        assertThat(HtmlText.decode(stored)).isEqualTo(shown);
    }

    @Test
    void aFieldThatTheStreamDoesNotHaveIsAMistakeOfOurs() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RawCsvRow(StreamName.ORDERS, "x").set("colour", "red"))
                .withMessageContaining("colour");
    }

    @Test
    void numbersAreNeverWrittenWithAnExponent() throws IOException {
        assertThat(RawCsvRow.text(JSON.readTree("1E+3"))).isEqualTo("1000");
        assertThat(RawCsvRow.text(JSON.readTree("0.00000001"))).isEqualTo("0.00000001");
        assertThat(RawCsvRow.text(JSON.readTree("null"))).isEmpty();
        assertThat(RawCsvRow.text(JSON.readTree("{}"))).isEmpty();
    }

    /** Recorded answers of a real shop, if this machine has any. */
    @Test
    @EnabledIfEnvironmentVariable(named = "SHOPFLOW_WOOCOMMERCE_RECORDINGS", matches = ".+")
    void recordedOrdersAddUpToTheirTotals() throws IOException {
        Path folder = Path.of(System.getenv("SHOPFLOW_WOOCOMMERCE_RECORDINGS"));
        int orders = 0;
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "orders_*.txt")) {
            for (Path file : files) {
                String call = Files.readString(file);
                int body = call.indexOf("\n\n[");
                if (body < 0 || call.lines().findFirst().orElse("").contains("dp=")) {
                    continue;
                }
                for (JsonNode order : JSON.readTree(call.substring(body))) {
                    if (order.has("line_items")) {
                        assertAddsUp(order);
                        orders++;
                    }
                }
            }
        }
        assertThat(orders).isGreaterThan(100);
    }

    private static void assertAddsUp(JsonNode order) {
        List<Map<String, String>> rows = rows(new OrderMapping(LONDON, "GBP"), order);
        Map<String, String> head = rows.getFirst();
        BigDecimal items = BigDecimal.ZERO;
        for (Map<String, String> row : rows) {
            if (row.containsKey("gross")) {
                items = items.add(number(row, "gross")).subtract(number(row, "discount"));
            }
        }
        BigDecimal fees = BigDecimal.ZERO;
        for (JsonNode fee : order.path("fee_lines")) {
            fees = fees.add(JsonAmounts.orZero(fee.path("total")));
        }
        assertThat(items.add(fees).add(number(head, "shipping")).add(number(head, "tax")))
                .as("order %s", head.get("id"))
                .isEqualByComparingTo(number(head, "total"));
    }

    private static BigDecimal number(Map<String, String> row, String field) {
        return new BigDecimal(row.get(field));
    }

    private static List<Map<String, String>> rows(ObjectMapping mapping, String json) {
        try {
            return rows(mapping, JSON.readTree(json));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Map<String, String>> rows(ObjectMapping mapping, JsonNode json) {
        List<Map<String, String>> rows = new ArrayList<>();
        for (RawCsvRow row : mapping.rows(json, "archive#" + json.path("id").asText())) {
            List<String> header = StreamSchema.of(row.stream()).rawHeader();
            Map<String, String> values = new TreeMap<>();
            for (int i = 0; i < header.size(); i++) {
                values.put(header.get(i), row.values()[i]);
            }
            rows.add(values);
        }
        return rows;
    }
}
