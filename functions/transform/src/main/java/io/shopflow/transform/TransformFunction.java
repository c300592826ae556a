package io.shopflow.transform;

import io.quarkus.funqy.Funq;
import io.shopflow.core.lake.PartMetadata.CleanCounts;
import io.shopflow.core.run.PartId;
import io.shopflow.lambda.QueueHandler;
import io.shopflow.lambda.event.S3Event;
import io.shopflow.lambda.event.SqsBatchResponse;
import io.shopflow.lambda.event.SqsEvent;
import io.shopflow.transform.part.TransformPart;
import java.time.Duration;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Transforms the raw parts named by S3's events. S3 and the queue deliver at least once and in any
 * order: transforming a part again writes the same bytes.
 */
public class TransformFunction {

    private static final Logger LOG = Logger.getLogger(TransformFunction.class);

    private final TransformPart transformPart;
    private final TransformMetrics metrics;
    private final QueueHandler queue;
    private final TransformConfig config;

    TransformFunction(
            TransformPart transformPart,
            TransformMetrics metrics,
            QueueHandler queue,
            TransformConfig config) {
        this.transformPart = transformPart;
        this.metrics = metrics;
        this.queue = queue;
        this.config = config;
    }

    /** Handles a batch of events; returns those that must be delivered again. */
    @Funq("transform")
    public SqsBatchResponse transform(SqsEvent event) {
        return queue.handle(
                event,
                message ->
                        message.bodyAs(S3Event.class)
                                .keysIn(config.bucket())
                                .forEach(this::transform));
    }

    private void transform(String key) {
        Optional<PartId> part = PartId.ofKey(key).filter(named -> key.equals(named.rawKey()));
        if (part.isEmpty()) {
            LOG.warnf("not_a_raw_part key=%s", key);
            return;
        }
        transform(part.get());
    }

    private void transform(PartId part) {
        long startedAt = System.nanoTime();
        CleanCounts counts =
                queue.step(
                        "transform " + part.stream().canonicalName(),
                        part.runId(),
                        part.source(),
                        () -> transformPart.transform(part));
        Duration taken = Duration.ofNanos(System.nanoTime() - startedAt);
        LOG.infof(
                "part_transformed key=%s extracted=%d clean=%d duplicate=%d quarantined=%d millis=%d",
                part.rawKey(),
                counts.extracted(),
                counts.clean(),
                counts.duplicate(),
                counts.quarantined(),
                taken.toMillis());
        metrics.transformed(part, counts, taken, transformPart.isOfBackfill(part));
    }
}
