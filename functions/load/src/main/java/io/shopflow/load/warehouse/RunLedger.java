package io.shopflow.load.warehouse;

import io.shopflow.core.run.PartId;
import io.shopflow.core.run.Problem;
import io.shopflow.core.run.RunId;
import io.shopflow.core.run.RunManifest;
import io.shopflow.core.run.RunNote;
import io.shopflow.core.run.StreamExtract;
import io.shopflow.core.run.StreamExtract.RawPart;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Runs, their manifests and ledgers, on the connection of a load's transaction. */
final class RunLedger {

    private final Connection connection;
    private final RunFindings findings;

    RunLedger(Connection connection, RejectedShare allowed) {
        this.connection = connection;
        this.findings = new RunFindings(connection, allowed);
    }

    /**
     * Makes the run known if it is not, and locks it until the end of the transaction: of two
     * objects that come last at once, the second sees the first.
     */
    void lockRun(RunId runId, String source) throws SQLException {
        write(
                """
                insert into etl.runs (run_id, source, started_at)
                values (?, ?, ?)
                on conflict (run_id) do nothing
                """,
                runId.value(),
                source,
                at(runId.requestedAt()));
        try (PreparedStatement statement =
                prepare("select from etl.runs where run_id = ? for update", runId.value())) {
            statement.executeQuery().close();
        }
    }

    /** What a run says of one of its parts. */
    enum Standing {
        /** The run is not closed, and names the part or has no manifest yet. */
        AWAITED,
        /** The run is closed; its ledger counts the part, in another version perhaps. */
        CLOSED,
        /** The run's manifest is in and does not name the part. */
        NOT_NAMED
    }

    /** Whether this version of the part's object is what was loaded last, or left out. */
    boolean hasPart(CleanPart part) throws SQLException {
        String runId = part.id().runId().value();
        String stream = part.id().stream().canonicalName();
        int number = part.id().number();
        return exists(
                """
                select
                where ? = coalesce(
                    (
                        select object_version
                        from etl.late_parts
                        where run_id = ? and stream = ? and part = ?
                        order by arrival desc
                        limit 1
                    ),
                    (
                        select object_version
                        from etl.part_ledger
                        where run_id = ? and stream = ? and part = ? and bucket = ? and object_key = ?
                    )
                )
                """,
                part.version(),
                runId,
                stream,
                number,
                runId,
                stream,
                number,
                part.bucket(),
                part.id().cleanKey());
    }

    /** What the part's run says of it now. */
    Standing standing(PartId part) throws SQLException {
        String runId = part.runId().value();
        if (exists(
                """
                select
                from etl.runs
                where run_id = ? and manifest_version is not null
                    and not exists (
                        select from etl.run_parts where run_id = ? and stream = ? and part = ?
                    )
                """,
                runId,
                runId,
                part.stream().canonicalName(),
                part.number())) {
            return Standing.NOT_NAMED;
        }
        return isClosed(part.runId()) ? Standing.CLOSED : Standing.AWAITED;
    }

    /** Whether the run was closed: from then on its ledger stays as it is. */
    boolean isClosed(RunId runId) throws SQLException {
        return exists(
                "select from etl.runs where run_id = ? and status <> 'running'", runId.value());
    }

    /** Counts a part that the run's ledger does not: see {@link Standing}. */
    void writeLatePart(
            CleanPart part, MergeCounts merged, long unchanged, boolean applied, Instant arrivedAt)
            throws SQLException {
        PartId id = part.id();
        write(
                """
                insert into etl.late_parts (
                    run_id, stream, part, arrival, object_version, applied, extracted, inserted, updated, unchanged,
                    duplicate, quarantined, arrived_at
                )
                select
                    ?, ?, ?,
                    (select count(*) + 1 from etl.late_parts where run_id = ? and stream = ? and part = ?),
                    ?, ?, ?, ?, ?, ?, ?, ?, ?
                """,
                id.runId().value(),
                id.stream().canonicalName(),
                id.number(),
                id.runId().value(),
                id.stream().canonicalName(),
                id.number(),
                part.version(),
                applied,
                part.counts().extracted(),
                merged.inserted(),
                merged.updated(),
                unchanged,
                part.counts().duplicate(),
                part.counts().quarantined(),
                at(arrivedAt));
    }

    /** Writes the part's row; of a part that was made again, over the former one. */
    void writePart(
            CleanPart part, MergeCounts merged, long unchanged, Instant loadedAt, long millis)
            throws SQLException {
        PartId id = part.id();
        write(
                """
                insert into etl.part_ledger (
                    run_id, stream, part, source, bucket, object_key, object_version, extracted, inserted, updated,
                    unchanged, duplicate, quarantined, pseudonym_key_id, loaded_at, load_millis
                )
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                on conflict (run_id, stream, part) do update set
                    bucket = excluded.bucket,
                    object_key = excluded.object_key,
                    object_version = excluded.object_version,
                    extracted = excluded.extracted,
                    inserted = excluded.inserted,
                    updated = excluded.updated,
                    unchanged = excluded.unchanged,
                    duplicate = excluded.duplicate,
                    quarantined = excluded.quarantined,
                    pseudonym_key_id = excluded.pseudonym_key_id,
                    loaded_at = excluded.loaded_at,
                    load_millis = excluded.load_millis
                """,
                id.runId().value(),
                id.stream().canonicalName(),
                id.number(),
                id.source(),
                part.bucket(),
                id.cleanKey(),
                part.version(),
                part.counts().extracted(),
                merged.inserted(),
                merged.updated(),
                unchanged,
                part.counts().duplicate(),
                part.counts().quarantined(),
                part.pseudonymKeyId(),
                at(loadedAt),
                millis);
    }

    /** Whether this version of the manifest is stored. */
    boolean hasManifest(ManifestObject manifest) throws SQLException {
        return exists(
                """
                select
                from etl.runs
                where run_id = ? and manifest_bucket = ? and manifest_version = ?
                """,
                manifest.manifest().runId().value(),
                manifest.bucket(),
                manifest.version());
    }

    /** Stores what the manifest says, over what another version of it said. */
    void writeManifest(ManifestObject object) throws SQLException {
        RunManifest manifest = object.manifest();
        String runId = manifest.runId().value();
        write("delete from etl.run_parts where run_id = ?", runId);
        write("delete from etl.run_streams where run_id = ?", runId);
        write("delete from etl.run_problems where run_id = ?", runId);
        write(
                """
                update etl.runs
                set full_run = ?, started_at = ?, extracted_at = ?, manifest_bucket = ?, manifest_version = ?,
                    read_until = ?
                where run_id = ?
                """,
                manifest.full(),
                at(manifest.startedAt()),
                at(manifest.finishedAt()),
                object.bucket(),
                object.version(),
                manifest.until(),
                runId);
        for (StreamExtract stream : manifest.streams()) {
            write(
                    """
                    insert into etl.run_streams (
                        run_id, stream, counted, extracted, parts, watermark_before, watermark_after
                    )
                    values (?, ?, ?, ?, ?, ?, ?)
                    """,
                    runId,
                    stream.stream(),
                    stream.counted(),
                    stream.extracted(),
                    stream.parts().size(),
                    at(stream.watermarkBefore()),
                    at(stream.watermarkAfter()));
            for (RawPart part : stream.parts()) {
                write(
                        "insert into etl.run_parts (run_id, stream, part, raw_key, rows) values (?, ?, ?, ?, ?)",
                        runId,
                        stream.stream(),
                        part.number(),
                        part.key(),
                        part.rows());
            }
        }
        for (RunNote note : manifest.notes()) {
            write(
                    """
                    insert into etl.run_findings (run_id, rule, stream, rows, message, fails_run)
                    values (?, ?, ?, ?, ?, false)
                    on conflict do nothing
                    """,
                    runId,
                    note.rule(),
                    note.stream() == null ? "" : note.stream(),
                    note.rows(),
                    note.message());
        }
        int ordinal = 0;
        for (Problem problem : manifest.problems()) {
            ordinal++;
            write(
                    """
                    insert into etl.run_problems (run_id, ordinal, stream, file, line, field, rule, message)
                    values (?, ?, ?, ?, ?, ?, ?, ?)
                    """,
                    runId,
                    ordinal,
                    problem.stream(),
                    problem.file(),
                    problem.line(),
                    problem.field(),
                    problem.rule(),
                    problem.message());
        }
    }

    /**
     * Closes the locked run if its manifest and all its parts are in, and says how it ended; empty
     * if it is not done, or was closed before.
     */
    Optional<ClosedRun> closeIfDone(RunId runId, Instant now) throws SQLException {
        if (exists(
                """
                select
                from etl.runs
                where run_id = ?
                    and (
                        manifest_version is null
                        or exists (
                            select
                            from etl.run_parts as expected
                            left join etl.part_ledger as loaded using (run_id, stream, part)
                            where expected.run_id = runs.run_id and loaded.run_id is null
                        )
                    )
                """,
                runId.value())) {
            return Optional.empty();
        }
        if (exists("select from etl.runs where run_id = ? and status = 'running'", runId.value())) {
            TableStatistics.refreshIfSourceHasGrown(connection, runId);
            findings.write(runId);
        }
        boolean complete =
                exists(
                        """
                        select
                        where not exists (select from etl.run_problems where run_id = ?)
                            and not exists (select from etl.run_ledger where run_id = ? and not balanced)
                            and not exists (select from etl.run_findings where run_id = ? and fails_run)
                        """,
                        runId.value(),
                        runId.value(),
                        runId.value());
        RunStatus status = complete ? RunStatus.COMPLETE : RunStatus.INCOMPLETE;
        long closed =
                write(
                        "update etl.runs set status = ?, closed_at = ? where run_id = ? and status = 'running'",
                        status.canonicalName(),
                        at(now),
                        runId.value());
        return closed == 0 ? Optional.empty() : Optional.of(new ClosedRun(status, isWindow(runId)));
    }

    private boolean isWindow(RunId runId) throws SQLException {
        return exists(
                "select from etl.runs where run_id = ? and read_until is not null", runId.value());
    }

    /** Notes an event. */
    void audit(String kind, String outcome, RunId runId, String bucket, String key, String version)
            throws SQLException {
        write(
                """
                insert into etl.ingest_audit (kind, outcome, run_id, bucket, object_key, object_version)
                values (?, ?, ?, ?, ?, ?)
                """,
                kind,
                outcome,
                runId.value(),
                bucket,
                key,
                version);
    }

    private long write(String sql, @Nullable Object... values) throws SQLException {
        try (PreparedStatement statement = prepare(sql, values)) {
            return statement.executeLargeUpdate();
        }
    }

    private boolean exists(String sql, @Nullable Object... values) throws SQLException {
        try (PreparedStatement statement = prepare(sql, values);
                ResultSet result = statement.executeQuery()) {
            return result.next();
        }
    }

    private PreparedStatement prepare(String sql, @Nullable Object... values) throws SQLException {
        return prepare(connection, sql, values);
    }

    static PreparedStatement prepare(Connection connection, String sql, @Nullable Object... values)
            throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        for (int index = 0; index < values.length; index++) {
            statement.setObject(index + 1, values[index]);
        }
        return statement;
    }

    private static @Nullable OffsetDateTime at(@Nullable Instant instant) {
        return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
    }
}
