package io.shopflow.extract.run;

import io.shopflow.core.lake.ObjectStore;
import io.shopflow.core.run.ExtractRequest;
import io.shopflow.core.run.Problem;
import io.shopflow.core.run.RunId;
import io.shopflow.core.run.RunJson;
import io.shopflow.core.run.RunKeys;
import io.shopflow.core.run.RunManifest;
import io.shopflow.core.run.RunPlan;
import io.shopflow.core.run.StreamExtract;
import io.shopflow.core.run.StreamExtract.RawPart;
import io.shopflow.core.source.SourceName;
import io.shopflow.core.stream.Stream;
import io.shopflow.core.trace.Tracer;
import io.shopflow.extract.configuration.ConfigurationException;
import io.shopflow.extract.run.SourceState.LastRun;
import io.shopflow.extract.run.SourceState.Lease;
import io.shopflow.extract.run.SourceStates.Versioned;
import io.shopflow.extract.source.ChangeWindow;
import io.shopflow.extract.source.Scan;
import io.shopflow.extract.source.Scan.ScanResult;
import io.shopflow.extract.source.SourceReader;
import io.shopflow.extract.source.SourceUnavailableException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Takes a source through one run: lease, plan, parts, manifest, watermarks, in this order. It may
 * be killed at any instruction and called again with the same run id: what is there is adopted, the
 * rest is done.
 *
 * <p>A run that is asked for a window of days has neither lease nor watermarks: it reads what the
 * window holds, whatever else is read of the source at the time.
 */
public final class ExtractRun {

    private static final String JSON = "application/json";

    private final ObjectStore store;
    private final SourceStates states;
    private final SourceReaders readers;
    private final Settings settings;
    private final Clock clock;
    private final Tracer tracer;

    /**
     * How runs are made.
     *
     * @param partRows rows of a scan's primary stream after which a part ends
     * @param partBytes bytes of all streams of a scan after which a part ends
     * @param lease how long an invocation has the source for itself; longer than it can last
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
        this.readers = readers;
        this.settings = settings;
        this.clock = clock;
        this.tracer = tracer;
    }

    /**
     * Begins a run, or goes on with it.
     *
     * @param runId the run's, the same each time that the request comes
     * @param timeIsShort whether the invocation should come to an end
     */
    public RunResult run(ExtractRequest request, RunId runId, BooleanSupplier timeIsShort) {
        String source = SourceName.check(request.source());
        if (request.windowed()) {
            return runWindow(request, runId, timeIsShort);
        }
        Versioned before = states.read(source);
        if (hasEnded(before.state(), runId)) {
            return new RunResult.AlreadyFinished(manifest(source, runId).orElseThrow());
        }
        Instant now = clock.instant();
        Lease lease = before.state().lease();
        boolean ours = lease != null && lease.runId().equals(runId);
        Optional<RunManifest> written = manifest(source, runId);
        if (written.isPresent() && !ours) {
            return new RunResult.AlreadyFinished(written.get());
        }
        if (lease != null && !ours && lease.expiresAt().isAfter(now)) {
            return new RunResult.Busy(runId, lease.runId(), lease.expiresAt());
        }
        SourceState leased = before.state().leasedTo(runId, now.plus(settings.lease()));
        if (!states.replace(before, leased)) {
            return new RunResult.Busy(runId, runId, now);
        }
        if (written.isPresent()) {
            return end(written.get());
        }
        return extract(request, runId, leased, timeIsShort);
    }

    /** Neither reads nor writes the source's state: there may be many of these at a time. */
    private RunResult runWindow(ExtractRequest request, RunId runId, BooleanSupplier timeIsShort) {
        Optional<RunManifest> written = manifest(request.source(), runId);
        return written.isPresent()
                ? new RunResult.AlreadyFinished(written.get())
                : extract(request, runId, SourceState.none(request.source()), timeIsShort);
    }

    private static boolean hasEnded(SourceState state, RunId runId) {
        LastRun last = state.lastRun();
        return last != null && last.runId().equals(runId);
    }

    private Optional<RunManifest> manifest(String source, RunId runId) {
        return store.read(RunKeys.manifest(source, runId))
                .map(json -> RunJson.read(json, RunManifest.class));
    }

    private RunResult extract(
            ExtractRequest request, RunId runId, SourceState state, BooleanSupplier timeIsShort) {
        Progress progress = new Progress(request, runId, state);
        try (SourceReader reader = open(request);
                Uploads uploads = new Uploads()) {
            RunPlan plan = plan(request, runId, state, reader);
            progress.full = plan.full();
            progress.startedAt = plan.extractedAt();
            progress.problems.addAll(reader.problems());
            if (readsAgain(request, state, plan)) {
                progress.notes.add(configurationChanged(request.source()));
            }
            boolean away = false;
            for (Scan scan : reader.scans()) {
                if (request.windowed() && !scan.readsWindows() && !request.wholeLists()) {
                    continue;
                }
                ScanParts parts =
                        new ScanParts(
                                store,
                                uploads,
                                request.source(),
                                runId,
                                scan.streams(),
                                new ScanParts.Settings(settings.partRows(), settings.partBytes()),
                                timeIsShort,
                                clock);
                ScanResult result = new ScanResult(true, Map.of(), null, List.of());
                if (!away) {
                    try {
                        result =
                                tracer.step(
                                        "read " + scan.streams().getFirst().canonicalName(),
                                        () ->
                                                scan.read(
                                                        progress.window(scan, plan),
                                                        parts.cursor(),
                                                        parts));
                    } catch (SourceUnavailableException e) {
                        // What is there of the other scans would only wait for the same source.
                        away = true;
                        progress.problems.add(e.problem());
                    }
                }
                parts.finish();
                if (!result.finished()) {
                    return new RunResult.ToBeContinued(runId);
                }
                progress.add(scan, plan, parts, result);
            }
        } catch (ConfigurationException e) {
            progress.problems.addAll(e.problems());
            adoptAll(request.source(), runId, progress);
        } catch (SourceUnavailableException e) {
            progress.problems.add(e.problem());
            adoptAll(request.source(), runId, progress);
        }
        RunManifest manifest = progress.manifest(clock.instant());
        boolean first =
                store.putIfAbsent(
                        RunKeys.manifest(request.source(), runId),
                        RunJson.write(manifest),
                        JSON,
                        Map.of());
        RunManifest ended = first ? manifest : manifest(request.source(), runId).orElseThrow();
        return request.windowed() ? new RunResult.Finished(ended) : end(ended);
    }

    private SourceReader open(ExtractRequest request)
            throws ConfigurationException, SourceUnavailableException {
        String mistake = mistakeOfWindow(request);
        if (mistake != null) {
            throw new ConfigurationException(
                    new Problem(null, null, null, "until", "window_wrong", mistake));
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

    /** A run whose source went away before it went on: what it had put belongs to it still. */
    private void adoptAll(String source, RunId runId, Progress progress) {
        for (Stream stream : Stream.values()) {
            List<RawPart> parts = ScanParts.present(store, source, runId, stream);
            if (!parts.isEmpty()) {
                progress.addUncounted(stream, parts);
            }
        }
    }

    private RunPlan plan(
            ExtractRequest request, RunId runId, SourceState state, SourceReader reader) {
        String key = RunKeys.plan(request.source(), runId);
        Optional<RunPlan> written = plan(key);
        if (written.isPresent()) {
            return written.get();
        }
        boolean full =
                request.full()
                        || (request.since() == null
                                && (state.watermarks().isEmpty()
                                        || state.wasReadOtherwise(reader.configuration())));
        RunPlan plan =
                new RunPlan(
                        request.source(),
                        runId,
                        clock.instant(),
                        full,
                        reader.format(),
                        request.until(),
                        reader.configuration());
        boolean first = store.putIfAbsent(key, RunJson.write(plan), JSON, Map.of());
        return first ? plan : plan(key).orElseThrow();
    }

    private static boolean readsAgain(ExtractRequest request, SourceState state, RunPlan plan) {
        return plan.full() && !request.full() && state.wasReadOtherwise(plan.configuration());
    }

    private static Problem configurationChanged(String source) {
        return new Problem(
                null,
                RunKeys.sourceConfiguration(source),
                null,
                null,
                "configuration_changed",
                "The configuration has changed: reading all of it again.");
    }

    private Optional<RunPlan> plan(String key) {
        return store.read(key).map(json -> RunJson.read(json, RunPlan.class));
    }

    /** Moves the watermarks and gives the lease back, unless another run has it by now. */
    private RunResult end(RunManifest manifest) {
        Map<String, Instant> moved = new LinkedHashMap<>();
        for (StreamExtract stream : manifest.streams()) {
            if (stream.watermarkAfter() != null) {
                moved.put(stream.stream(), stream.watermarkAfter());
            }
        }
        LastRun run =
                new LastRun(
                        manifest.runId(),
                        manifest.finishedAt(),
                        manifest.problems().isEmpty()
                                && manifest.streams().stream().allMatch(ExtractRun::balances));
        Versioned before = states.read(manifest.source());
        Lease lease = before.state().lease();
        if (lease != null && lease.runId().equals(manifest.runId())) {
            // Refused means that a twin of this invocation was faster, or that the lease had run
            // out and the next run begins at the old watermark: it reads more, and loses nothing.
            states.replace(before, readBy(before.state(), manifest, run).ended(run, moved));
        }
        return new RunResult.Finished(manifest);
    }

    /** Only a run that read everything without problems settles what was read otherwise. */
    private SourceState readBy(SourceState state, RunManifest manifest, LastRun run) {
        boolean settles = run.complete() && manifest.full();
        return settles || state.configuration() == null
                ? plan(RunKeys.plan(manifest.source(), manifest.runId()))
                        .map(plan -> state.readBy(plan.configuration()))
                        .orElse(state)
                : state;
    }

    private static boolean balances(StreamExtract stream) {
        return stream.counted() == null || stream.counted() == stream.extracted();
    }

    /** What a run has found out so far. */
    private static final class Progress {

        private final ExtractRequest request;
        private final RunId runId;
        private final SourceState state;
        private final List<StreamExtract> streams = new ArrayList<>();
        private final Set<Problem> problems = new LinkedHashSet<>();
        private final Set<Problem> notes = new LinkedHashSet<>();
        private boolean full;
        private Instant startedAt;

        Progress(ExtractRequest request, RunId runId, SourceState state) {
            this.request = request;
            this.runId = runId;
            this.state = state;
            this.full = request.full();
            this.startedAt = runId.requestedAt();
        }

        ChangeWindow window(Scan scan, RunPlan plan) {
            if (plan.full() || (request.windowed() && !scan.readsWindows())) {
                return ChangeWindow.EVERYTHING;
            }
            Instant until = beginning(request.until(), plan);
            Instant since = beginning(request.since(), plan);
            return since == null
                    ? ChangeWindow.since(watermark(scan))
                    // Sources compare with "after", to the second.
                    : new ChangeWindow(since.minusSeconds(1), until);
        }

        private static @Nullable Instant beginning(@Nullable LocalDate day, RunPlan plan) {
            return day == null ? null : day.atStartOfDay(plan.format().zone()).toInstant();
        }

        void add(Scan scan, RunPlan plan, ScanParts parts, ScanResult result) {
            problems.addAll(result.problems());
            notes.addAll(result.notes());
            Stream primary = scan.streams().getFirst();
            Instant since = window(scan, plan).after();
            boolean moves = !request.windowed() && moves(scan, since, parts, result);
            for (Stream stream : scan.streams()) {
                List<RawPart> rawParts = parts.parts(stream);
                streams.add(
                        new StreamExtract(
                                stream.canonicalName(),
                                result.counted().get(stream),
                                rawParts.stream().mapToLong(RawPart::rows).sum(),
                                stream == primary ? since : null,
                                stream == primary && moves ? result.watermark() : null,
                                rawParts));
            }
        }

        void addUncounted(Stream stream, List<RawPart> parts) {
            streams.add(
                    new StreamExtract(
                            stream.canonicalName(),
                            null,
                            parts.stream().mapToLong(RawPart::rows).sum(),
                            null,
                            null,
                            parts));
        }

        /** Whether the next run may begin where this one ended. */
        private boolean moves(
                Scan scan, @Nullable Instant since, ScanParts parts, ScanResult result) {
            Stream primary = scan.streams().getFirst();
            boolean counted = result.counted().containsKey(primary);
            boolean balanced =
                    scan.streams().stream()
                            .allMatch(
                                    stream -> {
                                        Long count = result.counted().get(stream);
                                        return count == null
                                                || count
                                                        == parts.parts(stream).stream()
                                                                .mapToLong(RawPart::rows)
                                                                .sum();
                                    });
            Instant before = watermark(scan);
            boolean leavesNoGap = since == null || (before != null && !since.isAfter(before));
            boolean forward =
                    before == null
                            || result.watermark() == null
                            || !result.watermark().isBefore(before);
            return result.problems().isEmpty() && counted && balanced && leavesNoGap && forward;
        }

        private @Nullable Instant watermark(Scan scan) {
            return state.watermarks().get(scan.streams().getFirst().canonicalName());
        }

        RunManifest manifest(Instant now) {
            return new RunManifest(
                    request.source(),
                    runId,
                    startedAt,
                    now,
                    full,
                    streams,
                    List.copyOf(problems),
                    request.until(),
                    List.copyOf(notes));
        }
    }
}
