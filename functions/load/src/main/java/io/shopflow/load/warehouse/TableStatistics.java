package io.shopflow.load.warehouse;

import io.shopflow.core.run.RunId;
import io.shopflow.core.stream.StreamName;
import io.shopflow.ledger.Statements;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Set;
import java.util.TreeSet;

/**
 * Refreshes the statistics that PostgreSQL's planner uses. Autovacuum does so within minutes; until
 * then, queries of a table that a load has just filled may take minutes instead of milliseconds.
 */
final class TableStatistics {

    /** The streams in which a source is new, or has grown by a tenth since the run before. */
    private static final String GROWN_STREAMS =
            """
            select stream
            from etl.part_ledger
            where source = (select source from etl.runs where run_id = ?)
            group by stream
            having 10 * sum(inserted) filter (where run_id = ?)
                >= greatest(1, coalesce(sum(inserted) filter (where run_id <> ?), 0))
            """;

    private TableStatistics() {}

    /**
     * Refreshes the statistics of all tables in which the run's source is new or has grown, even if
     * it is a small part of the table: for a source that the statistics do not contain, the planner
     * expects hardly any rows.
     */
    static void refreshIfSourceHasGrown(Connection connection, RunId runId) throws SQLException {
        Set<String> tables = new TreeSet<>();
        String id = runId.value();
        try (PreparedStatement query = Statements.prepare(connection, GROWN_STREAMS, id, id, id);
                ResultSet streams = query.executeQuery()) {
            while (streams.next()) {
                StreamName stream = StreamName.ofCanonicalName(streams.getString(1)).orElseThrow();
                tables.add(MergeTarget.of(stream).name());
                // Its rows may have added inferred members.
                switch (stream) {
                    case ORDERS -> tables.add(MergeTarget.of(StreamName.CUSTOMERS).name());
                    case ORDER_ITEMS, REVIEWS ->
                            tables.add(MergeTarget.of(StreamName.PRODUCTS).name());
                    case CUSTOMERS, PRODUCTS, SELLERS, PAYMENTS, REFUNDS -> {}
                }
            }
        }
        for (String table : tables) {
            analyze(connection, table);
        }
    }

    /**
     * Refreshes the statistics of a table that has doubled, or has none.
     *
     * @param inserted rows that this transaction inserted
     */
    static void refreshIfDoubled(Connection connection, MergeTarget table, long inserted)
            throws SQLException {
        if (inserted == 0 || inserted < knownRows(connection, table)) {
            return;
        }
        // A tenth of the usual sample is enough until autovacuum runs.
        Statements.execute(connection, "set local default_statistics_target = 10");
        analyze(connection, table.name());
    }

    private static void analyze(Connection connection, String table) throws SQLException {
        Statements.execute(connection, "analyze (skip_locked) %s".formatted(table));
    }

    /** The rows at the last refresh; -1 before the first. */
    private static double knownRows(Connection connection, MergeTarget table) throws SQLException {
        try (PreparedStatement query =
                        Statements.prepare(
                                connection,
                                "select reltuples from pg_catalog.pg_class where oid = ?::regclass",
                                table.name());
                ResultSet rows = query.executeQuery()) {
            rows.next();
            return rows.getDouble(1);
        }
    }
}
