package io.shopflow.ledger;

import io.shopflow.core.quality.QualityReport.RuleCount;
import io.shopflow.core.run.PartId;
import io.shopflow.core.run.Problem;
import io.shopflow.core.run.RunId;
import io.shopflow.core.run.RunManifest;
import io.shopflow.core.run.RunNote;
import io.shopflow.core.run.StreamExtract;
import io.shopflow.core.run.StreamExtract.RawPart;
import io.shopflow.ledger.Finding.Severity;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes runs, their manifests and ledgers in the transaction of a load. */
public final class LedgerWriter {

    private static final int MAX_EXAMPLE = 100;
    private static final int MAX_POSITION = 1000;

    private final Connection connection;

    /** Writes on this connection, which has an open transaction. */
    public LedgerWriter(Connection connection) {
        this.connection = connection;
    }

    /**
     * Inserts the run if it does not exist, and locks it until the end of the transaction: if a
     * run's last two objects are loaded at the same time, the second sees the first.
     */
    public void lockRun(RunId runId, String source) throws SQLException {
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

    /** The state of a part in its run. */
    public enum PartState {
        /** The run is not closed, and has no manifest yet or one that names the part. */
        EXPECTED,
        /** The run is closed; its ledger counts the part, perhaps in another version. */
        RUN_CLOSED,
        /** The run has a manifest, which does not name the part. */
        NOT_IN_MANIFEST
    }

    /** Whether this version of the part was the last one to arrive. */
    public boolean hasPart(PartObject part) throws SQLException {
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

    /** Whether the part must be loaded again although it was loaded before. */
    public boolean mustBeRestored(PartId part) throws SQLException {
        return exists(
                "select from etl.parts_to_restore where run_id = ? and stream = ? and part = ?",
                part.runId().value(),
                part.stream().canonicalName(),
                part.number());
    }

    /** Counts a part that was loaded again, although its run may be open. */
    public void writeRestoredPart(PartObject part, RowCounts rows, Instant arrivedAt)
            throws SQLException {
        writeLatePart(part, rows, true, true, arrivedAt);
    }

    /** The part need not be loaded again any more. */
    public void restored(PartId id) throws SQLException {
        write(
                "delete from etl.parts_to_restore where run_id = ? and stream = ? and part = ?",
                id.runId().value(),
                id.stream().canonicalName(),
                id.number());
    }

    /** Whether the run's ledger counts the part, in any version. */
    public boolean isInLedger(PartId part) throws SQLException {
        return exists(
                "select from etl.part_ledger where run_id = ? and stream = ? and part = ?",
                part.runId().value(),
                part.stream().canonicalName(),
                part.number());
    }

    /** The part's current state. */
    public PartState partState(PartId part) throws SQLException {
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
            return PartState.NOT_IN_MANIFEST;
        }
        return isClosed(part.runId()) ? PartState.RUN_CLOSED : PartState.EXPECTED;
    }

    /** Whether the run is closed: its ledger no longer changes. */
    public boolean isClosed(RunId runId) throws SQLException {
        return exists(
                "select from etl.runs where run_id = ? and status <> 'running'", runId.value());
    }

    /** Counts a late part, which is not in the run's ledger: see {@link PartState}. */
    public void writeLatePart(PartObject part, RowCounts rows, boolean applied, Instant arrivedAt)
            throws SQLException {
        writeLatePart(part, rows, applied, false, arrivedAt);
    }

    private void writeLatePart(
            PartObject part, RowCounts rows, boolean applied, boolean restores, Instant arrivedAt)
            throws SQLException {
        PartId id = part.id();
        write(
                """
                insert into etl.late_parts (
                    run_id, stream, part, arrival, object_version, applied, restores, extracted, inserted, updated,
                    unchanged, duplicate, quarantined, arrived_at
                )
                select
                    ?, ?, ?,
                    (select count(*) + 1 from etl.late_parts where run_id = ? and stream = ? and part = ?),
                    ?, ?, ?, ?, ?, ?, ?, ?, ?, ?
                """,
                id.runId().value(),
                id.stream().canonicalName(),
                id.number(),
                id.runId().value(),
                id.stream().canonicalName(),
                id.number(),
                part.version(),
                applied,
                restores,
                rows.extracted(),
                rows.inserted(),
                rows.updated(),
                rows.unchanged(),
                rows.duplicate(),
                rows.quarantined(),
                at(arrivedAt));
    }

    /**
     * Writes the part's row; replaces that of an earlier version. Throws {@link
     * IllegalArgumentException} if the counts do not balance.
     *
     * @param older of the unchanged rows, those that differ from what an earlier run read, and are
     *     older
     * @param millis duration of the load
     */
    public void writePart(
            PartObject part,
            RowCounts rows,
            long older,
            String pseudonymKeyId,
            Instant loadedAt,
            long millis)
            throws SQLException {
        PartId id = part.id();
        if (!rows.balances()) {
            throw new IllegalArgumentException(
                    "the part %s does not balance: %s".formatted(id.cleanKey(), rows));
        }
        write(
                """
                insert into etl.part_ledger (
                    run_id, stream, part, source, bucket, object_key, object_version, extracted, inserted, updated,
                    unchanged, older, duplicate, quarantined, pseudonym_key_id, is_snapshot, loaded_at, load_millis
                )
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                on conflict (run_id, stream, part) do update set
                    bucket = excluded.bucket,
                    object_key = excluded.object_key,
                    object_version = excluded.object_version,
                    extracted = excluded.extracted,
                    inserted = excluded.inserted,
                    updated = excluded.updated,
                    unchanged = excluded.unchanged,
                    older = excluded.older,
                    duplicate = excluded.duplicate,
                    quarantined = excluded.quarantined,
                    pseudonym_key_id = excluded.pseudonym_key_id,
                    is_snapshot = excluded.is_snapshot,
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
                rows.extracted(),
                rows.inserted(),
                rows.updated(),
                rows.unchanged(),
                older,
                rows.duplicate(),
                rows.quarantined(),
                pseudonymKeyId,
                part.snapshot(),
                at(loadedAt),
                millis);
    }

    /** Replaces the counts of the part's rejected rows and warnings. */
    public void writeRules(PartId part, List<RuleCount> rejected, List<RuleCount> warnings)
            throws SQLException {
        replaceRules("etl.part_rejections", part, rejected);
        replaceRules("etl.part_warnings", part, warnings);
    }

    private void replaceRules(String table, PartId part, List<RuleCount> rules)
            throws SQLException {
        String runId = part.runId().value();
        String stream = part.stream().canonicalName();
        write(
                "delete from %s where run_id = ? and stream = ? and part = ?".formatted(table),
                runId,
                stream,
                part.number());
        for (RuleCount rule : rules) {
            write(
                    """
                    insert into %s (run_id, stream, part, rule, field, rows, example, position)
                    values (?, ?, ?, ?, ?, ?, ?, ?)
                    """
                            .formatted(table),
                    runId,
                    stream,
                    part.number(),
                    rule.rule(),
                    rule.field(),
                    rule.rows(),
                    bounded(rule.example(), MAX_EXAMPLE),
                    bounded(rule.position(), MAX_POSITION));
        }
    }

    /** A text without zero bytes, which PostgreSQL's text cannot contain. */
    private static @Nullable String bounded(@Nullable String text, int characters) {
        if (text == null) {
            return null;
        }
        String shown = text.replace('\0', ' ');
        return shown.length() <= characters ? shown : shown.substring(0, characters);
    }

    /** Whether this version of the manifest is stored. */
    public boolean hasManifest(ManifestObject manifest) throws SQLException {
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

    /** Stores the manifest; replaces an earlier version. */
    public void writeManifest(ManifestObject object) throws SQLException {
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
                        run_id, stream, counted, extracted, parts, watermark_before, watermark_after, one_row_per_id
                    )
                    values (?, ?, ?, ?, ?, ?, ?, ?)
                    """,
                    runId,
                    stream.stream(),
                    stream.counted(),
                    stream.extracted(),
                    stream.parts().size(),
                    at(stream.watermarkBefore()),
                    at(stream.watermarkAfter()),
                    stream.oneRowPerId());
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
            String stream = note.stream() == null ? "" : note.stream();
            writeFinding(
                    manifest.runId(),
                    new Finding(
                            note.rule(),
                            stream,
                            note.rows(),
                            null,
                            note.message(),
                            note.informs() ? Severity.INFORMATION : Severity.DOUBT));
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

    /** Writes a finding of a run, unless it exists. */
    public void writeFinding(RunId runId, Finding finding) throws SQLException {
        write(
                """
                insert into etl.run_findings (run_id, rule, stream, rows, example, message, fails_run, informs)
                values (?, ?, ?, ?, ?, ?, ?, ?)
                on conflict do nothing
                """,
                runId.value(),
                finding.rule(),
                finding.stream(),
                finding.rows(),
                finding.example(),
                finding.message(),
                finding.failsRun(),
                finding.informs());
    }

    /** Whether the run is not closed, and its manifest and all its parts are loaded. */
    public boolean isReadyToClose(RunId runId) throws SQLException {
        return exists(
                """
                select
                from etl.runs
                where run_id = ?
                    and status = 'running'
                    and manifest_version is not null
                    and not exists (
                        select
                        from etl.run_parts as expected
                        left join etl.part_ledger as loaded using (run_id, stream, part)
                        where expected.run_id = runs.run_id and loaded.run_id is null
                    )
                """,
                runId.value());
    }

    /**
     * Closes the locked run, which is {@linkplain #isReadyToClose ready}: complete if every stream
     * balances, it has no problem and no finding fails it. Returns the closed run.
     */
    public Run close(RunId runId, Instant now) throws SQLException {
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
        write(
                "update etl.runs set status = ?, closed_at = ? where run_id = ? and status = 'running'",
                status.canonicalName(),
                at(now),
                runId.value());
        return new LedgerReader(connection).run(runId).orElseThrow();
    }

    /** Writes an event to the audit. */
    public void audit(
            String kind, String outcome, RunId runId, String bucket, String key, String version)
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

    private void write(String sql, @Nullable Object... values) throws SQLException {
        Statements.execute(connection, sql, values);
    }

    private boolean exists(String sql, @Nullable Object... values) throws SQLException {
        try (PreparedStatement statement = prepare(sql, values);
                ResultSet result = statement.executeQuery()) {
            return result.next();
        }
    }

    private PreparedStatement prepare(String sql, @Nullable Object... values) throws SQLException {
        return Statements.prepare(connection, sql, values);
    }

    private static @Nullable OffsetDateTime at(@Nullable Instant instant) {
        return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
    }
}
