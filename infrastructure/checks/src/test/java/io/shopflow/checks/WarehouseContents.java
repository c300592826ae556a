package io.shopflow.checks;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * All rows of a source in the warehouse, the marts and the ledgers, so that two sources with the
 * same data can be compared. What differs between their runs is replaced or left out: the source's
 * name; the run's id, of which only the position among the runs of the source is kept; the time of
 * an instant that is not from the data; the cut of the rows into parts, and the number of rows read
 * twice.
 */
final class WarehouseContents {

    /** Columns that differ between runs: the source, and the place of a row in the parts. */
    private static final Set<String> OF_THE_RUN =
            Set.of(
                    "source",
                    "part",
                    "parts",
                    "source_row",
                    "last_part",
                    "last_source_row",
                    "manifest_version");

    /** The runs of a source in their order, and the time before all of them. */
    private static final String RUNS =
            """
            with runs as (
                select run_id, source, row_number() over (order by run_id) as run
                from etl.runs
                where source = ?
            ),
            start as (
                select min(started_at) - interval '1 minute' as start_at
                from etl.runs
                where run_id in (select run_id from runs)
            )
            """;

    /**
     * For tables that count rows: columns that depend neither on the cut into parts, nor on the
     * number of rows read twice, such as those where a run was resumed.
     */
    private static final Map<String, String> OF_COUNTS =
            Map.of(
                    "part_ledger",
                    """
                    select
                        run, stream, sum(extracted - duplicate - unchanged), sum(inserted), sum(updated), sum(quarantined),
                        sum(older), bool_and(is_snapshot)
                    from etl.part_ledger
                    inner join runs using (run_id)
                    group by run, stream
                    """,
                    "run_ledger",
                    """
                    select
                        run, status, stream, counted - duplicate - unchanged, extracted - duplicate - unchanged,
                        inserted, updated, quarantined, missing_parts, balanced
                    from etl.run_ledger
                    inner join runs using (run_id)
                    """,
                    "run_parts",
                    """
                    select run, stream, sum(rows - duplicate - unchanged)
                    from etl.run_parts
                    inner join etl.part_ledger using (run_id, stream, part)
                    inner join runs using (run_id)
                    group by run, stream
                    """,
                    "part_rejections",
                    """
                    select run, stream, rule, field, sum(rows)
                    from etl.part_rejections
                    inner join runs using (run_id)
                    group by run, stream, rule, field
                    """,
                    // Without an example and its position, which names the object from which the
                    // row was read.
                    "part_warnings",
                    """
                    select distinct run, stream, rule, field
                    from etl.part_warnings
                    inner join runs using (run_id)
                    """,
                    "run_warnings",
                    """
                    select distinct run, stream, rule, field
                    from etl.run_warnings
                    inner join runs using (run_id)
                    """,
                    "run_rules",
                    """
                    select distinct run, stream, rule, field, rejects
                    from etl.run_rules
                    inner join runs using (run_id)
                    """,
                    "run_streams",
                    """
                    select run, stream, watermark_before, watermark_after, one_row_per_id
                    from etl.run_streams
                    inner join runs using (run_id)
                    """,
                    // Each event has a row here, however often it is delivered: what was applied
                    // more than once.
                    "ingest_audit",
                    """
                    select run, kind, outcome, count(*) - count(distinct object_key)
                    from etl.ingest_audit
                    inner join runs using (run_id)
                    where outcome <> 'already_applied'
                    group by run, kind, outcome
                    """);

    /**
     * The rows of {@code marts.customers_by_address}, with the customers in place of their numbers:
     * those depend on the order of the loads.
     */
    static final String CUSTOMERS_BY_ADDRESS =
            """
            select
                source, currency, grain, period, country, region, postcode_area,
                string_agg(customer_id, ' ' order by customer_id) as customers
            from marts.customers_by_address
            inner join marts.customer_numbers using (source)
            where customer_number / 1024 = block and get_bit(customer_bits, customer_number % 1024) = 1
            group by source, currency, grain, period, country, region, postcode_area
            """;

    /** For tables that contain numbers of customers. */
    private static final Map<String, String> OF_NUMBERS =
            Map.of(
                    "customer_numbers",
                    "select customer_id from marts.customer_numbers where source in (select runs.source from runs)",
                    "customers_by_address",
                    """
                    select currency, grain, period, country, region, postcode_area, customers
                    from (%s) as content
                    where source in (select runs.source from runs)
                    """
                            .formatted(CUSTOMERS_BY_ADDRESS));

    private WarehouseContents() {}

    /** The lines of all tables, by the table's name. */
    static Map<String, List<String>> of(Connection database, String source) throws SQLException {
        Map<String, List<String>> contents = new TreeMap<>();
        for (String[] table : tables(database)) {
            String query = OF_NUMBERS.getOrDefault(table[1], OF_COUNTS.get(table[1]));
            String rows = query == null ? rows(database, table[0], table[1]) : query;
            contents.put(table[0] + "." + table[1], lines(database, RUNS + rows, source));
        }
        return contents;
    }

    /** The lines that only one of two contents has, each with its table's name and a sign. */
    static List<String> differences(
            Map<String, List<String>> expected, Map<String, List<String>> found) {
        List<String> differences = new ArrayList<>();
        Set<String> tables = new TreeSet<>(expected.keySet());
        tables.addAll(found.keySet());
        for (String table : tables) {
            List<String> missing = new ArrayList<>(expected.getOrDefault(table, List.of()));
            List<String> unexpected = new ArrayList<>(found.getOrDefault(table, List.of()));
            for (String line : found.getOrDefault(table, List.of())) {
                if (missing.remove(line)) {
                    unexpected.remove(line);
                }
            }
            missing.forEach(line -> differences.add("%s: - %s".formatted(table, line)));
            unexpected.forEach(line -> differences.add("%s: + %s".formatted(table, line)));
        }
        return differences;
    }

    private static List<String[]> tables(Connection database) throws SQLException {
        List<String[]> tables = new ArrayList<>();
        try (PreparedStatement statement =
                        database.prepareStatement(
                                """
                                select table_schema, table_name
                                from information_schema.tables
                                where table_schema in ('warehouse', 'marts', 'etl')
                                order by 1, 2
                                """);
                ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                tables.add(new String[] {rows.getString(1), rows.getString(2)});
            }
        }
        return tables;
    }

    private static String rows(Connection database, String schema, String table)
            throws SQLException {
        Map<String, String> columns = columns(database, schema, table);
        String name = schema + "." + table;
        if (columns.containsKey("source")) {
            return "select %s from %s as content, start where content.source in (select runs.source from runs)"
                    .formatted(compared(columns), name);
        }
        if (columns.containsKey("run_id")) {
            return "select %s from %s as content, start where content.run_id in (select runs.run_id from runs)"
                    .formatted(compared(columns), name);
        }
        // Its rows belong to no source, like those of the days.
        return "select count(*), md5(string_agg(content::text, '|' order by content::text)) from %s as content"
                .formatted(name);
    }

    /** The types of a table's columns by name. */
    private static Map<String, String> columns(Connection database, String schema, String table)
            throws SQLException {
        Map<String, String> columns = new TreeMap<>();
        try (PreparedStatement statement =
                database.prepareStatement(
                        """
                        select column_name, data_type
                        from information_schema.columns
                        where table_schema = ? and table_name = ?
                        """)) {
            statement.setString(1, schema);
            statement.setString(2, table);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    columns.put(rows.getString(1), rows.getString(2));
                }
            }
        }
        return columns;
    }

    private static String compared(Map<String, String> columns) {
        return columns.keySet().stream()
                .filter(column -> !OF_THE_RUN.contains(column))
                .map(column -> compared(column, columns.get(column)))
                .collect(Collectors.joining(", "));
    }

    private static String compared(String column, String type) {
        if (column.endsWith("run_id")) {
            return "(select run from runs where runs.run_id = content.%s)".formatted(column);
        }
        if (type.equals("timestamp with time zone")) {
            return "case when isfinite(content.%1$s) and content.%1$s > start_at then 'during the runs' else content.%1$s::text end"
                    .formatted(column);
        }
        return "content.%s::text".formatted(column);
    }

    private static List<String> lines(Connection database, String sql, String source)
            throws SQLException {
        List<String> lines = new ArrayList<>();
        try (PreparedStatement statement = database.prepareStatement(sql)) {
            statement.setString(1, source);
            try (ResultSet rows = statement.executeQuery()) {
                int columns = rows.getMetaData().getColumnCount();
                while (rows.next()) {
                    List<String> line = new ArrayList<>();
                    for (int i = 1; i <= columns; i++) {
                        line.add(String.valueOf(rows.getString(i)));
                    }
                    lines.add(String.join("|", line));
                }
            }
        }
        lines.sort(null);
        return lines;
    }
}
