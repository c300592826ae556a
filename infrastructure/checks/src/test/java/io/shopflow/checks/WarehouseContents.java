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
import java.util.stream.Collectors;

/**
 * What the warehouse and the ledgers say of a source. Without what differs between two runs of the
 * same: names of source and run, instants of extracting and loading, and how the rows were cut into
 * parts.
 */
final class WarehouseContents {

    /** What differs from one run to the next. */
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
                    "started_at",
                    "extracted_at",
                    "closed_at",
                    "manifest_bucket",
                    "manifest_version");

    /** Of a table that has a row for each part: what does not depend on how rows were cut. */
    private static final Map<String, String> OF_PARTS =
            Map.of(
                    "part_ledger",
                    """
                    select stream, sum(extracted), sum(inserted), sum(updated), sum(unchanged), sum(duplicate),
                        sum(quarantined)
                    from etl.part_ledger
                    where run_id in (select run_id from etl.runs where source = ?)
                    group by stream
                    order by stream
                    """,
                    "run_parts",
                    """
                    select stream, sum(rows)
                    from etl.run_parts
                    where run_id in (select run_id from etl.runs where source = ?)
                    group by stream
                    order by stream
                    """);

    /** Each event has a row here, however often it comes. */
    private static final Set<String> OF_EVENTS = Set.of("ingest_audit");

    private WarehouseContents() {}

    /** The lines of all tables, by the table's name. */
    static Map<String, List<String>> of(Connection database, String source) throws SQLException {
        Map<String, List<String>> contents = new TreeMap<>();
        for (String[] table : tables(database)) {
            String name = table[0] + "." + table[1];
            String sql =
                    OF_PARTS.containsKey(table[1])
                            ? OF_PARTS.get(table[1])
                            : rows(database, table[0], table[1]);
            if (!OF_EVENTS.contains(table[1]) && sql != null) {
                contents.put(name, lines(database, sql, source));
            }
        }
        return contents;
    }

    private static List<String[]> tables(Connection database) throws SQLException {
        List<String[]> tables = new ArrayList<>();
        try (PreparedStatement statement =
                        database.prepareStatement(
                                """
                                select table_schema, table_name
                                from information_schema.tables
                                where table_schema in ('warehouse', 'etl')
                                order by 1, 2
                                """);
                ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                tables.add(new String[] {rows.getString(1), rows.getString(2)});
            }
        }
        return tables;
    }

    /** Null for a table that has rows of no source, as that of the days. */
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
        return "select %s from %s.%s where %s order by 1, 2"
                .formatted(compared, schema, table, condition);
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
