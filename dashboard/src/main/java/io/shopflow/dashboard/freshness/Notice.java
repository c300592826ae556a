package io.shopflow.dashboard.freshness;

import java.time.Instant;

/** A notice about the data for readers of figures. */
public sealed interface Notice {
    /** The source concerned. */
    String source();

    /** The run to look at. */
    String runId();

    /** When that run was closed, or when it began if it is still running. */
    Instant at();

    /** The last run did not balance; the figures contain only the rows that arrived. */
    record Incomplete(String source, String runId, Instant at) implements Notice {}

    /** No run was complete for too long. */
    record Stale(String source, String runId, Instant at) implements Notice {}

    /** A run is not closed, and none of its parts has arrived for too long. */
    record Stopped(String source, String runId, Instant at) implements Notice {}

    /**
     * A finding of the last closed run about the figures' rows.
     *
     * @param finding the problem and what to do
     */
    record Doubt(String source, String runId, Instant at, String finding) implements Notice {}

    /**
     * Findings of the last closed run that are not listed one by one.
     *
     * @param findings their number
     */
    record MoreDoubts(String source, String runId, Instant at, long findings) implements Notice {}

    /** The first run is still in progress: more rows will arrive. */
    record FirstRun(String source, String runId, Instant at) implements Notice {}
}
