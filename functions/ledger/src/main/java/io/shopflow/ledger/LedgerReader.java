package io.shopflow.ledger;

import io.shopflow.core.run.PartId;
import io.shopflow.core.run.Problem;
import io.shopflow.core.run.RunId;
import io.shopflow.core.stream.StreamName;
import io.shopflow.ledger.Finding.Severity;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads runs and their ledgers on a connection, which it does not close. */
public final class LedgerReader {

    private static final String RUNS =
            """
            select run_id, source, status, full_run, read_until is not null as window, started_at, closed_at
            from etl.runs
            """;

    private static final String REJECTIONS =
            """
            select source, run_id, stream, rule, field, rows, still_out, example, position
            from etl.run_rejections
            """;

    private static final String WARNINGS =
            """
            select source, run_id, stream, rule, field, rows, 0 as still_out, example, position
            from etl.run_warnings
            """;

    private final Connection connection;

    /** Reads on this connection, in its transaction if there is one. */
    public LedgerReader(Connection connection) {
        this.connection = connection;
    }

    // ---------------------------------------------------------------- runs

    /** A run; empty until one of its objects is loaded. */
    public Optional<Run> run(RunId runId) throws SQLException {
        return query(RUNS + "where run_id = ?", LedgerReader::run, runId.value()).stream()
                .findFirst();
    }

    /** How far the marts of a source are filled; empty before that and when the run is closed. */
    public Optional<MartFill> martFill(String source) throws SQLException {
        return query(
                        "select filled_marts, total_marts from etl.mart_fills where source = ?",
                        row -> new MartFill(row.getInt("filled_marts"), row.getInt("total_marts")),
                        source)
                .stream()
                .findFirst();
    }

    /** The runs among these that have a loaded object, oldest first. */
    public List<Run> runs(Collection<RunId> runIds) throws SQLException {
        return query(
                RUNS + "where run_id = any(?) order by run_id", LedgerReader::run, ids(runIds));
    }

    /** The newest runs, newest first. */
    public List<Run> newest(int atMost) throws SQLException {
        return query(RUNS + "order by run_id desc limit ?", LedgerReader::run, atMost);
    }

    /** The newest runs of a source, newest first. */
    public List<Run> newest(String source, int atMost) throws SQLException {
        return query(
                RUNS + "where source = ? order by run_id desc limit ?",
                LedgerReader::run,
                source,
                atMost);
    }

    /** The runs that are not closed, oldest first. */
    public List<Run> running() throws SQLException {
        return query(RUNS + "where status = 'running' order by run_id", LedgerReader::run);
    }

    /** The newest closed run of a source. */
    public Optional<Run> newestClosed(String source) throws SQLException {
        return query(
                        RUNS
                                + "where source = ? and status <> 'running' order by run_id desc limit 1",
                        LedgerReader::run,
                        source)
                .stream()
                .findFirst();
    }

    /** The newest runs whose notification was sent, newest first. */
    public List<Run> notified(int atMost) throws SQLException {
        return query(
                RUNS
                        + """
                        where run_id in (
                            select run_id
                            from etl.run_notifications
                            where sent_at is not null
                            order by run_id desc
                            limit ?
                        )
                        order by run_id desc
                        """,
                LedgerReader::run,
                atMost);
    }

    // ---------------------------------------------------------------- rows

    /** A run's ledger in the order of the streams. */
    public List<StreamLedger> streams(RunId runId) throws SQLException {
        // PostgreSQL pushes an equality, unlike a list, down into the view's aggregates.
        return streams("run_id = ?", runId.value());
    }

    /** The ledgers of several runs, in the order of the runs and streams. */
    public List<StreamLedger> streams(Collection<RunId> runIds) throws SQLException {
        return runIds.isEmpty() ? List.of() : streams("run_id = any(?)", ids(runIds));
    }

    private List<StreamLedger> streams(String condition, Object parameter) throws SQLException {
        return query(
                """
                select run_id, stream, counted, extracted, inserted, updated, unchanged, duplicate,
                    quarantined, missing_parts, balanced
                from etl.run_ledger
                where %s
                order by run_id, stream
                """
                        .formatted(condition),
                row ->
                        new StreamLedger(
                                new RunId(row.getString("run_id")),
                                row.getString("stream"),
                                row.getObject("counted", Long.class),
                                new RowCounts(
                                        row.getLong("extracted"),
                                        row.getLong("inserted"),
                                        row.getLong("updated"),
                                        row.getLong("unchanged"),
                                        row.getLong("duplicate"),
                                        row.getLong("quarantined")),
                                row.getLong("missing_parts"),
                                row.getBoolean("balanced")),
                parameter);
    }

    /** Rejected rows of all runs that no later run has loaded or replaced, by source. */
    public Map<String, Long> rowsStillOut() throws SQLException {
        Map<String, Long> rows = new TreeMap<>();
        query(
                        "select source, count(*) as rows from etl.quarantined_rows group by source",
                        row -> Map.entry(row.getString("source"), row.getLong("rows")))
                .forEach(entry -> rows.put(entry.getKey(), entry.getValue()));
        return rows;
    }

    // ---------------------------------------------------------------- problems

    /** The problems of a run's extraction, in the order of its manifest. */
    public List<Problem> problems(RunId runId) throws SQLException {
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

    /** The rules of these runs' problems, each once per run; without the runs that have none. */
    public Map<RunId, List<String>> problemRules(Collection<RunId> runIds) throws SQLException {
        Map<RunId, List<String>> rules = new TreeMap<>();
        query(
                        """
                        select distinct run_id, rule
                        from etl.run_problems
                        where run_id = any(?)
                        order by run_id, rule
                        """,
                        row -> Map.entry(new RunId(row.getString("run_id")), row.getString("rule")),
                        ids(runIds))
                .forEach(
                        rule ->
                                rules.computeIfAbsent(rule.getKey(), run -> new ArrayList<>())
                                        .add(rule.getValue()));
        return rules;
    }

    /** A run's findings; those that make it incomplete first, those that only inform last. */
    public List<Finding> findings(RunId runId) throws SQLException {
        return query(
                """
                select rule, stream, rows, example, message, fails_run, informs
                from etl.run_findings
                where run_id = ?
                order by fails_run desc, informs, rule, stream
                """,
                row ->
                        new Finding(
                                row.getString("rule"),
                                row.getString("stream"),
                                row.getLong("rows"),
                                row.getString("example"),
                                row.getString("message"),
                                severity(row)),
                runId.value());
    }

    private static Severity severity(ResultSet row) throws SQLException {
        if (row.getBoolean("fails_run")) {
            return Severity.FAILURE;
        }
        return row.getBoolean("informs") ? Severity.INFORMATION : Severity.DOUBT;
    }

    /** The rules that rejected rows of a run, by descending number of rows. */
    public List<RuleRows> rejections(RunId runId) throws SQLException {
        return rules(REJECTIONS, runId);
    }

    /**
     * The rules that rejected rows, newest run first, then by descending number of rows.
     *
     * @param source only runs of this source; null for all
     */
    public List<RuleRows> rejections(@Nullable String source, int atMost) throws SQLException {
        return rules(REJECTIONS, source, atMost);
    }

    /** The warnings of a run, by descending number of rows. */
    public List<RuleRows> warnings(RunId runId) throws SQLException {
        return rules(WARNINGS, runId);
    }

    /**
     * The warnings, newest run first, then by descending number of rows.
     *
     * @param source only runs of this source; null for all
     */
    public List<RuleRows> warnings(@Nullable String source, int atMost) throws SQLException {
        return rules(WARNINGS, source, atMost);
    }

    private List<RuleRows> rules(String select, RunId runId) throws SQLException {
        return query(
                select + "where run_id = ? order by rows desc, stream, rule, field",
                LedgerReader::ruleRows,
                runId.value());
    }

    private List<RuleRows> rules(String select, @Nullable String source, int atMost)
            throws SQLException {
        String newest = "order by run_id desc, rows desc, stream, rule, field limit ?";
        return source == null
                ? query(select + newest, LedgerReader::ruleRows, atMost)
                : query(
                        select + "where source = ? " + newest,
                        LedgerReader::ruleRows,
                        source,
                        atMost);
    }

    // ---------------------------------------------------------------- parts

    /** The parts of a run that are in the ledger. */
    public Set<PartId> loadedParts(RunId runId) throws SQLException {
        return new HashSet<>(parts(runId, ""));
    }

    /** The parts of a run with quarantined rows. */
    public List<PartId> quarantinedParts(RunId runId) throws SQLException {
        return parts(runId, "and quarantined > 0");
    }

    private List<PartId> parts(RunId runId, String condition) throws SQLException {
        return query(
                        """
                        select source, stream, part
                        from etl.part_ledger
                        where run_id = ? %s
                        order by stream, part
                        """
                                .formatted(condition),
                        row -> {
                            String source = row.getString("source");
                            int number = row.getInt("part");
                            return StreamName.ofCanonicalName(row.getString("stream"))
                                    .map(stream -> new PartId(source, runId, stream, number));
                        },
                        runId.value())
                .stream()
                .flatMap(Optional::stream)
                .toList();
    }

    /** The number of loaded rows of a run. */
    public long loadedRows(RunId runId) throws SQLException {
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

    private static RuleRows ruleRows(ResultSet row) throws SQLException {
        return new RuleRows(
                row.getString("source"),
                new RunId(row.getString("run_id")),
                row.getString("stream"),
                row.getString("rule"),
                row.getString("field"),
                row.getLong("rows"),
                row.getLong("still_out"),
                row.getString("example"),
                row.getString("position"));
    }

    private static Run run(ResultSet row) throws SQLException {
        Timestamp closedAt = row.getTimestamp("closed_at");
        return new Run(
                new RunId(row.getString("run_id")),
                row.getString("source"),
                RunStatus.ofCanonicalName(row.getString("status")),
                row.getObject("full_run", Boolean.class),
                row.getBoolean("window"),
                row.getTimestamp("started_at").toInstant(),
                closedAt == null ? null : closedAt.toInstant());
    }

    private static Object ids(Collection<RunId> runIds) {
        return runIds.stream().map(RunId::value).toArray(String[]::new);
    }

    private <T> List<T> query(String sql, RowReader<T> reader, Object... parameters)
            throws SQLException {
        try (PreparedStatement statement = Statements.prepare(connection, sql, parameters);
                ResultSet result = statement.executeQuery()) {
            List<T> rows = new ArrayList<>();
            while (result.next()) {
                rows.add(reader.read(result));
            }
            return rows;
        }
    }

    private interface RowReader<T> {
        T read(ResultSet row) throws SQLException;
    }
}
