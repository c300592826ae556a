package io.shopflow.ledger;

import io.shopflow.core.run.PartId;

/**
 * A clean part as an object of the lake.
 *
 * @param version differs if the content differs
 * @param snapshot whether the rows replace those of earlier runs, even newer versions
 */
public record PartObject(PartId id, String bucket, String version, boolean snapshot) {}
