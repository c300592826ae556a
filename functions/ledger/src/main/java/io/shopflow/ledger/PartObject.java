package io.shopflow.ledger;

import io.shopflow.core.run.PartId;

/**
 * A clean part as an object of the lake.
 *
 * @param version differs if the content differs
 */
public record PartObject(PartId id, String bucket, String version) {}
