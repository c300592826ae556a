package io.shopflow.ledger;

import io.shopflow.core.run.RunManifest;

/**
 * A manifest and its object in the lake.
 *
 * @param version entity tag of the object
 */
public record ManifestObject(RunManifest manifest, String bucket, String key, String version) {}
