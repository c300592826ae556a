package io.shopflow.load;

import io.shopflow.load.GeneratedShop.Line;
import io.shopflow.load.GeneratedShop.Order;
import io.shopflow.load.GeneratedShop.Product;
import io.shopflow.load.GeneratedShop.Refund;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The figures of a shop, computed from what is true of it with lists and whole numbers, by the
 * definitions of docs/reference/figures.md and without any SQL.
 */
final class ExpectedFigures {

    private static final BigInteger ZERO = BigInteger.ZERO;

    private final GeneratedShop shop;
    private final Map<String, List<String>> rows = new HashMap<>();
    private final Map<String, BigInteger[]> months = new TreeMap<>();
    private final Map<String, BigInteger[]> refundMonths = new TreeMap<>();
    private final Places regions = new Places();
    private final Places postcodeAreas = new Places();
    private final Map<String, BigInteger[]> customers = new TreeMap<>();
    private final Map<String, Group> products = new TreeMap<>();
    private final Map<String, Group> categories = new TreeMap<>();

    private static final class Group {
        BigDecimal units = BigDecimal.ZERO;
        BigDecimal returned = BigDecimal.ZERO;
        BigInteger net = ZERO;
        BigInteger unsigned = ZERO;
        BigInteger covered = ZERO;
        @Nullable BigInteger profit;
        final Set<String> orders = new HashSet<>();
    }

    /** Sales by where orders were sent to. */
    private static final class Places {
        final Map<String, BigInteger[]> sums = new TreeMap<>();
        final Map<String, Set<String>> customers = new TreeMap<>();

        void add(Order order, @Nullable String place, BigInteger orders, BigInteger net) {
            String key = orUnknown(order.country) + "|" + orUnknown(place);
            plus(sums, key, orders, net);
            Set<String> known = customers.computeIfAbsent(key, none -> new HashSet<>());
            if (order.customer != null && orders.signum() > 0) {
                known.add(order.customer);
            }
        }
    }

    private ExpectedFigures(GeneratedShop shop) {
        this.shop = shop;
    }

    /** The rows of each view, in no order; columns joined by {@code |}, null is {@code -}. */
    static Map<String, List<String>> of(GeneratedShop shop) {
        ExpectedFigures figures = new ExpectedFigures(shop);
        for (Order order : shop.orders) {
            if (!order.deleted) {
                order.payments.forEach(payment -> figures.row("live_payments", order.id, payment));
            }
            if (!order.deleted
                    && List.of("processing", "completed", "refunded").contains(order.status)) {
                figures.add(order);
            }
        }
        figures.addGroups();
        return figures.rows;
    }

    private void add(Order order) {
        List<Line> lines =
                order.lines.stream()
                        .filter(line -> line.currency.equals(order.currency))
                        .sorted(Comparator.comparing((Line line) -> line.id))
                        .toList();
        List<Refund> refunds =
                order.refunds.stream()
                        .filter(refund -> refund.currency.equals(order.currency))
                        .toList();

        BigInteger gross = ZERO;
        List<BigInteger> left = new ArrayList<>();
        for (Line line : lines) {
            BigInteger lineGross = BigInteger.valueOf(line.grossMinor());
            BigInteger net = lineGross.subtract(BigInteger.valueOf(line.discount));
            gross = gross.add(lineGross);
            left.add(lineGross.signum() >= 0 && net.signum() < 0 ? ZERO : net);
        }
        BigInteger ofLines = gross.subtract(sum(left));
        BigInteger beyond =
                told(order.discount)
                        .subtract(ofLines)
                        .max(ZERO)
                        .add(told(order.separateDiscount))
                        .min(gross.subtract(ofLines).max(ZERO));
        List<BigInteger> shares = spread(beyond, left);
        for (int index = 0; index < lines.size(); index++) {
            left.set(index, left.get(index).subtract(shares.get(index)));
        }
        BigInteger goods = sum(left);
        final List<BigInteger> beforeRefunds = List.copyOf(left);

        BigInteger shipping = told(order.shipping);
        BigInteger taxOfLines = ZERO;
        for (Line line : lines) {
            shipping = shipping.add(told(line.shipping));
            taxOfLines = taxOfLines.add(told(line.tax));
        }
        BigInteger tax = order.tax == null ? taxOfLines : told(order.tax);
        BigInteger charged =
                order.total == null
                        ? goods.add(told(order.fees)).add(shipping).add(tax)
                        : told(order.total);

        BigInteger lineRefunds = ZERO;
        BigInteger amounts = ZERO;
        BigInteger others = ZERO;
        for (Refund refund : refunds) {
            if (refund.line == null) {
                amounts = amounts.add(BigInteger.valueOf(refund.amount));
            } else {
                lineRefunds = lineRefunds.add(BigInteger.valueOf(refund.amount));
            }
            others = others.add(told(refund.other));
        }
        BigInteger givenBack = lineRefunds.add(amounts).add(others);
        boolean all = order.total != null && order.total > 0;
        BigInteger amountGoods =
                amounts.signum() == 0
                        ? ZERO
                        : all && givenBack.equals(told(order.total))
                                ? goods.subtract(lineRefunds).max(ZERO)
                                : charged.signum() > 0
                                        ? share(amounts, goods.max(ZERO), charged)
                                        : amounts;
        BigInteger refunded = lineRefunds.add(amountGoods);
        boolean inFull =
                refunded.signum() > 0 && refunded.compareTo(goods) >= 0
                        || all && givenBack.compareTo(told(order.total)) >= 0;

        BigInteger ofNoLine = refunded;
        List<BigDecimal> returned = new ArrayList<>();
        for (int index = 0; index < lines.size(); index++) {
            BigDecimal units = BigDecimal.ZERO;
            for (Refund refund : refunds) {
                if (lines.get(index).id.equals(refund.line)) {
                    BigInteger amount = BigInteger.valueOf(refund.amount);
                    left.set(index, left.get(index).subtract(amount));
                    ofNoLine = ofNoLine.subtract(amount);
                    units = units.add(refund.quantity == null ? BigDecimal.ZERO : refund.quantity);
                }
            }
            returned.add(inFull ? units.max(lines.get(index).quantity) : units);
        }
        if (ofNoLine.signum() > 0 && ofNoLine.equals(sum(left))) {
            shares = List.copyOf(left);
        } else {
            List<BigInteger> weights = left.stream().map(minor -> minor.max(ZERO)).toList();
            shares = spread(ofNoLine.min(sum(weights)), weights);
        }
        for (int index = 0; index < lines.size(); index++) {
            left.set(index, left.get(index).subtract(shares.get(index)));
        }
        BigInteger net = goods.subtract(refunded);
        BigInteger rest = net.subtract(sum(left));

        for (int index = 0; index < lines.size(); index++) {
            add(
                    order,
                    lines.get(index),
                    beforeRefunds.get(index),
                    left.get(index),
                    returned.get(index));
        }
        if (rest.signum() != 0) {
            row("unallocated_sales", order.id, rest);
        }
        BigInteger otherBack = givenBack.subtract(refunded);
        boolean refundOnly = lines.isEmpty() && !refunds.isEmpty() && hasNoAmount(order);
        BigInteger orders = refundOnly ? ZERO : BigInteger.ONE;
        row(
                "sales_orders",
                order.id,
                order.customer,
                order.day,
                orUnknown(order.country),
                orUnknown(order.region),
                gross,
                gross.subtract(goods),
                refunded,
                net,
                lines.size(),
                told(order.fees),
                shipping,
                tax,
                otherBack,
                goods.add(told(order.fees)).add(shipping).add(tax).subtract(givenBack),
                order.currency,
                refundOnly ? "f" : "t");
        month(months, order.day, orders, gross, gross.subtract(goods), refunded, net);
        month(refundMonths, order.day, ZERO, gross, gross.subtract(goods), ZERO, goods);
        addByRefundDate(order, refunds, lineRefunds, refunded, goods, charged);
        regions.add(order, order.region, orders, net);
        postcodeAreas.add(order, order.postcodeArea, orders, net);
        if (order.customer != null) {
            plus(customers, order.customer, orders, net);
        }
    }

    private static boolean hasNoAmount(Order order) {
        return Stream.of(
                        order.total,
                        order.discount,
                        order.separateDiscount,
                        order.fees,
                        order.shipping,
                        order.tax)
                .allMatch(amount -> amount == null || amount == 0);
    }

    private void addByRefundDate(
            Order order,
            List<Refund> refunds,
            BigInteger lineRefunds,
            BigInteger refunded,
            BigInteger goods,
            BigInteger charged) {
        List<Refund> amounts =
                refunds.stream()
                        .filter(refund -> refund.line == null)
                        .sorted(
                                Comparator.comparing((Refund refund) -> refund.day)
                                        .thenComparing(refund -> refund.id))
                        .toList();
        BigInteger running = ZERO;
        BigInteger booked = ZERO;
        for (int index = 0; index < amounts.size(); index++) {
            Refund refund = amounts.get(index);
            running = running.add(BigInteger.valueOf(refund.amount));
            BigInteger upToHere =
                    index == amounts.size() - 1
                            ? refunded.subtract(lineRefunds)
                            : charged.signum() > 0
                                    ? share(running, goods.max(ZERO), charged)
                                    : running;
            refundedOn(refund.day, upToHere.subtract(booked));
            booked = upToHere;
        }
        for (Refund refund : refunds) {
            if (refund.line != null) {
                refundedOn(refund.day, BigInteger.valueOf(refund.amount));
            }
        }
    }

    private void refundedOn(LocalDate day, BigInteger minor) {
        month(refundMonths, day, ZERO, ZERO, ZERO, minor, minor.negate());
    }

    private void add(
            Order order, Line line, BigInteger beforeRefunds, BigInteger net, BigDecimal returned) {
        Product product =
                shop.products.stream()
                        .filter(known -> known.id.equals(line.product))
                        .findFirst()
                        .orElse(null);
        String category =
                product == null || product.category == null ? "unknown" : product.category;
        BigDecimal kept =
                line.quantity.signum() < 0
                        ? line.quantity
                        : line.quantity.subtract(returned).max(BigDecimal.ZERO);
        BigInteger cost = null;
        if (line.cost != null) {
            cost =
                    BigDecimal.valueOf(line.cost)
                            .multiply(kept)
                            .divide(line.costQuantity, 0, RoundingMode.HALF_UP)
                            .toBigInteger();
        } else if (product != null
                && product.cost != null
                && (product.currency == null || product.currency.equals(line.currency))) {
            cost =
                    BigDecimal.valueOf(product.cost)
                            .multiply(kept)
                            .setScale(0, RoundingMode.HALF_UP)
                            .toBigInteger();
        }
        BigInteger gross = BigInteger.valueOf(line.grossMinor());
        row(
                "sales_items",
                order.id,
                line.id,
                line.product,
                category,
                plain(line.quantity),
                plain(returned),
                gross,
                gross.subtract(beforeRefunds),
                beforeRefunds.subtract(net),
                net,
                cost,
                cost == null ? null : net.subtract(cost),
                order.currency);
        group(
                products,
                line.product == null ? "-" : line.product,
                order,
                line,
                net,
                returned,
                cost);
        group(categories, category, order, line, net, returned, cost);
    }

    private static void group(
            Map<String, Group> groups,
            String name,
            Order order,
            Line line,
            BigInteger net,
            BigDecimal returned,
            @Nullable BigInteger cost) {
        Group group = groups.computeIfAbsent(name, none -> new Group());
        group.units = group.units.add(line.quantity);
        group.returned = group.returned.add(returned);
        group.net = group.net.add(net);
        group.unsigned = group.unsigned.add(net.abs());
        group.orders.add(order.id);
        if (cost != null) {
            group.covered = group.covered.add(net.abs());
            BigInteger profit = net.subtract(cost);
            group.profit = group.profit == null ? profit : group.profit.add(profit);
        }
    }

    private void addGroups() {
        months.forEach(
                (month, sums) ->
                        row("sales_monthly", month, sums[0], sums[1], sums[2], sums[3], sums[4]));
        refundMonths.forEach(
                (month, sums) ->
                        row(
                                "sales_monthly_by_refund_date",
                                month,
                                sums[1],
                                sums[2],
                                sums[3],
                                sums[4]));
        addPlaces("region_sales", regions);
        addPlaces("postcode_area_sales", postcodeAreas);
        customers.forEach(
                (customer, sums) -> {
                    // A customer with only a standalone refund does not count as a customer.
                    if (sums[0].signum() > 0) {
                        row("customer_value", customer, sums[0], sums[1]);
                    }
                });
        products.forEach(
                (product, group) ->
                        row(
                                "product_sales",
                                product,
                                plain(group.units),
                                plain(group.returned),
                                group.orders.size(),
                                group.net,
                                group.profit,
                                group.unsigned,
                                group.covered));
        categories.forEach(
                (category, group) ->
                        row(
                                "category_sales",
                                category,
                                plain(group.units),
                                plain(group.returned),
                                group.net));
    }

    private void addPlaces(String view, Places places) {
        places.sums.forEach(
                (place, sums) ->
                        row(view, place, sums[0], places.customers.get(place).size(), sums[1]));
    }

    private static String orUnknown(@Nullable String name) {
        return name == null ? "unknown" : name;
    }

    private void row(String view, @Nullable Object... columns) {
        List<String> texts = new ArrayList<>();
        for (Object column : columns) {
            texts.add(column == null ? "-" : column.toString());
        }
        rows.computeIfAbsent(view, none -> new ArrayList<>()).add(String.join("|", texts));
    }

    private static void month(
            Map<String, BigInteger[]> months, LocalDate day, BigInteger... numbers) {
        plus(months, day.withDayOfMonth(1).toString(), numbers);
    }

    private static void plus(Map<String, BigInteger[]> sums, String key, BigInteger... numbers) {
        BigInteger[] sum = sums.computeIfAbsent(key, none -> new BigInteger[numbers.length]);
        for (int index = 0; index < numbers.length; index++) {
            sum[index] = sum[index] == null ? numbers[index] : sum[index].add(numbers[index]);
        }
    }

    /** Whole parts of an amount in proportion to the weights; rounded where they run together. */
    private static List<BigInteger> spread(BigInteger amount, List<BigInteger> weights) {
        List<BigInteger> positive = weights.stream().map(weight -> weight.max(ZERO)).toList();
        BigInteger whole = sum(positive);
        List<BigInteger> parts = new ArrayList<>();
        BigInteger running = ZERO;
        BigInteger given = ZERO;
        for (BigInteger weight : positive) {
            running = running.add(weight);
            BigInteger upToHere = whole.signum() == 0 ? ZERO : share(amount, running, whole);
            parts.add(upToHere.subtract(given));
            given = upToHere;
        }
        return parts;
    }

    private static BigInteger share(BigInteger amount, BigInteger part, BigInteger whole) {
        return new BigDecimal(amount.multiply(part))
                .divide(new BigDecimal(whole), 0, RoundingMode.HALF_UP)
                .toBigInteger();
    }

    private static BigInteger sum(List<BigInteger> numbers) {
        return numbers.stream().reduce(ZERO, BigInteger::add);
    }

    private static BigInteger told(@Nullable Long minor) {
        return minor == null ? ZERO : BigInteger.valueOf(minor);
    }

    private static String plain(BigDecimal number) {
        return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
    }
}
