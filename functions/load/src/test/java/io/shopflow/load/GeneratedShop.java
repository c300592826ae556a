package io.shopflow.load;

import io.shopflow.core.stream.StreamName;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A small shop that is edited at random: its state, and the clean rows of each edit. The rows of an
 * edit are new versions; what an edit deletes has a tombstone, or is no longer listed by its order.
 */
final class GeneratedShop {

    static final String CURRENCY = "EUR";

    private static final String[] STATUSES = {
        "completed", "completed", "processing", "refunded", "cancelled", "pending"
    };

    private static final Instant OPENED = Instant.parse("2026-01-01T00:00:00Z");

    static final class Product {
        final String id;
        final @Nullable String category;
        final @Nullable Long cost;
        final @Nullable String currency;

        Product(
                String id,
                @Nullable String category,
                @Nullable Long cost,
                @Nullable String currency) {
            this.id = id;
            this.category = category;
            this.cost = cost;
            this.currency = currency;
        }
    }

    static final class Order {
        String id;
        boolean deleted;
        boolean namesItsParts;
        String status;
        String currency = CURRENCY;
        LocalDate day;
        @Nullable String customer;
        @Nullable String country;
        @Nullable String region;
        @Nullable String postcodeArea;
        @Nullable Long discount;
        @Nullable Long separateDiscount;
        @Nullable Long fees;
        @Nullable Long shipping;
        @Nullable Long tax;
        @Nullable Long total;
        final List<Line> lines = new ArrayList<>();
        final List<Refund> refunds = new ArrayList<>();
        final List<String> payments = new ArrayList<>();
    }

    static final class Line {
        String id;
        String currency;
        @Nullable String product;
        BigDecimal quantity;
        long price;
        @Nullable Long gross;
        long discount;
        @Nullable Long shipping;
        @Nullable Long tax;
        // As first emitted.
        @Nullable Long cost;
        @Nullable BigDecimal costQuantity;
        // As last emitted.
        @Nullable Long emittedCost;

        /** It was made by the edit whose rows were not taken yet. */
        boolean isNew = true;

        long grossMinor() {
            return gross != null
                    ? gross
                    : quantity.multiply(BigDecimal.valueOf(price))
                            .setScale(0, java.math.RoundingMode.HALF_UP)
                            .longValueExact();
        }
    }

    static final class Refund {
        String id;
        @Nullable String group;
        @Nullable String line;
        String currency;
        @Nullable BigDecimal quantity;
        long amount;
        @Nullable Long other;
        LocalDate day;
    }

    final String source;
    final List<Product> products = new ArrayList<>();
    final List<Order> orders = new ArrayList<>();

    private final Random random;
    private final Size size;
    private int ids;
    private int versions;
    private final List<CleanRow> told = new ArrayList<>();

    /**
     * How many different things a shop has.
     *
     * @param lines one more than the lines that an order may have
     * @param days from the first day of 2026 on
     */
    record Size(int customers, int products, int lines, int days, List<String> currencies) {}

    GeneratedShop(String source, long seed) {
        this(source, seed, new Size(3, 3, 4, 100, List.of(CURRENCY)));
    }

    GeneratedShop(String source, long seed, Size size) {
        this.source = source;
        this.random = new Random(seed);
        this.size = size;
        for (int number = 0; number < size.products; number++) {
            products.add(
                    new Product(
                            "p" + number,
                            random.nextInt(3) == 0 ? null : "c" + random.nextInt(2),
                            random.nextInt(3) == 0 ? null : (long) random.nextInt(900),
                            random.nextInt(4) == 0
                                    ? null
                                    : random.nextInt(5) == 0 ? "JPY" : CURRENCY));
        }
    }

    /** Opens with a few orders; returns their rows. */
    List<CleanRow> open() {
        return open(1 + random.nextInt(3));
    }

    /** Opens with this number of orders; returns their rows. */
    List<CleanRow> open(int orderCount) {
        for (int count = orderCount; count > 0; count--) {
            addOrder();
        }
        if (random.nextInt(6) == 0) {
            // A line and a refund of orders that never come.
            Order lost = new Order();
            lost.id = "lost";
            emit(lost, newLine(lost));
            emit(lost, refundOfAmount(lost, 500));
        }
        return takeRows();
    }

    /** Makes a random edit; returns its rows. */
    List<CleanRow> edit() {
        for (int count = 1 + random.nextInt(3); count > 0; count--) {
            Order order = orders.get(random.nextInt(orders.size()));
            versions++;
            switch (random.nextInt(12)) {
                case 0 -> {
                    if (order.namesItsParts && !order.deleted && random.nextInt(3) == 0) {
                        order.payments.clear();
                        tellAll(order);
                    } else {
                        removeLine(order);
                    }
                }
                case 1 -> changeLine(order);
                case 2, 3, 4 -> addRefund(order);
                case 5 -> removeRefund(order);
                case 6 -> toggleDeleted(order);
                case 7 -> {
                    order.status = STATUSES[random.nextInt(STATUSES.length)];
                    tellAll(order);
                }
                case 8 -> {
                    charge(order);
                    tellAll(order);
                }
                case 9 -> {
                    order.lines.add(newLine(order));
                    tellAll(order);
                }
                case 10 -> refundInFull(order);
                default -> addOrder();
            }
        }
        return takeRows();
    }

    private List<CleanRow> takeRows() {
        List<CleanRow> rows = List.copyOf(told);
        told.clear();
        orders.forEach(order -> order.lines.forEach(line -> line.isNew = false));
        return rows;
    }

    private void addOrder() {
        versions++;
        Order order = new Order();
        order.id = "o" + ++ids;
        order.namesItsParts = random.nextBoolean();
        order.status = STATUSES[random.nextInt(STATUSES.length)];
        order.currency = size.currencies.get(random.nextInt(size.currencies.size()));
        order.day = day();
        order.customer = random.nextInt(3) == 0 ? null : "k" + random.nextInt(size.customers);
        order.country = random.nextInt(4) == 0 ? null : "DE";
        order.region = random.nextInt(3) == 0 ? null : "r" + random.nextInt(2);
        order.postcodeArea = random.nextInt(3) == 0 ? null : "A" + random.nextInt(3);
        for (int count = random.nextInt(size.lines); count > 0; count--) {
            order.lines.add(newLine(order));
        }
        if (random.nextInt(3) == 0) {
            order.payments.add("y" + ++ids);
        }
        charge(order);
        orders.add(order);
        for (int count = random.nextInt(3) == 0 ? 1 + random.nextInt(3) : 0; count > 0; count--) {
            Refund refund = newRefund(order);
            if (refund != null) {
                order.refunds.add(refund);
            }
        }
        tellAll(order);
    }

    private LocalDate day() {
        return LocalDate.of(2026, 1, 1).plusDays(random.nextInt(size.days));
    }

    private Line newLine(Order order) {
        Line line = new Line();
        line.id = "l" + ++ids;
        line.currency = random.nextInt(15) == 0 ? "CHF" : order.currency;
        line.product = random.nextInt(5) == 0 ? null : "p" + random.nextInt(size.products + 1);
        price(line);
        line.emittedCost = random.nextInt(3) == 0 ? (long) random.nextInt(3000) : null;
        line.cost = line.emittedCost;
        line.costQuantity = line.quantity;
        line.shipping = random.nextInt(6) == 0 ? (long) random.nextInt(500) : null;
        line.tax = random.nextInt(4) == 0 ? (long) random.nextInt(500) : null;
        return line;
    }

    private void price(Line line) {
        line.quantity =
                switch (random.nextInt(12)) {
                    case 0 -> new BigDecimal("1.5");
                    case 1 -> new BigDecimal("0.333333");
                    case 2 -> new BigDecimal("-1");
                    default -> BigDecimal.valueOf(1 + random.nextInt(4));
                };
        line.price =
                switch (random.nextInt(12)) {
                    case 0 -> 0;
                    case 1 -> 1;
                    case 2 -> 900_000_000_000_000L / 4;
                    default -> 1 + random.nextInt(5000);
                };
        line.gross = null;
        long gross = line.grossMinor();
        line.gross = random.nextBoolean() ? gross : null;
        line.discount =
                gross <= 0 || random.nextInt(3) > 0
                        ? 0
                        : random.nextInt(8) == 0
                                ? gross + random.nextInt(100)
                                : random.nextLong(gross + 1);
    }

    /** Discounts, fees, shipping, tax and total; each may be missing. */
    private void charge(Order order) {
        if (order.lines.isEmpty() && random.nextInt(3) == 0) {
            order.discount = null;
            order.separateDiscount = null;
            order.fees = null;
            order.shipping = random.nextBoolean() ? 0L : null;
            order.tax = null;
            order.total = random.nextBoolean() ? 0L : null;
            return;
        }
        long goods = 0;
        long ofLines = 0;
        for (Line line : order.lines) {
            if (line.currency.equals(order.currency)) {
                goods += line.grossMinor();
                ofLines += line.discount;
            }
        }
        order.discount =
                switch (random.nextInt(6)) {
                    case 0 -> ofLines + random.nextInt(500);
                    case 1 -> ofLines;
                    case 2 -> Math.max(0, goods) + random.nextInt(3);
                    default -> null;
                };
        order.separateDiscount = random.nextInt(6) == 0 ? (long) random.nextInt(700) : null;
        order.fees = random.nextInt(4) == 0 ? (long) random.nextInt(1000) - 300 : null;
        order.shipping = random.nextInt(3) == 0 ? null : (long) random.nextInt(800);
        order.tax = random.nextInt(3) == 0 ? null : (long) random.nextInt(900);
        order.total =
                random.nextInt(3) == 0
                        ? null
                        : Math.max(0, goods - ofLines)
                                + (order.fees == null ? 0 : order.fees)
                                + (order.shipping == null ? 0 : order.shipping)
                                + (order.tax == null ? 0 : order.tax);
    }

    private @Nullable Refund newRefund(Order order) {
        if (order.lines.isEmpty() || random.nextInt(3) == 0) {
            return refundOfAmount(
                    order,
                    order.total != null && order.total > 0 && random.nextBoolean()
                            ? 1 + random.nextLong(order.total)
                            : 1 + random.nextInt(3000));
        }
        Line line = order.lines.get(random.nextInt(order.lines.size()));
        Refund refund = refundOfAmount(order, 1 + random.nextLong(Math.max(1, line.grossMinor())));
        refund.line = random.nextInt(15) == 0 ? "nowhere" : line.id;
        refund.quantity =
                switch (random.nextInt(4)) {
                    case 0 -> null;
                    case 1 -> line.quantity.abs();
                    default -> BigDecimal.ONE;
                };
        refund.other = random.nextInt(3) == 0 ? (long) random.nextInt(300) : null;
        return refund;
    }

    private Refund refundOfAmount(Order order, long amount) {
        Refund refund = new Refund();
        refund.id = "f" + ++ids;
        refund.group = random.nextBoolean() ? "g" + refund.id : null;
        refund.currency = random.nextInt(15) == 0 ? "CHF" : order.currency;
        refund.amount = amount;
        refund.day = day();
        return refund;
    }

    private void addRefund(Order order) {
        Refund refund = newRefund(order);
        if (refund == null) {
            return;
        }
        order.refunds.add(refund);
        if (order.namesItsParts) {
            tellAll(order);
        } else if (!order.deleted) {
            emit(order, refund);
        }
    }

    /** What is left of the order's total is given back as an amount. */
    private void refundInFull(Order order) {
        if (order.total == null) {
            return;
        }
        long given = 0;
        for (Refund refund : order.refunds) {
            if (refund.currency.equals(order.currency)) {
                given += refund.amount + (refund.other == null ? 0 : refund.other);
            }
        }
        if (order.total > given) {
            Refund refund = refundOfAmount(order, order.total - given);
            order.refunds.add(refund);
            order.status = "refunded";
            tellAll(order);
        }
    }

    private void removeRefund(Order order) {
        if (order.refunds.isEmpty() || order.deleted) {
            return;
        }
        Refund refund = order.refunds.remove(random.nextInt(order.refunds.size()));
        if (order.namesItsParts) {
            tellAll(order);
        } else {
            gone(StreamName.REFUNDS, refund.id);
        }
    }

    private void removeLine(Order order) {
        if (order.lines.isEmpty() || order.deleted) {
            return;
        }
        Line line = order.lines.remove(random.nextInt(order.lines.size()));
        if (order.namesItsParts) {
            tellAll(order);
        } else {
            gone(StreamName.ORDER_ITEMS, line.id);
        }
    }

    private void changeLine(Order order) {
        if (order.lines.isEmpty() || order.deleted) {
            return;
        }
        Line line = order.lines.get(random.nextInt(order.lines.size()));
        if (line.isNew) {
            // Of two versions in one part, transform keeps the newer: its first cost would be lost.
            return;
        }
        price(line);
        if (line.cost != null) {
            line.emittedCost = (long) random.nextInt(3000);
        }
        if (order.namesItsParts) {
            tellAll(order);
        } else {
            emit(order, line);
        }
    }

    private void toggleDeleted(Order order) {
        order.deleted = !order.deleted;
        if (order.deleted) {
            gone(StreamName.ORDERS, order.id);
        } else {
            tellAll(order);
        }
    }

    private void tellAll(Order order) {
        if (order.deleted) {
            return;
        }
        emit(order);
        order.lines.forEach(line -> emit(order, line));
        order.refunds.forEach(refund -> emit(order, refund));
        order.payments.forEach(payment -> emit(order, payment));
    }

    private void emit(Order order) {
        List<String> groups =
                order.refunds.stream()
                        .map(refund -> refund.group == null ? refund.id : refund.group)
                        .toList();
        row(
                StreamName.ORDERS,
                order.id,
                "customer_id",
                text(order.customer),
                "status",
                order.status,
                "currency",
                order.currency,
                "ordered_at",
                order.day + "T12:00:00Z",
                "ordered_on",
                order.day.toString(),
                "ship_country",
                text(order.country),
                "ship_region",
                text(order.region),
                "ship_postcode_area",
                text(order.postcodeArea),
                "discount_minor",
                text(order.discount),
                "separate_discount_minor",
                text(order.separateDiscount),
                "fees_minor",
                text(order.fees),
                "shipping_minor",
                text(order.shipping),
                "tax_minor",
                text(order.tax),
                "total_minor",
                text(order.total),
                "item_ids",
                order.namesItsParts
                        ? array(order.lines.stream().map(line -> line.id).toList())
                        : "",
                "refund_ids",
                order.namesItsParts ? array(groups) : "",
                "payment_ids",
                order.namesItsParts ? array(order.payments) : "");
    }

    private void emit(Order order, Line line) {
        row(
                StreamName.ORDER_ITEMS,
                line.id,
                "order_id",
                order.id,
                "product_id",
                text(line.product),
                "name",
                line.product == null ? "named" : "",
                "quantity",
                line.quantity.toPlainString(),
                "unit_price_minor",
                Long.toString(line.price),
                "gross_minor",
                text(line.gross),
                "discount_minor",
                line.discount == 0 ? "" : Long.toString(line.discount),
                "net_minor",
                Long.toString(line.grossMinor() - line.discount),
                "shipping_minor",
                text(line.shipping),
                "tax_minor",
                text(line.tax),
                "line_cost_minor",
                text(line.emittedCost),
                "currency",
                line.currency);
    }

    private void emit(Order order, Refund refund) {
        row(
                StreamName.REFUNDS,
                refund.id,
                "order_id",
                order.id,
                "refund_group",
                text(refund.group),
                "order_item_id",
                text(refund.line),
                "quantity",
                refund.quantity == null ? "" : refund.quantity.toPlainString(),
                "amount_minor",
                Long.toString(refund.amount),
                "other_minor",
                text(refund.other),
                "currency",
                refund.currency,
                "refunded_at",
                refund.day + "T12:00:00Z",
                "refunded_on",
                refund.day.toString());
    }

    private void emit(Order order, String payment) {
        row(
                StreamName.PAYMENTS,
                payment,
                "order_id",
                order.id,
                "amount_minor",
                "100",
                "currency",
                order.currency);
    }

    private void row(StreamName stream, String id, String... columnsAndValues) {
        told.add(CleanRow.of(stream, id, columnsAndValues).at(version()));
    }

    private void gone(StreamName stream, String id) {
        told.add(CleanRow.gone(stream, id).at(version()));
    }

    private String version() {
        return OPENED.plusSeconds(versions).toString();
    }

    private static String text(@Nullable Object value) {
        return value == null ? "" : value.toString();
    }

    private static String array(List<String> ids) {
        return ids.stream().distinct().collect(Collectors.joining(",", "{", "}"));
    }
}
