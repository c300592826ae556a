package io.shopflow.transform;

import io.shopflow.core.lake.PartMetadata.CleanCounts;
import io.shopflow.core.run.PartId;
import io.shopflow.lambda.metrics.Metric;
import io.shopflow.lambda.metrics.MetricLine;
import io.shopflow.lambda.metrics.Metrics;
import java.time.Duration;

/** The metrics of a transformed part. */
final class TransformMetrics {

    private final Metrics metrics;

    TransformMetrics(Metrics metrics) {
        this.metrics = metrics;
    }

    /**
     * Reports a transformed part. Rows of a backfill are not counted: the backfill checks their
     * quality itself, and the alarm is about the source's newest rows.
     */
    void transformed(PartId part, CleanCounts counts, Duration taken, boolean ofBackfill) {
        MetricLine line = metrics.ofStream(part.source(), part.stream().canonicalName());
        if (!ofBackfill) {
            line.put(Metric.ROWS_TRANSFORMED, counts.extracted())
                    .put(Metric.ROWS_QUARANTINED, counts.quarantined())
                    .put(Metric.ROWS_DUPLICATE, counts.duplicate());
        }
        line.putRate(Metric.TRANSFORM_RATE, counts.extracted(), taken)
                .property("run_id", part.runId().value())
                .property("key", part.rawKey())
                .write();
    }
}
