package io.shopflow.transform;

import io.quarkus.funqy.Funq;
import io.shopflow.core.event.S3Event;
import io.shopflow.core.event.S3Event.S3Entity;
import io.shopflow.core.event.S3Event.S3Record;
import io.shopflow.core.event.SqsBatchResponse;
import io.shopflow.core.event.SqsBatchResponse.BatchItemFailure;
import io.shopflow.core.event.SqsEvent;
import io.shopflow.core.event.SqsEvent.Message;
import io.shopflow.core.lake.PartMetadata.CleanCounts;
import io.shopflow.core.run.PartId;
import io.shopflow.core.run.RunJson;
import io.shopflow.transform.part.TransformPart;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jboss.logging.MDC;

/**
 * Transforms the raw parts that S3 announces. S3 and the queue deliver at least once and in any
 * order: a part transformed again is written again as it was.
 */
public class TransformFunction {

    private static final Logger LOG = Logger.getLogger(TransformFunction.class);

    private static final String RUN_ID = "run_id";

    private final TransformPart transformPart;
    private final TransformConfig config;

    TransformFunction(TransformPart transformPart, TransformConfig config) {
        this.transformPart = transformPart;
        this.config = config;
    }

    /** Handles a batch of events; names those that must come again. */
    @Funq("transform")
    public SqsBatchResponse transform(SqsEvent event) {
        List<BatchItemFailure> failures = new ArrayList<>();
        for (Message message : event.records()) {
            try {
                handle(message);
            } catch (RuntimeException e) {
                LOG.errorf(e, "transform_failed message_id=%s", message.messageId());
                failures.add(new BatchItemFailure(message.messageId()));
            } finally {
                MDC.remove(RUN_ID);
            }
        }
        return new SqsBatchResponse(failures);
    }

    private void handle(Message message) {
        S3Event event =
                RunJson.read(message.body().getBytes(StandardCharsets.UTF_8), S3Event.class);
        for (S3Record created : event.objects()) {
            transform(created.s3());
        }
    }

    private void transform(S3Entity entity) {
        if (!entity.bucket().name().equals(config.bucket())) {
            throw new IllegalArgumentException(
                    "an event of the bucket '%s' came, but this function reads '%s': check the bucket's notifications"
                            .formatted(entity.bucket().name(), config.bucket()));
        }
        String key = entity.object().decodedKey();
        Optional<PartId> part = PartId.ofKey(key).filter(named -> key.equals(named.rawKey()));
        if (part.isEmpty()) {
            LOG.warnf("not_a_raw_part key=%s", key);
            return;
        }
        MDC.put(RUN_ID, part.get().runId().value());
        long startedAt = System.nanoTime();
        CleanCounts counts = transformPart.transform(part.get());
        LOG.infof(
                "part_transformed key=%s extracted=%d clean=%d duplicate=%d quarantined=%d millis=%d",
                key,
                counts.extracted(),
                counts.clean(),
                counts.duplicate(),
                counts.quarantined(),
                (System.nanoTime() - startedAt) / 1_000_000);
    }
}
