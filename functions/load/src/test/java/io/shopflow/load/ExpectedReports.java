package io.shopflow.load;

import static java.util.stream.Collectors.toSet;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.IsoFields;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The reports on customers and products of a shop, counted one by one in the orders and lines of
 * {@link ExpectedFigures}.
 */
final class ExpectedReports {

    /** By recency from 1 to 5, then by what a customer is worth from 1 to 5. */
    private static final String[][] SEGMENTS = {
        {"lost", "hibernating", "at risk", "at risk", "cannot lose"},
        {"hibernating", "hibernating", "at risk", "at risk", "cannot lose"},
        {"about to sleep", "about to sleep", "needs attention", "loyal", "loyal"},
        {"promising", "potential loyalists", "potential loyalists", "loyal", "loyal"},
        {"new", "potential loyalists", "potential loyalists", "champions", "champions"}
    };

    private record Sale(
            String order,
            @Nullable String customer,
            String currency,
            LocalDate day,
            BigInteger gross,
            BigInteger discount,
            BigInteger refunded,
            BigInteger net,
            boolean hasLines,
            String country,
            boolean isOrder) {}

    private record Item(
            String order,
            @Nullable String product,
            String category,
            String currency,
            BigDecimal units,
            BigDecimal returned,
            BigInteger gross,
            BigInteger discount,
            BigInteger refunded,
            BigInteger net,
            @Nullable BigInteger cost) {}

    private record Customer(
            String id,
            String currency,
            List<Sale> sales,
            List<Sale> orders,
            LocalDate since,
            long daysSinceLastOrder,
            BigInteger spent) {}

    private final GeneratedShop shop;
    private final List<Sale> sales = new ArrayList<>();
    private final List<Item> items = new ArrayList<>();
    private final List<Customer> customers = new ArrayList<>();
    private final LocalDate newest;
    private final Map<String, List<String>> rows = new TreeMap<>();

    private ExpectedReports(GeneratedShop shop) {
        this.shop = shop;
        Map<String, List<String>> figures = ExpectedFigures.of(shop);
        for (String row : figures.getOrDefault("sales_orders", List.of())) {
            String[] columns = row.split("\\|");
            sales.add(
                    new Sale(
                            columns[0],
                            known(columns[1]),
                            columns[15],
                            LocalDate.parse(columns[2]),
                            new BigInteger(columns[5]),
                            new BigInteger(columns[6]),
                            new BigInteger(columns[7]),
                            new BigInteger(columns[8]),
                            !columns[9].equals("0"),
                            columns[3],
                            columns[16].equals("t")));
        }
        for (String row : figures.getOrDefault("sales_items", List.of())) {
            String[] columns = row.split("\\|");
            items.add(
                    new Item(
                            columns[0],
                            known(columns[2]),
                            columns[3],
                            columns[12],
                            new BigDecimal(columns[4]),
                            new BigDecimal(columns[5]),
                            new BigInteger(columns[6]),
                            new BigInteger(columns[7]),
                            new BigInteger(columns[8]),
                            new BigInteger(columns[9]),
                            known(columns[10]) == null ? null : new BigInteger(columns[10])));
        }
        Set<String> refundsOnly =
                sales.stream().filter(sale -> !sale.isOrder).map(Sale::order).collect(toSet());
        newest =
                shop.orders.stream()
                        .filter(order -> !order.deleted && !refundsOnly.contains(order.id))
                        .map(order -> order.day)
                        .max(Comparator.naturalOrder())
                        .orElse(LocalDate.MIN);
        addCustomers();
    }

    /** The rows of each view, in no order; columns joined by {@code |}, null is {@code -}. */
    static Map<String, List<String>> of(GeneratedShop shop) {
        ExpectedReports reports = new ExpectedReports(shop);
        reports.customerValue();
        reports.weeks();
        reports.segments();
        reports.cohorts();
        reports.newAndReturning("week", ExpectedReports::week);
        reports.newAndReturning("month", ExpectedReports::month);
        reports.currencies().forEach(reports::boughtTogether);
        reports.products();
        return reports.rows;
    }

    /** The rows of queries of sql/analytics, without their source; likewise. */
    static Map<String, List<String>> ofQueries(GeneratedShop shop) {
        ExpectedReports reports = new ExpectedReports(shop);
        reports.topCustomers();
        reports.churnedCustomers();
        reports.bestSellers();
        reports.months();
        reports.countries();
        reports.segments();
        reports.rows.put(
                "customer-segments", reports.rows.getOrDefault("segment_sales", List.of()));
        return reports.rows;
    }

    private void topCustomers() {
        for (Customer customer : customers) {
            long place =
                    1
                            + customers.stream()
                                    .filter(other -> other.currency.equals(customer.currency))
                                    .filter(other -> other.spent.compareTo(customer.spent) > 0)
                                    .count();
            if (place <= 10) {
                row(
                        "top-customers",
                        customer.currency,
                        place,
                        customer.id,
                        customer.orders.size(),
                        customer.spent,
                        averageOrder(customer.sales),
                        customer.daysSinceLastOrder);
            }
        }
    }

    private void churnedCustomers() {
        for (Customer customer : customers) {
            if (customer.daysSinceLastOrder > 90) {
                row(
                        "churned-customers",
                        customer.currency,
                        customer.id,
                        customer.orders.stream().map(Sale::day).max(LocalDate::compareTo).get(),
                        customer.daysSinceLastOrder,
                        customer.orders.size(),
                        customer.spent);
            }
        }
    }

    private void bestSellers() {
        Map<String, List<Item>> byProduct = new TreeMap<>();
        for (Item item : items) {
            if (item.product != null) {
                byProduct
                        .computeIfAbsent(
                                item.product + "|" + item.currency, none -> new ArrayList<>())
                        .add(item);
            }
        }
        for (List<Item> own : byProduct.values()) {
            Item any = own.getFirst();
            BigInteger net = sum(own, Item::net);
            long place =
                    1
                            + byProduct.values().stream()
                                    .filter(other -> other.getFirst().category.equals(any.category))
                                    .filter(other -> other.getFirst().currency.equals(any.currency))
                                    .filter(other -> sum(other, Item::net).compareTo(net) > 0)
                                    .count();
            if (place <= 5) {
                row(
                        "best-sellers-by-category",
                        any.currency,
                        any.category,
                        place,
                        any.product,
                        null,
                        plain(
                                own.stream()
                                        .map(Item::units)
                                        .reduce(BigDecimal.ZERO, BigDecimal::add)),
                        plain(
                                own.stream()
                                        .map(Item::returned)
                                        .reduce(BigDecimal.ZERO, BigDecimal::add)),
                        net);
            }
        }
    }

    private void months() {
        for (String currency : currencies()) {
            Map<LocalDate, List<Sale>> months = new TreeMap<>();
            for (Sale sale : sales) {
                if (sale.currency.equals(currency)) {
                    months.computeIfAbsent(month(sale.day), none -> new ArrayList<>()).add(sale);
                }
            }
            months.forEach(
                    (month, own) -> {
                        BigInteger before =
                                net(months.getOrDefault(month.minusMonths(1), List.of()));
                        row(
                                "monthly-revenue",
                                currency,
                                month,
                                orders(own).size(),
                                sum(own, Sale::gross),
                                sum(own, Sale::discount),
                                sum(own, Sale::refunded),
                                net(own),
                                before.signum() > 0
                                        ? quotient(net(own).subtract(before), before, 4)
                                        : null);
                    });
        }
    }

    private void countries() {
        Map<String, List<Sale>> countries = new TreeMap<>();
        for (Sale sale : sales) {
            if (sale.hasLines) {
                countries
                        .computeIfAbsent(
                                sale.currency + "|" + sale.country, none -> new ArrayList<>())
                        .add(sale);
            }
        }
        countries.forEach(
                (country, own) ->
                        row(
                                "average-order-value-by-country",
                                country,
                                own.size(),
                                net(own),
                                averageOrder(own)));
    }

    private Set<String> currencies() {
        Set<String> currencies = new TreeSet<>();
        sales.forEach(sale -> currencies.add(sale.currency));
        return currencies;
    }

    private void addCustomers() {
        Map<String, List<Sale>> byCustomer = new TreeMap<>();
        for (Sale sale : sales) {
            if (sale.customer != null) {
                byCustomer.computeIfAbsent(sale.customer, none -> new ArrayList<>()).add(sale);
            }
        }
        byCustomer.forEach(
                (id, all) -> {
                    List<Sale> ordered = orders(all);
                    if (ordered.isEmpty()) {
                        return;
                    }
                    LocalDate last =
                            ordered.stream().map(Sale::day).max(LocalDate::compareTo).get();
                    for (String currency : currencies()) {
                        List<Sale> own =
                                all.stream()
                                        .filter(sale -> sale.currency.equals(currency))
                                        .toList();
                        if (!orders(own).isEmpty()) {
                            customers.add(
                                    new Customer(
                                            id,
                                            currency,
                                            own,
                                            orders(own),
                                            ordered.stream()
                                                    .map(Sale::day)
                                                    .min(LocalDate::compareTo)
                                                    .get(),
                                            newest.toEpochDay() - last.toEpochDay(),
                                            net(own)));
                        }
                    }
                });
    }

    private void customerValue() {
        for (Customer customer : customers) {
            row(
                    "customer_value",
                    customer.id,
                    customer.currency,
                    customer.orders.size(),
                    customer.spent,
                    customer.orders.stream().map(Sale::day).min(LocalDate::compareTo).get(),
                    customer.orders.stream().map(Sale::day).max(LocalDate::compareTo).get(),
                    customer.daysSinceLastOrder,
                    customer.daysSinceLastOrder > 90 ? "t" : "f",
                    averageOrder(customer.sales),
                    customer.since,
                    customer.daysSinceLastOrder >= 60 && customer.daysSinceLastOrder <= 90
                            ? "t"
                            : "f");
        }
    }

    private void weeks() {
        Map<String, List<Sale>> weeks = new TreeMap<>();
        for (Sale sale : sales) {
            weeks.computeIfAbsent(week(sale.day) + "|" + sale.currency, none -> new ArrayList<>())
                    .add(sale);
        }
        weeks.forEach(
                (key, own) -> {
                    LocalDate monday = week(own.getFirst().day);
                    row(
                            "sales_weekly",
                            monday,
                            monday.get(IsoFields.WEEK_BASED_YEAR),
                            monday.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR),
                            own.getFirst().currency,
                            orders(own).size(),
                            sum(own, Sale::gross),
                            sum(own, Sale::discount),
                            sum(own, Sale::refunded),
                            net(own),
                            orders(own).stream().filter(sale -> !sale.hasLines).count(),
                            averageOrder(own));
                });
    }

    private void segments() {
        Map<String, List<Customer>> bySegment = new TreeMap<>();
        for (Customer customer : customers) {
            List<Customer> others =
                    customers.stream()
                            .filter(other -> other.currency.equals(customer.currency))
                            .toList();
            int recency =
                    score(others, other -> other.daysSinceLastOrder > customer.daysSinceLastOrder);
            int frequency = score(others, other -> other.orders.size() < customer.orders.size());
            int monetary = score(others, other -> other.spent.compareTo(customer.spent) < 0);
            int worth = (int) Math.ceil((frequency + monetary) / 2.0);
            String segment = SEGMENTS[recency - 1][worth - 1];
            row(
                    "customer_segments",
                    customer.id,
                    customer.currency,
                    customer.orders.size(),
                    customer.spent,
                    customer.daysSinceLastOrder,
                    recency,
                    frequency,
                    monetary,
                    segment,
                    others.size());
            bySegment
                    .computeIfAbsent(customer.currency + "|" + segment, none -> new ArrayList<>())
                    .add(customer);
        }
        bySegment.forEach(
                (key, own) -> {
                    List<Customer> all =
                            customers.stream()
                                    .filter(one -> one.currency.equals(own.getFirst().currency))
                                    .toList();
                    BigInteger allSpent = sum(all, Customer::spent);
                    row(
                            "segment_sales",
                            key,
                            own.size(),
                            own.stream().mapToInt(one -> one.orders.size()).sum(),
                            sum(own, Customer::spent),
                            quotient(BigInteger.valueOf(own.size()), all.size(), 4),
                            allSpent.signum() > 0
                                    ? quotient(sum(own, Customer::spent), allSpent, 4)
                                    : null);
                });
    }

    private static int score(List<Customer> all, Predicate<Customer> worse) {
        return 1 + (int) (5 * all.stream().filter(worse).count() / all.size());
    }

    private void cohorts() {
        for (String currency : currencies()) {
            Map<LocalDate, List<Customer>> cohorts = new TreeMap<>();
            for (Customer customer : customers) {
                if (customer.currency.equals(currency)) {
                    cohorts.computeIfAbsent(month(customer.since), none -> new ArrayList<>())
                            .add(customer);
                }
            }
            cohorts.forEach((cohort, members) -> cohort(currency, cohort, members));
        }
    }

    private void cohort(String currency, LocalDate cohort, List<Customer> members) {
        LocalDate month = cohort;
        for (int since = 0; !month.isAfter(newest); since++) {
            LocalDate first = month;
            Set<String> active = new HashSet<>();
            List<Sale> own = new ArrayList<>();
            for (Customer member : members) {
                for (Sale sale : member.sales) {
                    if (month(sale.day).equals(first)) {
                        if (sale.isOrder) {
                            active.add(member.id);
                        }
                        own.add(sale);
                    }
                }
            }
            row(
                    "customer_cohorts",
                    currency,
                    cohort,
                    members.size(),
                    first,
                    since,
                    active.size(),
                    orders(own).size(),
                    net(own),
                    quotient(BigInteger.valueOf(active.size()), members.size(), 4),
                    newest.isBefore(first.with(TemporalAdjusters.lastDayOfMonth())) ? "t" : "f");
            month = month.plusMonths(1);
        }
    }

    private void newAndReturning(String grain, Function<LocalDate, LocalDate> periodOf) {
        Map<String, LocalDate> since = new HashMap<>();
        customers.forEach(
                customer -> since.put(customer.id + "|" + customer.currency, customer.since));
        Map<String, List<Sale>> periods = new TreeMap<>();
        for (Sale sale : sales) {
            periods.computeIfAbsent(
                            sale.currency + "|" + periodOf.apply(sale.day),
                            none -> new ArrayList<>())
                    .add(sale);
        }
        periods.forEach(
                (key, all) -> {
                    LocalDate first = periodOf.apply(all.getFirst().day);
                    List<Sale> ofNew = new ArrayList<>();
                    List<Sale> ofReturning = new ArrayList<>();
                    List<Sale> ofUnknown = new ArrayList<>();
                    for (Sale sale : all) {
                        LocalDate firstOrder = since.get(sale.customer + "|" + sale.currency);
                        if (firstOrder == null) {
                            ofUnknown.add(sale);
                        } else if (firstOrder.isBefore(first)) {
                            ofReturning.add(sale);
                        } else {
                            ofNew.add(sale);
                        }
                    }
                    row(
                            "new_and_returning",
                            grain,
                            key,
                            orders(ofNew).stream().map(Sale::customer).distinct().count(),
                            orders(ofNew).size(),
                            net(ofNew),
                            orders(ofReturning).stream().map(Sale::customer).distinct().count(),
                            orders(ofReturning).size(),
                            net(ofReturning),
                            orders(ofUnknown).size(),
                            net(ofUnknown));
                });
    }

    private void boughtTogether(String currency) {
        Map<String, Set<String>> productsOfOrders = new TreeMap<>();
        for (Item item : items) {
            if (item.currency.equals(currency) && item.product != null && item.units.signum() > 0) {
                productsOfOrders
                        .computeIfAbsent(item.order, none -> new TreeSet<>())
                        .add(item.product);
            }
        }
        List<Set<String>> baskets =
                productsOfOrders.values().stream().filter(products -> products.size() > 1).toList();
        Set<String> products = new TreeSet<>();
        baskets.forEach(products::addAll);
        for (String product : products) {
            long with = baskets.stream().filter(basket -> basket.contains(product)).count();
            record Partner(String id, long both, long baskets) {}
            List<Partner> partners = new ArrayList<>();
            for (String other : products) {
                long both =
                        baskets.stream()
                                .filter(one -> one.contains(product) && one.contains(other))
                                .count();
                if (both > 0 && !other.equals(product)) {
                    partners.add(
                            new Partner(
                                    other,
                                    both,
                                    baskets.stream().filter(one -> one.contains(other)).count()));
                }
            }
            partners.sort(
                    Comparator.comparing((Partner one) -> -one.both)
                            .thenComparing(Partner::baskets)
                            .thenComparing(Partner::id));
            for (int rank = 1; rank <= Math.min(20, partners.size()); rank++) {
                Partner partner = partners.get(rank - 1);
                row(
                        "bought_together",
                        currency,
                        product,
                        rank,
                        partner.id,
                        partner.both,
                        with,
                        partner.baskets,
                        baskets.size(),
                        0,
                        quotient(BigInteger.valueOf(partner.both), baskets.size(), 6),
                        quotient(BigInteger.valueOf(partner.both), with, 4),
                        quotient(
                                BigInteger.valueOf(partner.both * baskets.size()),
                                with * partner.baskets,
                                4));
            }
        }
    }

    private void products() {
        Map<String, List<Item>> sold = new TreeMap<>();
        Set<String> soldIds = new HashSet<>();
        for (Item item : items) {
            sold.computeIfAbsent(item.product + "|" + item.currency, none -> new ArrayList<>())
                    .add(item);
            if (item.product != null) {
                soldIds.add(item.product);
            }
        }
        for (List<Item> own : sold.values()) {
            Item any = own.getFirst();
            List<Item> costed = own.stream().filter(item -> item.cost != null).toList();
            BigInteger charged = sum(own, Item::gross).subtract(sum(own, Item::discount));
            BigInteger unsigned = sum(own, item -> item.net.abs());
            BigInteger costedNet = sum(costed, Item::net);
            BigInteger cost = costed.isEmpty() ? null : sum(costed, item -> item.cost);
            BigInteger profit = cost == null ? null : costedNet.subtract(cost);
            row(
                    "product_profit",
                    any.product,
                    any.category,
                    any.currency,
                    "t",
                    own.stream().map(Item::order).distinct().count(),
                    plain(own.stream().map(Item::units).reduce(BigDecimal.ZERO, BigDecimal::add)),
                    plain(
                            own.stream()
                                    .map(Item::returned)
                                    .reduce(BigDecimal.ZERO, BigDecimal::add)),
                    sum(own, Item::gross),
                    sum(own, Item::discount),
                    sum(own, Item::refunded),
                    sum(own, Item::net),
                    charged.signum() > 0 ? quotient(sum(own, Item::refunded), charged, 4) : null,
                    cost,
                    quotient(sum(costed, item -> item.net.abs()), unsigned, 4),
                    profit,
                    profit != null && costedNet.signum() > 0
                            ? quotient(profit, costedNet, 4)
                            : null);
        }
        for (GeneratedShop.Product product : shop.products) {
            if (!soldIds.contains(product.id)) {
                row(
                        "product_profit",
                        product.id,
                        product.category == null ? "unknown" : product.category,
                        product.currency,
                        "f",
                        0,
                        0,
                        0,
                        0,
                        0,
                        0,
                        0,
                        null,
                        null,
                        null,
                        null,
                        null);
            }
        }
    }

    private static @Nullable BigDecimal averageOrder(List<Sale> sales) {
        List<Sale> withLines = sales.stream().filter(Sale::hasLines).toList();
        return quotient(net(withLines), withLines.size(), 0);
    }

    private static List<Sale> orders(List<Sale> sales) {
        return sales.stream().filter(Sale::isOrder).toList();
    }

    private static BigInteger net(List<Sale> sales) {
        return sum(sales, Sale::net);
    }

    private static <T> BigInteger sum(List<T> all, Function<T, BigInteger> amount) {
        return all.stream().map(amount).reduce(BigInteger.ZERO, BigInteger::add);
    }

    private static @Nullable BigDecimal quotient(BigInteger part, long whole, int decimals) {
        return quotient(part, BigInteger.valueOf(whole), decimals);
    }

    private static @Nullable BigDecimal quotient(BigInteger part, BigInteger whole, int decimals) {
        return whole.signum() == 0
                ? null
                : new BigDecimal(part)
                        .divide(new BigDecimal(whole), decimals, RoundingMode.HALF_UP);
    }

    private static LocalDate week(LocalDate day) {
        return day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
    }

    private static LocalDate month(LocalDate day) {
        return day.withDayOfMonth(1);
    }

    private static @Nullable String known(String column) {
        return column.equals("-") ? null : column;
    }

    private static String plain(BigDecimal number) {
        return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
    }

    private void row(String view, @Nullable Object... columns) {
        List<String> texts = new ArrayList<>();
        for (Object column : columns) {
            texts.add(
                    column == null
                            ? "-"
                            : column instanceof BigDecimal number
                                    ? number.toPlainString()
                                    : column.toString());
        }
        rows.computeIfAbsent(view, none -> new ArrayList<>()).add(String.join("|", texts));
    }
}
