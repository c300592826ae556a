package io.shopflow.dashboard.customers;

import static io.shopflow.dashboard.sales.WarehouseQueries.decimal;
import static io.shopflow.dashboard.sales.WarehouseQueries.money;
import static io.shopflow.dashboard.sales.WarehouseQueries.moneyOrNull;
import static io.shopflow.dashboard.sales.WarehouseQueries.number;
import static io.shopflow.dashboard.sales.WarehouseQueries.rows;

import io.shopflow.dashboard.customers.CustomerHistory.Bought;
import io.shopflow.dashboard.customers.CustomerHistory.Order;
import io.shopflow.dashboard.customers.CustomerHistory.Orders;
import io.shopflow.dashboard.customers.CustomerHistory.Standing;
import io.shopflow.dashboard.customers.CustomerHistory.Value;
import io.shopflow.dashboard.sales.PageContext;
import io.shopflow.dashboard.sales.ProductKey;
import io.shopflow.dashboard.sales.SalesCache;
import io.shopflow.dashboard.sales.SalesFilter;
import io.shopflow.dashboard.sales.Scope;
import io.shopflow.dashboard.sales.WarehouseQueries;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.Query;
import jakarta.persistence.Tuple;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;

/** Reads what one customer has ordered, by an index: it costs what the customer has of orders. */
@ApplicationScoped
class CustomerOrders {
    static final int ROWS = 25;

    private static final int MONTHS = 24;
    private static final int PRODUCTS = 10;

    /** Also a customer without an order. */
    private static final String IS_KNOWN =
            """
            select
                exists (
                    select from marts.customer_value where source = :source and customer_id = :customer
                )
                or exists (
                    select from production.customers where source = :source and customer_id = :customer
                ) as is_known
            """;

    private static final String VALUES =
            """
            select
                currency,
                orders,
                spent_minor,
                average_order_minor,
                first_order,
                last_order,
                customer_since,
                days_since_last_order,
                churned,
                newly_at_risk,
                analytics.churn_days() as churn_days,
                analytics.risk_days() as risk_days
            from analytics.customer_value
            where source = :source and customer_id = :customer
            order by currency
            """;

    private static final String STANDINGS =
            """
            with sold as materialized (
                select currency, business_date, net_minor, is_order
                from marts.sales_orders
                where source = :source and customer_id = :customer
            ),
            months as (
                select
                    cast(month as date) as month,
                    least(cast(month + interval '1 month' as date) - 1, newest_order_on) as until
                from marts.sources
                cross join generate_series(
                    date_trunc('month', cast(:firstOrder as timestamp)),
                    date_trunc('month', cast(newest_order_on as timestamp)),
                    interval '1 month'
                ) as month
                where source = :source
                order by month desc
                limit :months
            )
            select
                months.month,
                months.until,
                so_far.days,
                so_far.orders,
                so_far.spent_minor,
                scores.recency,
                scores.frequency,
                scores.monetary,
                analytics.customer_segment(scores.recency, scores.frequency, scores.monetary) as segment
            from months
            cross join lateral (
                select
                    months.until - max(business_date) filter (where is_order) as days,
                    count(*) filter (where is_order and currency = :currency) as orders,
                    sum(net_minor) filter (where currency = :currency) as spent_minor
                from sold
                where business_date <= months.until
            ) as so_far
            cross join lateral analytics.scores_today(
                :source, :currency, so_far.days, so_far.orders, so_far.spent_minor
            ) as scores
            where so_far.orders > 0
            order by months.month desc
            """;

    private static final String OF_RANGE =
            """
            source = :source and customer_id = :customer and currency = :currency
                and business_date between :from and :to
            """;

    private static final String SUMS =
            """
            select
                count(*) filter (where is_order) as orders,
                coalesce(sum(gross_minor), 0) as gross_minor,
                coalesce(sum(discount_minor), 0) as discount_minor,
                coalesce(sum(refunded_minor), 0) as refunded_minor,
                coalesce(sum(net_minor), 0) as net_minor
            from marts.sales_orders
            where
            """
                    + OF_RANGE;

    private static final String ORDERS =
            """
            with listed as materialized (
                select order_id, business_date, status, gross_minor, discount_minor, refunded_minor, net_minor
                from marts.sales_orders
                where is_order and %s
                order by business_date desc, order_id desc
                offset :offset
                limit :rows
            )
            select listed.*, of_lines.units, of_lines.units_returned
            from listed
            cross join lateral (
                select coalesce(sum(units), 0) as units, coalesce(sum(units_returned), 0) as units_returned
                from marts.sales_items as items
                where items.source = :source and items.order_id = listed.order_id
            ) as of_lines
            order by business_date desc, order_id desc
            """
                    .formatted(OF_RANGE);

    /** A product that the shop has deleted is known by its name. */
    private static final String BOUGHT =
            """
            with chosen as materialized (
                select order_id
                from marts.sales_orders
                where %s
            )
            select
                items.product_id,
                coalesce(max(items.name), items.product_id collate "default", 'unnamed') as name,
                sum(items.units) as units,
                count(distinct order_id) as orders,
                sum(items.net_minor) as net_minor
            from chosen
            -- offset 0: a look-up for each order, else all lines of the source may be read.
            cross join lateral (
                select product_id, name, units, net_minor
                from marts.sales_items as lines
                where lines.source = :source and lines.order_id = chosen.order_id
                offset 0
            ) as items
            group by items.product_id, case when items.product_id is null then items.name end
            order by units desc, net_minor desc, name, items.product_id
            limit :rows
            """
                    .formatted(OF_RANGE);

    private final WarehouseQueries queries;
    private final SalesCache cache;

    CustomerOrders(WarehouseQueries queries, SalesCache cache) {
        this.queries = queries;
        this.cache = cache;
    }

    /** The cache key of a customer's history. */
    private record HistoryKey(CustomerKey key, SalesFilter filter, long page) {}

    /** Whether the warehouse has the customer, even without an order. */
    boolean exists(CustomerKey key) {
        return rows(of(IS_KNOWN, key)).getFirst().get("is_known", Boolean.class);
    }

    /** The history with a page of the orders of the range; the last one if there are fewer. */
    CustomerHistory history(CustomerKey key, PageContext context, long page) {
        SalesFilter filter = context.filter().withoutCategory();
        return cache.result(
                context.version(),
                new HistoryKey(key, filter, page),
                () -> read(key, filter, page));
    }

    private CustomerHistory read(CustomerKey key, SalesFilter filter, long page) {
        Scope scope = filter.scope();
        List<Tuple> values = rows(of(VALUES, key));
        Value value =
                values.stream()
                        .filter(row -> row.get("currency").equals(scope.currencyCode()))
                        .map(row -> value(row, scope))
                        .findFirst()
                        .orElse(null);
        Orders sums = sums(rows(ranged(SUMS, key, filter)).getFirst(), scope);
        long shown = Math.min(page, CustomerHistory.pages(sums.orders()));
        return new CustomerHistory(
                value,
                values.stream()
                        .map(row -> row.get("currency", String.class))
                        .filter(currency -> !currency.equals(scope.currencyCode()))
                        .toList(),
                value == null ? List.of() : standings(key, value, scope),
                sums,
                rows(
                                ranged(ORDERS, key, filter)
                                        .setParameter("offset", (shown - 1) * ROWS)
                                        .setParameter("rows", ROWS))
                        .stream()
                        .map(row -> order(row, scope))
                        .toList(),
                shown,
                rows(ranged(BOUGHT, key, filter).setParameter("rows", PRODUCTS)).stream()
                        .map(row -> bought(row, key, scope))
                        .toList());
    }

    private Query of(String sql, CustomerKey key) {
        return queries.query(sql)
                .setParameter("source", key.source())
                .setParameter("customer", key.id());
    }

    private Query ranged(String sql, CustomerKey key, SalesFilter filter) {
        return of(sql, key)
                .setParameter("currency", filter.scope().currencyCode())
                .setParameter("from", filter.range().from())
                .setParameter("to", filter.range().to());
    }

    private static Value value(Tuple row, Scope scope) {
        return new Value(
                money(row, "spent_minor", scope),
                number(row, "orders"),
                moneyOrNull(row, "average_order_minor", scope),
                row.get("first_order", LocalDate.class),
                row.get("last_order", LocalDate.class),
                row.get("customer_since", LocalDate.class),
                number(row, "days_since_last_order"),
                row.get("churned", Boolean.class),
                row.get("newly_at_risk", Boolean.class),
                Math.toIntExact(number(row, "churn_days")),
                Math.toIntExact(number(row, "risk_days")));
    }

    private List<Standing> standings(CustomerKey key, Value value, Scope scope) {
        return rows(
                        of(STANDINGS, key)
                                .setParameter("currency", scope.currencyCode())
                                .setParameter("firstOrder", value.firstOrder())
                                .setParameter("months", MONTHS))
                .stream()
                .map(
                        row -> {
                            YearMonth month = YearMonth.from(row.get("month", LocalDate.class));
                            LocalDate until = row.get("until", LocalDate.class);
                            return new Standing(
                                    month,
                                    until.equals(month.atEndOfMonth()) ? null : until,
                                    Segment.of(row.get("segment", String.class)),
                                    Math.toIntExact(number(row, "recency")),
                                    Math.toIntExact(number(row, "frequency")),
                                    Math.toIntExact(number(row, "monetary")),
                                    number(row, "days"),
                                    number(row, "orders"),
                                    money(row, "spent_minor", scope));
                        })
                .toList();
    }

    private static Orders sums(Tuple row, Scope scope) {
        return new Orders(
                number(row, "orders"),
                money(row, "gross_minor", scope),
                money(row, "discount_minor", scope),
                money(row, "refunded_minor", scope),
                money(row, "net_minor", scope));
    }

    private static Order order(Tuple row, Scope scope) {
        return new Order(
                row.get("order_id", String.class),
                row.get("business_date", LocalDate.class),
                row.get("status", String.class),
                decimal(row, "units"),
                decimal(row, "units_returned"),
                money(row, "gross_minor", scope),
                money(row, "discount_minor", scope),
                money(row, "refunded_minor", scope),
                money(row, "net_minor", scope));
    }

    private static Bought bought(Tuple row, CustomerKey key, Scope scope) {
        String product = row.get("product_id", String.class);
        return new Bought(
                product == null ? null : new ProductKey(key.source(), product),
                row.get("name", String.class),
                decimal(row, "units"),
                number(row, "orders"),
                money(row, "net_minor", scope));
    }
}
