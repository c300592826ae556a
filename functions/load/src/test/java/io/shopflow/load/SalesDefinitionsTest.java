package io.shopflow.load;

import static io.shopflow.load.LoadFunctionTest.item;
import static io.shopflow.load.LoadFunctionTest.order;
import static io.shopflow.load.TestRun.deliver;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.shopflow.core.stream.StreamName;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The figures' definitions, as identities to the minor unit. */
@QuarkusTest
@QuarkusTestResource(LoadTestServers.class)
class SalesDefinitionsTest {

    private static final String[] STATUSES = {
        "pending", "processing", "completed", "cancelled", "failed", "refunded"
    };

    @Test
    void grossMinusDiscountsMinusRefundsIsNetOnRandomOrders() {
        identitiesHold(System.nanoTime());
    }

    /** With this seed, the only "order" of a customer is a standalone refund. */
    @Test
    void theIdentitiesHoldWithACustomerWhoOnlyHasARefund() {
        identitiesHold(56894977836315L);
        assertThat(
                        Database.figures(
                                """
                                select customer_id, is_order, net_minor
                                from analytics.sales_orders
                                where source = 'orders_56894977836315' and customer_id = 'c49'
                                """))
                .containsExactly("c49|f|-186");
    }

    private static void identitiesHold(long seed) {
        String source = "orders_" + seed;
        loadRandomOrders(source, new Random(seed));

        assertThat(
                        figuresOf(
                                source,
                                """
                                select order_id
                                from analytics.sales_orders
                                where source = :source
                                    and net_minor <> gross_minor - discount_minor - refunded_minor
                                """))
                .as("seed " + seed)
                .isEmpty();
        assertThat(
                        figuresOf(
                                source,
                                """
                                select order_item_id
                                from analytics.order_lines
                                where source = :source
                                    and net_minor <> gross_minor - discount_minor - refunded_minor
                                """))
                .as("seed " + seed)
                .isEmpty();
        assertThat(
                        figuresOf(
                                source,
                                """
                                select
                                    (select sum(net_minor) from analytics.sales_orders where source = :source)
                                    = (select sum(net_minor) from analytics.sales_items where source = :source)
                                    + (select coalesce(sum(net_minor), 0) from analytics.unallocated_sales where source = :source),
                                    (select sum(net_minor) from analytics.sales_orders where source = :source)
                                    = (select sum(net_minor) from analytics.sales_monthly_by_refund_date where source = :source),
                                    (select sum(net_minor) from analytics.sales_orders where source = :source)
                                    = (select sum(net_minor) from analytics.sales_monthly where source = :source),
                                    (select sum(net_minor) from analytics.sales_orders where source = :source)
                                    = (select sum(net_minor) from analytics.region_sales where source = :source),
                                    (select sum(net_minor) from analytics.sales_orders where source = :source)
                                    = (select sum(spent_minor) from analytics.customer_value where source = :source)
                                    + (
                                        select coalesce(sum(net_minor), 0)
                                        from analytics.sales_orders as orders
                                        where source = :source and not exists (
                                            select from analytics.sales_orders as bought
                                            where bought.source = orders.source
                                                and bought.customer_id = orders.customer_id
                                                and bought.is_order
                                        )
                                    ),
                                    (select sum(net_minor) from analytics.sales_items where source = :source)
                                    = (select sum(net_minor) from analytics.product_sales where source = :source),
                                    (select sum(net_minor) from analytics.sales_items where source = :source)
                                    = (select sum(net_minor) from analytics.category_sales where source = :source)
                                """))
                .as("seed " + seed)
                .containsExactly("t|t|t|t|t|t|t");
        assertThat(figuresOf(source, "select rule from etl.findings_of(:source) where fails_run"))
                .as("seed " + seed)
                .isEmpty();
    }

    private static List<String> figuresOf(String source, String sql) {
        return Database.figures(sql.replace(":source", "'" + source + "'"));
    }

    @Test
    void onlySalesCount() {
        TestRun run = new TestRun("states");
        List<CleanRow> orders = new ArrayList<>();
        for (String status : STATUSES) {
            orders.add(order(status, "status", status));
        }
        deliver(run.part(StreamName.ORDERS, orders.toArray(CleanRow[]::new)));

        assertThat(
                        Database.figures(
                                "select order_id from analytics.sales_orders where source = 'states' order by 1"))
                .containsExactly("completed", "processing", "refunded");
    }

    @Test
    void anOrdersDiscountIncludesThoseOfItsLines() {
        TestRun run = new TestRun("order_discounts");
        deliver(
                run.part(
                        StreamName.ORDERS,
                        order("stated", "discount_minor", "30"),
                        order("mixed", "discount_minor", "1500"),
                        order(
                                "separate",
                                "discount_minor",
                                "1500",
                                "separate_discount_minor",
                                "500"),
                        order("larger", "discount_minor", "150")),
                run.part(
                        StreamName.ORDER_ITEMS,
                        item("1", "stated", "unit_price_minor", "100", "net_minor", "100"),
                        item("2", "mixed", "unit_price_minor", "5000", "net_minor", "4500"),
                        item("3", "mixed", "unit_price_minor", "5000", "net_minor", "5000"),
                        item("4", "separate", "unit_price_minor", "5000", "net_minor", "4500"),
                        item("5", "larger", "unit_price_minor", "100", "net_minor", "100")));

        assertThat(
                        Database.figures(
                                "select order_id, gross_minor, discount_minor, net_minor from analytics.sales_orders where source = 'order_discounts' order by 1"))
                .containsExactly(
                        "larger|100|100|0",
                        "mixed|10000|1500|8500",
                        "separate|5000|2000|3000",
                        "stated|100|30|70");
        assertThat(
                        Database.figures(
                                "select order_item_id, net_minor from analytics.sales_items where source = 'order_discounts' order by 1"))
                .containsExactly("1|70", "2|4026", "3|4474", "4|3000", "5|0");
        assertThat(findings("order_discounts"))
                .containsExactly("discount_larger_than_goods|orders|1|larger|f");
    }

    @Test
    void aLineDiscountThatIsLargerThanItsLineTakesNoMoreThanThat() {
        TestRun run = new TestRun("line_discounts");
        deliver(
                run.part(StreamName.ORDERS, order("1")),
                run.part(
                        StreamName.ORDER_ITEMS,
                        item("a", "1", "unit_price_minor", "100", "net_minor", "-50"),
                        item("b", "1", "unit_price_minor", "100", "net_minor", "100")));

        assertThat(
                        Database.figures(
                                "select discount_minor, net_minor from analytics.sales_orders where source = 'line_discounts'"))
                .containsExactly("100|100");
        assertThat(findings("line_discounts"))
                .containsExactly("discount_larger_than_goods|orders|1|1|f");
    }

    @Test
    void anAmountThatWasRefundedIsSpreadOverTheLines() {
        TestRun run = new TestRun("refunded_shares");
        String[] charged = {"total_minor", "120", "tax_minor", "20"};
        deliver(
                run.part(
                        StreamName.ORDERS,
                        order("part", charged),
                        order("whole", charged),
                        order("line", charged)),
                run.part(
                        StreamName.ORDER_ITEMS,
                        line("1", "part", "75", "30"),
                        line("2", "part", "25", "10"),
                        line("3", "whole", "75", "30"),
                        line("4", "whole", "25", "10"),
                        line("5", "line", "100", "30")),
                run.part(
                        StreamName.REFUNDS,
                        refund(1, "part", "", 48),
                        refund(2, "whole", "", 119),
                        refund(3, "whole", "", 1),
                        refund(4, "line", "5", 30)));

        assertThat(
                        Database.figures(
                                "select order_item_id, units, units_returned, net_minor, cost_minor, profit_minor from analytics.sales_items where source = 'refunded_shares' order by 1"))
                .containsExactly(
                        "1|1|0|45|30|15",
                        "2|1|0|15|10|5",
                        "3|1|1|0|0|0",
                        "4|1|1|0|0|0",
                        "5|1|0|70|30|40");
    }

    @Test
    void feesShippingAndTaxAreWhatIsPaidBesideGoods() {
        TestRun run = new TestRun("fees");
        deliver(
                run.part(
                        StreamName.ORDERS,
                        order(
                                "refunded",
                                "fees_minor",
                                "20",
                                "shipping_minor",
                                "0",
                                "tax_minor",
                                "0",
                                "total_minor",
                                "120"),
                        order(
                                "credit",
                                "fees_minor",
                                "-20",
                                "shipping_minor",
                                "5",
                                "tax_minor",
                                "10",
                                "total_minor",
                                "95"),
                        order(
                                "by_line",
                                "fees_minor",
                                "20",
                                "shipping_minor",
                                "0",
                                "tax_minor",
                                "0",
                                "total_minor",
                                "120")),
                run.part(
                        StreamName.ORDER_ITEMS,
                        line("1", "refunded", "100", ""),
                        line("2", "credit", "100", ""),
                        line("3", "by_line", "100", "")),
                run.part(
                        StreamName.REFUNDS,
                        refund(1, "refunded", "", 120),
                        other(refund(2, "by_line", "3", 100), 20)));

        assertThat(
                        Database.figures(
                                "select order_id, net_minor, fees_minor, shipping_minor, tax_minor, refunded_other_minor, kept_minor from analytics.sales_orders where source = 'fees' order by 1"))
                .containsExactly(
                        "by_line|0|20|0|0|20|0",
                        "credit|100|-20|5|10|0|95",
                        "refunded|0|20|0|0|20|0");
        assertThat(findings("fees")).isEmpty();
    }

    @Test
    void aTotalThatIsNotItsPartsIsFound() {
        TestRun run = new TestRun("totals");
        deliver(
                run.part(
                        StreamName.ORDERS,
                        order(
                                "1",
                                "fees_minor",
                                "0",
                                "shipping_minor",
                                "0",
                                "tax_minor",
                                "10",
                                "total_minor",
                                "150")),
                run.part(StreamName.ORDER_ITEMS, line("1", "1", "100", "")),
                run.manifest());

        assertThat(LoadFunctionTest.status(run)).isEqualTo("incomplete");
        assertThat(
                        Database.figures(
                                "select rule, fails_run from etl.run_findings where run_id = '%s'"
                                        .formatted(run.id)))
                .containsExactly("order_total|t");
        assertThat(findings("totals")).containsExactly("order_total|orders|1|1|t");
    }

    @Test
    void aTotalOfLessThanItsPartsIsFoundThoughTheShopDoesNotTellAllOfThem() {
        TestRun run = new TestRun("small_totals");
        deliver(
                run.part(
                        StreamName.ORDERS,
                        order("rounded", "total_minor", "96"),
                        order("small", "total_minor", "95"),
                        order("with_untold_tax", "total_minor", "300"),
                        order("small_with_tax", "total_minor", "110", "tax_minor", "20"),
                        order("discounted", "total_minor", "60", "discount_minor", "40"),
                        order("without_lines", "total_minor", "0", "shipping_minor", "10")),
                run.part(
                        StreamName.ORDER_ITEMS,
                        line("1", "rounded", "100", ""),
                        line("2", "small", "100", ""),
                        line("3", "with_untold_tax", "100", ""),
                        line("4", "small_with_tax", "100", ""),
                        line("5", "discounted", "100", "")),
                run.manifest());

        assertThat(findings("small_totals"))
                .containsExactly("order_total_less_than_parts|orders|3|small|f");
        assertThat(LoadFunctionTest.status(run)).isEqualTo("complete");
    }

    @Test
    void aRunThatChangesNothingFindsWhatWasFoundBefore() {
        CleanRow[] lines = {line("1", "lost", "100", "")};
        TestRun first = new TestRun("found_again");
        TestRun second = new TestRun("found_again");
        deliver(first.part(StreamName.ORDER_ITEMS, lines), first.manifest());
        deliver(second.part(StreamName.ORDER_ITEMS, lines), second.manifest());

        for (TestRun run : List.of(first, second)) {
            assertThat(
                            Database.figures(
                                    "select rule, stream, rows from etl.run_findings where run_id = '%s'"
                                            .formatted(run.id)))
                    .containsExactly("order_unknown|order_items|1");
        }
    }

    @Test
    void whatIsInAnotherCurrencyThanItsOrderIsInNoSum() {
        TestRun run = new TestRun("currencies");
        deliver(
                run.part(
                        StreamName.ORDERS,
                        order("yen", "currency", "JPY"),
                        order("euro", "currency", "EUR")),
                run.part(
                        StreamName.ORDER_ITEMS,
                        currency(line("1", "yen", "8000", ""), "JPY"),
                        currency(line("2", "euro", "1000", ""), "EUR"),
                        currency(line("3", "euro", "5000", ""), "KWD")),
                run.part(
                        StreamName.REFUNDS,
                        currency(refund(1, "yen", "", 1000), "JPY"),
                        currency(refund(2, "euro", "", 10), "USD")));

        assertThat(
                        Database.figures(
                                "select order_id, currency, net_minor from analytics.sales_orders where source = 'currencies' order by 1"))
                .containsExactly("euro|EUR|1000", "yen|JPY|7000");
        assertThat(
                        Database.figures(
                                "select stream, id, reason from analytics.left_out_rows where source = 'currencies' order by 1"))
                .containsExactly("order_items|3|other_currency", "refunds|2|other_currency");
        assertThat(findings("currencies"))
                .containsExactly(
                        "other_currency|order_items|1|3|f", "other_currency|refunds|1|2|f");
    }

    @Test
    void anOrderThatIsRefundedInFullLeavesNothingOfALineBelowZero() {
        TestRun run = new TestRun("full_refunds");
        deliver(
                run.part(StreamName.ORDERS, order("A", "total_minor", "90")),
                run.part(
                        StreamName.ORDER_ITEMS,
                        line("goods", "A", "100", ""),
                        line("voucher", "A", "-10", "")),
                run.part(StreamName.REFUNDS, refund(1, "A", "", 90)));

        assertThat(
                        Database.figures(
                                "select order_item_id, net_minor from analytics.sales_items where source = 'full_refunds' order by 1"))
                .containsExactly("goods|0", "voucher|0");
    }

    @Test
    void aStandaloneRefundCountsAndIsNoOrder() {
        TestRun run = new TestRun("own_refunds");
        String[] buyer = {"customer_id", "k", "ship_country", "GB"};
        CleanRow own = order("own", buyer);
        own.values().put("ordered_at", "2026-03-05T12:00:00Z");
        own.values().put("ordered_on", "2026-03-05");
        CleanRow ofAStranger = order("of_a_stranger", "customer_id", "s", "ship_country", "FR");
        deliver(
                run.part(
                        StreamName.ORDERS,
                        order("A", buyer),
                        order("shipped_only", "shipping_minor", "10", "ship_country", "GB"),
                        own,
                        ofAStranger),
                run.part(StreamName.ORDER_ITEMS, line("1", "A", "100", "")),
                run.part(
                        StreamName.REFUNDS,
                        refund(1, "own", "", 30),
                        refund(2, "of_a_stranger", "", 5),
                        refund(3, "shipped_only", "", 10)),
                run.manifest());

        assertThat(
                        Database.figures(
                                "select order_id, is_order, net_minor from analytics.sales_orders where source = 'own_refunds' order by 1"))
                .containsExactly("A|t|100", "of_a_stranger|f|-5", "own|f|-30", "shipped_only|t|0");
        assertThat(
                        Database.figures(
                                "select sum(orders), sum(net_minor) from analytics.sales_monthly where source = 'own_refunds'"))
                .containsExactly("2|65");
        assertThat(
                        Database.figures(
                                "select country, orders, customers, net_minor from analytics.region_sales where source = 'own_refunds' order by 1"))
                .containsExactly("FR|0|0|-5", "GB|2|1|70");
        assertThat(
                        Database.figures(
                                "select customer_id, orders, spent_minor, last_order, days_since_last_order from analytics.customer_value where source = 'own_refunds'"))
                .containsExactly("k|1|70|2026-01-31|0");
        assertThat(
                        Database.figures(
                                "select row_count from analytics.row_counts where source = 'own_refunds' and stream = 'orders'"))
                .containsExactly("2");
    }

    @Test
    void refundsOfMoreThanWasSoldAndOfUnknownOrdersAreFound() {
        TestRun run = new TestRun("over_refunds");
        deliver(
                run.part(StreamName.ORDERS, order("A", "total_minor", "100"), order("B")),
                run.part(
                        StreamName.ORDER_ITEMS,
                        line("1", "A", "100", ""),
                        line("2", "B", "100", ""),
                        line("3", "Z", "100", "")),
                run.part(
                        StreamName.REFUNDS,
                        refund(1, "A", "1", 130),
                        refund(2, "B", "", 150),
                        refund(3, "Z", "", 99)));

        assertThat(
                        Database.figures(
                                "select order_id, net_minor from analytics.sales_orders where source = 'over_refunds' order by 1"))
                .containsExactly("A|-30", "B|-50");
        assertThat(
                        Database.figures(
                                "select order_item_id, net_minor from analytics.sales_items where source = 'over_refunds' order by 1"))
                .containsExactly("1|-30", "2|0");
        assertThat(
                        Database.figures(
                                "select order_id, net_minor from analytics.unallocated_sales where source = 'over_refunds'"))
                .containsExactly("B|-50");
        assertThat(findings("over_refunds"))
                .containsExactly(
                        "order_unknown|order_items|1|3|f",
                        "order_unknown|refunds|1|3|f",
                        "refunded_more_than_sold|order_items|1|1|f",
                        "refunded_more_than_sold|orders|2|A|f");
    }

    @Test
    void whatAnOrderNoLongerNamesIsGoneInWhateverOrderItArrives() {
        for (boolean lateFirst : new boolean[] {false, true}) {
            String source = "unnamed_" + lateFirst;
            TestRun first = new TestRun(source);
            TestRun second = new TestRun(source);
            List<String> early =
                    List.of(
                            first.part(
                                    StreamName.ORDERS,
                                    order("1", "item_ids", "{a,b}", "refund_ids", "{9}")
                                            .at("2026-01-01T00:00:00Z")),
                            first.part(
                                    StreamName.ORDER_ITEMS,
                                    line("a", "1", "20", "").at("2026-01-01T00:00:00Z"),
                                    line("b", "1", "30", "").at("2026-01-01T00:00:00Z")),
                            first.part(
                                    StreamName.REFUNDS,
                                    group(refund(1, "1", "b", 5), "9").at("2026-01-01T00:00:00Z")));
            List<String> late =
                    List.of(
                            second.part(
                                    StreamName.ORDERS,
                                    order("1", "item_ids", "{a}", "refund_ids", "{}")
                                            .at("2026-02-01T00:00:00Z")),
                            second.part(
                                    StreamName.ORDER_ITEMS,
                                    line("a", "1", "20", "").at("2026-02-01T00:00:00Z")));
            (lateFirst ? late : early).forEach(key -> deliver(key));
            (lateFirst ? early : late).forEach(key -> deliver(key));

            assertThat(
                            Database.figures(
                                    "select net_minor, refunded_minor from analytics.sales_orders where source = '%s'"
                                            .formatted(source)))
                    .containsExactly("20|0");
            assertThat(
                            Database.figures(
                                    "select stream, id, reason from analytics.left_out_rows where source = '%s' order by 1"
                                            .formatted(source)))
                    .containsExactly("order_items|b|not_in_order", "refunds|1|not_in_order");
            assertThat(
                            Database.figures(
                                    "select stream, row_count from analytics.row_counts where source = '%s' order by 1"
                                            .formatted(source)))
                    .containsExactly("order_items|1", "orders|1");
        }
    }

    @Test
    void theFirstSeenCostFollowsTheQuantityAndAReturnedUnitGivesItBack() {
        TestRun first = new TestRun("unit_costs");
        TestRun second = new TestRun("unit_costs");
        deliver(
                first.part(StreamName.ORDERS, order("1")),
                first.part(
                        StreamName.ORDER_ITEMS,
                        line("a", "1", "100", "30").at("2026-01-01T00:00:00Z")),
                second.part(
                        StreamName.ORDER_ITEMS,
                        item(
                                        "a",
                                        "1",
                                        "quantity",
                                        "4",
                                        "unit_price_minor",
                                        "100",
                                        "net_minor",
                                        "400",
                                        "line_cost_minor",
                                        "999")
                                .at("2026-02-01T00:00:00Z")));

        assertThat(costs()).containsExactly("4|0|400|120|280");
        CleanRow returned = refund(1, "1", "a", 100);
        returned.values().put("quantity", "1");
        deliver(second.part(StreamName.REFUNDS, returned));
        assertThat(costs()).containsExactly("4|1|300|90|210");
    }

    @Test
    void aGiftCostsWhatItCosts() {
        TestRun run = new TestRun("gifts");
        deliver(
                run.part(StreamName.ORDERS, order("1")),
                run.part(StreamName.ORDER_ITEMS, line("a", "1", "0", "30")));

        assertThat(
                        Database.figures(
                                "select units, net_minor, profit_minor from analytics.product_sales where source = 'gifts'"))
                .containsExactly("1|0|-30");
    }

    @Test
    void sumsAreExactBeyondWhatOneAmountCanBe() {
        TestRun run = new TestRun("big_sums");
        List<CleanRow> lines = new ArrayList<>();
        for (int number = 0; number < 12; number++) {
            lines.add(line("" + number, "1", "999999999999999999", ""));
        }
        deliver(
                run.part(StreamName.ORDERS, order("1", "customer_id", "c")),
                run.part(StreamName.ORDER_ITEMS, lines.toArray(CleanRow[]::new)));

        assertThat(
                        Database.figures(
                                """
                                select net_minor from analytics.sales_orders where source = 'big_sums'
                                union all
                                select net_minor from analytics.sales_monthly where source = 'big_sums'
                                union all
                                select net_minor from analytics.product_sales where source = 'big_sums'
                                union all
                                select net_minor from analytics.region_sales where source = 'big_sums'
                                union all
                                select spent_minor from analytics.customer_value where source = 'big_sums'
                                """))
                .containsOnly("11999999999999999988");
    }

    private static List<String> costs() {
        return Database.figures(
                "select units, units_returned, net_minor, cost_minor, profit_minor from analytics.sales_items where source = 'unit_costs'");
    }

    private static List<String> findings(String source) {
        return Database.figures(
                "select rule, stream, rows, example, fails_run from etl.findings_of('%s')"
                        .formatted(source));
    }

    private static CleanRow line(String id, String orderId, String price, String cost) {
        return item(
                id,
                orderId,
                "unit_price_minor",
                price,
                "net_minor",
                price,
                "line_cost_minor",
                cost);
    }

    private static CleanRow other(CleanRow refund, int minor) {
        refund.values().put("other_minor", Integer.toString(minor));
        return refund;
    }

    private static CleanRow group(CleanRow refund, String group) {
        refund.values().put("refund_group", group);
        return refund;
    }

    private static CleanRow currency(CleanRow row, String currency) {
        row.values().put("currency", currency);
        return row;
    }

    @Test
    void anOrderWhoseWholeAmountWasRefundedHasNoNetSales() {
        TestRun run = new TestRun("refunded_amounts");
        String[] charged = {"total_minor", "150", "tax_minor", "25", "shipping_minor", "25"};
        deliver(
                run.part(StreamName.ORDERS, order("half", charged), order("whole", charged)),
                run.part(
                        StreamName.ORDER_ITEMS,
                        item("1", "half", "unit_price_minor", "100", "net_minor", "100"),
                        item("2", "whole", "unit_price_minor", "100", "net_minor", "100")),
                run.part(
                        StreamName.REFUNDS,
                        refund(1, "half", "", 75),
                        refund(2, "whole", "", 150)));

        assertThat(
                        Database.figures(
                                "select order_id, refunded_minor, net_minor from analytics.sales_orders where source = 'refunded_amounts' order by 1"))
                .containsExactly("half|50|50", "whole|100|0");
    }

    @Test
    void anUnknownCostIsUnknownAndNotZero() {
        TestRun run = new TestRun("unknown");
        deliver(
                run.part(StreamName.ORDERS, order("1")),
                run.part(
                        StreamName.PRODUCTS,
                        CleanRow.of(
                                StreamName.PRODUCTS,
                                "euro",
                                "unit_cost_minor",
                                "5",
                                "currency",
                                "EUR")),
                run.part(
                        StreamName.ORDER_ITEMS,
                        item("1", "1", "product_id", "euro", "net_minor", "100"),
                        item("2", "1", "product_id", "never_seen", "net_minor", "100"),
                        item("3", "1", "name", "Deleted", "net_minor", "100")));

        assertThat(
                        Database.figures(
                                "select product_id, name, category, units, net_minor, profit_minor from analytics.product_sales where source = 'unknown' order by 1"))
                .containsExactly(
                        "euro|-|unknown|1|100|-",
                        "never_seen|-|unknown|1|100|-",
                        "-|Deleted|unknown|1|100|-");
    }

    @Test
    void aCustomerHasChurnedAfterMoreThanTheSetNumberOfDays() {
        TestRun run = new TestRun("churn");
        deliver(
                run.part(
                        StreamName.ORDERS,
                        order("1", "customer_id", "gone", "ordered_on", "2026-01-01"),
                        order("2", "customer_id", "just", "ordered_on", "2026-01-02"),
                        order("3", "status", "cancelled", "ordered_on", "2026-04-02")));

        assertThat(
                        Database.figures(
                                "select customer_id, days_since_last_order, churned from analytics.customer_value where source = 'churn' order by 1"))
                .containsExactly("gone|91|t", "just|90|f");
    }

    @Test
    void aCustomerWhoOrderedInAnotherCurrencyHasNotChurned() {
        TestRun run = new TestRun("churn_currencies");
        deliver(
                run.part(
                        StreamName.ORDERS,
                        order("1", "customer_id", "travels", "ordered_on", "2026-01-01"),
                        order(
                                "2",
                                "customer_id",
                                "travels",
                                "currency",
                                "EUR",
                                "ordered_on",
                                "2026-05-01"),
                        order("3", "customer_id", "gone", "ordered_on", "2026-01-01")));

        assertThat(
                        Database.figures(
                                """
                                select customer_id, currency, last_order, days_since_last_order, churned
                                from analytics.customer_value
                                where source = 'churn_currencies'
                                order by 1, 2
                                """))
                .containsExactly(
                        "gone|GBP|2026-01-01|120|t",
                        "travels|EUR|2026-05-01|0|f",
                        "travels|GBP|2026-01-01|0|f");
    }

    @Test
    void theDayOfChurnIsThatOfTheNewestOrderThatIsNotDeleted() {
        TestRun run = new TestRun("churn_deleted");
        deliver(
                run.part(
                        StreamName.ORDERS,
                        order("1", "customer_id", "stays", "ordered_on", "2026-01-01"),
                        order("2", "customer_id", "stays", "ordered_on", "2026-06-01")));
        TestRun later = new TestRun("churn_deleted");
        deliver(
                later.part(
                        StreamName.ORDERS,
                        CleanRow.gone(StreamName.ORDERS, "2").extractedAt("2026-06-02T00:00:00Z")));

        assertThat(
                        Database.figures(
                                "select customer_id, days_since_last_order, churned from analytics.customer_value where source = 'churn_deleted'"))
                .containsExactly("stays|0|f");
    }

    private static void loadRandomOrders(String source, Random random) {
        TestRun run = new TestRun(source);
        List<CleanRow> orders = new ArrayList<>();
        List<CleanRow> items = new ArrayList<>();
        List<CleanRow> refunds = new ArrayList<>();
        for (int number = 0; number < 200; number++) {
            String id = Integer.toString(number);
            orders.add(
                    order(
                            id,
                            "status",
                            STATUSES[random.nextInt(STATUSES.length)],
                            "customer_id",
                            "c" + random.nextInt(50),
                            "ship_region",
                            random.nextInt(4) == 0 ? "" : "r" + random.nextInt(5),
                            "ordered_on",
                            "2026-0%d-15".formatted(1 + random.nextInt(6))));
            for (int line = 0; line < random.nextInt(4); line++) {
                String lineId = id + "-" + line;
                int quantity = 1 + random.nextInt(5);
                int price = 1 + random.nextInt(10_000);
                int gross = quantity * price;
                int discount = random.nextInt(3) == 0 ? random.nextInt(gross) : 0;
                items.add(
                        item(
                                lineId,
                                id,
                                "product_id",
                                "p" + random.nextInt(20),
                                "quantity",
                                Integer.toString(quantity),
                                "unit_price_minor",
                                Integer.toString(price),
                                "gross_minor",
                                random.nextBoolean() ? Integer.toString(gross) : "",
                                "discount_minor",
                                discount == 0 ? "" : Integer.toString(discount),
                                "net_minor",
                                Integer.toString(gross - discount)));
                if (random.nextInt(5) == 0) {
                    refunds.add(refund(refunds.size(), id, lineId, 1 + random.nextInt(gross)));
                }
            }
            if (random.nextInt(10) == 0) {
                refunds.add(refund(refunds.size(), id, "", 1 + random.nextInt(500)));
            }
        }
        assertThat(
                        deliver(
                                run.part(StreamName.ORDERS, orders.toArray(CleanRow[]::new)),
                                run.part(StreamName.ORDER_ITEMS, items.toArray(CleanRow[]::new)),
                                run.part(StreamName.REFUNDS, refunds.toArray(CleanRow[]::new)),
                                run.manifest()))
                .isEmpty();
    }

    private static CleanRow refund(int number, String orderId, String itemId, int amount) {
        CleanRow refund =
                CleanRow.of(
                        StreamName.REFUNDS,
                        Integer.toString(number),
                        "order_item_id",
                        itemId,
                        "amount_minor",
                        Integer.toString(amount));
        refund.values().put("order_id", orderId);
        return refund;
    }
}
