package io.shopflow.laptop.checks;

import io.shopflow.core.run.PartId;
import io.shopflow.core.run.RunId;
import io.shopflow.core.stream.StreamName;
import io.shopflow.laptop.servers.LocalPostgres;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The warehouse with the rights of a role, on one connection without a time limit. */
final class CheckedDatabase implements AutoCloseable {

    /** Reads everything, and writes nothing. */
    static final String READER = "shopflow_dashboard";

    /** May do what load may do. */
    static final String LOADER = "shopflow_loader";

    private final Connection connection;

    private CheckedDatabase(Connection connection) {
        this.connection = connection;
    }

    static CheckedDatabase connect(int port, String role) throws SQLException {
        Connection connection =
                DriverManager.getConnection(
                        LocalPostgres.jdbcUrl(port), LocalPostgres.USER, LocalPostgres.PASSWORD);
        CheckedDatabase database = new CheckedDatabase(connection);
        database.execute("set role " + role);
        connection.setAutoCommit(false);
        return database;
    }

    Connection connection() {
        return connection;
    }

    /** The findings of the SQL checks; null means all sources. */
    List<CheckFinding> findings(@Nullable String source) throws SQLException {
        try {
            execute("set transaction isolation level repeatable read");
            try (PreparedStatement statement =
                    prepare(
                            "select * from etl.check_warehouse(case when ?::text is not null then array[?] end)",
                            source,
                            source)) {
                return findings(statement);
            }
        } finally {
            connection.rollback();
        }
    }

    /** A finding that was made outside of the database. */
    CheckFinding finding(
            String rule, String source, String relation, long rows, @Nullable String example)
            throws SQLException {
        try (PreparedStatement statement =
                prepare(
                        "select ?, ?, ?, ?::bigint, ?, meaning, repair from etl.explained(?)",
                        rule,
                        source,
                        relation,
                        Long.toString(rows),
                        example,
                        rule)) {
            return findings(statement).getFirst();
        }
    }

    private static List<CheckFinding> findings(PreparedStatement statement) throws SQLException {
        List<CheckFinding> findings = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                findings.add(
                        new CheckFinding(
                                rows.getString(1),
                                rows.getString(2),
                                rows.getString(3),
                                rows.getLong(4),
                                rows.getString(5),
                                rows.getString(6),
                                rows.getString(7)));
            }
        }
        return findings;
    }

    /** The sources with a run. */
    List<String> sources() throws SQLException {
        return strings("select distinct source from etl.runs order by source");
    }

    /** The closed runs of a source. */
    List<RunId> closedRuns(String source) throws SQLException {
        return strings(
                        "select run_id from etl.runs where source = ? and status <> 'running' order by run_id",
                        source)
                .stream()
                .map(RunId::new)
                .toList();
    }

    /** The parts of a source that are loaded, or that a closed run's ledger should have. */
    List<LoadedPartVersion> loadedParts(String source) throws SQLException {
        List<LoadedPartVersion> parts = new ArrayList<>();
        try (PreparedStatement statement =
                        prepare(
                                """
                                select run_id, stream, part, coalesce(late.object_version, ledger.object_version, '')
                                from (
                                    select run_id, stream, part, object_version from etl.part_ledger
                                ) as ledger
                                full join (
                                    select parts.run_id, parts.stream, parts.part
                                    from etl.run_parts as parts
                                    inner join etl.runs as closed using (run_id)
                                    where closed.status <> 'running'
                                ) as named using (run_id, stream, part)
                                inner join etl.runs as runs using (run_id)
                                left join lateral (
                                    select object_version
                                    from etl.late_parts as arrived
                                    where arrived.run_id = runs.run_id
                                        and arrived.stream = coalesce(ledger.stream, named.stream)
                                        and arrived.part = coalesce(ledger.part, named.part)
                                        and arrived.applied
                                    order by arrival desc
                                    limit 1
                                ) as late on true
                                where runs.source = ?
                                order by run_id, stream, part
                                """,
                                source);
                ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                parts.add(
                        new LoadedPartVersion(
                                new PartId(
                                        source,
                                        new RunId(rows.getString(1)),
                                        StreamName.ofCanonicalName(rows.getString(2)).orElseThrow(),
                                        rows.getInt(3)),
                                rows.getString(4)));
            }
        }
        return parts;
    }

    /** The parts of a source that wait to be loaded again. */
    List<PartId> waitingParts(String source) throws SQLException {
        List<PartId> parts = new ArrayList<>();
        try (PreparedStatement statement =
                        prepare(
                                "select run_id, stream, part from etl.parts_to_restore inner join etl.runs using (run_id) where source = ? order by 1, 2, 3",
                                source);
                ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                parts.add(
                        new PartId(
                                source,
                                new RunId(rows.getString(1)),
                                StreamName.ofCanonicalName(rows.getString(2)).orElseThrow(),
                                rows.getInt(3)));
            }
        }
        return parts;
    }

    /** Lets load take the next event of these parts, although they were loaded before. */
    void restore(List<PartId> parts) throws SQLException {
        for (PartId part : parts) {
            try (PreparedStatement statement =
                    prepare(
                            "insert into etl.parts_to_restore (run_id, stream, part) values (?, ?, ?::integer) on conflict do nothing",
                            part.runId().value(),
                            part.stream().canonicalName(),
                            Integer.toString(part.number()))) {
                statement.execute();
            }
        }
    }

    /** The parts of closed runs that their ledgers lack. */
    List<PartId> missingInLedger(String source) throws SQLException {
        return loadedParts(source).stream()
                .map(LoadedPartVersion::id)
                .filter(part -> !inLedger(part))
                .toList();
    }

    private boolean inLedger(PartId part) {
        try {
            return !strings(
                            "select 'in' from etl.part_ledger where run_id = ? and stream = ? and part = ?::integer",
                            part.runId().value(),
                            part.stream().canonicalName(),
                            Integer.toString(part.number()))
                    .isEmpty();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The table of a stream, and its key. */
    Optional<StreamTable> table(StreamName stream) throws SQLException {
        try (PreparedStatement statement =
                        prepare(
                                "select relation, key, is_dimension, is_historical from etl.tables_of_streams() where stream = ?",
                                stream.canonicalName());
                ResultSet rows = statement.executeQuery()) {
            return rows.next()
                    ? Optional.of(
                            new StreamTable(
                                    rows.getString(1),
                                    rows.getString(2),
                                    rows.getBoolean(3),
                                    rows.getBoolean(4)))
                    : Optional.empty();
        }
    }

    /** A table of the star schema. */
    record StreamTable(String relation, String key, boolean dimension, boolean historical) {}

    void call(String sql, @Nullable String... values) throws SQLException {
        try (PreparedStatement statement = prepare(sql, values)) {
            statement.execute();
        }
        connection.commit();
    }

    void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    List<String> strings(String sql, @Nullable String... values) throws SQLException {
        List<String> found = new ArrayList<>();
        try (PreparedStatement statement = prepare(sql, values);
                ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                found.add(rows.getString(1));
            }
        }
        return found;
    }

    PreparedStatement prepare(String sql, @Nullable String... values) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        for (int index = 0; index < values.length; index++) {
            statement.setString(index + 1, values[index]);
        }
        return statement;
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
