package io.shopflow.dashboard.sales;

import static io.shopflow.dashboard.sales.WarehouseQueries.coverage;
import static io.shopflow.dashboard.sales.WarehouseQueries.decimal;
import static io.shopflow.dashboard.sales.WarehouseQueries.money;
import static io.shopflow.dashboard.sales.WarehouseQueries.moneyOrNull;
import static io.shopflow.dashboard.sales.WarehouseQueries.number;
import static io.shopflow.dashboard.sales.WarehouseQueries.rows;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import io.shopflow.dashboard.DashboardConfig;
import io.shopflow.dashboard.sales.SalesChanges.Compared;
import io.shopflow.dashboard.sales.SalesFigures.Average;
import io.shopflow.dashboard.sales.SalesFigures.Earlier;
import io.shopflow.dashboard.sales.SalesFigures.Headline;
import io.shopflow.dashboard.sales.SalesFigures.Month;
import io.shopflow.dashboard.sales.SalesFigures.Product;
import io.shopflow.dashboard.sales.SalesFigures.Products;
import io.shopflow.dashboard.sales.SalesFigures.Profit;
import io.shopflow.dashboard.sales.SalesFigures.Refunds;
import io.shopflow.dashboard.sales.SalesFigures.Regions;
import io.shopflow.dashboard.sales.SalesOverTime.Before;
import io.shopflow.dashboard.sales.SalesOverTime.Period;
import io.shopflow.dashboard.sales.SalesOverTime.TooFine;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.Query;
import jakarta.persistence.Tuple;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the figures from the sums in schema {@code marts}, which are those of the {@code analytics}
 * views as of the last closed run. A range costs what its months and the days at its ends have of
 * sums, however many orders are in it.
 */
@ApplicationScoped
public class Sales {
    /** Sums by day: of whole orders, or of the lines of the category. */
    private static final String DAYS =
            """
            with days as (
                select business_date, orders, orders_with_lines, anonymous_orders, gross_minor, refunded_minor, net_minor,
                    net_with_lines_minor, spent_minor, unsigned_minor, covered_lines, covered_minor, profit_minor
                from marts.sums_by_day
                where :category = '' and source in (:sources) and currency = :currency
                    and business_date between :comparedFrom and :to
                    and (business_date >= :from or business_date <= :comparedTo)
                union all
                select business_date, orders, orders, anonymous_orders, gross_minor, refunded_minor, net_minor,
                    net_minor, spent_minor, unsigned_minor, covered_lines, covered_minor, profit_minor
                from marts.sums_by_category
                where category = :category and source in (:sources) and currency = :currency
                    and business_date between :comparedFrom and :to
                    and (business_date >= :from or business_date <= :comparedTo)
            ),
            sales as (
                select *, business_date >= :from as in_range
                from days
            )
            """;

    /**
     * Orders, money and customers of both periods. Who has only orders without lines has spent
     * nothing; such orders are few, and looked at one by one.
     */
    private static final String HEADLINE =
            DAYS
                    + """
            ,
            sums as (
                select
                    coalesce(sum(orders) filter (where in_range), 0) as orders,
                    coalesce(sum(gross_minor) filter (where in_range), 0) as gross_minor,
                    coalesce(sum(refunded_minor) filter (where in_range), 0) as refunded_minor,
                    coalesce(sum(net_minor) filter (where in_range), 0) as net_minor,
                    coalesce(sum(anonymous_orders) filter (where in_range), 0) as anonymous_orders,
                    coalesce(sum(orders_with_lines) filter (where in_range), 0) as valued_orders,
                    coalesce(sum(net_with_lines_minor) filter (where in_range), 0) as valued_net_minor,
                    coalesce(sum(spent_minor) filter (where in_range), 0) as spent_minor,
                    coalesce(sum(orders) filter (where not in_range), 0) as previous_orders,
                    coalesce(sum(net_minor) filter (where not in_range), 0) as previous_net_minor,
                    coalesce(sum(orders_with_lines) filter (where not in_range), 0) as previous_valued_orders,
                    coalesce(sum(net_with_lines_minor) filter (where not in_range), 0) as previous_valued_net_minor,
                    coalesce(sum(spent_minor) filter (where not in_range), 0) as previous_spent_minor
                from sales
            ),
            customers as (
                select
                    coalesce(sum(now.customers), 0) as customers,
                    coalesce(sum(now.returning_customers), 0) as returning_customers,
                    coalesce(sum(earlier.customers), 0) as previous_customers
                from marts.sources
                cross join lateral analytics.customers_between(
                    source, :currency, :firstOn, :lastOn, :category
                ) as now
                cross join lateral analytics.customers_between(
                    source, :currency, :previousFirstOn, :previousLastOn, :category
                ) as earlier
                where source in (:sources)
            ),
            without_lines as (
                select
                    source,
                    customer_id,
                    business_date >= :from as in_range,
                    sum(net_minor) as net_minor,
                    bool_or(is_order) as has_order
                from marts.sales_orders
                where source in (:sources) and currency = :currency
                    and business_date between :comparedFrom and :to
                    and (business_date >= :from or business_date <= :comparedTo)
                    and item_count = 0 and customer_id is not null and :category = ''
                group by source, customer_id, in_range
            ),
            judged as materialized (
                select
                    in_range,
                    net_minor,
                    has_order,
                    exists (
                        select
                        from marts.sales_orders as others
                        where others.source = without_lines.source
                            and others.customer_id = without_lines.customer_id
                            and others.currency = :currency
                            and others.item_count > 0
                            and case
                                when without_lines.in_range then others.business_date between :from and :to
                                else others.business_date between :comparedFrom and :comparedTo
                            end
                    ) as is_spender
                from without_lines
            ),
            corrections as (
                select
                    count(*) filter (where in_range and has_order and not is_spender) as no_spenders,
                    coalesce(sum(net_minor) filter (where in_range and is_spender), 0) as spent_minor,
                    count(*) filter (where not in_range and has_order and not is_spender) as previous_no_spenders,
                    coalesce(sum(net_minor) filter (where not in_range and is_spender), 0) as previous_spent_minor
                from judged
            )
            select
                sums.orders,
                sums.gross_minor,
                sums.refunded_minor,
                sums.net_minor,
                customers.customers,
                customers.returning_customers,
                sums.anonymous_orders,
                sums.valued_orders,
                sums.valued_net_minor,
                customers.customers - corrections.no_spenders as spenders,
                sums.spent_minor + corrections.spent_minor as spent_minor,
                sums.previous_orders,
                sums.previous_net_minor,
                customers.previous_customers,
                sums.previous_valued_orders,
                sums.previous_valued_net_minor,
                customers.previous_customers - corrections.previous_no_spenders as previous_spenders,
                sums.previous_spent_minor + corrections.previous_spent_minor as previous_spent_minor
            from sums
            cross join customers
            cross join corrections
            """;

    /**
     * The days before are moved to the position in the range that they are compared with. Months
     * are apart, since a week may have days of two.
     */
    private static final String OVER_TIME =
            DAYS
                    + """
            ,
            positioned as (
                select *,
                    case
                        when in_range then business_date
                        when :yearEarlier then
                            -- 28 February is compared with the 29th if the range begins with that.
                            greatest(cast(business_date + interval '1 year' as date), cast(:from as date))
                        else business_date + (cast(:from as date) - cast(:comparedFrom as date))
                    end as position
                from sales
            )
            select
                cast(date_trunc('month', cast(business_date as timestamp)) as date) as month,
                cast(date_trunc(:grain, cast(position as timestamp)) as date) as period,
                in_range,
                sum(orders) as orders,
                sum(gross_minor) as gross_minor,
                sum(net_minor) as net_minor
            from positioned
            group by month, period, in_range
            """;

    private static final String PROFIT =
            DAYS
                    + """
            select
                coalesce(sum(unsigned_minor) filter (where in_range), 0) as unsigned_minor,
                coalesce(sum(covered_minor) filter (where in_range), 0) as covered_minor,
                coalesce(sum(covered_lines) filter (where in_range), 0) as covered_lines,
                coalesce(sum(profit_minor) filter (where in_range), 0) as profit_minor,
                -- Null if the cost of no line is known.
                case
                    when sum(covered_lines) filter (where not in_range) > 0
                        then coalesce(sum(profit_minor) filter (where not in_range), 0)
                end as previous_profit_minor
            from sales
            """;

    private static final String REFUNDS =
            """
            select coalesce(sum(refunded_minor), 0) as refunded_minor
            from marts.sales_refunds
            where source in (:sources) and currency = :currency and refunded_on between :from and :to
            """;

    private static final String CHURN =
            """
            select
                coalesce(sum(customers), 0) as customers,
                coalesce(
                    sum(customers) filter (
                        where newest_order_on - last_order between analytics.risk_days() and analytics.churn_days()
                    ),
                    0
                ) as at_risk,
                coalesce(
                    sum(customers) filter (where newest_order_on - last_order > analytics.churn_days()), 0
                ) as churned,
                analytics.risk_days() as risk_days,
                analytics.churn_days() as churn_days
            from marts.customers_by_last_order
            inner join marts.sources using (source)
            where source in (:sources) and currency = :currency
            """;

    private static final String OF_CATEGORY = " and category = :category ";

    /** Rankings of the {@link #sumsOfProducts}. */
    private static final String RANKINGS =
            """
            ,
            products as materialized (
                select
                    source,
                    product_id,
                    coalesce(max(name), product_id, 'unnamed') as name,
                    max(category) as category,
                    sum(units) as units,
                    sum(net_minor) as net_minor,
                    sum(unsigned_minor) as unsigned_minor,
                    coalesce(sum(covered_minor), 0) as covered_minor,
                    case when sum(covered_lines) > 0 then sum(profit_minor) end as profit_minor
                from sums
                group by source, product_id, case when product_id is null then name end
            ),
            counts as (
                select count(*) as sold, count(product_id) - count(inferred.product_id) as sold_of_catalogue
                from products
                left join marts.inferred_products as inferred using (source, product_id)
            ),
            most as (
                select *
                from products
                order by units desc, net_minor desc, name, product_id
                limit :rows
            ),
            least as (
                select *
                from products
                order by units, net_minor, name, product_id
                limit :rows
            ),
            profitable as (
                select *
                from products
                where profit_minor is not null
                order by profit_minor desc, name, product_id
                limit :rows
            )
            select 'most' as ranking, most.*, counts.*,
                row_number() over (order by units desc, net_minor desc, name, product_id) as rank
            from most
            cross join counts
            union all
            select 'least', least.*, counts.*, row_number() over (order by units, net_minor, name, product_id)
            from least
            cross join counts
            union all
            select 'profitable', profitable.*, counts.*, row_number() over (order by profit_minor desc, name, product_id)
            from profitable
            cross join counts
            """;

    private final WarehouseQueries queries;
    private final Places places;
    private final ChangesOfSales changes;
    private final DashboardConfig config;

    Sales(WarehouseQueries queries, Places places, ChangesOfSales changes, DashboardConfig config) {
        this.queries = queries;
        this.places = places;
        this.changes = changes;
        this.config = config;
    }

    /** The sales of each source in each currency; empty before the first load. */
    List<SourceSales> sources() {
        return rows(
                        queries.query(
                                """
                                select source, currency, min(business_date) as oldest_on,
                                    max(business_date) as last_sale_on,
                                    max(sources.newest_order_on) as newest_on, sum(sums.orders) as orders
                                from marts.sums_by_day as sums
                                inner join marts.sources as sources using (source)
                                group by source, currency
                                order by source, currency
                                """))
                .stream()
                .map(
                        row -> {
                            LocalDate newest = row.get("newest_on", LocalDate.class);
                            LocalDate lastSale = row.get("last_sale_on", LocalDate.class);
                            return new SourceSales(
                                    row.get("source", String.class),
                                    Currency.getInstance(row.get("currency", String.class)),
                                    row.get("oldest_on", LocalDate.class),
                                    newest == null ? lastSale : newest,
                                    lastSale,
                                    number(row, "orders"));
                        })
                .toList();
    }

    /** The categories of each source's products. */
    Categories categories() {
        List<Tuple> rows = rows(queries.query("select source, category from marts.catalogue"));
        return new Categories(
                rows.stream()
                        .collect(
                                groupingBy(
                                        row -> row.get("source", String.class),
                                        mapping(
                                                row -> row.get("category", String.class),
                                                toSet()))));
    }

    SalesFigures figures(SalesFilter filter) {
        Scope scope = filter.scope();
        DateRange before = filter.compared();
        boolean comparable = filter.isComparable();
        Tuple headline = headline(filter, before);
        Tuple profit = rows(ranged(PROFIT, filter)).getFirst();
        Money net = money(headline, "net_minor", scope);
        Money previousNet = money(headline, "previous_net_minor", scope);
        return new SalesFigures(
                new Headline(
                        number(headline, "orders"),
                        money(headline, "gross_minor", scope),
                        refunds(filter, headline),
                        net,
                        number(headline, "customers"),
                        number(headline, "returning_customers"),
                        number(headline, "anonymous_orders"),
                        new Average(
                                number(headline, "valued_orders"),
                                money(headline, "valued_net_minor", scope)),
                        new Average(
                                number(headline, "spenders"),
                                money(headline, "spent_minor", scope))),
                comparable
                        ? new Earlier(
                                number(headline, "previous_orders"),
                                previousNet,
                                number(headline, "previous_customers"),
                                moneyOrNull(profit, "previous_profit_minor", scope),
                                new Average(
                                        number(headline, "previous_valued_orders"),
                                        money(headline, "previous_valued_net_minor", scope)),
                                new Average(
                                        number(headline, "previous_spenders"),
                                        money(headline, "previous_spent_minor", scope)))
                        : null,
                comparable ? changes.read(filter, new Compared(previousNet, net)) : null,
                new Profit(
                        money(profit, "profit_minor", scope),
                        coverage(profit, "", scope),
                        number(profit, "covered_lines") > 0),
                Regions.top(config.rankingRows(), places.regions(filter), scope.currency()),
                products(filter),
                churn(scope));
    }

    /** The customers of the range, and what they spent. */
    public Spending spending(SalesFilter filter) {
        Scope scope = filter.scope();
        DateRange before = filter.compared();
        Tuple headline = headline(filter, before);
        return new Spending(
                number(headline, "customers"),
                number(headline, "returning_customers"),
                new Average(number(headline, "spenders"), money(headline, "spent_minor", scope)),
                filter.isComparable()
                        ? new Spending.Earlier(
                                number(headline, "previous_customers"),
                                new Average(
                                        number(headline, "previous_spenders"),
                                        money(headline, "previous_spent_minor", scope)))
                        : null);
    }

    private Refunds refunds(SalesFilter filter, Tuple headline) {
        Scope scope = filter.scope();
        Money byRefundDate = null;
        if (filter.category() == null) {
            Query refunds =
                    queries.scoped(REFUNDS, scope)
                            .setParameter("from", filter.range().from())
                            .setParameter("to", filter.range().to());
            byRefundDate = money(rows(refunds).getFirst(), "refunded_minor", scope);
        }
        return new Refunds(money(headline, "refunded_minor", scope), byRefundDate);
    }

    private Tuple headline(SalesFilter filter, DateRange before) {
        Scope scope = filter.scope();
        Query headline =
                ranged(HEADLINE, filter)
                        .setParameter("previousFirstOn", later(before.from(), scope.oldestOn()))
                        .setParameter("previousLastOn", earlier(before.to(), scope.newestOn()))
                        .setParameter("firstOn", later(filter.range().from(), scope.oldestOn()))
                        .setParameter("lastOn", earlier(filter.range().to(), scope.newestOn()));
        return rows(headline).getFirst();
    }

    private Query inPeriods(String sql, SalesFilter filter) {
        return queries.inPeriods(sql, filter.scope(), filter.range());
    }

    /** For a query of {@link #DAYS}. */
    private Query ranged(String sql, SalesFilter filter) {
        return queries.scoped(sql, filter.scope())
                .setParameter("category", filter.categoryOrAll())
                .setParameter("comparedFrom", filter.compared().from())
                .setParameter("comparedTo", filter.compared().to())
                .setParameter("from", filter.range().from())
                .setParameter("to", filter.range().to());
    }

    /**
     * The sales by period. Months end with the newest business date; periods with the last amount,
     * which may be a later refund, so that they add up to the net sales of the range.
     */
    SalesOverTime overTime(SalesFilter filter) {
        Scope scope = filter.scope();
        LocalDate first = later(filter.range().from(), scope.oldestOn());
        LocalDate last = earlier(filter.range().to(), later(scope.newestOn(), scope.lastSaleOn()));
        DateRange days = last.isBefore(first) ? null : new DateRange(first, last);
        Grain grain = Grain.of(filter.by(), days == null ? filter.range() : days);
        List<Tuple> rows =
                rows(
                        ranged(OVER_TIME, filter)
                                .setParameter(
                                        "yearEarlier",
                                        filter.comparison() == Comparison.YEAR_EARLIER)
                                .setParameter("grain", grain.key()));
        Grain chosen = filter.by();
        return new SalesOverTime(
                grain,
                days == null || chosen == null || chosen == grain
                        ? null
                        : new TooFine(chosen, chosen.periods(days)),
                filter.isComparable() ? filter.compared() : null,
                days == null ? List.of() : periods(filter, grain, days, rows),
                months(filter, Sums.by("month", rows, true, scope)));
    }

    private static List<Period> periods(
            SalesFilter filter, Grain grain, DateRange days, List<Tuple> rows) {
        Scope scope = filter.scope();
        Map<LocalDate, Sums> now = Sums.by("period", rows, true, scope);
        Map<LocalDate, Sums> before = Sums.by("period", rows, false, scope);
        Sums nothing = Sums.nothing(scope);
        List<Period> periods = new ArrayList<>();
        for (LocalDate first = grain.first(days.from());
                !first.isAfter(days.to());
                first = grain.last(first).plusDays(1)) {
            DateRange whole = new DateRange(first, grain.last(first));
            DateRange part =
                    new DateRange(later(first, days.from()), earlier(whole.to(), days.to()));
            Sums sums = now.getOrDefault(first, nothing);
            periods.add(
                    new Period(
                            grain,
                            part,
                            !part.equals(whole),
                            sums.orders(),
                            sums.gross(),
                            sums.net(),
                            before(filter, part, before.getOrDefault(first, nothing).net())));
        }
        return List.copyOf(periods);
    }

    /** Days after the newest business date are compared with none, as on the cards. */
    private static @Nullable Before before(SalesFilter filter, DateRange part, Money net) {
        DateRange compared = filter.withinData();
        if (!filter.isComparable() || part.from().isAfter(compared.to())) {
            return null;
        }
        DateRange before =
                filter.comparison()
                        .of(
                                new DateRange(part.from(), earlier(part.to(), compared.to())),
                                compared);
        return before == null ? null : new Before(before, net);
    }

    private static List<Month> months(SalesFilter filter, Map<LocalDate, Sums> sold) {
        Scope scope = filter.scope();
        LocalDate first = later(filter.range().from(), scope.oldestOn());
        LocalDate last = earlier(filter.range().to(), scope.newestOn());
        List<Month> months = new ArrayList<>();
        for (YearMonth month = YearMonth.from(first);
                !month.isAfter(YearMonth.from(last));
                month = month.plusMonths(1)) {
            LocalDate from = later(first, month.atDay(1));
            LocalDate to = earlier(last, month.atEndOfMonth());
            boolean whole = from.equals(month.atDay(1)) && to.equals(month.atEndOfMonth());
            Sums sums = sold.getOrDefault(month.atDay(1), Sums.nothing(scope));
            months.add(
                    new Month(
                            month,
                            sums.orders(),
                            sums.gross(),
                            sums.net(),
                            whole ? null : from,
                            whole ? null : to));
        }
        return List.copyOf(months);
    }

    /** Sales of a period. */
    private record Sums(long orders, Money gross, Money net) {
        static Map<LocalDate, Sums> by(
                String column, List<Tuple> rows, boolean inRange, Scope scope) {
            return rows.stream()
                    .filter(row -> row.get("in_range", Boolean.class) == inRange)
                    .collect(
                            toMap(
                                    row -> row.get(column, LocalDate.class),
                                    row ->
                                            new Sums(
                                                    number(row, "orders"),
                                                    money(row, "gross_minor", scope),
                                                    money(row, "net_minor", scope)),
                                    Sums::plus));
        }

        static Sums nothing(Scope scope) {
            Money nothing = new Money(0, scope.currency());
            return new Sums(0, nothing, nothing);
        }

        Sums plus(Sums other) {
            return new Sums(orders + other.orders, gross.plus(other.gross), net.plus(other.net));
        }
    }

    private static LocalDate later(LocalDate one, LocalDate other) {
        return one.isAfter(other) ? one : other;
    }

    private static LocalDate earlier(LocalDate one, LocalDate other) {
        return one.isBefore(other) ? one : other;
    }

    /**
     * Net sales, cost and units of products by period, as {@code sums} after {@code periods}.
     * Products have no sums by day: the days at the ends of the range are added up from lines.
     */
    static String sumsOfProducts(SalesFilter filter) {
        return """
            , sums as (
                select source, nullif(product_id, '') as product_id, nullif(name, '') as name, category, units, net_minor,
                    unsigned_minor, covered_lines, covered_minor, profit_minor, in_range
                from periods
                -- offset 0: an index look-up for each period, else all sums are read for some of them.
                cross join lateral (
                    select *
                    from marts.sums_by_product as of_period
                    where of_period.source in (:sources) and of_period.currency = :currency
                        and of_period.grain = periods.grain and of_period.period = periods.period %1$s
                    offset 0
                ) as sums
                union all
                select source, product_id, name, category, units, net_minor, abs(net_minor),
                    case when cost_minor is not null then 1 else 0 end,
                    case when cost_minor is not null then abs(net_minor) end,
                    profit_minor, in_range
                from periods
                inner join marts.sales_items on periods.grain = 'day' and business_date = periods.period
                where source in (:sources) and currency = :currency %1$s
            )
            """
                .formatted(filter.category() == null ? "" : OF_CATEGORY);
    }

    private Products products(SalesFilter filter) {
        Query query =
                inPeriods(
                                WarehouseQueries.PERIODS_OF_PRODUCTS
                                        + sumsOfProducts(filter)
                                        + RANKINGS,
                                filter)
                        .setParameter("rows", config.rankingRows());
        if (filter.category() != null) {
            query.setParameter("category", filter.category());
        }
        List<Tuple> rows = rows(query);
        long sold = rows.isEmpty() ? 0 : number(rows.getFirst(), "sold");
        long soldOfCatalogue = rows.isEmpty() ? 0 : number(rows.getFirst(), "sold_of_catalogue");
        long catalogue = catalogue(filter);
        return new Products(
                ranking("most", rows, filter.scope()),
                ranking("least", rows, filter.scope()),
                ranking("profitable", rows, filter.scope()),
                sold,
                catalogue,
                catalogue - soldOfCatalogue);
    }

    private static List<Product> ranking(String ranking, List<Tuple> rows, Scope scope) {
        return rows.stream()
                .filter(row -> row.get("ranking").equals(ranking))
                .sorted(Comparator.comparingLong(row -> number(row, "rank")))
                .map(
                        row ->
                                new Product(
                                        ProductKey.of(row),
                                        row.get("name", String.class),
                                        row.get("category", String.class),
                                        decimal(row, "units"),
                                        money(row, "net_minor", scope),
                                        coverage(row, "", scope),
                                        moneyOrNull(row, "profit_minor", scope)))
                .toList();
    }

    private long catalogue(SalesFilter filter) {
        String category = filter.category();
        Query query =
                queries.query(
                                """
                                select coalesce(sum(products), 0) as products
                                from marts.catalogue
                                where source in (:sources)
                                """
                                        + (category == null ? "" : OF_CATEGORY))
                        .setParameter("sources", filter.scope().sources());
        if (category != null) {
            query.setParameter("category", category);
        }
        return number(rows(query).getFirst(), "products");
    }

    /** The customers who have churned, and those who are about to. */
    public Churn churn(Scope scope) {
        Tuple row = rows(queries.scoped(CHURN, scope)).getFirst();
        return new Churn(
                number(row, "customers"),
                number(row, "at_risk"),
                number(row, "churned"),
                Math.toIntExact(number(row, "risk_days")),
                Math.toIntExact(number(row, "churn_days")));
    }
}
