package io.shopflow.local.runs;

import io.shopflow.core.run.RunId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A run as the warehouse knows it.
 *
 * @param status running, complete or incomplete
 * @param closedAt null while it is running
 */
public record RunSummary(
        RunId runId, String source, String status, Instant startedAt, @Nullable Instant closedAt) {

    /** Whether nothing more will happen to it. */
    public boolean closed() {
        return closedAt != null;
    }

    /** Whether it ended with all its rows accounted for. */
    public boolean complete() {
        return status.equals("complete");
    }
}
