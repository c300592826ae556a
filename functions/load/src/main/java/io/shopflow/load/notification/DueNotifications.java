package io.shopflow.load.notification;

import io.shopflow.core.run.RunId;
import io.shopflow.ledger.LedgerReader;
import io.shopflow.ledger.Run;
import io.shopflow.ledger.Statements;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import javax.sql.DataSource;

/**
 * The runs to notify: the rows of {@code etl.run_notifications}. Of several processes, only one at
 * a time sends the notification of a run.
 */
public final class DueNotifications {

    private final DataSource database;
    private final Clock clock;

    /** Uses a connection for each call. */
    public DueNotifications(DataSource database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /**
     * Writes the row of a closed run if the run is to be notified, in the transaction that closes
     * it.
     */
    public static void addIfWanted(Connection connection, Run run, NotifiedRuns notified)
            throws SQLException {
        boolean wanted =
                switch (notified) {
                    case ALL -> true;
                    case PROBLEMS -> !run.complete() || followsProblem(connection, run);
                    case NONE -> false;
                };
        // A backfill publishes one result for all its windows.
        if (wanted && !run.window()) {
            Statements.execute(
                    connection,
                    "insert into etl.run_notifications (run_id) values (?)",
                    run.runId().value());
        }
    }

    /** Whether the run that was closed before this one is not complete: it may be a newer one. */
    private static boolean followsProblem(Connection connection, Run run) throws SQLException {
        try (PreparedStatement query =
                        Statements.prepare(
                                connection,
                                """
                                select status <> 'complete'
                                from etl.runs
                                where source = ? and run_id <> ? and status <> 'running' and read_until is null
                                order by closed_at desc, run_id desc
                                limit 1
                                """,
                                run.source(),
                                run.runId().value());
                ResultSet before = query.executeQuery()) {
            return before.next() && before.getBoolean(1);
        }
    }

    /**
     * Some runs whose notification is due: chosen at random, so that each is tried at some time.
     */
    public List<RunId> some(int atMost) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement query =
                        Statements.prepare(
                                connection,
                                """
                                select run_id
                                from etl.run_notifications
                                where sent_at is null
                                order by random()
                                limit ?
                                """,
                                atMost);
                ResultSet due = query.executeQuery()) {
            List<RunId> runIds = new ArrayList<>();
            while (due.next()) {
                runIds.add(new RunId(due.getString(1)));
            }
            return runIds;
        }
    }

    /**
     * Sends a run's notification and marks it as sent; if sending throws, it stays due. Returns
     * what was sent; empty if another process has sent it or is sending it.
     */
    public Optional<RunNotification> send(RunId runId, Consumer<RunNotification> sending)
            throws SQLException {
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            try {
                Optional<RunNotification> sent = send(connection, runId, sending);
                connection.commit();
                return sent;
            } catch (SQLException | RuntimeException e) {
                rollBack(connection, e);
                throw e;
            }
        }
    }

    private static void rollBack(Connection connection, Exception cause) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            cause.addSuppressed(e);
        }
    }

    private Optional<RunNotification> send(
            Connection connection, RunId runId, Consumer<RunNotification> sending)
            throws SQLException {
        try (PreparedStatement lock =
                        Statements.prepare(
                                connection,
                                """
                                select from etl.run_notifications
                                where run_id = ? and sent_at is null
                                for update skip locked
                                """,
                                runId.value());
                ResultSet due = lock.executeQuery()) {
            if (!due.next()) {
                return Optional.empty();
            }
        }
        RunNotification run = RunNotification.read(new LedgerReader(connection), runId);
        sending.accept(run);
        Statements.execute(
                connection,
                "update etl.run_notifications set sent_at = ? where run_id = ?",
                clock.instant().atOffset(ZoneOffset.UTC),
                runId.value());
        return Optional.of(run);
    }
}
