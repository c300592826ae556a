package io.shopflow.dashboard.products;

import static io.shopflow.dashboard.sales.WarehouseQueries.decimal;
import static io.shopflow.dashboard.sales.WarehouseQueries.money;
import static io.shopflow.dashboard.sales.WarehouseQueries.number;
import static io.shopflow.dashboard.sales.WarehouseQueries.rows;

import io.shopflow.dashboard.products.ProductFigures.Month;
import io.shopflow.dashboard.products.ProductFigures.Partner;
import io.shopflow.dashboard.products.ProductFigures.Together;
import io.shopflow.dashboard.products.ProductFigures.Version;
import io.shopflow.dashboard.sales.DateRange;
import io.shopflow.dashboard.sales.Money;
import io.shopflow.dashboard.sales.PageContext;
import io.shopflow.dashboard.sales.ProductKey;
import io.shopflow.dashboard.sales.SalesCache;
import io.shopflow.dashboard.sales.SalesFigures.Coverage;
import io.shopflow.dashboard.sales.SalesFigures.Region;
import io.shopflow.dashboard.sales.SalesFigures.Regions;
import io.shopflow.dashboard.sales.SalesFilter;
import io.shopflow.dashboard.sales.Scope;
import io.shopflow.dashboard.sales.WarehouseQueries;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.Query;
import jakarta.persistence.Tuple;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads the figures of a product from its lines, which an index finds. They cost what the product
 * has sold in the range, however much the shop sells.
 */
@ApplicationScoped
class ProductSales {
    private static final int REGIONS = 20;
    private static final int VERSIONS = 50;
    private static final int PARTNERS = 10;

    /**
     * Lines whose orders are looked at for what was bought together: an order costs one look-up.
     */
    private static final int COMPARED = 2000;

    /** A product of orders that is not in the catalogue has the name of its newest line. */
    private static final String PRODUCT =
            """
            select
                coalesce(catalogued.name, sold.name) as name,
                catalogued.sku,
                coalesce(catalogued.category, 'unknown') as category,
                catalogued.price_minor,
                catalogued.unit_cost_minor,
                catalogued.currency as price_currency,
                coalesce(not catalogued.is_inferred, false) as is_catalogued
            from (
                select *
                from production.products
                where source = :source and product_id = :product
            ) as catalogued
            full join (
                select product_id, name
                from marts.sales_items
                where source = :source and product_id = :product
                order by business_date desc
                limit 1
            ) as sold on true
            """;

    /** Two kinds of rows of one look at the lines: of months, and of regions. */
    private static final String SALES =
            """
            with lines as not materialized (
                select *, cast(date_trunc('month', cast(business_date as timestamp)) as date) as month
                from marts.sales_items
            )
            select
                month,
                country,
                region,
                count(distinct order_id) as orders,
                sum(units) as units,
                sum(units_returned) as units_returned,
                sum(gross_minor) as gross_minor,
                sum(discount_minor) as discount_minor,
                sum(refunded_minor) as refunded_minor,
                sum(net_minor) as net_minor,
                sum(abs(net_minor)) as unsigned_minor,
                count(cost_minor) as covered_lines,
                coalesce(sum(abs(net_minor)) filter (where cost_minor is not null), 0) as covered_minor,
                coalesce(sum(cost_minor), 0) as cost_minor,
                coalesce(sum(profit_minor), 0) as profit_minor
            from lines
            where source = :source and product_id = :product and currency = :currency
                and business_date between :from and :to
            group by grouping sets ((month), (country, region))
            """;

    private static final String REFUNDS =
            """
            select
                cast(date_trunc('month', cast(refunded_on as timestamp)) as date) as month,
                sum(refunded_minor) as refunded_minor
            from analytics.sales_item_refunds
            where source = :source and product_id = :product and currency = :currency
                and refunded_on between :from and :to
            group by month
            """;

    private static final String HISTORY =
            """
            select
                case when isfinite(valid_from) then cast(extract(epoch from valid_from) as bigint) end as valid_from,
                case when isfinite(valid_to) then cast(extract(epoch from valid_to) as bigint) end as valid_to,
                name,
                category,
                price_minor,
                unit_cost_minor,
                currency as price_currency,
                count(*) over () as versions
            from warehouse.dim_products as versions
            where source = :source and product_id = :product and not is_inferred
            order by versions.valid_from desc
            limit :rows
            """;

    /** Baskets are those of {@code analytics.bought_together}. */
    private static final String TOGETHER =
            """
            with compared as materialized (
                select order_id
                from marts.sales_items
                where source = :source and product_id = :product and currency = :currency
                    and business_date between :from and :to and units > 0
                order by business_date desc, order_id desc
                limit :compared
            ),
            -- offset 0: planned for one order, else all lines of the source may be read for a few thousand orders.
            products as materialized (
                select distinct order_id, items.product_id
                from (select distinct order_id from compared) as orders
                cross join lateral (
                    select lines.product_id
                    from marts.sales_items as lines
                    where lines.source = :source and lines.order_id = orders.order_id
                        and lines.product_id is not null and lines.units > 0
                    offset 0
                ) as items
            ),
            baskets as materialized (
                select order_id
                from products
                group by order_id
                having count(*) between 2 and analytics.largest_basket()
            ),
            partners as materialized (
                select product_id, count(*) as baskets
                from products
                inner join baskets using (order_id)
                where product_id <> :product
                group by product_id
                order by baskets desc, product_id
                limit :rows
            )
            select
                (select count(*) from compared) as compared,
                (select count(*) from baskets) as all_baskets,
                analytics.largest_basket() as largest,
                partners.product_id,
                partners.baskets,
                coalesce(
                    (
                        select catalogued.name
                        from production.products as catalogued
                        where catalogued.source = :source and catalogued.product_id = partners.product_id
                    ),
                    (
                        select items.name
                        from marts.sales_items as items
                        where items.source = :source and items.product_id = partners.product_id
                        limit 1
                    ),
                    partners.product_id collate "default"
                ) as name
            from (select 1) as one
            left join partners on true
            order by partners.baskets desc, partners.product_id
            """;

    private final WarehouseQueries queries;
    private final SalesCache cache;

    ProductSales(WarehouseQueries queries, SalesCache cache) {
        this.queries = queries;
        this.cache = cache;
    }

    /** The cache key of a product's figures. */
    private record FiguresKey(ProductKey key, SalesFilter filter) {}

    /**
     * A product as the catalogue has it today.
     *
     * @param isCatalogued false if only orders name it
     */
    record Described(
            ProductKey key,
            String name,
            @Nullable String sku,
            String category,
            @Nullable Long price,
            @Nullable Long cost,
            @Nullable String currency,
            boolean isCatalogued) {}

    /** The product; none if neither the catalogue nor an order has it. */
    Optional<Described> product(ProductKey key) {
        return rows(of(PRODUCT, key)).stream()
                .map(
                        row ->
                                new Described(
                                        key,
                                        Optional.ofNullable(row.get("name", String.class))
                                                .orElse(key.id()),
                                        row.get("sku", String.class),
                                        row.get("category", String.class),
                                        whole(row, "price_minor"),
                                        whole(row, "unit_cost_minor"),
                                        row.get("price_currency", String.class),
                                        row.get("is_catalogued", Boolean.class)))
                .findFirst();
    }

    /** The figures of whole orders: the filter for the category does not apply. */
    ProductFigures figures(ProductKey key, PageContext context) {
        SalesFilter filter = context.filter().withoutCategory();
        return cache.result(
                context.version(), new FiguresKey(key, filter), () -> figures(key, filter));
    }

    private ProductFigures figures(ProductKey key, SalesFilter filter) {
        Scope scope = filter.scope();
        List<Tuple> all = rows(ranged(SALES, key, filter));
        List<Tuple> sold = all.stream().filter(row -> row.get("month") != null).toList();
        List<Tuple> places = all.stream().filter(row -> row.get("month") == null).toList();
        List<Tuple> refunds = rows(ranged(REFUNDS, key, filter));
        List<Tuple> versions = rows(of(HISTORY, key).setParameter("rows", VERSIONS));
        return new ProductFigures(
                sales(sold, scope),
                sum(refunds, "refunded_minor", scope),
                months(filter, sold, refunds),
                regions(places, scope),
                versions.stream().map(row -> version(row, scope)).toList(),
                versions.isEmpty() ? 0 : number(versions.getFirst(), "versions") - versions.size(),
                together(key, filter));
    }

    private Query of(String sql, ProductKey key) {
        return queries.query(sql)
                .setParameter("source", key.source())
                .setParameter("product", key.id());
    }

    private Query ranged(String sql, ProductKey key, SalesFilter filter) {
        return of(sql, key)
                .setParameter("currency", filter.scope().currencyCode())
                .setParameter("from", filter.range().from())
                .setParameter("to", filter.range().to());
    }

    private static ProductFigures.Sales sales(List<Tuple> months, Scope scope) {
        Money profit = sum(months, "profit_minor", scope);
        boolean covered = months.stream().anyMatch(row -> number(row, "covered_lines") > 0);
        return new ProductFigures.Sales(
                months.stream().mapToLong(row -> number(row, "orders")).sum(),
                sum(months, "units"),
                sum(months, "units_returned"),
                new ProductAmounts(
                        sum(months, "gross_minor", scope),
                        sum(months, "discount_minor", scope),
                        sum(months, "refunded_minor", scope),
                        sum(months, "net_minor", scope),
                        new Coverage(
                                sum(months, "covered_minor", scope),
                                sum(months, "unsigned_minor", scope)),
                        covered
                                ? new ProductAmounts.Earnings(
                                        profit, profit.plus(sum(months, "cost_minor", scope)))
                                : null));
    }

    private static BigDecimal sum(List<Tuple> rows, String column) {
        return rows.stream()
                .map(row -> decimal(row, column))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static Money sum(List<Tuple> rows, String column, Scope scope) {
        return rows.stream()
                .map(row -> money(row, column, scope))
                .reduce(new Money(0, scope.currency()), Money::plus);
    }

    /**
     * Every month from the range's or the data's first day on, to the last one with a sale or a
     * refund.
     */
    private static List<Month> months(SalesFilter filter, List<Tuple> sold, List<Tuple> refunds) {
        Scope scope = filter.scope();
        DateRange range = filter.range();
        LocalDate first = range.from().isAfter(scope.oldestOn()) ? range.from() : scope.oldestOn();
        LocalDate last = range.to().isBefore(scope.newestOn()) ? range.to() : scope.newestOn();
        Map<YearMonth, Tuple> sales = byMonth(sold);
        Map<YearMonth, Tuple> refunded = byMonth(refunds);
        YearMonth end =
                refunded.keySet().stream()
                        .reduce(
                                YearMonth.from(last),
                                (one, other) -> one.isAfter(other) ? one : other);
        List<Month> months = new ArrayList<>();
        for (YearMonth month = YearMonth.from(first);
                !month.isAfter(end);
                month = month.plusMonths(1)) {
            LocalDate from = first.isAfter(month.atDay(1)) ? first : month.atDay(1);
            LocalDate to = last.isBefore(month.atEndOfMonth()) ? last : month.atEndOfMonth();
            boolean whole =
                    month.isAfter(YearMonth.from(last))
                            || (from.equals(month.atDay(1)) && to.equals(month.atEndOfMonth()));
            months.add(
                    month(
                            month,
                            sales.get(month),
                            refunded.get(month),
                            whole ? null : from,
                            whole ? null : to,
                            scope));
        }
        return List.copyOf(months);
    }

    private static Map<YearMonth, Tuple> byMonth(List<Tuple> rows) {
        Map<YearMonth, Tuple> months = new HashMap<>();
        rows.forEach(row -> months.put(YearMonth.from(row.get("month", LocalDate.class)), row));
        return months;
    }

    private static Month month(
            YearMonth month,
            @Nullable Tuple sold,
            @Nullable Tuple refunded,
            @Nullable LocalDate from,
            @Nullable LocalDate to,
            Scope scope) {
        Money nothing = new Money(0, scope.currency());
        Money refundedByRefundDate =
                refunded == null ? nothing : money(refunded, "refunded_minor", scope);
        return sold == null
                ? new Month(
                        month,
                        0,
                        BigDecimal.ZERO,
                        nothing,
                        nothing,
                        nothing,
                        nothing,
                        refundedByRefundDate,
                        from,
                        to)
                : new Month(
                        month,
                        number(sold, "orders"),
                        decimal(sold, "units"),
                        money(sold, "gross_minor", scope),
                        money(sold, "discount_minor", scope),
                        money(sold, "refunded_minor", scope),
                        money(sold, "net_minor", scope),
                        refundedByRefundDate,
                        from,
                        to);
    }

    private static Regions regions(List<Tuple> places, Scope scope) {
        return Regions.top(
                REGIONS,
                places.stream()
                        .map(
                                row ->
                                        new Region(
                                                row.get("country", String.class),
                                                row.get("region", String.class),
                                                number(row, "orders"),
                                                money(row, "net_minor", scope)))
                        .toList(),
                scope.currency());
    }

    private static Version version(Tuple row, Scope scope) {
        return new Version(
                instant(row, "valid_from"),
                instant(row, "valid_to"),
                row.get("name", String.class),
                row.get("category", String.class),
                ProductQueries.amount(row, "price_minor", scope),
                ProductQueries.amount(row, "unit_cost_minor", scope));
    }

    private static @Nullable Instant instant(Tuple row, String column) {
        Long seconds = whole(row, column);
        return seconds == null ? null : Instant.ofEpochSecond(seconds);
    }

    private static @Nullable Long whole(Tuple row, String column) {
        Number number = row.get(column, Number.class);
        return number == null ? null : number.longValue();
    }

    private Together together(ProductKey key, SalesFilter filter) {
        List<Tuple> rows =
                rows(
                        ranged(TOGETHER, key, filter)
                                .setParameter("compared", COMPARED)
                                .setParameter("rows", PARTNERS));
        Tuple counts = rows.getFirst();
        return new Together(
                rows.stream()
                        .filter(row -> row.get("product_id") != null)
                        .map(
                                row ->
                                        new Partner(
                                                new ProductKey(
                                                        key.source(),
                                                        row.get("product_id", String.class)),
                                                row.get("name", String.class),
                                                number(row, "baskets")))
                        .toList(),
                number(counts, "compared") == COMPARED,
                number(counts, "all_baskets"),
                number(counts, "largest"));
    }
}
