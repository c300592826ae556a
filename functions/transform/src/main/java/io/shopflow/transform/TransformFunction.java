package io.shopflow.transform;

import io.quarkus.funqy.Funq;
import io.shopflow.core.event.S3Event;
import io.shopflow.core.event.SqsBatch;
import io.shopflow.core.event.SqsBatchResponse;
import io.shopflow.core.event.SqsEvent;
import io.shopflow.core.lake.PartMetadata.CleanCounts;
import io.shopflow.core.metrics.InvocationMetrics;
import io.shopflow.core.run.PartId;
import io.shopflow.core.trace.Tracer;
import io.shopflow.transform.part.TransformPart;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jboss.logging.MDC;

/**
 * Transforms the raw parts named by S3's events. S3 and the queue deliver at least once and in any
 * order: transforming a part again writes the same bytes.
 */
public class TransformFunction {

    private static final Logger LOG = Logger.getLogger(TransformFunction.class);

    private static final String RUN_ID = "run_id";

    private static final SqsBatch BATCH =
            new SqsBatch(
                    (message, e) ->
                            LOG.errorf(e, "transform_failed message_id=%s", message.messageId()),
                    () -> MDC.remove(RUN_ID));

    private final TransformPart transformPart;
    private final TransformMetrics metrics;
    private final InvocationMetrics invocations;
    private final Tracer tracer;
    private final TransformConfig config;

    TransformFunction(
            TransformPart transformPart,
            TransformMetrics metrics,
            InvocationMetrics invocations,
            Tracer tracer,
            TransformConfig config) {
        this.transformPart = transformPart;
        this.metrics = metrics;
        this.invocations = invocations;
        this.tracer = tracer;
        this.config = config;
    }

    /** Handles a batch of events; returns those that must be delivered again. */
    @Funq("transform")
    public SqsBatchResponse transform(SqsEvent event) {
        return invocations.ended(
                BATCH.each(
                        event,
                        message ->
                                message.bodyAs(S3Event.class)
                                        .keysIn(config.bucket())
                                        .forEach(this::transform)));
    }

    private void transform(String key) {
        Optional<PartId> part = PartId.ofKey(key).filter(named -> key.equals(named.rawKey()));
        if (part.isEmpty()) {
            LOG.warnf("not_a_raw_part key=%s", key);
            return;
        }
        MDC.put(RUN_ID, part.get().runId().value());
        transform(part.get());
    }

    private void transform(PartId part) {
        long startedAt = System.nanoTime();
        CleanCounts counts =
                tracer.step(
                        "transform " + part.stream().canonicalName(),
                        Map.of(RUN_ID, part.runId().value(), "source", part.source()),
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
        metrics.transformed(part, counts, taken, transformPart.isOfWindow(part));
    }
}
