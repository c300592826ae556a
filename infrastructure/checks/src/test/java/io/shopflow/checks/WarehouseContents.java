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
 * The rows of a source in the warehouse, the marts and the ledgers, without values that differ
 * between two runs of the same data: names of source and run, times of extraction and load, the cut
 * of the rows into parts, and the number of rows read twice.
 */
final class WarehouseContents {

    /** Columns that differ between runs. */
    private static final Set<String> OF_THE_RUN =
            Set.of(
                    "source",
                    "run_id",
                    "part",
                    "parts",
                    "source_row",
                    "version_at",
                    "line_cost_version_at",
                    "line_cost_run_id",
                    "last_version_at",
                    "last_run_id",
                    "last_part",
                    "last_source_row",
                    "started_at",
                    "extracted_at",
                    "closed_at",
                    "manifest_bucket",
                    "manifest_version");

    /**
     * For tables that count rows: columns that depend neither on the cut into parts, nor on the
     * number of rows read twice, such as those where a run was resumed.
     */
    private static final Map<String, String> OF_COUNTS =
            Map.of(
                    "part_ledger",
                    """
                    select stream, sum(extracted - duplicate - unchanged), sum(inserted), sum(updated), sum(quarantined)
                    from etl.part_ledger
                    where run_id in (select run_id from etl.runs where source = ?)
                    group by stream
                    """,
                    "run_ledger",
                    """
                    select status, stream, counted - duplicate - unchanged, extracted - duplicate - unchanged,
                        inserted, updated, quarantined, missing_parts, balanced
                    from etl.run_ledger
                    where run_id in (select run_id from etl.runs where source = ?)
                    """,
                    "run_parts",
                    """
                    select stream, sum(rows - duplicate - unchanged)
                    from etl.run_parts
                    inner join etl.part_ledger using (run_id, stream, part)
                    where run_id in (select run_id from etl.runs where source = ?)
                    group by stream
                    """,
                    // Without an example and its position, which names the object from which the
                    // row was read.
                    "part_warnings",
                    """
                    select distinct stream, rule, field
                    from etl.part_warnings
                    where run_id in (select run_id from etl.runs where source = ?)
                    """,
                    "run_warnings",
                    """
                    select distinct stream, rule, field
                    from etl.run_warnings
                    where run_id in (select run_id from etl.runs where source = ?)
                    """,
                    "run_streams",
                    """
                    select stream, watermark_before, watermark_after
                    from etl.run_streams
                    where run_id in (select run_id from etl.runs where source = ?)
                    """);

    /** Each event has a row here, however often it is delivered. */
    private static final Set<String> OF_EVENTS = Set.of("ingest_audit");

    private WarehouseContents() {}

    /** The lines of all tables, by the table's name. */
    static Map<String, List<String>> of(Connection database, String source) throws SQLException {
        Map<String, List<String>> contents = new TreeMap<>();
        for (String[] table : tables(database)) {
            String name = table[0] + "." + table[1];
            String sql =
                    OF_COUNTS.containsKey(table[1])
                            ? OF_COUNTS.get(table[1])
                            : rows(database, table[0], table[1]);
            if (!OF_EVENTS.contains(table[1]) && sql != null) {
                contents.put(name, lines(database, sql, source));
            }
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

    /** Null for a table whose rows belong to no source, like that of the days. */
    private static String rows(Connection database, String schema, String table)
            throws SQLException {
        List<String> columns = new ArrayList<>();
        try (PreparedStatement statement =
                database.prepareStatement(
                        """
                        select column_name
                        from information_schema.columns
                        where table_schema = ? and table_name = ?
                        order by ordinal_position
                        """)) {
            statement.setString(1, schema);
            statement.setString(2, table);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    columns.add(rows.getString(1));
                }
            }
        }
        String compared =
                columns.stream()
                        .filter(column -> !OF_THE_RUN.contains(column))
                        .map(column -> column + "::text")
                        .collect(Collectors.joining(", "));
        String condition;
        if (columns.contains("source")) {
            condition = "source = ?";
        } else if (columns.contains("run_id")) {
            condition = "run_id in (select run_id from etl.runs where source = ?)";
        } else {
            return null;
        }
        return "select %s from %s.%s where %s".formatted(compared, schema, table, condition);
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
