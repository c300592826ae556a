package io.shopflow.dashboard.sales;

import static io.shopflow.dashboard.sales.WarehouseQueries.money;
import static io.shopflow.dashboard.sales.WarehouseQueries.number;
import static io.shopflow.dashboard.sales.WarehouseQueries.rows;

import io.shopflow.dashboard.sales.SalesChanges.Compared;
import io.shopflow.dashboard.sales.SalesChanges.Contribution;
import io.shopflow.dashboard.sales.SalesChanges.Contributions;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.Query;
import jakarta.persistence.Tuple;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads what the change of net sales is made of from the sums in schema {@code marts}. */
@ApplicationScoped
class ChangesOfSales {
    private static final int TOP = 5;

    /** Net sales of the range and of the days before, of rows that are in one of them. */
    private static final String NET =
            """
            coalesce(sum(net_minor) filter (where in_range), 0) as net_minor,
            coalesce(sum(net_minor) filter (where not in_range), 0) as previous_net_minor
            """;

    private static final String CATEGORIES =
            """
            with days as (
                select category, net_minor, business_date >= :from as in_range
                from marts.sums_by_category
                where source in (:sources) and currency = :currency and :category in ('', category)
                    and business_date between :comparedFrom and :to
                    and (business_date >= :from or business_date <= :comparedTo)
            ),
            things as (
                select cast(null as text) as source, cast(null as text) as product_id, category as name, '' as part_of,
                    %s
                from days
                group by category
            )
            """
                    .formatted(NET);

    private static final String REGIONS =
            WarehouseQueries.comparedPeriods(Places.GRAINS)
                    + """
            , things as (
                select cast(null as text) as source, cast(null as text) as product_id, region as name, country as part_of,
                    %s
                from %s
                group by country, region
            )
            """
                            .formatted(NET, Places.SUMS_OF_REGIONS);

    private static final String PRODUCTS =
            """
            , things as (
                select
                    source,
                    product_id,
                    coalesce(max(name), product_id collate "default", 'unnamed') as name,
                    max(category) as part_of,
                    %s
                from sums
                group by source, product_id, case when product_id is null then name end
            )
            """
                    .formatted(NET);

    /** Only the largest differences leave the database; there may be any number of products. */
    private static final String RANKED =
            """
            , ranked as (
                select *, row_number() over (
                    order by abs(net_minor - previous_net_minor) desc, name, part_of, source, product_id
                ) as place
                from things
            )
            select place, source, product_id, name, part_of, net_minor, previous_net_minor, 1 as things
            from ranked
            where place <= :top
            union all
            select null, null, null, null, null, coalesce(sum(net_minor), 0), coalesce(sum(previous_net_minor), 0),
                count(*)
            from ranked
            where place > :top
            order by place nulls last
            """;

    private static final String OF_NO_LINE =
            """
            with days as (
                select net_minor - net_of_lines_minor as net_minor, business_date >= :from as in_range
                from marts.sums_by_day
                where source in (:sources) and currency = :currency and business_date between :comparedFrom and :to
                    and (business_date >= :from or business_date <= :comparedTo)
            )
            select
                %s
            from days
            """
                    .formatted(NET);

    private final WarehouseQueries queries;

    ChangesOfSales(WarehouseQueries queries) {
        this.queries = queries;
    }

    /**
     * The change by category, product and region.
     *
     * @param all net sales as on their card
     */
    SalesChanges read(SalesFilter filter, Compared all) {
        String category = filter.category();
        Compared ofNoLine = category == null ? ofNoLine(filter) : null;
        Query products =
                inPeriods(
                        WarehouseQueries.comparedPeriods(WarehouseQueries.GRAINS_OF_PRODUCTS)
                                + Sales.sumsOfProducts(filter)
                                + PRODUCTS,
                        filter);
        if (category != null) {
            products.setParameter("category", category);
        }
        return new SalesChanges(
                contributions(
                        inDays(CATEGORIES + RANKED, filter)
                                .setParameter("category", filter.categoryOrAll()),
                        filter.scope(),
                        ofNoLine,
                        all),
                contributions(products, filter.scope(), ofNoLine, all),
                contributions(
                        inPeriods(REGIONS, filter).setParameter("category", filter.categoryOrAll()),
                        filter.scope(),
                        null,
                        all));
    }

    private Query inDays(String sql, SalesFilter filter) {
        return queries.scoped(sql, filter.scope())
                .setParameter("comparedFrom", filter.compared().from())
                .setParameter("comparedTo", filter.compared().to())
                .setParameter("from", filter.range().from())
                .setParameter("to", filter.range().to());
    }

    private Query inPeriods(String things, SalesFilter filter) {
        return queries.inComparedPeriods(
                things + RANKED, filter.scope(), filter.range(), filter.compared());
    }

    private static Contributions contributions(
            Query query, Scope scope, @Nullable Compared ofNoLine, Compared all) {
        List<Tuple> rows = rows(query.setParameter("top", TOP));
        Tuple others = rows.getLast();
        return new Contributions(
                rows.stream()
                        .filter(row -> row.get("place") != null)
                        .map(
                                row ->
                                        new Contribution(
                                                row.get("name", String.class),
                                                row.get("part_of", String.class),
                                                ProductKey.of(row),
                                                compared(row, scope)))
                        .toList(),
                number(others, "things"),
                compared(others, scope),
                ofNoLine,
                all);
    }

    private @Nullable Compared ofNoLine(SalesFilter filter) {
        Compared rest = compared(rows(inDays(OF_NO_LINE, filter)).getFirst(), filter.scope());
        boolean none = rest.before().minor().signum() == 0 && rest.now().minor().signum() == 0;
        return none ? null : rest;
    }

    private static Compared compared(Tuple row, Scope scope) {
        return new Compared(
                money(row, "previous_net_minor", scope), money(row, "net_minor", scope));
    }
}
