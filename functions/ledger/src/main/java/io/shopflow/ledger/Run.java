package io.shopflow.ledger;

import io.shopflow.core.run.RunId;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A run of a source: one row of {@code etl.runs}.
 *
 * @param full whether everything was read, not only changes; null until the manifest is loaded
 * @param window whether only a window of days was read, which does not show how fresh the source's
 *     rows are
 * @param startedAt when the extraction began; until the manifest is loaded, when the run was
 *     requested
 * @param closedAt when the run was closed; null while it is running
 */
public record Run(
        RunId runId,
        String source,
        RunStatus status,
        @Nullable Boolean full,
        boolean window,
        Instant startedAt,
        @Nullable Instant closedAt) {

    /** Whether the run is closed and no longer changes. */
    public boolean closed() {
        return status.closed();
    }

    /** Whether the run is closed and complete. */
    public boolean complete() {
        return status == RunStatus.COMPLETE;
    }

    /** From the beginning of the extraction to the close; null while it is running. */
    public @Nullable Duration duration() {
        return closedAt == null ? null : Duration.between(startedAt, closedAt);
    }
}
