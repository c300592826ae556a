package io.shopflow.laptop.checks;

import io.shopflow.core.run.PartId;

/**
 * A part whose rows are in the warehouse.
 *
 * @param version SHA-256 of the clean part that was loaded last
 */
record LoadedPartVersion(PartId id, String version) {}
