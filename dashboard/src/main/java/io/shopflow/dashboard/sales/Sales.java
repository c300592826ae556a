package io.shopflow.dashboard.sales;

import io.shopflow.dashboard.DashboardConfig;
import io.shopflow.dashboard.sales.SalesFigures.Average;
import io.shopflow.dashboard.sales.SalesFigures.Churn;
import io.shopflow.dashboard.sales.SalesFigures.Coverage;
import io.shopflow.dashboard.sales.SalesFigures.Earlier;
import io.shopflow.dashboard.sales.SalesFigures.Headline;
import io.shopflow.dashboard.sales.SalesFigures.Month;
import io.shopflow.dashboard.sales.SalesFigures.Product;
import io.shopflow.dashboard.sales.SalesFigures.Products;
import io.shopflow.dashboard.sales.SalesFigures.Profit;
import io.shopflow.dashboard.sales.SalesFigures.Region;
import io.shopflow.dashboard.sales.SalesFigures.Regions;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Query;
import jakarta.persistence.Tuple;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;

/**
 * Adds up the rows of schema {@code marts}, which are those of the {@code analytics} views as of
 * the last closed run. Queries are set based and few, since each page runs all of them.
 */
@ApplicationScoped
class Sales {
    /**
     * Grain: an order; those in the chosen currency are chosen. Discounts and refunds of whole
     * orders are in its net sales.
     */
    private static final String SALES_OF_ALL =
            """
            sales as (
                select source, customer_id, business_date, country, region, gross_minor, net_minor,
                    item_count, currency = :currency as chosen
                from marts.sales_orders
                where source in (:sources) and business_date <= :to
            )
            """;

    /**
     * Grain: an order; those that have lines of the category are chosen, with the money of these
     * lines only.
     */
    private static final String SALES_OF_CATEGORY =
            """
            category_lines as (
                select source, order_id, sum(gross_minor) as gross_minor, sum(net_minor) as net_minor
                from marts.sales_items
                where source in (:sources) and currency = :currency and business_date <= :to
                    and category = :category
                group by source, order_id
            ),
            sales as (
                select orders.source, orders.customer_id, orders.business_date, orders.country,
                    orders.region, category_lines.gross_minor, category_lines.net_minor,
                    orders.item_count, category_lines.order_id is not null as chosen
                from marts.sales_orders as orders
                left join category_lines
                    on category_lines.source = orders.source and category_lines.order_id = orders.order_id
                where orders.source in (:sources) and orders.business_date <= :to
            )
            """;

    /**
     * One row of kind headline, and one per month and per region. In one statement, so that the
     * orders are added up from their lines once. Whether a customer returns depends on all orders,
     * also on those that are not chosen.
     */
    private static final String FIGURES_OF_SALES =
            """
            ,
            customers as (
                select
                    source,
                    customer_id,
                    count(*) as orders_of_any_kind,
                    count(*) filter (where now) as orders,
                    sum(gross_minor) filter (where now) as gross_minor,
                    sum(net_minor) filter (where now) as net_minor,
                    count(*) filter (where now and item_count > 0) as valued_orders,
                    sum(net_minor) filter (where now and item_count > 0) as valued_net_minor,
                    count(*) filter (where previously) as previous_orders,
                    count(*) filter (where previously and item_count > 0) as previous_valued_orders,
                    sum(net_minor) filter (where previously and item_count > 0) as previous_valued_net_minor,
                    sum(gross_minor) filter (where previously) as previous_gross_minor,
                    sum(net_minor) filter (where previously) as previous_net_minor
                from (
                    select
                        *,
                        chosen and business_date >= :from as now,
                        chosen and business_date between :previousFrom and :previousTo as previously
                    from sales
                ) as dated_sales
                group by source, customer_id
            ),
            sales_in_range as (
                select
                    cast(date_trunc('month', cast(business_date as timestamp)) as date) as month,
                    country,
                    region,
                    gross_minor,
                    net_minor
                from sales
                where chosen and business_date >= :from
            )
            select
                'headline' as kind,
                cast(null as date) as month,
                cast(null as text) as country,
                cast(null as text) as region,
                coalesce(sum(orders), 0) as orders,
                coalesce(sum(gross_minor), 0) as gross_minor,
                coalesce(sum(net_minor), 0) as net_minor,
                count(customer_id) filter (where orders > 0) as customers,
                count(customer_id) filter (where orders > 0 and orders_of_any_kind > 1) as returning_customers,
                coalesce(sum(orders) filter (where customer_id is null), 0) as anonymous_orders,
                coalesce(sum(valued_orders), 0) as valued_orders,
                coalesce(sum(valued_net_minor), 0) as valued_net_minor,
                count(customer_id) filter (where valued_orders > 0) as spenders,
                coalesce(sum(net_minor) filter (where valued_orders > 0 and customer_id is not null), 0) as spent_minor,
                coalesce(sum(previous_orders), 0) as previous_orders,
                coalesce(sum(previous_gross_minor), 0) as previous_gross_minor,
                coalesce(sum(previous_net_minor), 0) as previous_net_minor,
                count(customer_id) filter (where previous_orders > 0) as previous_customers,
                coalesce(sum(previous_valued_orders), 0) as previous_valued_orders,
                coalesce(sum(previous_valued_net_minor), 0) as previous_valued_net_minor,
                count(customer_id) filter (where previous_valued_orders > 0) as previous_spenders,
                coalesce(sum(previous_net_minor) filter (where previous_valued_orders > 0 and customer_id is not null), 0) as previous_spent_minor
            from customers
            union all
            select
                case when grouping(month) = 0 then 'month' else 'region' end,
                month, country, region, count(*), sum(gross_minor), sum(net_minor),
                null, null, null, null, null, null, null,
                null, null, null, null, null, null, null, null
            from sales_in_range
            group by grouping sets ((month), (country, region))
            """;

    /** Grain: a line. Both periods, so that the lines are found once. */
    private static final String ITEMS =
            """
            items as (
                select
                    sales_items.*,
                    business_date >= :from as in_range,
                    cost_minor is not null as covered
                from marts.sales_items
                where source in (:sources) and currency = :currency
                    and business_date between :previousFrom and :to
            """;

    private static final String OF_CATEGORY = " and category = :category ";

    /** The totals on each row, with a product if any was sold. */
    private static final String FIGURES_OF_ITEMS =
            """
            ),
            products as (
                select
                    source,
                    product_id,
                    coalesce(max(name), product_id, 'unnamed') as name,
                    max(category) as category,
                    count(*) filter (where in_range) as lines,
                    sum(units) filter (where in_range) as units,
                    coalesce(sum(net_minor) filter (where in_range), 0) as net_minor,
                    coalesce(sum(abs(net_minor)) filter (where in_range), 0) as unsigned_minor,
                    coalesce(sum(abs(net_minor)) filter (where in_range and covered), 0) as covered_minor,
                    count(*) filter (where in_range and covered) as covered_lines,
                    sum(profit_minor) filter (where in_range) as profit_minor,
                    sum(profit_minor) filter (where not in_range) as previous_profit_minor
                from items
                group by source, product_id, case when product_id is null then name end
            ),
            totals as (
                select
                    coalesce(sum(unsigned_minor), 0) as total_unsigned_minor,
                    coalesce(sum(covered_minor), 0) as total_covered_minor,
                    coalesce(sum(covered_lines), 0) as total_covered_lines,
                    coalesce(sum(profit_minor), 0) as total_profit_minor,
                    coalesce(sum(previous_profit_minor), 0) as total_previous_profit_minor
                from products
            ),
            ranked_products as (
                select
                    products.*,
                    count(*) over () as sold,
                    count(product_id) over () as sold_of_catalogue,
                    row_number() over (order by units desc, net_minor desc, name, product_id) as most_rank,
                    row_number() over (order by units, net_minor, name, product_id) as least_rank,
                    row_number() over (order by profit_minor desc nulls last, name, product_id) as profit_rank
                from products
                where lines > 0
            )
            select *
            from totals
            left join ranked_products
                on most_rank <= :rows or least_rank <= :rows or (profit_rank <= :rows and profit_minor is not null)
            """;

    private final EntityManager database;
    private final DashboardConfig config;

    Sales(EntityManager database, DashboardConfig config) {
        this.database = database;
        this.config = config;
    }

    /** The sales of each source in each currency; empty before the first load. */
    List<SourceSales> sources() {
        return rows(
                        database.createNativeQuery(
                                """
                                select source, currency, min(business_date) as oldest_on,
                                    max(business_date) as newest_sale_on,
                                    max(sources.newest_order_on) as newest_on, count(*) as orders
                                from marts.sales_orders
                                left join marts.sources as sources using (source)
                                group by source, currency
                                order by source, currency
                                """,
                                Tuple.class))
                .stream()
                .map(
                        row -> {
                            LocalDate newest = row.get("newest_on", LocalDate.class);
                            return new SourceSales(
                                    row.get("source", String.class),
                                    Currency.getInstance(row.get("currency", String.class)),
                                    row.get("oldest_on", LocalDate.class),
                                    newest == null
                                            ? row.get("newest_sale_on", LocalDate.class)
                                            : newest,
                                    number(row, "orders"));
                        })
                .toList();
    }

    /** The categories of all products, and {@code unknown}. */
    List<String> categories() {
        @SuppressWarnings("unchecked") // a native query of one text column
        List<String> categories =
                database.createNativeQuery(
                                """
                                select category
                                from marts.catalogue
                                union
                                select 'unknown'
                                order by category
                                """,
                                String.class)
                        .getResultList();
        return categories;
    }

    SalesFigures figures(SalesFilter filter) {
        Scope scope = filter.scope();
        DateRange before = filter.range().previous();
        boolean comparable = !before.from().isBefore(scope.oldestOn());
        List<Tuple> sales = sales(filter, before);
        List<Tuple> items = items(filter, comparable ? before.from() : filter.range().from());
        Tuple headline = ofKind("headline", sales).getFirst();
        Tuple totals = items.getFirst();
        return new SalesFigures(
                new Headline(
                        number(headline, "orders"),
                        money(headline, "gross_minor", scope),
                        money(headline, "net_minor", scope),
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
                                money(headline, "previous_net_minor", scope),
                                number(headline, "previous_customers"),
                                money(totals, "total_previous_profit_minor", scope),
                                new Average(
                                        number(headline, "previous_valued_orders"),
                                        money(headline, "previous_valued_net_minor", scope)),
                                new Average(
                                        number(headline, "previous_spenders"),
                                        money(headline, "previous_spent_minor", scope)))
                        : null,
                new Profit(
                        money(totals, "total_profit_minor", scope),
                        new Coverage(
                                money(totals, "total_covered_minor", scope),
                                money(totals, "total_unsigned_minor", scope)),
                        number(totals, "total_covered_lines") > 0),
                months(filter, ofKind("month", sales)),
                regions(scope, ofKind("region", sales)),
                products(filter, items.stream().filter(row -> row.get("name") != null).toList()),
                churn(scope));
    }

    private static List<Tuple> ofKind(String kind, List<Tuple> rows) {
        return rows.stream().filter(row -> row.get("kind").equals(kind)).toList();
    }

    private List<Tuple> sales(SalesFilter filter, DateRange before) {
        Query query =
                database.createNativeQuery(
                                "with "
                                        + (filter.category() == null
                                                ? SALES_OF_ALL
                                                : SALES_OF_CATEGORY)
                                        + FIGURES_OF_SALES,
                                Tuple.class)
                        .setParameter("previousFrom", before.from())
                        .setParameter("previousTo", before.to());
        return rows(scoped(query, filter));
    }

    private List<Tuple> items(SalesFilter filter, LocalDate since) {
        Query query =
                database.createNativeQuery(
                                "with "
                                        + ITEMS
                                        + (filter.category() == null ? "" : OF_CATEGORY)
                                        + FIGURES_OF_ITEMS,
                                Tuple.class)
                        .setParameter("previousFrom", since)
                        .setParameter("rows", config.rankingRows());
        return rows(scoped(query, filter));
    }

    private static Query scoped(Query query, SalesFilter filter) {
        query.setParameter("sources", filter.scope().sources())
                .setParameter("currency", filter.scope().currency().getCurrencyCode())
                .setParameter("from", filter.range().from())
                .setParameter("to", filter.range().to());
        if (filter.category() != null) {
            query.setParameter("category", filter.category());
        }
        return query;
    }

    /** Every month from the range's or the data's first day on, including those without sales. */
    private static List<Month> months(SalesFilter filter, List<Tuple> rows) {
        Scope scope = filter.scope();
        Map<YearMonth, Tuple> sold = new HashMap<>();
        for (Tuple row : rows) {
            sold.put(YearMonth.from(row.get("month", LocalDate.class)), row);
        }
        LocalDate first = later(filter.range().from(), scope.oldestOn());
        LocalDate last = earlier(filter.range().to(), scope.newestOn());
        List<Month> months = new ArrayList<>();
        for (YearMonth month = YearMonth.from(first);
                !month.isAfter(YearMonth.from(last));
                month = month.plusMonths(1)) {
            LocalDate from = later(first, month.atDay(1));
            LocalDate to = earlier(last, month.atEndOfMonth());
            boolean whole = from.equals(month.atDay(1)) && to.equals(month.atEndOfMonth());
            Tuple row = sold.get(month);
            Money nothing = new Money(0, scope.currency());
            months.add(
                    new Month(
                            month,
                            row == null ? 0 : number(row, "orders"),
                            row == null ? nothing : money(row, "gross_minor", scope),
                            row == null ? nothing : money(row, "net_minor", scope),
                            whole ? null : from,
                            whole ? null : to));
        }
        return List.copyOf(months);
    }

    private static LocalDate later(LocalDate one, LocalDate other) {
        return one.isAfter(other) ? one : other;
    }

    private static LocalDate earlier(LocalDate one, LocalDate other) {
        return one.isBefore(other) ? one : other;
    }

    private Regions regions(Scope scope, List<Tuple> rows) {
        List<Region> all =
                rows.stream()
                        .map(
                                row ->
                                        new Region(
                                                row.get("country", String.class),
                                                row.get("region", String.class),
                                                number(row, "orders"),
                                                money(row, "net_minor", scope)))
                        .sorted(
                                Comparator.comparing((Region region) -> region.net().minor())
                                        .reversed()
                                        .thenComparing(Region::country)
                                        .thenComparing(Region::region))
                        .toList();
        int top = Math.min(all.size(), config.rankingRows());
        List<Region> others = all.subList(top, all.size());
        return new Regions(
                all.subList(0, top),
                others.size(),
                sum(others, Region::orders),
                others.stream()
                        .map(Region::net)
                        .reduce(new Money(0, scope.currency()), Money::plus));
    }

    private static <T> long sum(List<T> things, ToLongFunction<T> figure) {
        return things.stream().mapToLong(figure).sum();
    }

    private Products products(SalesFilter filter, List<Tuple> rows) {
        long sold = rows.isEmpty() ? 0 : number(rows.getFirst(), "sold");
        long soldOfCatalogue = rows.isEmpty() ? 0 : number(rows.getFirst(), "sold_of_catalogue");
        long catalogue = catalogue(filter);
        return new Products(
                ranking(rows, "most_rank", filter.scope()),
                ranking(rows, "least_rank", filter.scope()),
                ranking(rows, "profit_rank", filter.scope()).stream()
                        .filter(product -> product.profit() != null)
                        .toList(),
                sold,
                catalogue,
                catalogue - soldOfCatalogue);
    }

    private List<Product> ranking(List<Tuple> rows, String rank, Scope scope) {
        return rows.stream()
                .filter(row -> number(row, rank) <= config.rankingRows())
                .sorted(Comparator.comparingLong(row -> number(row, rank)))
                .map(
                        row ->
                                new Product(
                                        row.get("name", String.class),
                                        row.get("category", String.class),
                                        new BigDecimal(row.get("units", Number.class).toString()),
                                        money(row, "net_minor", scope),
                                        new Coverage(
                                                money(row, "covered_minor", scope),
                                                money(row, "unsigned_minor", scope)),
                                        row.get("profit_minor") == null
                                                ? null
                                                : money(row, "profit_minor", scope)))
                .toList();
    }

    private long catalogue(SalesFilter filter) {
        String category = filter.category();
        Query query =
                database.createNativeQuery(
                                """
                                select coalesce(sum(products), 0) as products
                                from marts.catalogue
                                where source in (:sources)
                                """
                                        + (category == null ? "" : OF_CATEGORY),
                                Tuple.class)
                        .setParameter("sources", filter.scope().sources());
        if (category != null) {
            query.setParameter("category", category);
        }
        return number(rows(query).getFirst(), "products");
    }

    private Churn churn(Scope scope) {
        Tuple row =
                rows(database.createNativeQuery(
                                        """
                                                select
                                                    count(*) as customers,
                                                    count(*) filter (where churned) as churned,
                                                    analytics.churn_days() as days
                                                from analytics.customer_value
                                                where source in (:sources) and currency = :currency
                                                """,
                                        Tuple.class)
                                .setParameter("sources", scope.sources())
                                .setParameter("currency", scope.currency().getCurrencyCode()))
                        .getFirst();
        return new Churn(
                number(row, "customers"),
                number(row, "churned"),
                Math.toIntExact(number(row, "days")));
    }

    @SuppressWarnings("unchecked") // every query above is created with Tuple.class
    private static List<Tuple> rows(Query query) {
        return query.getResultList();
    }

    private static long number(Tuple row, String column) {
        return row.get(column, Number.class).longValue();
    }

    private static Money money(Tuple row, String column, Scope scope) {
        return new Money(
                new BigDecimal(row.get(column, Number.class).toString()).toBigInteger(),
                scope.currency());
    }
}
