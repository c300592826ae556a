package io.shopflow.load;

import static io.shopflow.load.LoadFunctionTest.item;
import static io.shopflow.load.LoadFunctionTest.order;
import static io.shopflow.load.TestRun.deliver;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.shopflow.core.stream.Stream;
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
        String source = "random_orders";
        long seed = System.nanoTime();
        loadRandomOrders(source, new Random(seed));

        assertThat(
                        Database.rows(
                                """
                                select order_id
                                from analytics.sales_orders
                                where source = 'random_orders'
                                    and net_minor <> gross_minor - discount_minor - refunded_minor
                                """))
                .as("seed " + seed)
                .isEmpty();
        assertThat(
                        Database.rows(
                                """
                                select order_item_id
                                from analytics.order_lines
                                where source = 'random_orders'
                                    and net_minor <> gross_minor - discount_minor - refunded_minor
                                """))
                .as("seed " + seed)
                .isEmpty();
        // Orders and their lines differ by what concerns the order as a whole, and by nothing else.
        assertThat(
                        Database.rows(
                                """
                                select
                                    (select sum(net_minor) from analytics.sales_orders where source = 'random_orders')
                                    = (select sum(net_minor) from analytics.sales_items where source = 'random_orders')
                                    - (
                                        select sum(amount_minor)
                                        from warehouse.fact_refunds as refunds
                                        inner join analytics.sales_orders using (source, order_id)
                                        where source = 'random_orders' and refunds.order_item_id is null
                                    ),
                                    (select sum(net_minor) from analytics.sales_orders where source = 'random_orders')
                                    = (select sum(net_minor) from analytics.sales_monthly where source = 'random_orders'),
                                    (select sum(net_minor) from analytics.sales_orders where source = 'random_orders')
                                    = (select sum(net_minor) from analytics.region_sales where source = 'random_orders'),
                                    (select sum(net_minor) from analytics.sales_orders where source = 'random_orders')
                                    = (select sum(spent_minor) from analytics.customer_value where source = 'random_orders'),
                                    (select sum(net_minor) from analytics.sales_items where source = 'random_orders')
                                    = (select sum(net_minor) from analytics.product_sales where source = 'random_orders'),
                                    (select sum(net_minor) from analytics.sales_items where source = 'random_orders')
                                    = (select sum(net_minor) from analytics.category_sales where source = 'random_orders')
                                """))
                .as("seed " + seed)
                .containsExactly("t|t|t|t|t|t");
    }

    @Test
    void onlySalesCount() {
        TestRun run = new TestRun("states");
        List<CleanRow> orders = new ArrayList<>();
        for (String status : STATUSES) {
            orders.add(order(status, "status", status));
        }
        deliver(run.part(Stream.ORDERS, orders.toArray(CleanRow[]::new)));

        assertThat(
                        Database.rows(
                                "select order_id from analytics.sales_orders where source = 'states' order by 1"))
                .containsExactly("completed", "processing", "refunded");
    }

    @Test
    void aDiscountOfTheOrderCountsWhereItsLinesHaveNone() {
        TestRun run = new TestRun("order_discounts");
        deliver(
                run.part(
                        Stream.ORDERS,
                        order("stated", "discount_minor", "30"),
                        order("on_lines", "discount_minor", "31")),
                run.part(
                        Stream.ORDER_ITEMS,
                        item("1", "stated", "unit_price_minor", "100", "net_minor", "100"),
                        item("2", "on_lines", "unit_price_minor", "100", "net_minor", "70")));

        assertThat(
                        Database.rows(
                                "select order_id, gross_minor, discount_minor, net_minor from analytics.sales_orders where source = 'order_discounts' order by 1"))
                .containsExactly("on_lines|100|30|70", "stated|100|30|70");
    }

    @Test
    void anOrderWhoseWholeAmountWasRefundedHasNoNetSales() {
        TestRun run = new TestRun("refunded_amounts");
        String[] charged = {"total_minor", "150", "tax_minor", "25", "shipping_minor", "25"};
        deliver(
                run.part(Stream.ORDERS, order("half", charged), order("whole", charged)),
                run.part(
                        Stream.ORDER_ITEMS,
                        item("1", "half", "unit_price_minor", "100", "net_minor", "100"),
                        item("2", "whole", "unit_price_minor", "100", "net_minor", "100")),
                run.part(Stream.REFUNDS, refund(1, "half", "", 75), refund(2, "whole", "", 150)));

        assertThat(
                        Database.rows(
                                "select order_id, refunded_minor, net_minor from analytics.sales_orders where source = 'refunded_amounts' order by 1"))
                .containsExactly("half|50|50", "whole|100|0");
    }

    @Test
    void anUnknownCostIsUnknownAndNotZero() {
        TestRun run = new TestRun("unknown");
        deliver(
                run.part(Stream.ORDERS, order("1")),
                run.part(
                        Stream.PRODUCTS,
                        CleanRow.of(
                                Stream.PRODUCTS,
                                "euro",
                                "unit_cost_minor",
                                "5",
                                "currency",
                                "EUR")),
                run.part(
                        Stream.ORDER_ITEMS,
                        item("1", "1", "product_id", "euro", "net_minor", "100"),
                        item("2", "1", "product_id", "never_seen", "net_minor", "100"),
                        item("3", "1", "name", "Deleted", "net_minor", "100")));

        assertThat(
                        Database.rows(
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
                        Stream.ORDERS,
                        order("1", "customer_id", "gone", "ordered_on", "2026-01-01"),
                        order("2", "customer_id", "just", "ordered_on", "2026-01-02"),
                        order("3", "status", "cancelled", "ordered_on", "2026-04-02")));

        assertThat(
                        Database.rows(
                                "select customer_id, days_since_last_order, churned from analytics.customer_value where source = 'churn' order by 1"))
                .containsExactly("gone|91|t", "just|90|f");
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
                                run.part(Stream.ORDERS, orders.toArray(CleanRow[]::new)),
                                run.part(Stream.ORDER_ITEMS, items.toArray(CleanRow[]::new)),
                                run.part(Stream.REFUNDS, refunds.toArray(CleanRow[]::new)),
                                run.manifest()))
                .isEmpty();
    }

    private static CleanRow refund(int number, String orderId, String itemId, int amount) {
        CleanRow refund =
                CleanRow.of(
                        Stream.REFUNDS,
                        Integer.toString(number),
                        "order_item_id",
                        itemId,
                        "amount_minor",
                        Integer.toString(amount));
        refund.values().put("order_id", orderId);
        return refund;
    }
}
