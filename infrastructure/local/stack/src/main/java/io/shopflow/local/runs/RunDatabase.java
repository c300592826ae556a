package io.shopflow.local.runs;

import io.shopflow.core.run.PartId;
import io.shopflow.core.run.Problem;
import io.shopflow.core.run.RunId;
import io.shopflow.core.stream.Stream;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * What the warehouse tells of runs. Safe for use by several threads. Every method throws {@link
 * DatabaseAwayException} when the server cannot be reached, which passes while it is restarted.
 */
public final class RunDatabase implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(RunDatabase.class);

    private final String jdbcUrl;
    private final Properties properties = new Properties();
    private @Nullable Connection connection;

    /** The warehouse at this address; connects at the first question. */
    public RunDatabase(String jdbcUrl, String user, String password) {
        this.jdbcUrl = jdbcUrl;
        properties.setProperty("user", user);
        properties.setProperty("password", password);
        properties.setProperty("connectTimeout", "3");
        properties.setProperty("socketTimeout", "30");
        properties.setProperty("ApplicationName", "shopflow-stack");
    }

    /** The database cannot be reached, or not used. */
    public static final class DatabaseAwayException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        DatabaseAwayException(SQLException cause) {
            super(cause.getMessage(), cause);
        }
    }

    /** Whether the schema was ever migrated. */
    public boolean migrated() {
        return !query(
                        "select 1 where to_regclass('etl.run_ledger') is not null",
                        row -> row.getInt(1))
                .isEmpty();
    }

    /** A run; empty as long as nothing of it is loaded. */
    public Optional<RunSummary> run(RunId runId) {
        return query(
                        """
                        select run_id, source, status, started_at, closed_at
                        from etl.runs
                        where run_id = ?
                        """,
                        RunDatabase::summary,
                        runId.value())
                .stream()
                .findFirst();
    }

    /** The newest runs, newest first. */
    public List<RunSummary> newest(int atMost) {
        return query(
                """
                select run_id, source, status, started_at, closed_at
                from etl.runs
                order by run_id desc
                limit ?
                """,
                RunDatabase::summary,
                atMost);
    }

    /** The runs that are not closed, oldest first. */
    public List<RunSummary> unfinished() {
        return query(
                """
                select run_id, source, status, started_at, closed_at
                from etl.runs
                where status = 'running'
                order by run_id
                """,
                RunDatabase::summary);
    }

    /** The newest closed run of a source. */
    public Optional<RunId> newestClosed(String source) {
        return query(
                        """
                        select run_id
                        from etl.runs
                        where source = ? and status <> 'running'
                        order by run_id desc
                        limit 1
                        """,
                        row -> new RunId(row.getString("run_id")),
                        source)
                .stream()
                .findFirst();
    }

    /** A run's ledger in the order of the streams. */
    public List<LedgerRow> ledger(RunId runId) {
        return query(
                """
                select stream, counted, extracted, inserted, updated, unchanged, duplicate, quarantined,
                    missing_parts, balanced
                from etl.run_ledger
                where run_id = ?
                order by stream
                """,
                row ->
                        new LedgerRow(
                                row.getString("stream"),
                                row.getObject("counted", Long.class),
                                row.getLong("extracted"),
                                row.getLong("inserted"),
                                row.getLong("updated"),
                                row.getLong("unchanged"),
                                row.getLong("duplicate"),
                                row.getLong("quarantined"),
                                row.getLong("missing_parts"),
                                row.getBoolean("balanced")),
                runId.value());
    }

    /** What went wrong while a run extracted. */
    public List<Problem> problems(RunId runId) {
        return query(
                """
                select stream, file, line, field, rule, message
                from etl.run_problems
                where run_id = ?
                order by ordinal
                """,
                row ->
                        new Problem(
                                row.getString("stream"),
                                row.getString("file"),
                                row.getObject("line", Long.class),
                                row.getString("field"),
                                row.getString("rule"),
                                row.getString("message")),
                runId.value());
    }

    /** What was found when a run was closed, what makes it incomplete first. */
    public List<Finding> findings(RunId runId) {
        return query(
                """
                select rule, stream, rows, example, message, fails_run
                from etl.run_findings
                where run_id = ?
                order by fails_run desc, rule, stream
                """,
                row ->
                        new Finding(
                                row.getString("rule"),
                                row.getString("stream"),
                                row.getLong("rows"),
                                row.getString("example"),
                                row.getString("message"),
                                row.getBoolean("fails_run")),
                runId.value());
    }

    /** Why rows of a run were rejected, the most first. */
    public List<Rejection> rejections(RunId runId) {
        return rejections(
                "where run_id = ? order by rows desc, stream, rule, field", runId.value());
    }

    /** Why rows of a source's runs were rejected, newest run first, the most first. */
    public List<Rejection> rejectionsOf(String source, int atMost) {
        return rejections(
                "where source = ? order by run_id desc, rows desc, stream, rule, field limit ?",
                source,
                atMost);
    }

    /** Why rows of any source's runs were rejected, newest run first, the most first. */
    public List<Rejection> rejections(int atMost) {
        return rejections("order by run_id desc, rows desc, stream, rule, field limit ?", atMost);
    }

    private List<Rejection> rejections(String condition, Object... parameters) {
        return query(
                """
                select source, run_id, stream, rule, field, rows, still_out, example, position
                from etl.run_rejections
                %s
                """
                        .formatted(condition),
                row ->
                        new Rejection(
                                row.getString("source"),
                                new RunId(row.getString("run_id")),
                                row.getString("stream"),
                                row.getString("rule"),
                                row.getString("field"),
                                row.getLong("rows"),
                                row.getLong("still_out"),
                                row.getString("example"),
                                row.getString("position")),
                parameters);
    }

    /** What was odd in rows of a run that count, the most first. */
    public List<Warning> warnings(RunId runId) {
        return warnings("where run_id = ? order by rows desc, stream, rule, field", runId.value());
    }

    /** What was odd in rows of a source's runs that count, newest run first, the most first. */
    public List<Warning> warningsOf(String source, int atMost) {
        return warnings(
                "where source = ? order by run_id desc, rows desc, stream, rule, field limit ?",
                source,
                atMost);
    }

    /** What was odd in rows of any source's runs that count, newest run first, the most first. */
    public List<Warning> warnings(int atMost) {
        return warnings("order by run_id desc, rows desc, stream, rule, field limit ?", atMost);
    }

    private List<Warning> warnings(String condition, Object... parameters) {
        return query(
                """
                select source, run_id, stream, rule, field, rows, example, position
                from etl.run_warnings
                %s
                """
                        .formatted(condition),
                row ->
                        new Warning(
                                row.getString("source"),
                                new RunId(row.getString("run_id")),
                                row.getString("stream"),
                                row.getString("rule"),
                                row.getString("field"),
                                row.getLong("rows"),
                                row.getString("example"),
                                row.getString("position")),
                parameters);
    }

    /** Rejected rows of all runs that no later run has loaded or replaced, by source. */
    public Map<String, Long> rowsStillOut() {
        Map<String, Long> rows = new TreeMap<>();
        query(
                        "select source, count(*) as rows from etl.quarantined_rows group by source",
                        row -> Map.entry(row.getString("source"), row.getLong("rows")))
                .forEach(entry -> rows.put(entry.getKey(), entry.getValue()));
        return rows;
    }

    /** The parts of a run that are in the ledger. */
    public Set<PartId> loadedParts(RunId runId) {
        return new HashSet<>(parts(runId, ""));
    }

    /** The parts of a run with quarantined rows. */
    public List<PartId> quarantinedParts(RunId runId) {
        return parts(runId, "and quarantined > 0");
    }

    private List<PartId> parts(RunId runId, String condition) {
        return query(
                        """
                        select source, stream, part
                        from etl.part_ledger
                        where run_id = ? %s
                        order by stream, part
                        """
                                .formatted(condition),
                        row ->
                                Stream.ofCanonicalName(row.getString("stream"))
                                        .map(stream -> part(row, runId, stream)),
                        runId.value())
                .stream()
                .flatMap(Optional::stream)
                .toList();
    }

    private static PartId part(ResultSet row, RunId runId, Stream stream) {
        try {
            return new PartId(row.getString("source"), runId, stream, row.getInt("part"));
        } catch (SQLException e) {
            throw new DatabaseAwayException(e);
        }
    }

    /** Rows of a run that are loaded. */
    public long loadedRows(RunId runId) {
        return query(
                        """
                        select coalesce(sum(extracted), 0) as extracted
                        from etl.part_ledger
                        where run_id = ?
                        """,
                        row -> row.getLong("extracted"),
                        runId.value())
                .getFirst();
    }

    /** Lets a role of the migrations log in, with this password. */
    public void allowLogin(String role, String password) {
        String statement =
                query(
                                "select format('alter role %I login password %L', ?::text, ?::text)",
                                row -> row.getString(1), role, password)
                        .getFirst();
        execute(statement);
    }

    @Override
    public synchronized void close() {
        disconnect();
    }

    private static RunSummary summary(ResultSet row) throws SQLException {
        Timestamp closedAt = row.getTimestamp("closed_at");
        Instant startedAt = row.getTimestamp("started_at").toInstant();
        return new RunSummary(
                new RunId(row.getString("run_id")),
                row.getString("source"),
                row.getString("status"),
                startedAt,
                closedAt == null ? null : closedAt.toInstant());
    }

    private synchronized <T> List<T> query(String sql, RowReader<T> reader, Object... parameters) {
        try (PreparedStatement statement = connection().prepareStatement(sql)) {
            for (int n = 0; n < parameters.length; n++) {
                statement.setObject(n + 1, parameters[n]);
            }
            List<T> rows = new ArrayList<>();
            try (ResultSet result = statement.executeQuery()) {
                while (result.next()) {
                    rows.add(reader.read(result));
                }
            }
            return rows;
        } catch (SQLException e) {
            disconnect();
            throw new DatabaseAwayException(e);
        }
    }

    private synchronized void execute(String sql) {
        try (PreparedStatement statement = connection().prepareStatement(sql)) {
            statement.execute();
        } catch (SQLException e) {
            disconnect();
            throw new DatabaseAwayException(e);
        }
    }

    private Connection connection() throws SQLException {
        if (connection == null) {
            connection = DriverManager.getConnection(jdbcUrl, properties);
        }
        return connection;
    }

    private void disconnect() {
        Connection open = connection;
        connection = null;
        if (open != null) {
            try {
                open.close();
            } catch (SQLException e) {
                LOG.debug("it was unusable already; the next question opens another", e);
            }
        }
    }

    private interface RowReader<T> {
        T read(ResultSet row) throws SQLException;
    }
}
