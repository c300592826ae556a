package io.shopflow.ledger;

import io.shopflow.core.run.RunManifest;

/**
 * A manifest and the object that it was read from.
 *
 * @param version entity tag of the object
 */
public record ManifestObject(RunManifest manifest, String bucket, String key, String version) {}
