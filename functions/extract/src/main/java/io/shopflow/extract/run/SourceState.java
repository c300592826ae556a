package io.shopflow.extract.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.shopflow.core.run.RunId;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The state of a source between runs. One object per source, {@code state/<source>.json}, changed
 * by conditional puts only.
 *
 * @param lease of the current run; null if there is none
 * @param watermarks by the canonical name of a scan's primary stream: the next run reads changes
 *     after it
 * @param lastRun the run that ended last; null before the first
 * @param configuration the hash of the configuration by which all rows of the source were read;
 *     null before the first such run
 * @param remembered by the canonical name of a scan's primary stream: data that it passes to the
 *     next run
 * @param knownIds by stream: where the ids of all rows that count are stored
 */
public record SourceState(
        String source,
        @Nullable Lease lease,
        Map<String, Instant> watermarks,
        @Nullable LastRun lastRun,
        @Nullable String configuration,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, String> remembered,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, KnownIds> knownIds) {

    /** States of earlier versions have no remembered data. */
    public SourceState {
        watermarks = Map.copyOf(watermarks);
        remembered = Map.copyOf(Objects.requireNonNullElse(remembered, Map.of()));
        knownIds = Map.copyOf(Objects.requireNonNullElse(knownIds, Map.of()));
    }

    /**
     * The right to run.
     *
     * @param expiresAt from then on others may take it, as its holder is paused or dead
     * @param holder the invocation that holds and renews it; null between two invocations of the
     *     run, when the next one may take it at once
     */
    public record Lease(RunId runId, Instant expiresAt, @Nullable String holder) {

        boolean isFreeFor(RunId run, Instant now) {
            return !expiresAt.isAfter(now) || (holder == null && runId.equals(run));
        }
    }

    /**
     * The end of a run.
     *
     * @param complete whether all scans were read without problems
     */
    public record LastRun(RunId runId, Instant finishedAt, boolean complete) {}

    /**
     * The ids of all rows of a stream that count, as far as they are known.
     *
     * @param key of the object with the ids
     */
    public record KnownIds(RunId runId, String key) {}

    static SourceState none(String source) {
        return new SourceState(source, null, Map.of(), null, null, Map.of(), Map.of());
    }

    SourceState leasedTo(Lease by) {
        return new SourceState(
                source, by, watermarks, lastRun, configuration, remembered, knownIds);
    }

    /** The same state with a lease until this instant. */
    SourceState leasedUntil(Instant expiresAt, @Nullable String holder) {
        return lease == null ? this : leasedTo(new Lease(lease.runId(), expiresAt, holder));
    }

    /** Whether rows were read by a different configuration. */
    boolean wasReadOtherwise(@Nullable String now) {
        return configuration != null && now != null && !configuration.equals(now);
    }

    SourceState readBy(@Nullable String now) {
        return new SourceState(source, lease, watermarks, lastRun, now, remembered, knownIds);
    }

    /** Another run may have moved a watermark further while this one was paused. */
    SourceState ended(
            LastRun run,
            Map<String, Instant> moved,
            Map<String, String> remember,
            Map<String, KnownIds> known) {
        Map<String, Instant> all = new TreeMap<>(watermarks);
        moved.forEach(
                (stream, watermark) ->
                        all.merge(
                                stream,
                                watermark,
                                (before, after) -> after.isAfter(before) ? after : before));
        Map<String, String> allRemembered = new TreeMap<>(remembered);
        allRemembered.putAll(remember);
        Map<String, KnownIds> allKnown = new TreeMap<>(knownIds);
        allKnown.putAll(known);
        return new SourceState(source, null, all, run, configuration, allRemembered, allKnown);
    }
}
