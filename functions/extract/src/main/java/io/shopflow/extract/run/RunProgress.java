package io.shopflow.extract.run;

import io.shopflow.core.run.ExtractRequest;
import io.shopflow.core.run.Problem;
import io.shopflow.core.run.RunId;
import io.shopflow.core.run.RunManifest;
import io.shopflow.core.run.RunNote;
import io.shopflow.core.run.RunPlan;
import io.shopflow.core.run.StreamExtract;
import io.shopflow.core.run.StreamExtract.RawPart;
import io.shopflow.core.stream.StreamName;
import io.shopflow.extract.run.RunEntry.ChunkPart;
import io.shopflow.extract.run.RunEntry.ScanEnded;
import io.shopflow.extract.source.ChangeWindow;
import io.shopflow.extract.source.Scan;
import io.shopflow.extract.source.Scan.ScanResult;
import io.shopflow.extract.source.SourceReader;
import io.shopflow.extract.source.SourceUnavailableException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The results of a run so far. */
final class RunProgress {

    private final ExtractRequest request;
    private final RunId runId;
    private final RunLog log;
    private final Set<Problem> problems = new LinkedHashSet<>();
    private final Set<RunNote> notes = new LinkedHashSet<>();
    private boolean full;
    private Instant startedAt;

    RunProgress(ExtractRequest request, RunId runId, RunLog log) {
        this.request = request;
        this.runId = runId;
        this.log = log;
        this.full = request.full();
        this.startedAt = runId.requestedAt();
    }

    /**
     * The source was opened.
     *
     * @param withKnownIds the streams of which earlier runs read rows from files
     */
    void opened(RunPlan plan, SourceReader reader, Set<String> withKnownIds) {
        full = plan.full();
        startedAt = plan.extractedAt();
        problems.addAll(reader.problems());
        SourceState state = log.beginning();
        withKnownIds.stream()
                .sorted()
                .filter(
                        stream ->
                                reader.scans().stream()
                                        .flatMap(scan -> scan.streams().stream())
                                        .noneMatch(read -> read.canonicalName().equals(stream)))
                .forEach(stream -> notes.add(removed(stream)));
        if (plan.full() && !request.full() && state.wasReadOtherwise(plan.configuration())) {
            notes.add(configurationChanged(state, plan));
        }
    }

    private static RunNote configurationChanged(SourceState state, RunPlan plan) {
        String before = ConfiguredReader.ownSettings(state.configuration());
        String now = ConfiguredReader.ownSettings(plan.configuration());
        return new RunNote(
                null,
                "configuration_changed",
                0,
                before.equals(now)
                        ? "The configuration has changed: the source is read again from the start."
                        : "The source's own settings have changed from %s to %s: the source is read again from the start, so that they apply to its history too."
                                .formatted(before, now),
                true);
    }

    private static RunNote removed(String stream) {
        return new RunNote(
                stream,
                "stream_removed",
                0,
                "The configuration no longer has this stream, and what was read of it keeps counting. To delete it, map the stream to a file without rows, with 'whole: true' and 'gone_percent: 100'.",
                false);
    }

    /** The source could not be opened. */
    void failed(List<Problem> problemsOfSource) {
        problems.addAll(problemsOfSource);
    }

    static String name(Scan scan) {
        return scan.streams().getFirst().canonicalName();
    }

    boolean hasEnded(Scan scan) {
        return log.scans().stream().anyMatch(ended -> ended.scan().equals(name(scan)));
    }

    ChangeWindow window(Scan scan, RunPlan plan) {
        if (plan.full() || (request.windowed() && !scan.readsWindows())) {
            return ChangeWindow.EVERYTHING;
        }
        Instant until = beginning(request.until(), plan);
        Instant since = beginning(request.since(), plan);
        return since == null
                ? ChangeWindow.since(watermark(scan)).remembering(remembered(scan))
                // Sources compare strictly, to the second.
                : new ChangeWindow(
                        since.minusSeconds(1), until, until == null ? remembered(scan) : null);
    }

    private static @Nullable Instant beginning(@Nullable LocalDate day, RunPlan plan) {
        return day == null ? null : day.atStartOfDay(plan.format().zone()).toInstant();
    }

    /** Adds to a problem that nothing is lost, if the next run reads the missing changes. */
    Problem withConsequence(Problem problem) {
        boolean caughtUp =
                SourceUnavailableException.mayPass(problem)
                        && !request.windowed()
                        && !request.full()
                        && request.since() == null;
        return caughtUp
                ? problem.adding(
                        "Nothing is lost: the next run continues from where this one began.")
                : problem;
    }

    List<StreamExtract> streams(Scan scan, RunPlan plan, RawPartWriter parts, ScanResult result) {
        StreamName primary = scan.streams().getFirst();
        Instant since = window(scan, plan).after();
        boolean moves = !request.windowed() && moves(scan, since, parts, result);
        return scan.streams().stream()
                .map(
                        stream ->
                                extracted(
                                        stream,
                                        result.counted().get(stream),
                                        stream == primary ? since : null,
                                        stream == primary && moves ? result.watermark() : null,
                                        parts.parts(stream),
                                        stream == primary && moves ? result.remember() : null,
                                        parts.ids(stream),
                                        parts.hasOneRowPerId(stream)))
                .toList();
    }

    private static StreamExtract extracted(
            StreamName stream,
            @Nullable Long counted,
            @Nullable Instant since,
            @Nullable Instant watermark,
            List<RawPart> parts,
            @Nullable String remember,
            @Nullable String ids,
            boolean oneRowPerId) {
        return new StreamExtract(
                stream.canonicalName(),
                counted,
                parts.stream().mapToLong(RawPart::rows).sum(),
                since,
                watermark,
                parts,
                remember,
                ids,
                oneRowPerId);
    }

    /** Whether the next run may begin where this one ended. */
    private boolean moves(
            Scan scan, @Nullable Instant since, RawPartWriter parts, ScanResult result) {
        StreamName primary = scan.streams().getFirst();
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

    private @Nullable String remembered(Scan scan) {
        return log.beginning().remembered().get(scan.streams().getFirst().canonicalName());
    }

    private @Nullable Instant watermark(Scan scan) {
        return log.beginning().watermarks().get(name(scan));
    }

    RunManifest manifest(Instant now) {
        List<StreamExtract> streams = new ArrayList<>();
        for (ScanEnded scan : log.scans()) {
            streams.addAll(scan.streams());
            problems.addAll(scan.problems());
            notes.addAll(scan.notes());
        }
        // The source became unavailable before the run continued: its committed rows still
        // belong to it.
        log.begun().stream()
                .filter(scan -> log.scans().stream().noneMatch(ended -> ended.scan().equals(scan)))
                .forEach(scan -> streams.addAll(uncounted(scan)));
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

    private List<StreamExtract> uncounted(String scan) {
        Map<StreamName, List<RawPart>> parts = new LinkedHashMap<>();
        for (ChunkPart part : log.parts(scan)) {
            parts.computeIfAbsent(
                            StreamName.ofCanonicalName(part.stream()).orElseThrow(),
                            none -> new ArrayList<>())
                    .add(part.part());
        }
        return parts.entrySet().stream()
                .map(
                        entry ->
                                extracted(
                                        entry.getKey(),
                                        null,
                                        null,
                                        null,
                                        entry.getValue(),
                                        null,
                                        null,
                                        false))
                .toList();
    }
}
