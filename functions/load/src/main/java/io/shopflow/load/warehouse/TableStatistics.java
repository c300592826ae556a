package io.shopflow.load.warehouse;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * What PostgreSQL's planner knows of a table. Autovacuum refreshes it within minutes; a table that
 * a load has just filled cannot wait for that: until then, figures over it may take minutes instead
 * of milliseconds.
 */
final class TableStatistics {

    private TableStatistics() {}

    /**
     * Refreshes the statistics of a table that has grown to the double, or has none yet.
     *
     * @param inserted rows that this transaction added
     */
    static void refreshIfDoubled(Connection connection, StarTable table, long inserted)
            throws SQLException {
        if (inserted == 0 || inserted < knownRows(connection, table)) {
            return;
        }
        try (Statement statement = connection.createStatement()) {
            // A tenth of the usual sample tells small from large; autovacuum looks closer soon.
            statement.execute("set local default_statistics_target = 10");
            statement.execute("analyze (skip_locked) %s".formatted(table.name()));
        }
    }

    /** -1 before the first time. */
    private static double knownRows(Connection connection, StarTable table) throws SQLException {
        try (PreparedStatement query =
                connection.prepareStatement(
                        "select reltuples from pg_catalog.pg_class where oid = ?::regclass")) {
            query.setString(1, table.name());
            try (ResultSet rows = query.executeQuery()) {
                rows.next();
                return rows.getDouble(1);
            }
        }
    }
}
