package io.shopflow.dashboard.freshness;

import java.time.Instant;

/** Something about the data that a reader of figures has to know. */
public sealed interface Notice {
    /** The source that it concerns. */
    String source();

    /** The run to look at. */
    String runId();

    /** When that run was closed, or began where it still runs. */
    Instant at();

    /** The last run did not balance; figures are those of what did arrive. */
    record Incomplete(String source, String runId, Instant at) implements Notice {}

    /** No run was complete for too long. */
    record Stale(String source, String runId, Instant at) implements Notice {}

    /** A run is not closed, and nothing has arrived of it for too long. */
    record Stopped(String source, String runId, Instant at) implements Notice {}

    /**
     * What the last closed run found in the figures' rows.
     *
     * @param finding what is wrong and what to do
     */
    record Doubt(String source, String runId, Instant at, String finding) implements Notice {}

    /** The first run is still going on: more rows are on their way. */
    record FirstRun(String source, String runId, Instant at) implements Notice {}
}
