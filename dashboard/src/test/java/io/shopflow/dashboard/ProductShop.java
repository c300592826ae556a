package io.shopflow.dashboard;

import static java.util.stream.Collectors.groupingBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.text.NumberFormat;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Generated shops with products of all kinds, and their figures counted in plain Java. */
record ProductShop(List<Item> catalogue, List<Line> lines) {
    static final LocalDate NEWEST = LocalDate.of(2026, 10, 20);

    private static final Set<String> SALES = Set.of("completed", "processing", "refunded");

    /** A product as it is now. */
    record Item(
            String source,
            String id,
            String name,
            @Nullable String sku,
            @Nullable String category,
            @Nullable Long price,
            @Nullable Long cost) {}

    /**
     * A line of an order.
     *
     * @param product null if the shop has deleted it
     * @param refund of this line, made on a later day
     */
    record Line(
            String source,
            String order,
            String id,
            LocalDate day,
            String status,
            String currency,
            String region,
            @Nullable String product,
            String name,
            long units,
            long price,
            long discount,
            long refund,
            LocalDate refundedOn) {
        long gross() {
            return units * price;
        }

        long net() {
            return gross() - discount - refund;
        }

        boolean counts() {
            return SALES.contains(status);
        }
    }

    /** The sales of a product, or of several. */
    record Sold(
            List<Line> lines,
            long orders,
            long gross,
            long discount,
            long refund,
            long net,
            long units,
            long unsigned,
            long covered,
            @Nullable Long profit,
            long coveredNet) {}

    /** Two years of two sources and two currencies. */
    static ProductShop generated(long seed) {
        Random random = new Random(seed);
        List<Item> catalogue = new ArrayList<>();
        for (int n = 0; n < 70; n++) {
            catalogue.add(
                    new Item(
                            n % 9 == 0 ? "till" : "shop",
                            "id" + n,
                            "item%02d".formatted(n * 37 % 100),
                            n % 4 == 0 ? null : "SKU-" + n,
                            n % 7 == 0 ? null : List.of("Bath", "Home", "Kitchen").get(n % 3),
                            n % 5 == 0 ? null : 500L + n,
                            n % 3 == 0 ? null : 100L + 7 * n));
        }
        List<Line> lines = new ArrayList<>();
        for (int order = 0; order < 600; order++) {
            String source = random.nextInt(6) == 0 ? "till" : "shop";
            LocalDate day = NEWEST.minusDays((long) (700 * Math.pow(random.nextDouble(), 1.3)));
            String status =
                    List.of("completed", "completed", "processing", "refunded", "cancelled")
                            .get(random.nextInt(5));
            String currency = random.nextInt(8) == 0 ? "EUR" : "GBP";
            String region = List.of("London", "Wales", "Scotland").get(random.nextInt(3));
            int count = 1 + random.nextInt(4);
            for (int line = 0; line < count; line++) {
                // The last products of the catalogue are never sold.
                List<Item> offered =
                        catalogue.subList(0, 62).stream()
                                .filter(item -> item.source().equals(source))
                                .toList();
                String product = offered.get(random.nextInt(offered.size())).id();
                boolean deleted = random.nextInt(25) == 0;
                boolean unknown = random.nextInt(25) == 0;
                long units = 1 + random.nextInt(4);
                long price = 100 + random.nextInt(5_000);
                long discount = random.nextInt(3) == 0 ? random.nextInt(100) : 0;
                long refund =
                        switch (random.nextInt(8)) {
                            case 0 -> units * price - discount;
                            case 1 -> random.nextInt(100);
                            default -> 0;
                        };
                lines.add(
                        new Line(
                                source,
                                source + order,
                                source + order + "-" + line,
                                day,
                                status,
                                currency,
                                region,
                                deleted ? null : unknown ? "ghost" : product,
                                deleted
                                        ? "zdeleted" + random.nextInt(2)
                                        : "zghost" + random.nextInt(2),
                                units,
                                price,
                                discount,
                                refund,
                                day.plusDays(random.nextInt(60))));
            }
        }
        return new ProductShop(catalogue, lines);
    }

    /** All at once: a statement for each row would take minutes. */
    ProductShop load() {
        Warehouse warehouse = Warehouse.empty();
        warehouse.run(
                """
                insert into warehouse.dim_products (source, product_id, name, sku, category,
                    price_minor, unit_cost_minor, valid_from, valid_to, version_at, run_id, part,
                    source_row, last_version_at, last_run_id, last_part, last_source_row)
                select items.*, '-infinity', 'infinity', now(), 'r', 1, 1, now(), 'r', 1, 1
                from unnest(
                    cast(? as text[]), cast(? as text[]), cast(? as text[]), cast(? as text[]),
                    cast(? as text[]), cast(? as bigint[]), cast(? as bigint[])
                ) as items
                """,
                array(catalogue, Item::source),
                array(catalogue, Item::id),
                array(catalogue, Item::name),
                array(catalogue, Item::sku),
                array(catalogue, Item::category),
                array(catalogue, Item::price),
                array(catalogue, Item::cost));
        warehouse.run(
                """
                insert into warehouse.fact_orders (source, order_id, status, currency, ordered_at,
                    ordered_on, ship_country, ship_region, version_at, run_id, part, source_row)
                select distinct orders.source, orders.id, status, currency, day, day, 'GB', region, now(), 'r', 1, 1
                from unnest(
                    cast(? as text[]), cast(? as text[]), cast(? as text[]), cast(? as text[]),
                    cast(? as date[]), cast(? as text[])
                ) as orders (source, id, status, currency, day, region)
                """,
                array(lines, Line::source),
                array(lines, Line::order),
                array(lines, Line::status),
                array(lines, Line::currency),
                array(lines, Line::day),
                array(lines, Line::region));
        warehouse.run(
                """
                insert into warehouse.fact_order_items (source, order_id, order_item_id, product_id, name,
                    currency, quantity, unit_price_minor, net_minor, version_at, run_id, part, source_row)
                select source, order_id, id, product, name, currency, units, price,
                    units * price - discount, now(), 'r', 1, 1
                from unnest(
                    cast(? as text[]), cast(? as text[]), cast(? as text[]), cast(? as text[]),
                    cast(? as text[]), cast(? as text[]), cast(? as bigint[]), cast(? as bigint[]),
                    cast(? as bigint[])
                ) as lines (source, order_id, id, product, name, currency, units, price, discount)
                """,
                array(lines, Line::source),
                array(lines, Line::order),
                array(lines, Line::id),
                array(lines, Line::product),
                array(lines, Line::name),
                array(lines, Line::currency),
                array(lines, Line::units),
                array(lines, Line::price),
                array(lines, Line::discount));
        warehouse.run(
                """
                insert into warehouse.fact_refunds (source, refund_id, order_id, order_item_id,
                    amount_minor, currency, refunded_at, refunded_on, version_at, run_id, part, source_row)
                select source, 'r' || id, order_id, id, amount, currency, day, day, now(), 'r', 1, 1
                from unnest(
                    cast(? as text[]), cast(? as text[]), cast(? as text[]), cast(? as bigint[]),
                    cast(? as text[]), cast(? as date[])
                ) as refunds (source, order_id, id, amount, currency, day)
                where amount > 0
                """,
                array(lines, Line::source),
                array(lines, Line::order),
                array(lines, Line::id),
                array(lines, Line::refund),
                array(lines, Line::currency),
                array(lines, Line::refundedOn));
        warehouse.ran("shop", Warehouse.RUN, "complete", Instant.now());
        return this;
    }

    private static <T> String[] array(List<T> rows, Function<T, @Nullable Object> value) {
        return rows.stream()
                .map(value)
                .map(text -> text == null ? null : text.toString())
                .toArray(String[]::new);
    }

    /** The lines that count as sales. */
    List<Line> sold(LocalDate from, LocalDate to, String currency) {
        return lines.stream()
                .filter(Line::counts)
                .filter(line -> line.currency().equals(currency))
                .filter(line -> !line.day().isBefore(from) && !line.day().isAfter(to))
                .toList();
    }

    @Nullable Item item(Line line) {
        return line.product() == null ? null : item(line.source(), line.product());
    }

    @Nullable Item item(String source, String id) {
        return catalogue.stream()
                .filter(item -> item.source().equals(source) && item.id().equals(id))
                .findFirst()
                .orElse(null);
    }

    String category(Line line) {
        Item item = item(line);
        return item == null || item.category() == null ? "unknown" : item.category();
    }

    /** One list of lines for each product. */
    Collection<List<Line>> byProduct(List<Line> sold) {
        Map<List<String>, List<Line>> products =
                sold.stream()
                        .collect(
                                groupingBy(
                                        line ->
                                                line.product() == null
                                                        ? List.of(
                                                                line.source(),
                                                                "deleted",
                                                                line.name())
                                                        : List.of(line.source(), line.product())));
        return products.values();
    }

    String name(List<Line> product) {
        Item item = item(product.getFirst());
        return item != null
                ? item.name()
                : product.stream().map(Line::name).max(String::compareTo).orElseThrow();
    }

    Sold figures(List<Line> some) {
        List<Line> known = some.stream().filter(line -> cost(line) != null).toList();
        return new Sold(
                some,
                some.stream().map(Line::order).distinct().count(),
                some.stream().mapToLong(Line::gross).sum(),
                some.stream().mapToLong(Line::discount).sum(),
                some.stream().mapToLong(Line::refund).sum(),
                some.stream().mapToLong(Line::net).sum(),
                some.stream().mapToLong(Line::units).sum(),
                some.stream().mapToLong(line -> Math.abs(line.net())).sum(),
                known.stream().mapToLong(line -> Math.abs(line.net())).sum(),
                known.isEmpty()
                        ? null
                        : known.stream().mapToLong(line -> line.net() - cost(line)).sum(),
                known.stream().mapToLong(Line::net).sum());
    }

    /** Nothing for the units of an order that was refunded in full; null if unknown. */
    @Nullable Long cost(Line line) {
        Item item = item(line);
        if (item == null || item.cost() == null) {
            return null;
        }
        List<Line> order =
                lines.stream().filter(other -> other.order().equals(line.order())).toList();
        long refunded = order.stream().mapToLong(Line::refund).sum();
        long goods = order.stream().mapToLong(l -> l.gross() - l.discount()).sum();
        return refunded > 0 && refunded >= goods ? 0 : line.units() * item.cost();
    }

    static String money(long minor) {
        NumberFormat format = NumberFormat.getCurrencyInstance(Locale.UK);
        format.setCurrency(Currency.getInstance("GBP"));
        return format.format(BigDecimal.valueOf(minor, 2)).replace('-', '−');
    }

    /** Of a whole of 0 there is no share. */
    static String percent(long part, long whole) {
        return whole == 0
                ? "–"
                : (new BigDecimal(BigInteger.valueOf(part).multiply(BigInteger.valueOf(100)))
                                        .divide(BigDecimal.valueOf(whole), 4, RoundingMode.HALF_UP)
                                        .setScale(1, RoundingMode.HALF_UP)
                                + "%")
                        .replace('-', '−');
    }

    static String coverage(long part, long whole) {
        String shown = percent(part, whole);
        return part > 0 && part < whole
                ? shown.replaceFirst("^100.0%$", "99.9%").replaceFirst("^0.0%$", "0.1%")
                : shown;
    }
}
