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
import io.shopflow.load.notification.SendNotifications;
import io.shopflow.load.part.LoadPart;
import io.shopflow.load.run.LoadManifest;
import io.shopflow.load.warehouse.ApplyResult;
import io.shopflow.load.warehouse.ApplyResult.AlreadyApplied;
import io.shopflow.load.warehouse.ApplyResult.ManifestApplied;
import io.shopflow.load.warehouse.ApplyResult.NotApplied;
import io.shopflow.load.warehouse.ApplyResult.PartApplied;
import io.shopflow.load.warehouse.Warehouse;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Loads the clean parts and manifests named by S3's events. S3 and the queue deliver at least once
 * and in any order: a repeated event changes nothing, and the last object of a run to arrive closes
 * the run. Notifications that are due are sent after each message.
 */
public class LoadFunction {

    private static final Logger LOG = Logger.getLogger(LoadFunction.class);

    private final LoadPart loadPart;
    private final LoadManifest loadManifest;
    private final Warehouse warehouse;
    private final SendNotifications notifications;
    private final LoadMetrics metrics;
    private final QueueHandler queue;
    private final LoadConfig config;

    LoadFunction(
            LoadPart loadPart,
            LoadManifest loadManifest,
            Warehouse warehouse,
            SendNotifications notifications,
            LoadMetrics metrics,
            QueueHandler queue,
            LoadConfig config) {
        this.loadPart = loadPart;
        this.loadManifest = loadManifest;
        this.warehouse = warehouse;
        this.notifications = notifications;
        this.metrics = metrics;
        this.queue = queue;
        this.config = config;
    }

    /** Handles a batch of events; returns those that must be delivered again. */
    @Funq("load")
    public SqsBatchResponse load(SqsEvent event) {
        return queue.handle(
                event,
                message -> {
                    message.bodyAs(S3Event.class).keysIn(config.bucket()).forEach(this::apply);
                    // What an earlier invocation did not send is due as well.
                    notifications.send();
                });
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
                                                "'%s' is neither the key of a clean part nor that of a manifest"
                                                        .formatted(key))));
    }

    private void apply(String key, ManifestKey manifest) {
        RunId runId = manifest.runId();
        String source = manifest.source();
        ApplyResult result =
                queue.step("load manifest", runId, source, () -> loadManifest.apply(key, runId));
        log(key, result);
        close(result, runId, source);
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
        log(part.cleanKey(), result);
        close(result, part.runId(), part.source());
    }

    /** Also after an object that was applied before: load may have been stopped after that. */
    private void close(ApplyResult result, RunId runId, String source) {
        switch (result) {
            case PartApplied applied -> closeIfReady(runId, source);
            case ManifestApplied applied -> closeIfReady(runId, source);
            case AlreadyApplied applied -> closeIfReady(runId, source);
            case NotApplied none -> {}
        }
    }

    private void closeIfReady(RunId runId, String source) {
        queue.step("close run", runId, source, () -> warehouse.closeIfReady(runId, source))
                .ifPresent(this::logClosed);
    }

    private void log(String key, ApplyResult result) {
        switch (result) {
            case PartApplied(RowCounts rows, long millis) ->
                    LOG.infof(
                            "part_loaded key=%s inserted=%d updated=%d unchanged=%d millis=%d",
                            key, rows.inserted(), rows.updated(), rows.unchanged(), millis);
            case ManifestApplied() -> LOG.infof("manifest_loaded key=%s", key);
            case NotApplied() -> LOG.warnf("not_applied key=%s", key);
            case AlreadyApplied() -> LOG.infof("already_loaded key=%s", key);
        }
    }

    private void logClosed(Run run) {
        LOG.infof("run_closed status=%s", run.status().canonicalName());
        metrics.closed(run);
    }
}
