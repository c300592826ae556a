package io.shopflow.load.warehouse;

import io.shopflow.core.lake.PartMetadata.CleanCounts;
import io.shopflow.core.run.PartId;
import io.shopflow.core.run.RunId;
import io.shopflow.core.run.RunKeys;
import io.shopflow.core.stream.StreamName;
import io.shopflow.core.stream.StreamSchema;
import io.shopflow.lambda.trace.Tracer;
import io.shopflow.ledger.LedgerWriter;
import io.shopflow.ledger.LedgerWriter.PartState;
import io.shopflow.ledger.ManifestObject;
import io.shopflow.ledger.PartObject;
import io.shopflow.ledger.RowCounts;
import io.shopflow.ledger.Run;
import io.shopflow.ledger.Statements;
import io.shopflow.load.notification.DueNotifications;
import io.shopflow.load.notification.NotifiedRuns;
import io.shopflow.load.warehouse.ApplyResult.AlreadyApplied;
import io.shopflow.load.warehouse.ApplyResult.ManifestApplied;
import io.shopflow.load.warehouse.ApplyResult.NotApplied;
import io.shopflow.load.warehouse.ApplyResult.PartApplied;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.postgresql.PGConnection;

/**
 * The warehouse in PostgreSQL.
 *
 * <p>A part's transaction copies the rows into a temporary table of its connection, merges them,
 * inserts the inferred members that they refer to, checks the counts, and writes ledger and audit.
 * When no object of a run is missing, the run is closed: another transaction brings the marts of
 * its source up to date, and notes whether its notification is due.
 *
 * <p>Parts are loaded in parallel. They share the run's row, which is locked at the end, and the
 * dimensions, which the parts of a dimension lock before they write. A part is loaded by one
 * transaction at a time. Two parts of a stream rarely contain the same row; if they do, PostgreSQL
 * or the merge detects it, and one of them is retried while no other part of its stream is loaded:
 * first attempts hold the stream's advisory lock in shared mode, retries in exclusive mode.
 *
 * <p>The ledger of a closed run never changes. A part that arrives after the close is merged and
 * counted as a late part; a part that the manifest does not name is counted as late, but not
 * merged.
 */
public final class PostgresWarehouse implements Warehouse {

    private static final int ATTEMPTS = 4;

    private static final String DEADLOCK = "40P01";

    private static final String UNIQUE_VIOLATION = "23505";

    private static final Set<String> RETRYABLE =
            Set.of(DEADLOCK, UNIQUE_VIOLATION, MergeStatement.CHANGED_MEANWHILE);

    private static final int COPY_BUFFER_BYTES = 64 * 1024;

    private final DataSource database;
    private final Clock clock;
    private final Tracer tracer;
    private final RejectedShare allowedShare;
    private final NotifiedRuns notified;
    private final Map<StreamName, StreamLoader> loaders = new EnumMap<>(StreamName.class);

    /**
     * Uses a connection for each call.
     *
     * @param allowedShare the share of rejected rows with which a run is still complete
     * @param notified which closed runs are to be notified
     */
    public PostgresWarehouse(
            DataSource database,
            Clock clock,
            Tracer tracer,
            RejectedShare allowedShare,
            NotifiedRuns notified) {
        this(database, clock, tracer, allowedShare, notified, StreamSchema::of);
    }

    /** The same for streams with other schemas, whose columns the tables of the star must have. */
    public PostgresWarehouse(
            DataSource database,
            Clock clock,
            Tracer tracer,
            RejectedShare allowedShare,
            NotifiedRuns notified,
            Function<StreamName, StreamSchema> schemas) {
        this.database = database;
        this.clock = clock;
        this.tracer = tracer;
        this.allowedShare = allowedShare;
        this.notified = notified;
        for (StreamName stream : StreamName.values()) {
            loaders.put(stream, StreamLoader.of(MergeTarget.of(schemas.apply(stream))));
        }
    }

    @Override
    public ApplyResult apply(PartId part, Supplier<CleanPart> open) {
        return inTransaction(
                part.cleanKey(),
                (connection, exclusive) -> {
                    lockPart(connection, part, exclusive);
                    try (CleanPart clean = open.get()) {
                        return apply(connection, clean);
                    } catch (IOException e) {
                        throw new UncheckedIOException(part.cleanKey(), e);
                    }
                });
    }

    @Override
    public ApplyResult apply(ManifestObject object) {
        RunId runId = object.manifest().runId();
        return inTransaction(
                object.key(),
                (connection, exclusive) -> {
                    LedgerWriter ledger = new LedgerWriter(connection);
                    ledger.lockRun(runId, object.manifest().source());
                    if (ledger.hasManifest(object)) {
                        audit(ledger, object, "already_applied");
                        return new AlreadyApplied();
                    }
                    if (ledger.isClosed(runId)) {
                        audit(ledger, object, "after_closing");
                        return new NotApplied();
                    }
                    audit(ledger, object, "applied");
                    ledger.writeManifest(object);
                    return new ManifestApplied();
                });
    }

    @Override
    public Optional<Run> closeIfReady(RunId runId, String source) {
        String key = RunKeys.manifest(source, runId);
        boolean isReady =
                inTransaction(
                        key,
                        (connection, exclusive) -> {
                            if (!new LedgerWriter(connection).isReadyToClose(runId)) {
                                return false;
                            }
                            TableStatistics.refreshIfSourceHasGrown(connection, runId);
                            return true;
                        });
        if (!isReady) {
            return Optional.empty();
        }
        boolean isFilled;
        do {
            isFilled = !fillNextMart(key, source);
        } while (!isFilled);
        return inTransaction(
                key,
                (connection, exclusive) -> {
                    LedgerWriter ledger = new LedgerWriter(connection);
                    // Of two loads that close the run at once, the second waits here, and then
                    // finds
                    // it closed.
                    ledger.lockRun(runId, source);
                    if (!ledger.isReadyToClose(runId)) {
                        return Optional.empty();
                    }
                    tracer.step("marts", () -> Marts.refresh(connection, source));
                    new RunFindings(connection, allowedShare).write(runId);
                    Run closed = ledger.close(runId, clock.instant());
                    DueNotifications.addIfWanted(connection, closed, notified);
                    return Optional.of(closed);
                });
    }

    /**
     * Fills the next mart of a new source, if one is left. All orders of such a source are
     * computed; with one transaction per mart, a load that is stopped loses the work for one mart
     * at most.
     */
    private boolean fillNextMart(String key, String source) {
        return tracer.step(
                "fill mart",
                () ->
                        inTransaction(
                                key,
                                (connection, exclusive) -> Marts.fillNext(connection, source)));
    }

    private static void audit(LedgerWriter ledger, ManifestObject object, String outcome)
            throws SQLException {
        ledger.audit(
                "manifest",
                outcome,
                object.manifest().runId(),
                object.bucket(),
                object.key(),
                object.version());
    }

    private ApplyResult apply(Connection connection, CleanPart clean) throws SQLException {
        Instant startedAt = clock.instant();
        PartId id = clean.id();
        LedgerWriter ledger = new LedgerWriter(connection);
        PartObject part = new PartObject(id, clean.bucket(), clean.version(), clean.snapshot());
        boolean restores = ledger.mustBeRestored(id);
        if (ledger.hasPart(part) && !restores) {
            audit(ledger, clean, "already_applied");
            return new AlreadyApplied();
        }
        PartState state = ledger.partState(id);
        if (state == PartState.NOT_IN_MANIFEST) {
            ledger.lockRun(id.runId(), id.source());
            RowCounts notMerged = rows(clean.counts(), new MergeCounts(0, 0, 0), 0);
            ledger.writeLatePart(part, notMerged, false, clock.instant());
            audit(ledger, clean, "not_in_manifest");
            return new NotApplied();
        }
        StreamLoader loader = Objects.requireNonNull(loaders.get(id.stream()));
        MergeTarget table = loader.table();
        // The staging table of a connection is empty before and after each transaction.
        Statements.execute(connection, table.createStaging());
        long copied = tracer.step("copy", () -> copy(connection, table, clean));
        if (copied != clean.counts().clean()) {
            throw new IllegalStateException(
                    "the clean part %s has %d rows, but transform counted %d: transform its raw part again"
                            .formatted(id.cleanKey(), copied, clean.counts().clean()));
        }
        MergeCounts merged =
                tracer.step(
                        "merge",
                        () -> {
                            MergeCounts counts = merge(connection, loader, clean, copied);
                            loader.inferredMembers().add(connection, id);
                            return counts;
                        });
        TableStatistics.refreshIfDoubled(connection, table, merged.inserted());
        RowCounts rows =
                rows(clean.counts(), merged, copied - merged.inserted() - merged.updated());
        Quarantine quarantine = loader.quarantine();
        quarantine.release(connection, id);
        RejectedPart rejected = staged(connection, clean, quarantine);

        ledger.lockRun(id.runId(), id.source());
        if (ledger.partState(id) != state) {
            throw new SQLException(
                    "the manifest of run %s was loaded, or the run was closed, meanwhile"
                            .formatted(id.runId()),
                    MergeStatement.CHANGED_MEANWHILE);
        }
        quarantine.replaceRows(connection, id, clean.counts().quarantined());
        Instant loadedAt = clock.instant();
        long millis = Duration.between(startedAt, loadedAt).toMillis();
        if (restores) {
            ledger.restored(id);
        }
        if (restores && ledger.isInLedger(id)) {
            ledger.writeRestoredPart(part, rows, loadedAt);
            audit(ledger, clean, "after_closing");
            Marts.refresh(connection, id.source());
            return new PartApplied(rows, millis);
        }
        // The ledger of a closed run never changes, so the part counts as late. If the ledger lacks
        // the part, its row was lost: it is written again below.
        if (state == PartState.RUN_CLOSED && ledger.isInLedger(id)) {
            ledger.writeLatePart(part, rows, true, loadedAt);
            audit(ledger, clean, "after_closing");
            Marts.refresh(connection, id.source());
            return new PartApplied(rows, millis);
        }
        ledger.writePart(part, rows, merged.older(), clean.pseudonymKeyId(), loadedAt, millis);
        ledger.writeRules(id, rejected.rules(), clean.warnings());
        audit(ledger, clean, "applied");
        if (state == PartState.RUN_CLOSED) {
            Marts.refresh(connection, id.source());
        }
        return new PartApplied(rows, millis);
    }

    private static RowCounts rows(CleanCounts counts, MergeCounts merged, long unchanged) {
        return new RowCounts(
                counts.extracted(),
                merged.inserted(),
                merged.updated(),
                unchanged,
                counts.duplicate(),
                counts.quarantined());
    }

    private static RejectedPart staged(
            Connection connection, CleanPart clean, Quarantine quarantine) throws SQLException {
        if (clean.counts().quarantined() == 0) {
            return RejectedPart.NONE;
        }
        try (RejectedPart rejected = clean.rejected().get()) {
            quarantine.stage(connection, clean.id(), rejected);
            return rejected;
        } catch (IOException e) {
            throw new UncheckedIOException(clean.id().quarantineKey(), e);
        }
    }

    private static void audit(LedgerWriter ledger, CleanPart clean, String outcome)
            throws SQLException {
        ledger.audit(
                "part",
                outcome,
                clean.id().runId(),
                clean.bucket(),
                clean.id().cleanKey(),
                clean.version());
    }

    private static MergeCounts merge(
            Connection connection, StreamLoader loader, CleanPart part, long staged)
            throws SQLException {
        if (loader.table().inferable()) {
            // Keeps other transactions from inserting inferred members: a new key stays new.
            Statements.execute(
                    connection,
                    "lock table %s in share row exclusive mode".formatted(loader.table().name()));
        }
        return loader.merge(part).merge(connection, part.id(), staged);
    }

    /** Locks the stream and the part until the end of the transaction. */
    private static void lockPart(Connection connection, PartId part, boolean exclusive)
            throws SQLException {
        lock(
                connection,
                exclusive ? "pg_advisory_xact_lock" : "pg_advisory_xact_lock_shared",
                part.stream().canonicalName());
        lock(connection, "pg_advisory_xact_lock", part.cleanKey());
    }

    private static void lock(Connection connection, String function, String name)
            throws SQLException {
        try (PreparedStatement statement =
                Statements.prepare(
                        connection,
                        "select %s(hashtextextended('shopflow load ' || ?, 0))".formatted(function),
                        name)) {
            statement.execute();
        }
    }

    private static long copy(Connection connection, MergeTarget table, CleanPart clean)
            throws SQLException {
        try {
            return connection
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyIn(
                            "copy %s (%s) from stdin with (format csv)"
                                    .formatted(
                                            table.staging(), new Columns(clean.columns()).listed()),
                            clean.rows(),
                            COPY_BUFFER_BYTES);
        } catch (IOException e) {
            throw new UncheckedIOException(clean.id().cleanKey(), e);
        }
    }

    private <T> T inTransaction(String key, Work<T> work) {
        for (int attempt = 1; ; attempt++) {
            try {
                return attempt(work, attempt > 1);
            } catch (SQLException e) {
                if (!RETRYABLE.contains(Objects.requireNonNullElse(e.getSQLState(), ""))
                        || attempt == ATTEMPTS) {
                    throw new WarehouseException("%s was not loaded".formatted(key), e);
                }
            }
        }
    }

    /** The pool enables auto-commit again when the connection is returned. */
    private <T> T attempt(Work<T> work, boolean exclusive) throws SQLException {
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            try {
                T result = work.run(connection, exclusive);
                connection.commit();
                return result;
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

    /** The statements of a stream, which follow from its schema. */
    private record StreamLoader(
            MergeTarget table,
            Merge merge,
            Merge mergeOfSnapshot,
            InferredMembers inferredMembers,
            Quarantine quarantine) {

        static StreamLoader of(MergeTarget table) {
            return new StreamLoader(
                    table,
                    mergeInto(table, false),
                    mergeInto(table, true),
                    new InferredMembers(table),
                    new Quarantine(table));
        }

        private static Merge mergeInto(MergeTarget table, boolean snapshot) {
            return switch (table.kind()) {
                case FACT, TYPE_1 -> new MergeStatement(table, snapshot);
                case TYPE_2 -> new History(table, snapshot);
            };
        }

        Merge merge(CleanPart part) {
            return part.snapshot() ? mergeOfSnapshot : merge;
        }
    }

    /** The work of a transaction. After a conflict it runs again, exclusively in its stream. */
    @FunctionalInterface
    private interface Work<T> {
        T run(Connection connection, boolean exclusive) throws SQLException;
    }
}
