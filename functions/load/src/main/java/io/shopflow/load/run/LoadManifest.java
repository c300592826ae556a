package io.shopflow.load.run;

import io.shopflow.core.lake.ObjectStore;
import io.shopflow.core.lake.ObjectStore.Content;
import io.shopflow.core.run.RunId;
import io.shopflow.core.run.RunJson;
import io.shopflow.core.run.RunKeys;
import io.shopflow.core.run.RunManifest;
import io.shopflow.ledger.ManifestObject;
import io.shopflow.load.warehouse.ApplyResult;
import io.shopflow.load.warehouse.Warehouse;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Loads a run's manifest: which parts the run has, and what extract found. */
public final class LoadManifest {

    private final ObjectStore store;
    private final Warehouse warehouse;
    private final String bucket;

    /** Reads from the store of this bucket and writes to the warehouse. */
    public LoadManifest(ObjectStore store, Warehouse warehouse, String bucket) {
        this.store = store;
        this.warehouse = warehouse;
        this.bucket = bucket;
    }

    /** Loads the current version of the manifest. If it throws, nothing was written. */
    public ApplyResult apply(String key, RunId runId) {
        try (Content content =
                store.open(key)
                        .orElseThrow(
                                () ->
                                        new IllegalStateException(
                                                "the manifest %s does not exist: run the source again"
                                                        .formatted(key)))) {
            RunManifest manifest = RunJson.read(content.body().readAllBytes(), RunManifest.class);
            if (!key.equals(RunKeys.manifest(manifest.source(), manifest.runId()))) {
                throw new IllegalArgumentException(
                        "the manifest %s contains run %s of '%s'"
                                .formatted(key, manifest.runId(), manifest.source()));
            }
            return warehouse.apply(
                    new ManifestObject(manifest, bucket, key, content.object().entityTag()));
        } catch (IOException e) {
            throw new UncheckedIOException("%s of run %s".formatted(key, runId), e);
        }
    }
}
