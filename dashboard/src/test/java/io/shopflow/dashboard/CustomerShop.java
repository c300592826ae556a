package io.shopflow.dashboard;

import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Orders of customers, and the figures of each customer, in plain Java. */
final class CustomerShop {
    static final LocalDate NEWEST = LocalDate.of(2026, 10, 20);

    private CustomerShop() {}

    /** An order of one line. */
    record Order(String source, String customer, LocalDate day, String currency, long net) {}

    /** What one currency has of a customer. */
    record Buyer(String id, List<Order> orders, LocalDate since, LocalDate last, long spent) {
        long daysSince() {
            return ChronoUnit.DAYS.between(last, NEWEST);
        }
    }

    /** Some two hundred customers over two years, some of whom order in two currencies. */
    static List<Order> generated() {
        Random random = new Random(14);
        List<Order> orders = new ArrayList<>();
        for (int n = 0; n < 700; n++) {
            orders.add(
                    new Order(
                            "shop",
                            random.nextInt(20) == 0 ? null : "c" + random.nextInt(200),
                            NEWEST.minusDays((long) (800 * Math.pow(random.nextDouble(), 1.4))),
                            random.nextInt(8) == 0 ? "EUR" : "GBP",
                            100 + random.nextInt(20_000)));
        }
        orders.add(new Order("shop", "c0", NEWEST, "GBP", 500));
        return orders;
    }

    /** All at once: a statement for each would take minutes. */
    static void load(List<Order> orders) {
        Warehouse warehouse = Warehouse.empty().product("shop", "a", "Tray", "Kitchen", 1L);
        warehouse.run(
                """
                insert into warehouse.fact_orders (source, order_id, customer_id, status, currency,
                    ordered_at, ordered_on, version_at, run_id, part, source_row)
                select source, 'o' || n, customer, 'completed', currency, day, day, now(), 'r', 1, 1
                from unnest(
                    cast(? as text[]), cast(? as text[]), cast(? as text[]), cast(? as date[])
                ) with ordinality as orders (source, customer, currency, day, n)
                """,
                array(orders, Order::source),
                array(orders, Order::customer),
                array(orders, Order::currency),
                array(orders, order -> order.day().toString()));
        warehouse.run(
                """
                insert into warehouse.fact_order_items (source, order_item_id, order_id, product_id,
                    name, quantity, unit_price_minor, net_minor, currency, version_at, run_id, part,
                    source_row)
                select source, 'i' || n, 'o' || n, 'a', 'Tray', 1, net, net, currency, now(), 'r', 1, 1
                from unnest(cast(? as text[]), cast(? as text[]), cast(? as bigint[]))
                    with ordinality as lines (source, currency, net, n)
                """,
                array(orders, Order::source),
                array(orders, Order::currency),
                array(orders, order -> String.valueOf(order.net())));
        warehouse.ran("shop", Warehouse.RUN, "complete", Instant.now());
    }

    static String[] array(List<Order> orders, Function<Order, @Nullable String> value) {
        return orders.stream().map(value).toArray(String[]::new);
    }

    static List<Buyer> buyers(List<Order> orders, String currency) {
        Map<String, List<Order>> all =
                orders.stream()
                        .filter(order -> order.customer() != null)
                        .collect(Collectors.groupingBy(Order::customer));
        List<Buyer> buyers = new ArrayList<>();
        all.forEach(
                (id, ofAll) -> {
                    List<Order> here =
                            ofAll.stream().filter(o -> o.currency().equals(currency)).toList();
                    if (!here.isEmpty()) {
                        buyers.add(
                                new Buyer(
                                        id,
                                        here,
                                        ofAll.stream()
                                                .map(Order::day)
                                                .min(Comparator.naturalOrder())
                                                .orElseThrow(),
                                        ofAll.stream()
                                                .map(Order::day)
                                                .max(Comparator.naturalOrder())
                                                .orElseThrow(),
                                        here.stream().mapToLong(Order::net).sum()));
                    }
                });
        return buyers;
    }

    static int score(List<Buyer> buyers, Buyer buyer, ToLongFunction<Buyer> value) {
        long worse =
                buyers.stream()
                        .filter(b -> value.applyAsLong(b) < value.applyAsLong(buyer))
                        .count();
        return (int) (1 + 5 * worse / buyers.size());
    }

    /** The table of docs/reference/figures.md. */
    static String segment(int recency, int worth) {
        String[][] names = {
            {"Lost", "Hibernating", "At risk", "At risk", "Cannot lose"},
            {"Hibernating", "Hibernating", "At risk", "At risk", "Cannot lose"},
            {"About to sleep", "About to sleep", "Needs attention", "Loyal", "Loyal"},
            {"Promising", "Potential loyalists", "Potential loyalists", "Loyal", "Loyal"},
            {"New", "Potential loyalists", "Potential loyalists", "Champions", "Champions"}
        };
        return names[recency - 1][worth - 1];
    }
}
