package io.shopflow.extract.run;

import static java.util.stream.Collectors.toSet;

import io.shopflow.core.lake.ObjectStore;
import io.shopflow.core.run.ExtractRequest;
import io.shopflow.core.run.Problem;
import io.shopflow.core.run.RunId;
import io.shopflow.core.run.RunJson;
import io.shopflow.core.run.RunKeys;
import io.shopflow.core.run.RunManifest;
import io.shopflow.core.run.RunPlan;
import io.shopflow.core.run.StreamExtract;
import io.shopflow.core.source.SourceName;
import io.shopflow.extract.run.RunEntry.RunEnded;
import io.shopflow.extract.run.RunEntry.ScanEnded;
import io.shopflow.extract.run.SourceState.KnownIds;
import io.shopflow.extract.run.SourceState.LastRun;
import io.shopflow.extract.run.SourceState.Lease;
import io.shopflow.extract.run.SourceStates.Versioned;
import io.shopflow.extract.source.ChangeWindow;
import io.shopflow.extract.source.ConfigurationException;
import io.shopflow.extract.source.Scan;
import io.shopflow.extract.source.Scan.ScanResult;
import io.shopflow.extract.source.SourceReader;
import io.shopflow.extract.source.SourceUnavailableException;
import io.shopflow.lambda.trace.Tracer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Performs one run of a source: lease, plan, parts, manifest, watermarks, in this order. It may be
 * killed or paused at any instruction and called again with the same run id: it keeps what is
 * committed in the run's {@link RunLog} and does the rest.
 *
 * <p>A run for a window of days has its own lease and no watermarks: it reads the window's rows
 * independently of other runs of the source.
 */
public final class ExtractRun {

    private static final String JSON = "application/json";

    private final ObjectStore store;
    private final SourceStates states;
    private final RunPlans plans;
    private final SourceReaders readers;
    private final Settings settings;
    private final Clock clock;
    private final Tracer tracer;

    /**
     * Settings of all runs.
     *
     * @param partRows rows of a scan's primary stream after which a part ends
     * @param partBytes bytes of all streams of a scan after which a part ends
     * @param lease how long a paused invocation keeps the source; a live one renews its lease
     */
    public record Settings(int partRows, int partBytes, Duration lease) {}

    /** Runs on this store. */
    public ExtractRun(
            ObjectStore store,
            SourceReaders readers,
            Settings settings,
            Clock clock,
            Tracer tracer) {
        this.store = store;
        this.states = new SourceStates(store);
        this.plans = new RunPlans(store, clock);
        this.readers = readers;
        this.settings = settings;
        this.clock = clock;
        this.tracer = tracer;
    }

    /**
     * Begins or continues a run.
     *
     * @param runId the run's id, the same for each delivery of the request
     * @param timeIsShort whether the invocation should end
     */
    public RunResult run(ExtractRequest request, RunId runId, BooleanSupplier timeIsShort) {
        String source = SourceName.check(request.source());
        String stateKey = request.windowed() ? RunKeys.lease(source, runId) : RunKeys.state(source);
        Versioned before = states.read(stateKey, source);
        Lease lease = before.state().lease();
        boolean ours = lease != null && lease.runId().equals(runId);
        Optional<RunManifest> written = manifest(source, runId);
        if (written.isPresent() && !ours) {
            return new RunResult.AlreadyFinished(written.get());
        }
        Instant now = clock.instant();
        if (lease != null && !lease.isFreeFor(runId, now)) {
            return new RunResult.Busy(runId, lease.runId(), lease.expiresAt());
        }
        Optional<HeldLease> taken =
                HeldLease.take(states, stateKey, before, runId, settings.lease(), clock);
        if (taken.isEmpty()) {
            return new RunResult.Busy(runId, runId, now);
        }
        try (HeldLease held = taken.get()) {
            return written.isPresent()
                    ? end(request, written.get(), held)
                    : run(request, runId, before.state(), held, timeIsShort);
        }
    }

    private RunResult run(
            ExtractRequest request,
            RunId runId,
            SourceState state,
            HeldLease lease,
            BooleanSupplier timeIsShort) {
        try {
            RunLog log = RunLog.take(store, request.source(), runId, lease.holder(), state);
            if (log.ended().isEmpty() && !extract(request, runId, log, lease, timeIsShort)) {
                lease.handOn();
                return new RunResult.ToBeContinued(runId);
            }
            return end(request, log.ended().orElseThrow(), lease);
        } catch (LeaseLostException e) {
            return new RunResult.Busy(runId, runId, clock.instant().plus(settings.lease()));
        } catch (RuntimeException e) {
            handOn(lease, e);
            throw e;
        }
    }

    /** Spares the next invocation the wait for the lease to expire. */
    private static void handOn(HeldLease lease, RuntimeException cause) {
        try {
            lease.handOn();
        } catch (RuntimeException e) {
            cause.addSuppressed(e);
        }
    }

    private Optional<RunManifest> manifest(String source, RunId runId) {
        return store.read(RunKeys.manifest(source, runId))
                .map(json -> RunJson.read(json, RunManifest.class));
    }

    /** Reads the rest of the source; returns false if the time runs short first. */
    private boolean extract(
            ExtractRequest request,
            RunId runId,
            RunLog log,
            HeldLease lease,
            BooleanSupplier timeIsShort) {
        RunProgress progress = new RunProgress(request, runId, log);
        try (SourceReader reader = open(request);
                Uploads uploads = new Uploads(lease::check)) {
            RunPlan plan = plans.of(request, runId, log.beginning(), reader);
            progress.opened(plan, reader, streamsWithKnownIds(log.beginning()));
            boolean unavailable = false;
            for (Scan scan : reader.scans()) {
                if (progress.hasEnded(scan)
                        || (request.windowed() && !scan.readsWindows() && !request.wholeLists())) {
                    continue;
                }
                try (RawPartWriter parts =
                        parts(request, runId, log, lease, scan, uploads, timeIsShort)) {
                    ScanResult result = ScanResult.failed(List.of());
                    if (!unavailable) {
                        try {
                            result = read(scan, progress.window(scan, plan), parts);
                        } catch (SourceUnavailableException e) {
                            // The other scans would only wait for the same source.
                            unavailable = true;
                            result =
                                    ScanResult.failed(
                                            List.of(progress.withConsequence(e.problem())));
                        }
                    }
                    Optional<RawPartWriter.Rows> rest = parts.finish();
                    if (!result.finished()) {
                        return false;
                    }
                    lease.check();
                    log.append(
                            new ScanEnded(
                                    lease.holder(),
                                    RunProgress.name(scan),
                                    rest.map(RawPartWriter.Rows::chunk).orElse(null),
                                    progress.streams(scan, plan, parts, result),
                                    result.problems(),
                                    result.notes()),
                            rest.map(RawPartWriter.Rows::bodies).orElse(List.of()));
                }
            }
        } catch (ConfigurationException e) {
            progress.failed(e.problems());
        } catch (SourceUnavailableException e) {
            progress.failed(List.of(progress.withConsequence(e.problem())));
        }
        lease.check();
        log.append(new RunEnded(lease.holder(), progress.manifest(clock.instant())), List.of());
        return true;
    }

    /** The streams with ids of earlier runs: not those whose rows are all deleted. */
    private Set<String> streamsWithKnownIds(SourceState state) {
        return state.knownIds().entrySet().stream()
                .filter(read -> SeenIds.has(store, read.getValue()))
                .map(Map.Entry::getKey)
                .collect(toSet());
    }

    private RawPartWriter parts(
            ExtractRequest request,
            RunId runId,
            RunLog log,
            HeldLease lease,
            Scan scan,
            Uploads uploads,
            BooleanSupplier timeIsShort) {
        return new RawPartWriter(
                store,
                log,
                uploads,
                request.source(),
                runId,
                lease.holder(),
                scan.streams(),
                new RawPartWriter.Settings(settings.partRows(), settings.partBytes()),
                log.beginning().knownIds(),
                timeIsShort,
                clock);
    }

    private ScanResult read(Scan scan, ChangeWindow window, RawPartWriter parts)
            throws SourceUnavailableException {
        return tracer.step(
                "read " + scan.streams().getFirst().canonicalName(),
                () -> scan.read(window, parts.cursor(), parts));
    }

    private SourceReader open(ExtractRequest request)
            throws ConfigurationException, SourceUnavailableException {
        String mistake = mistakeOfWindow(request);
        if (mistake != null) {
            throw new ConfigurationException(Problem.of("window_wrong", mistake).at("until"));
        }
        return readers.open(request);
    }

    private static @Nullable String mistakeOfWindow(ExtractRequest request) {
        LocalDate until = request.until();
        if (until == null) {
            return null;
        }
        LocalDate since = request.since();
        if (since == null || request.full()) {
            return "A request with until=%s also needs since, and cannot be full. Name the first day of the window."
                    .formatted(until);
        }
        return until.isAfter(since)
                ? null
                : "The window ends before it has begun: until=%s is not after since=%s. The day until is itself not read."
                        .formatted(until, since);
    }

    /** Writes the manifest, moves the watermarks and releases the lease. */
    private RunResult end(ExtractRequest request, RunManifest manifest, HeldLease lease) {
        boolean first =
                store.putIfAbsent(
                        RunKeys.manifest(manifest.source(), manifest.runId()),
                        RunJson.write(manifest),
                        JSON,
                        Map.of());
        Map<String, Instant> moved = new LinkedHashMap<>();
        Map<String, String> remember = new LinkedHashMap<>();
        Map<String, KnownIds> known = new LinkedHashMap<>();
        if (!request.windowed()) {
            for (StreamExtract stream : manifest.streams()) {
                if (stream.ids() != null) {
                    known.put(stream.stream(), new KnownIds(manifest.runId(), stream.ids()));
                }
                if (stream.watermarkAfter() != null) {
                    moved.put(stream.stream(), stream.watermarkAfter());
                }
                if (stream.remember() != null) {
                    remember.put(stream.stream(), stream.remember());
                }
            }
        }
        LastRun run =
                new LastRun(
                        manifest.runId(),
                        manifest.finishedAt(),
                        manifest.problems().isEmpty()
                                && manifest.streams().stream().allMatch(ExtractRun::balances));
        // If the lease was lost, another invocation ends the run, or the next run begins at the old
        // watermark: it reads more, and loses nothing.
        boolean ended =
                lease.end(state -> readBy(state, manifest, run).ended(run, moved, remember, known));
        return first || ended
                ? new RunResult.Finished(manifest)
                : new RunResult.AlreadyFinished(manifest);
    }

    /**
     * Only a run that read everything without problems settles rows read by another configuration.
     */
    private SourceState readBy(SourceState state, RunManifest manifest, LastRun run) {
        boolean settles = run.complete() && manifest.full();
        return settles || state.configuration() == null
                ? plans.of(manifest.source(), manifest.runId())
                        .map(plan -> state.readBy(plan.configuration()))
                        .orElse(state)
                : state;
    }

    private static boolean balances(StreamExtract stream) {
        return stream.counted() == null || stream.counted() == stream.extracted();
    }
}
