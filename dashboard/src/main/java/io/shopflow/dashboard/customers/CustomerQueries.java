package io.shopflow.dashboard.customers;

import static io.shopflow.dashboard.sales.WarehouseQueries.money;
import static io.shopflow.dashboard.sales.WarehouseQueries.number;
import static io.shopflow.dashboard.sales.WarehouseQueries.rows;

import io.shopflow.dashboard.customers.CustomerFigures.Customer;
import io.shopflow.dashboard.customers.CustomerFigures.Month;
import io.shopflow.dashboard.customers.CustomerFigures.SegmentSales;
import io.shopflow.dashboard.customers.CustomerFigures.Segments;
import io.shopflow.dashboard.customers.Retention.Cell;
import io.shopflow.dashboard.customers.Retention.Cohort;
import io.shopflow.dashboard.sales.Churn;
import io.shopflow.dashboard.sales.DateRange;
import io.shopflow.dashboard.sales.Money;
import io.shopflow.dashboard.sales.PageContext;
import io.shopflow.dashboard.sales.Sales;
import io.shopflow.dashboard.sales.SalesCache;
import io.shopflow.dashboard.sales.SalesFilter;
import io.shopflow.dashboard.sales.Scope;
import io.shopflow.dashboard.sales.WarehouseQueries;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.Tuple;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads the figures of customers, as of the last closed run. */
@ApplicationScoped
class CustomerQueries {
    private static final int LISTED = 20;

    private static final LocalDate LONG_AGO = LocalDate.of(1, 1, 1);

    private static final String SEGMENTS =
            """
            select segment, sum(customers) as customers, sum(spent_minor) as spent_minor
            from analytics.segment_sales
            where source in (:sources) and currency = :currency
            group by segment
            """;

    /** A source whose data ends earlier is not in the later months of a cohort. */
    private static final String COHORTS =
            """
            select
                cohort,
                months_since,
                sum(customers) as customers,
                sum(active_customers) as active_customers,
                bool_or(is_partial) as is_partial
            from analytics.customer_cohorts
            where source in (:sources) and currency = :currency and cohort >= :oldest
            group by cohort, months_since
            """;

    private static final String MONTHS =
            """
            select
                period,
                sum(new_customers) as new_customers,
                sum(new_net_minor) as new_net_minor,
                sum(returning_customers) as returning_customers,
                sum(returning_net_minor) as returning_net_minor,
                sum(unknown_orders) as unknown_orders,
                sum(unknown_net_minor) as unknown_net_minor
            from analytics.new_and_returning
            where source in (:sources) and currency = :currency
                and grain = 'month' and period between :first and :last
            group by period
            """;

    /**
     * The index by what customers spent has the day of their last order too. The days are
     * parameters, not read from another table, so that the planner can estimate how many customers
     * there are: of few, the index by this day is better.
     */
    private static final String LIST =
            """
            select
                held.source,
                held.customer_id,
                held.orders,
                held.spent_minor,
                held.customer_since,
                held.last_order_of_any_currency as last_order
            from (
                select source, customer_id, currency
                from marts.customer_value
                where source = :source and currency = :currency
                    and last_order_of_any_currency between :earliest and :latest
                order by spent_minor desc, customer_id
                limit :rows
            ) as listed
            inner join marts.customer_value as held using (source, customer_id, currency)
            """;

    private final WarehouseQueries queries;
    private final Sales sales;
    private final SalesCache cache;

    CustomerQueries(WarehouseQueries queries, Sales sales, SalesCache cache) {
        this.queries = queries;
        this.sales = sales;
        this.cache = cache;
    }

    /** The cache key of the customer figures. */
    private record FiguresKey(SalesFilter filter, int cohorts) {}

    /**
     * The figures of customers. They concern whole orders, so the category filter is ignored.
     *
     * @param cohorts how many monthly cohorts to return, counted back from the newest month
     */
    CustomerFigures figures(PageContext context, int cohorts) {
        SalesFilter filter = context.filter().withoutCategory();
        return cache.result(
                context.version(), new FiguresKey(filter, cohorts), () -> figures(filter, cohorts));
    }

    private CustomerFigures figures(SalesFilter filter, int cohorts) {
        Scope scope = filter.scope();
        Churn churn = sales.churn(scope);
        Map<String, LocalDate> newest = newestDays(scope);
        return new CustomerFigures(
                sales.spending(filter),
                churn,
                segments(scope),
                retention(scope, cohorts),
                months(filter.range(), scope),
                list(scope, newest, null, 0),
                list(scope, newest, churn.churnDays(), churn.riskDays()),
                list(scope, newest, null, churn.churnDays() + 1));
    }

    private Segments segments(Scope scope) {
        return new Segments(
                rows(queries.scoped(SEGMENTS, scope)).stream()
                        .map(
                                row ->
                                        new SegmentSales(
                                                Segment.of(row.get("segment", String.class)),
                                                number(row, "customers"),
                                                money(row, "spent_minor", scope)))
                        .sorted(Comparator.comparing(SegmentSales::segment))
                        .toList(),
                new Money(0, scope.currency()));
    }

    private Retention retention(Scope scope, int cohorts) {
        YearMonth newest = YearMonth.from(scope.newestOn());
        Map<YearMonth, Map<Integer, Cell>> known = new TreeMap<>(Comparator.reverseOrder());
        for (Tuple row :
                rows(
                        queries.scoped(COHORTS, scope)
                                .setParameter(
                                        "oldest", newest.minusMonths(cohorts - 1L).atDay(1)))) {
            YearMonth cohort = YearMonth.from(row.get("cohort", LocalDate.class));
            int monthsSince = Math.toIntExact(number(row, "months_since"));
            known.computeIfAbsent(cohort, none -> new HashMap<>())
                    .put(
                            monthsSince,
                            new Cell(
                                    cohort.plusMonths(monthsSince),
                                    monthsSince,
                                    number(row, "customers"),
                                    number(row, "active_customers"),
                                    row.get("is_partial", Boolean.class)));
        }
        int longest =
                known.values().stream()
                        .flatMap(cells -> cells.keySet().stream())
                        .mapToInt(Integer::intValue)
                        .max()
                        .orElse(0);
        List<Cohort> shown = new ArrayList<>();
        known.forEach(
                (month, cells) -> {
                    List<@Nullable Cell> row = new ArrayList<>();
                    for (int since = 1; since <= longest; since++) {
                        row.add(cells.get(since));
                    }
                    shown.add(
                            new Cohort(
                                    month, Objects.requireNonNull(cells.get(0)).customers(), row));
                });
        return new Retention(shown);
    }

    /** Every month that overlaps the range, up to the end of the data. */
    private List<Month> months(DateRange range, Scope scope) {
        LocalDate newest = scope.newestOn();
        YearMonth first =
                YearMonth.from(
                        range.from().isAfter(scope.oldestOn()) ? range.from() : scope.oldestOn());
        YearMonth last = YearMonth.from(range.to().isBefore(newest) ? range.to() : newest);
        Map<YearMonth, Tuple> sold = new HashMap<>();
        rows(queries.scoped(MONTHS, scope)
                        .setParameter("first", first.atDay(1))
                        .setParameter("last", last.atDay(1)))
                .forEach(row -> sold.put(YearMonth.from(row.get("period", LocalDate.class)), row));
        List<Month> months = new ArrayList<>();
        for (YearMonth month = first; !month.isAfter(last); month = month.plusMonths(1)) {
            LocalDate until = newest.isBefore(month.atEndOfMonth()) ? newest : null;
            Money nothing = new Money(0, scope.currency());
            Tuple row = sold.get(month);
            months.add(
                    row == null
                            ? new Month(month, 0, nothing, 0, nothing, 0, nothing, until)
                            : new Month(
                                    month,
                                    number(row, "new_customers"),
                                    money(row, "new_net_minor", scope),
                                    number(row, "returning_customers"),
                                    money(row, "returning_net_minor", scope),
                                    number(row, "unknown_orders"),
                                    money(row, "unknown_net_minor", scope),
                                    until));
        }
        return List.copyOf(months);
    }

    /** The newest business date of each source. */
    private Map<String, LocalDate> newestDays(Scope scope) {
        Map<String, LocalDate> days = new HashMap<>();
        rows(queries.query(
                                """
                                        select source, newest_order_on
                                        from marts.sources
                                        where source in (:sources) and newest_order_on is not null
                                        """)
                        .setParameter("sources", scope.sources()))
                .forEach(
                        row ->
                                days.put(
                                        row.get("source", String.class),
                                        row.get("newest_order_on", LocalDate.class)));
        return days;
    }

    /**
     * The customers who spent most of those whose last order is so many days ago.
     *
     * @param newest days that these are counted from, by source
     */
    private List<Customer> list(
            Scope scope, Map<String, LocalDate> newest, @Nullable Integer mostDays, int leastDays) {
        List<Customer> customers = new ArrayList<>();
        newest.forEach(
                (source, day) ->
                        rows(queries.query(LIST)
                                        .setParameter("source", source)
                                        .setParameter("currency", scope.currencyCode())
                                        .setParameter(
                                                "earliest",
                                                mostDays == null
                                                        ? LONG_AGO
                                                        : day.minusDays(mostDays))
                                        .setParameter("latest", day.minusDays(leastDays))
                                        .setParameter("rows", LISTED))
                                .forEach(row -> customers.add(customer(row, day, scope))));
        return customers.stream()
                .sorted(
                        Comparator.comparing((Customer customer) -> customer.spent().minor())
                                .reversed()
                                .thenComparing(Customer::source)
                                .thenComparing(Customer::id))
                .limit(LISTED)
                .toList();
    }

    private static Customer customer(Tuple row, LocalDate newest, Scope scope) {
        LocalDate lastOrder = row.get("last_order", LocalDate.class);
        return new Customer(
                row.get("source", String.class),
                row.get("customer_id", String.class),
                number(row, "orders"),
                money(row, "spent_minor", scope),
                row.get("customer_since", LocalDate.class),
                lastOrder,
                newest.toEpochDay() - lastOrder.toEpochDay());
    }
}
