package io.shopflow.dashboard.lineage;

import static io.shopflow.dashboard.sales.WarehouseQueries.money;
import static io.shopflow.dashboard.sales.WarehouseQueries.number;
import static io.shopflow.dashboard.sales.WarehouseQueries.rows;

import io.shopflow.dashboard.lineage.Lineage.Amounts;
import io.shopflow.dashboard.lineage.Lineage.File;
import io.shopflow.dashboard.lineage.Lineage.Row;
import io.shopflow.dashboard.lineage.Lineage.Sums;
import io.shopflow.dashboard.sales.Money;
import io.shopflow.dashboard.sales.PageContext;
import io.shopflow.dashboard.sales.SalesCache;
import io.shopflow.dashboard.sales.SalesFilter;
import io.shopflow.dashboard.sales.Scope;
import io.shopflow.dashboard.sales.WarehouseQueries;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.Query;
import jakarta.persistence.Tuple;
import java.time.LocalDate;
import java.util.List;

/**
 * Reads the rows of a filter, and the files that their newest versions were read from. It costs
 * what the range has of rows, unlike the figures, which are read from sums.
 */
@ApplicationScoped
class LineageQueries {
    private static final int FILES = 50;
    private static final int ROWS = 50;

    private static final String ORDERS =
            """
            select counted.source, counted.order_id as id, cast(null as text) as order_id, counted.business_date,
                counted.gross_minor, counted.discount_minor, counted.refunded_minor, counted.net_minor,
                held.run_id, held.part, held.source_row
            from marts.sales_orders as counted
            inner join warehouse.fact_orders as held using (source, order_id)
            where counted.source in (:sources) and counted.currency = :currency
                and counted.business_date between :from and :to
            """;

    private static final String LINES =
            """
            select counted.source, counted.order_item_id as id, counted.order_id, counted.business_date,
                counted.gross_minor, counted.discount_minor, counted.refunded_minor, counted.net_minor,
                held.run_id, held.part, held.source_row
            from marts.sales_items as counted
            inner join warehouse.fact_order_items as held using (source, order_item_id)
            where counted.source in (:sources) and counted.currency = :currency
                and counted.business_date between :from and :to and counted.category = :category
            """;

    private static final String SUMS =
            """
            count(*) as rows,
            sum(gross_minor) as gross_minor,
            sum(discount_minor) as discount_minor,
            sum(refunded_minor) as refunded_minor,
            sum(net_minor) as net_minor
            """;

    /** Only the newest files leave the database; there may be one per run, for years. */
    private static String files(String counted) {
        return """
            with files as (
                select source, run_id, part, %s
                from (%s) as counted
                group by source, run_id, part
            ),
            ranked as (
                select *, row_number() over (order by run_id desc, part) as place
                from files
            )
            select place, ranked.source, ranked.run_id, ranked.part, runs.status, parts.raw_key, ranked.rows, gross_minor,
                discount_minor, refunded_minor, net_minor, 1 as files
            from ranked
            left join etl.runs as runs using (run_id)
            left join etl.run_parts as parts
                on parts.run_id = ranked.run_id and parts.part = ranked.part and parts.stream = :stream
            where place <= :listed
            union all
            select null, null, null, null, null, null, coalesce(sum(rows), 0), coalesce(sum(gross_minor), 0),
                coalesce(sum(discount_minor), 0), coalesce(sum(refunded_minor), 0), coalesce(sum(net_minor), 0), count(*)
            from ranked
            where place > :listed
            order by place nulls last
            """
                .formatted(SUMS, counted);
    }

    private static String rowsOfPage(String counted) {
        return """
            select *
            from (%s) as counted
            order by business_date desc, source, order_id desc nulls last, id desc
            offset :offset
            limit :listed
            """
                .formatted(counted);
    }

    private final WarehouseQueries queries;
    private final SalesCache cache;

    LineageQueries(WarehouseQueries queries, SalesCache cache) {
        this.queries = queries;
        this.cache = cache;
    }

    private record Key(SalesFilter filter, long page) {}

    /** The page of the rows; the last one if there are fewer. */
    Lineage lineage(PageContext context, long page) {
        SalesFilter filter = context.filter().withGrain(null);
        return cache.result(context.version(), new Key(filter, page), () -> lineage(filter, page));
    }

    private Lineage lineage(SalesFilter filter, long page) {
        Scope scope = filter.scope();
        boolean ofLines = filter.category() != null;
        String counted = ofLines ? LINES : ORDERS;
        String stream = ofLines ? "order_items" : "orders";
        List<Tuple> files =
                rows(
                        query(files(counted), filter)
                                .setParameter("stream", stream)
                                .setParameter("listed", FILES));
        Tuple others = files.getLast();
        List<File> listed =
                files.subList(0, files.size() - 1).stream().map(row -> file(row, scope)).toList();
        Sums more = sums(others, scope);
        Sums all =
                listed.stream()
                        .map(File::sums)
                        .reduce(
                                new Sums(0, Amounts.nothing(new Money(0, scope.currency()))),
                                Sums::plus)
                        .plus(more);
        long pages = Math.max(1, (all.rows() + ROWS - 1) / ROWS);
        long shown = Math.min(page, pages);
        List<Row> rows =
                rows(
                                query(rowsOfPage(counted), filter)
                                        .setParameter("offset", (shown - 1) * ROWS)
                                        .setParameter("listed", ROWS))
                        .stream()
                        .map(row -> row(row, scope))
                        .toList();
        return new Lineage(stream, all, listed, number(others, "files"), more, rows, shown, pages);
    }

    private Query query(String sql, SalesFilter filter) {
        Query query =
                queries.scoped(sql, filter.scope())
                        .setParameter("from", filter.range().from())
                        .setParameter("to", filter.range().to());
        String category = filter.category();
        return category == null ? query : query.setParameter("category", category);
    }

    private static File file(Tuple row, Scope scope) {
        return new File(
                row.get("source", String.class),
                row.get("run_id", String.class),
                row.get("status", String.class),
                number(row, "part"),
                row.get("raw_key", String.class),
                sums(row, scope));
    }

    private static Row row(Tuple row, Scope scope) {
        return new Row(
                row.get("source", String.class),
                row.get("id", String.class),
                row.get("order_id", String.class),
                row.get("business_date", LocalDate.class),
                amounts(row, scope),
                row.get("run_id", String.class),
                number(row, "part"),
                number(row, "source_row"));
    }

    private static Sums sums(Tuple row, Scope scope) {
        return new Sums(number(row, "rows"), amounts(row, scope));
    }

    private static Amounts amounts(Tuple row, Scope scope) {
        return new Amounts(
                money(row, "gross_minor", scope),
                money(row, "discount_minor", scope),
                money(row, "refunded_minor", scope),
                money(row, "net_minor", scope));
    }
}
