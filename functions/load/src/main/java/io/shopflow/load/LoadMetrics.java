package io.shopflow.load;

import io.shopflow.core.metrics.Metric;
import io.shopflow.core.metrics.Metrics;
import io.shopflow.core.run.PartId;
import io.shopflow.core.run.RunId;
import io.shopflow.load.warehouse.ApplyResult.PartApplied;
import io.shopflow.load.warehouse.ClosedRun;
import io.shopflow.load.warehouse.RunStatus;
import java.time.Clock;
import java.time.Duration;

/** What a load tells of parts and runs. What was applied before is not told again. */
final class LoadMetrics {

    private final Metrics metrics;
    private final Clock clock;

    LoadMetrics(Metrics metrics, Clock clock) {
        this.metrics = metrics;
        this.clock = clock;
    }

    /** A part is in. */
    void loaded(PartId part, PartApplied applied) {
        metrics.ofStream(part.source(), part.stream().canonicalName())
                .put(Metric.ROWS_INSERTED, applied.inserted())
                .put(Metric.ROWS_UPDATED, applied.updated())
                .put(Metric.ROWS_UNCHANGED, applied.unchanged())
                .putRate(
                        Metric.LOAD_RATE,
                        applied.inserted() + applied.updated() + applied.unchanged(),
                        Duration.ofMillis(applied.millis()))
                .property("run_id", part.runId().value())
                .property("key", part.cleanKey())
                .write();
    }

    /**
     * A run is closed. Those of windows are not told: their backfill judges them, and the alarms
     * ask whether the source's newest rows are in.
     */
    void closed(String source, RunId runId, ClosedRun run) {
        if (run.window()) {
            return;
        }
        metrics.ofSource(source)
                .put(Metric.RUNS_COMPLETE, run.status() == RunStatus.COMPLETE ? 1 : 0)
                .put(Metric.RUNS_INCOMPLETE, run.status() == RunStatus.INCOMPLETE ? 1 : 0)
                .put(
                        Metric.RUN_DURATION,
                        Duration.between(runId.requestedAt(), clock.instant()).toMillis())
                .property("run_id", runId.value())
                .write();
    }
}
