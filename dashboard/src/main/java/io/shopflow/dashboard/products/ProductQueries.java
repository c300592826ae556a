package io.shopflow.dashboard.products;

import static io.shopflow.dashboard.sales.WarehouseQueries.coverage;
import static io.shopflow.dashboard.sales.WarehouseQueries.decimal;
import static io.shopflow.dashboard.sales.WarehouseQueries.money;
import static io.shopflow.dashboard.sales.WarehouseQueries.moneyOrNull;
import static io.shopflow.dashboard.sales.WarehouseQueries.number;
import static io.shopflow.dashboard.sales.WarehouseQueries.rows;

import io.shopflow.dashboard.products.ProductAmounts.Earnings;
import io.shopflow.dashboard.products.ProductList.Idle;
import io.shopflow.dashboard.products.ProductList.Product;
import io.shopflow.dashboard.products.ProductList.Sums;
import io.shopflow.dashboard.sales.Money;
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
import java.util.Currency;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads lists of products from the sums in schema {@code marts}, and the catalogue of today. */
@ApplicationScoped
class ProductQueries {
    static final int ROWS = 50;

    /**
     * Products have no sums by day: the days at the ends of the range are added up from lines.
     *
     * @param ofCategory a condition
     */
    private static String sumsOfPeriods(String ofCategory) {
        return """
            sums as (
                select source, nullif(product_id, '') as product_id, nullif(name, '') as name, category, units, orders,
                    gross_minor, discount_minor, refunded_minor, net_minor, unsigned_minor, covered_lines, covered_minor,
                    cost_minor, profit_minor
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
                %2$s
                from periods
                inner join marts.sales_items as items on periods.grain = 'day' and items.business_date = periods.period
                where items.source in (:sources) and items.currency = :currency %1$s
                group by items.source, product_id, case when product_id is null then nullif(name, '') end
            ),
            """
                .formatted(ofCategory, SUMS_OF_LINES);
    }

    /** There are no sums of products by region: lines are added up, of the region's orders. */
    private static String sumsOfRegion(String ofCategory) {
        return """
            sums as (
                %2$s
                from marts.sales_orders as orders
                inner join marts.sales_items as items using (source, order_id)
                where orders.source in (:sources) and orders.currency = :currency and orders.region = :region
                    and orders.business_date between :from and :to %1$s
                group by items.source, product_id, case when product_id is null then nullif(name, '') end
            ),
            """
                .formatted(ofCategory, SUMS_OF_LINES);
    }

    private static final String SUMS_OF_LINES =
            """
            select items.source, product_id, max(nullif(name, '')) as name, max(category) as category, sum(units) as units,
                    count(distinct items.order_id) as orders, sum(items.gross_minor) as gross_minor,
                    sum(items.discount_minor) as discount_minor, sum(items.refunded_minor) as refunded_minor,
                    sum(items.net_minor) as net_minor, sum(abs(items.net_minor)) as unsigned_minor,
                    count(cost_minor) as covered_lines,
                    coalesce(sum(abs(items.net_minor)) filter (where cost_minor is not null), 0) as covered_minor,
                    coalesce(sum(cost_minor), 0) as cost_minor, coalesce(sum(profit_minor), 0) as profit_minor
            """;

    /** The products that were sold. */
    private static String sold(String sums, String inCatalogue, String found) {
        return WarehouseQueries.PERIODS_OF_PRODUCTS
                + ", "
                + sums
                + """
            products as materialized (
                select
                    source,
                    product_id,
                    coalesce(max(name), product_id collate "default", 'unnamed') as name,
                    max(category) as category,
                    sum(units) as units,
                    sum(orders) as orders,
                    sum(gross_minor) as gross_minor,
                    sum(discount_minor) as discount_minor,
                    sum(refunded_minor) as refunded_minor,
                    sum(net_minor) as net_minor,
                    sum(unsigned_minor) as unsigned_minor,
                    sum(covered_minor) as covered_minor,
                    case when sum(covered_lines) > 0 then sum(cost_minor) end as cost_minor,
                    case when sum(covered_lines) > 0 then sum(profit_minor) end as profit_minor
                from sums
                group by source, product_id, case when product_id is null then name end
            ),
            catalogue as materialized (
                select
                    catalogued.source,
                    catalogued.product_id,
                    coalesce(catalogued.name, catalogued.product_id collate "default") as name,
                    catalogued.sku,
                    coalesce(catalogued.category, 'unknown') as category,
                    catalogued.price_minor,
                    catalogued.unit_cost_minor,
                    catalogued.currency,
                    products.product_id is not null as is_sold
                from production.products as catalogued
                left join products using (source, product_id)
                where source in (:sources) and not catalogued.is_inferred %1$s
            ),
            ranked as materialized (
                select
                    products.*,
                    catalogue.sku,
                    rank() over (order by products.net_minor desc) as rank,
                    %2$s as is_found
                from products
                left join catalogue using (source, product_id)
            ),
            totals as (
                select
                    count(*) as products,
                    coalesce(sum(gross_minor), 0) as gross_minor,
                    coalesce(sum(discount_minor), 0) as discount_minor,
                    coalesce(sum(refunded_minor), 0) as refunded_minor,
                    coalesce(sum(net_minor), 0) as net_minor,
                    coalesce(sum(unsigned_minor), 0) as unsigned_minor,
                    coalesce(sum(covered_minor), 0) as covered_minor,
                    sum(cost_minor) as cost_minor,
                    sum(profit_minor) as profit_minor,
                    count(*) filter (where is_found) as found_products,
                    coalesce(sum(gross_minor) filter (where is_found), 0) as found_gross_minor,
                    coalesce(sum(discount_minor) filter (where is_found), 0) as found_discount_minor,
                    coalesce(sum(refunded_minor) filter (where is_found), 0) as found_refunded_minor,
                    coalesce(sum(net_minor) filter (where is_found), 0) as found_net_minor,
                    coalesce(sum(unsigned_minor) filter (where is_found), 0) as found_unsigned_minor,
                    coalesce(sum(covered_minor) filter (where is_found), 0) as found_covered_minor,
                    sum(cost_minor) filter (where is_found) as found_cost_minor,
                    sum(profit_minor) filter (where is_found) as found_profit_minor
                from ranked
            )
            """
                        .formatted(inCatalogue, found);
    }

    private static String listed(String order, String columns, String from) {
        return """
            , listed as (
                select
                    row_number() over (order by %1$s) as place,
                    source,
                    product_id,
                    name,
                    sku,
                    category,
                    %2$s
                from %3$s
            )
            """
                .formatted(order, columns, from);
    }

    /** The sums are there whether the page has a product or not. */
    private static final String PAGE =
            """
            select totals.*, listed.*, counts.* %s
            from totals
            cross join (
                select
                    (select count(*) from catalogue) as catalogue,
                    (select count(*) from catalogue where not is_sold) as unsold,
                    (select count(*) from listed) as listed
            ) as counts
            left join listed on place > :offset and place <= :offset + :rows
            order by place
            """;

    private static final String ALL =
            """
            select listed.* %s
            from listed
            order by place
            """;

    private static final String SOLD_COLUMNS =
            """
            rank, units, orders, gross_minor as of_gross_minor, discount_minor as of_discount_minor,
            refunded_minor as of_refunded_minor, net_minor as of_net_minor, unsigned_minor as of_unsigned_minor,
            covered_minor as of_covered_minor, cost_minor as of_cost_minor, profit_minor as of_profit_minor
            """;

    private static final String UNSOLD_COLUMNS =
            """
            price_minor, unit_cost_minor, currency as price_currency
            """;

    /**
     * The text as it is: % and _ are ordinary characters. Ids have the collation C, which changes
     * the case of ASCII letters only.
     */
    private static String found(String relation) {
        return """
            (strpos(lower(%1$s.name), lower(:search)) > 0 or strpos(lower(%1$s.product_id collate "default"), lower(:search)) > 0
                or strpos(lower(catalogue.sku), lower(:search)) > 0) is true
            """
                .formatted(relation);
    }

    /** An index has it: one look-up for each product of the page. */
    private static final String LAST_SOLD =
            """
            , (
                select max(items.business_date)
                from marts.sales_items as items
                where items.source = listed.source and items.product_id = listed.product_id
            ) as last_sold
            """;

    private static final String OF_NO_LINE =
            """
            select coalesce(sum(net_minor - net_of_lines_minor), 0) as net_minor
            from marts.sums_by_day
            where source in (:sources) and currency = :currency and business_date between :from and :to
            """;

    private static final String OF_REGION =
            """
            select coalesce(sum(net_minor), 0) as net_minor
            from marts.sales_orders
            where source in (:sources) and currency = :currency and region = :region
                and business_date between :from and :to
            """;

    private static final int OFFERED_REGIONS = 100;

    private static final String REGIONS =
            """
            select region
            from marts.sums_by_region
            where source in (:sources) and currency = :currency and category = '' and grain = 'year'
            group by region
            order by sum(net_minor) desc, region
            limit :offered
            """;

    private final WarehouseQueries queries;
    private final SalesCache cache;

    ProductQueries(WarehouseQueries queries, SalesCache cache) {
        this.queries = queries;
        this.cache = cache;
    }

    /** The cache key of a list. */
    private record ListKey(SalesFilter filter, ProductListOptions options) {}

    /** The page of the list; the last one if there are fewer. */
    ProductList list(PageContext context, ProductListOptions options) {
        return cache.result(
                context.version(),
                new ListKey(context.filter(), options),
                () -> list(context.filter(), options));
    }

    private ProductList list(SalesFilter filter, ProductListOptions options) {
        ProductList list = page(filter, options, ROWS);
        return list.page() <= list.pages()
                ? list
                : page(filter, options.onPage(list.pages()), ROWS);
    }

    /**
     * All products of the list that were sold, one after the other: all rows of a large shop would
     * not fit into the memory. Needs a transaction.
     */
    void forEachSold(SalesFilter filter, ProductListOptions options, Consumer<Product> action) {
        forEach(filter, options, row -> action.accept(sold(row, filter.scope())));
    }

    /** All products of the list that were not sold, likewise. */
    void forEachIdle(SalesFilter filter, ProductListOptions options, Consumer<Idle> action) {
        forEach(filter, options, row -> action.accept(idle(row, filter.scope())));
    }

    private void forEach(SalesFilter filter, ProductListOptions options, Consumer<Tuple> action) {
        try (Stream<Tuple> rows = WarehouseQueries.stream(query(filter, options, ALL))) {
            rows.forEach(action);
        }
    }

    private ProductList page(SalesFilter filter, ProductListOptions options, int size) {
        Scope scope = filter.scope();
        List<Tuple> rows =
                rows(
                        query(filter, options, PAGE)
                                .setParameter("offset", (options.page() - 1) * size)
                                .setParameter("rows", size));
        Tuple totals = rows.getFirst();
        long listed = number(totals, "listed");
        List<Tuple> shown = rows.stream().filter(row -> row.get("place") != null).toList();
        Sums sold = sums("", totals, scope);
        return new ProductList(
                sold,
                sums("found_", totals, scope),
                number(totals, "unsold"),
                number(totals, "catalogue"),
                ofNoLine(filter, options, sold),
                options.unsold() ? List.of() : shown.stream().map(row -> sold(row, scope)).toList(),
                options.unsold() ? shown.stream().map(row -> idle(row, scope)).toList() : List.of(),
                listed,
                options.page(),
                Math.max(1, (listed + size - 1) / size));
    }

    private Query query(SalesFilter filter, ProductListOptions options, String select) {
        String category = filter.category();
        boolean searches = !options.search().isEmpty();
        boolean ofRegion = !options.region().isEmpty();
        String ofCategory = category == null ? "" : "and category = :category";
        String order =
                "%s %s nulls last, %s, name, source, product_id nulls last"
                        .formatted(
                                options.column().value(),
                                options.order(),
                                options.unsold() ? "lower(name)" : "rank");
        String unsold =
                "catalogue where not is_sold" + (searches ? " and " + found("catalogue") : "");
        Query query =
                queries.inPeriods(
                        sold(
                                        ofRegion
                                                ? sumsOfRegion(ofCategory)
                                                : sumsOfPeriods(ofCategory),
                                        category == null
                                                ? ""
                                                : "and coalesce(catalogued.category, 'unknown') = :category",
                                        searches ? found("products") : "true")
                                + listed(
                                        order,
                                        options.unsold() ? UNSOLD_COLUMNS : SOLD_COLUMNS,
                                        options.unsold() ? unsold : "ranked where is_found")
                                + select.formatted(options.unsold() ? LAST_SOLD : ""),
                        filter.scope(),
                        filter.range());
        if (category != null) {
            query.setParameter("category", category);
        }
        if (searches) {
            query.setParameter("search", options.search());
        }
        if (ofRegion) {
            query.setParameter("region", options.region())
                    .setParameter("from", filter.range().from())
                    .setParameter("to", filter.range().to());
        }
        return query;
    }

    private static Sums sums(String prefix, Tuple row, Scope scope) {
        return new Sums(number(row, prefix + "products"), amounts(prefix, row, scope));
    }

    private static Product sold(Tuple row, Scope scope) {
        return new Product(
                number(row, "rank"),
                ProductKey.of(row),
                row.get("name", String.class),
                row.get("sku", String.class),
                row.get("category", String.class),
                decimal(row, "units"),
                number(row, "orders"),
                amounts("of_", row, scope));
    }

    private static ProductAmounts amounts(String prefix, Tuple row, Scope scope) {
        return new ProductAmounts(
                money(row, prefix + "gross_minor", scope),
                money(row, prefix + "discount_minor", scope),
                money(row, prefix + "refunded_minor", scope),
                money(row, prefix + "net_minor", scope),
                coverage(row, prefix, scope),
                earnings(prefix, row, scope));
    }

    /** Profit and cost of a line give its net sales. */
    private static @Nullable Earnings earnings(String prefix, Tuple row, Scope scope) {
        Money profit = moneyOrNull(row, prefix + "profit_minor", scope);
        return profit == null
                ? null
                : new Earnings(profit, profit.plus(money(row, prefix + "cost_minor", scope)));
    }

    private static Idle idle(Tuple row, Scope scope) {
        return new Idle(
                new ProductKey(
                        row.get("source", String.class), row.get("product_id", String.class)),
                row.get("name", String.class),
                row.get("sku", String.class),
                row.get("category", String.class),
                amount(row, "price_minor", scope),
                amount(row, "unit_cost_minor", scope),
                row.get("last_sold", LocalDate.class));
    }

    /** An amount of the catalogue, in its own currency if it has one. */
    static @Nullable Money amount(Tuple row, String column, Scope scope) {
        Number minor = row.get(column, Number.class);
        String currency = row.get("price_currency", String.class);
        return minor == null
                ? null
                : new Money(
                        minor.longValue(),
                        currency == null ? scope.currency() : Currency.getInstance(currency));
    }

    /** Products of a category are lines, so nothing of theirs belongs to none. */
    private Money ofNoLine(SalesFilter filter, ProductListOptions options, Sums sold) {
        Scope scope = filter.scope();
        if (filter.category() != null) {
            return new Money(0, scope.currency());
        }
        boolean ofAll = options.region().isEmpty();
        Query query =
                queries.scoped(ofAll ? OF_NO_LINE : OF_REGION, scope)
                        .setParameter("from", filter.range().from())
                        .setParameter("to", filter.range().to());
        if (!ofAll) {
            query.setParameter("region", options.region());
        }
        Money net = money(rows(query).getFirst(), "net_minor", scope);
        return ofAll ? net : net.minus(sold.amounts().net());
    }

    /** The names of the regions with the most sales of all time, to choose from. */
    List<String> regions(PageContext context) {
        Scope scope = context.filter().scope();
        return cache.result(
                context.version(),
                List.of("regions", scope),
                () ->
                        rows(
                                        queries.scoped(REGIONS, scope)
                                                .setParameter("offered", OFFERED_REGIONS))
                                .stream()
                                .map(row -> row.get("region", String.class))
                                .toList());
    }
}
