package io.shopflow.ledger;

import io.shopflow.core.run.RunId;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A run of a source: one row of {@code etl.runs}.
 *
 * @param full whether everything was read, not only what changed; null until the manifest is in
 * @param window whether only a window of days was read, which says nothing of the source's
 *     freshness
 * @param startedAt when the extraction began; until the manifest is in, when the run was requested
 * @param closedAt when the last row was loaded; null while it is running
 */
public record Run(
        RunId runId,
        String source,
        RunStatus status,
        @Nullable Boolean full,
        boolean window,
        Instant startedAt,
        @Nullable Instant closedAt) {

    /** Whether nothing more will happen to it. */
    public boolean closed() {
        return status.closed();
    }

    /** Whether it ended with all its rows accounted for. */
    public boolean complete() {
        return status == RunStatus.COMPLETE;
    }

    /** From the first page read to the last row loaded; null while it is running. */
    public @Nullable Duration duration() {
        return closedAt == null ? null : Duration.between(startedAt, closedAt);
    }
}
