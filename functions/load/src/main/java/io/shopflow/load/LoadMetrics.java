package io.shopflow.load;

import io.shopflow.core.run.PartId;
import io.shopflow.lambda.metrics.Metric;
import io.shopflow.lambda.metrics.Metrics;
import io.shopflow.ledger.Run;
import io.shopflow.load.warehouse.ApplyResult.PartApplied;
import java.time.Clock;
import java.time.Duration;

/**
 * The metrics of loaded parts, closed runs and notifications. A repeated event writes none of parts
 * and runs.
 */
final class LoadMetrics {

    private final Metrics metrics;
    private final Clock clock;

    LoadMetrics(Metrics metrics, Clock clock) {
        this.metrics = metrics;
        this.clock = clock;
    }

    /** Reports a loaded part. */
    void loaded(PartId part, PartApplied applied) {
        metrics.ofStream(part.source(), part.stream().canonicalName())
                .put(Metric.ROWS_INSERTED, applied.rows().inserted())
                .put(Metric.ROWS_UPDATED, applied.rows().updated())
                .put(Metric.ROWS_UNCHANGED, applied.rows().unchanged())
                .putRate(
                        Metric.LOAD_RATE,
                        applied.rows().loaded(),
                        Duration.ofMillis(applied.millis()))
                .property("run_id", part.runId().value())
                .property("key", part.cleanKey())
                .write();
    }

    /**
     * Reports a closed run. Runs of a backfill's windows are not reported: the backfill verifies
     * them, and the alarms watch the source's newest rows.
     */
    void closed(Run run) {
        if (run.window()) {
            return;
        }
        metrics.ofSource(run.source())
                .put(Metric.RUNS_COMPLETE, run.complete() ? 1 : 0)
                .put(Metric.RUNS_INCOMPLETE, run.complete() ? 0 : 1)
                .put(
                        Metric.RUN_DURATION,
                        Duration.between(run.runId().requestedAt(), clock.instant()).toMillis())
                .property("run_id", run.runId().value())
                .write();
    }

    /** Reports how many notifications could not be sent after a message: usually none. */
    void notificationsFailed(int count) {
        metrics.ofFunction().put(Metric.NOTIFICATIONS_FAILED, count).write();
    }
}
