package io.shopflow.load.warehouse;

import io.shopflow.core.run.RunId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What is found when a run closes, on the connection of that transaction. */
final class RunFindings {

    /** The rule of a stream of which too much was rejected. */
    static final String REJECTED_SHARE = "rejected_share";

    private static final int RULES = 5;

    /**
     * What the figures of the source say of themselves. A window of a backfill leaves that to the
     * next run: its neighbours may not be in yet.
     */
    private static final String FIGURES =
            """
            insert into etl.run_findings (run_id, rule, stream, rows, example, message, fails_run)
            select
                runs.run_id, found.rule, found.stream, found.rows, found.example, found.message, found.fails_run
            from etl.runs as runs
            cross join lateral etl.findings_of(runs.source) as found
            where runs.run_id = ?
                and runs.read_until is null
                and exists (
                    select
                    from etl.part_ledger as loaded
                    where loaded.run_id = runs.run_id and loaded.inserted + loaded.updated > 0
                )
            """;

    /** A run that changed nothing costs nothing: what was found before is still so. */
    private static final String FIGURES_UNCHANGED =
            """
            insert into etl.run_findings (run_id, rule, stream, rows, example, message, fails_run)
            select
                runs.run_id, found.rule, found.stream, found.rows, found.example, found.message, found.fails_run
            from etl.runs as runs
            inner join etl.run_findings as found
                on found.run_id = (
                    select max(earlier.run_id)
                    from etl.runs as earlier
                    where earlier.source = runs.source
                        and earlier.run_id < runs.run_id
                        and earlier.read_until is null
                        and earlier.status <> 'running'
                )
                and found.rule <> ?
            where runs.run_id = ?
                and runs.read_until is null
                and not exists (
                    select
                    from etl.part_ledger as loaded
                    where loaded.run_id = runs.run_id and loaded.inserted + loaded.updated > 0
                )
            """;

    private final Connection connection;
    private final RejectedShare allowed;

    RunFindings(Connection connection, RejectedShare allowed) {
        this.connection = connection;
        this.allowed = allowed;
    }

    /** Looks, and writes what was found; of a run whose parts are all in. */
    void write(RunId runId) throws SQLException {
        writeRejectedShares(runId);
        update(FIGURES_UNCHANGED, REJECTED_SHARE, runId.value());
        update(FIGURES, runId.value());
        update(Quarantine.REPLACED_BY_FULL_RUN, runId.value());
    }

    private void writeRejectedShares(RunId runId) throws SQLException {
        List<RejectedStream> streams = new ArrayList<>();
        try (PreparedStatement statement =
                        prepare(
                                """
                                select
                                    ledger.stream,
                                    ledger.quarantined,
                                    ledger.extracted - ledger.duplicate as read,
                                    coalesce(runs.full_run, false) and runs.read_until is null as whole
                                from etl.run_ledger as ledger
                                inner join etl.runs as runs using (run_id)
                                where ledger.run_id = ? and ledger.quarantined > 0
                                order by ledger.stream
                                """,
                                runId.value());
                ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                RejectedStream stream =
                        new RejectedStream(
                                row.getString("stream"),
                                row.getLong("quarantined"),
                                row.getLong("read"));
                if (allowed.isExceeded(stream.rejected(), stream.read(), row.getBoolean("whole"))) {
                    streams.add(stream);
                }
            }
        }
        for (RejectedStream stream : streams) {
            writeRejectedShare(runId, stream);
        }
    }

    private void writeRejectedShare(RunId runId, RejectedStream stream) throws SQLException {
        List<String> rules = new ArrayList<>();
        String example = null;
        try (PreparedStatement statement =
                        prepare(
                                """
                                select rule, field, rows, example, position
                                from etl.run_rejections
                                where run_id = ? and stream = ?
                                order by rows desc, rule, field
                                limit ?
                                """,
                                runId.value(),
                                stream.name(),
                                RULES);
                ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                String value = row.getString("example");
                example = example == null ? value : example;
                rules.add(
                        rule(
                                row.getString("rule"),
                                row.getString("field"),
                                row.getLong("rows"),
                                value,
                                row.getString("position")));
            }
        }
        update(
                """
                insert into etl.run_findings (run_id, rule, stream, rows, example, message, fails_run)
                values (?, ?, ?, ?, ?, ?, true)
                """,
                runId.value(),
                REJECTED_SHARE,
                stream.name(),
                stream.rejected(),
                example,
                String.format(
                        Locale.ROOT,
                        "of %,d rows were rejected: %d %%, where %s %% are allowed (%s). They are in no figure. Correct the values or the source's mapping, then run the source again.",
                        stream.read(),
                        RejectedShare.percentOf(stream.rejected(), stream.read()),
                        allowed.shown(),
                        String.join("; ", rules)));
    }

    private static String rule(
            String rule,
            String field,
            long rows,
            @Nullable String example,
            @Nullable String position) {
        StringBuilder text = new StringBuilder(rule);
        if (!field.isEmpty()) {
            text.append(" of ").append(field);
        }
        text.append(String.format(Locale.ROOT, ": %,d", rows));
        if (example != null) {
            text.append(", for example '").append(example).append('\'');
        }
        if (position != null) {
            text.append(" at ").append(position);
        }
        return text.toString();
    }

    private void update(String sql, @Nullable Object... values) throws SQLException {
        try (PreparedStatement statement = prepare(sql, values)) {
            statement.executeUpdate();
        }
    }

    private PreparedStatement prepare(String sql, @Nullable Object... values) throws SQLException {
        return RunLedger.prepare(connection, sql, values);
    }

    private record RejectedStream(String name, long rejected, long read) {}
}
