package io.shopflow.load;

import io.quarkus.funqy.Funq;
import io.shopflow.core.run.PartId;
import io.shopflow.core.run.RunId;
import io.shopflow.core.run.RunKeys;
import io.shopflow.core.run.RunKeys.ManifestKey;
import io.shopflow.lambda.QueueHandler;
import io.shopflow.lambda.event.S3Event;
import io.shopflow.lambda.event.SqsBatchResponse;
import io.shopflow.lambda.event.SqsEvent;
import io.shopflow.ledger.RowCounts;
import io.shopflow.ledger.Run;
import io.shopflow.load.part.LoadPart;
import io.shopflow.load.run.CloseRun;
import io.shopflow.load.warehouse.ApplyResult;
import io.shopflow.load.warehouse.ApplyResult.AlreadyApplied;
import io.shopflow.load.warehouse.ApplyResult.LeftOut;
import io.shopflow.load.warehouse.ApplyResult.ManifestApplied;
import io.shopflow.load.warehouse.ApplyResult.PartApplied;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Applies the clean parts and manifests that S3 announces. S3 and the queue deliver at least once
 * and in any order: repeats change nothing, and a run is closed by whichever of its objects comes
 * last.
 */
public class LoadFunction {

    private static final Logger LOG = Logger.getLogger(LoadFunction.class);

    private final LoadPart loadPart;
    private final CloseRun closeRun;
    private final LoadMetrics metrics;
    private final QueueHandler queue;
    private final LoadConfig config;

    LoadFunction(
            LoadPart loadPart,
            CloseRun closeRun,
            LoadMetrics metrics,
            QueueHandler queue,
            LoadConfig config) {
        this.loadPart = loadPart;
        this.closeRun = closeRun;
        this.metrics = metrics;
        this.queue = queue;
        this.config = config;
    }

    /** Handles a batch of events; names those that must come again. */
    @Funq("load")
    public SqsBatchResponse load(SqsEvent event) {
        return queue.handle(
                event,
                message ->
                        message.bodyAs(S3Event.class).keysIn(config.bucket()).forEach(this::apply));
    }

    private void apply(String key) {
        Optional<ManifestKey> manifest = RunKeys.ofManifestKey(key);
        if (manifest.isPresent()) {
            apply(key, manifest.get());
            return;
        }
        apply(
                PartId.ofKey(key)
                        .filter(named -> key.equals(named.cleanKey()))
                        .orElseThrow(
                                () ->
                                        new IllegalArgumentException(
                                                "'%s' is the key of neither a clean part nor a manifest"
                                                        .formatted(key))));
    }

    private void apply(String key, ManifestKey manifest) {
        RunId runId = manifest.runId();
        tell(
                key,
                queue.step(
                        "close run", runId, manifest.source(), () -> closeRun.apply(key, runId)));
    }

    private void apply(PartId part) {
        ApplyResult result =
                queue.step(
                        "load " + part.stream().canonicalName(),
                        part.runId(),
                        part.source(),
                        () -> loadPart.apply(part));
        if (result instanceof PartApplied applied) {
            metrics.loaded(part, applied);
        }
        tell(part.cleanKey(), result);
    }

    private void tell(String key, ApplyResult result) {
        switch (result) {
            case PartApplied(RowCounts rows, long millis, Optional<Run> closed) -> {
                LOG.infof(
                        "part_loaded key=%s inserted=%d updated=%d unchanged=%d millis=%d",
                        key, rows.inserted(), rows.updated(), rows.unchanged(), millis);
                closed.ifPresent(this::announce);
            }
            case ManifestApplied(Optional<Run> closed) -> {
                LOG.infof("manifest_loaded key=%s", key);
                closed.ifPresent(this::announce);
            }
            case LeftOut() -> LOG.warnf("left_out_of_run key=%s", key);
            case AlreadyApplied() -> LOG.infof("already_loaded key=%s", key);
        }
    }

    private void announce(Run run) {
        LOG.infof("run_closed status=%s", run.status().canonicalName());
        metrics.closed(run);
    }
}
