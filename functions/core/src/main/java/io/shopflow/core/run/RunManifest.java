package io.shopflow.core.run;

import java.time.Instant;
import java.util.List;

/**
 * What a run extracted: its commit point, written after all parts. Key: {@link RunKeys#manifest}.
 *
 * @param streams one entry for each stream that the run was to read, also where nothing was read
 * @param problems what went wrong while extracting; not empty means the run ends incomplete
 */
public record RunManifest(
        String source,
        RunId runId,
        Instant startedAt,
        Instant finishedAt,
        boolean full,
        List<StreamExtract> streams,
        List<Problem> problems) {

    /** Defensive copies. */
    public RunManifest {
        streams = List.copyOf(streams);
        problems = List.copyOf(problems);
    }
}
