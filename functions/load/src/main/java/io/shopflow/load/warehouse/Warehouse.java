package io.shopflow.load.warehouse;

import io.shopflow.core.run.PartId;
import io.shopflow.ledger.ManifestObject;
import java.util.function.Supplier;

/**
 * The warehouse to which loads write. Each call is one transaction. Thread-safe, also across
 * processes; each part is applied by one of them at a time.
 */
public interface Warehouse {

    /**
     * Applies a clean part and writes its ledger row; closes its run if no other object is missing.
     *
     * @param open opens the part when its locks are held; called again for each retry. The
     *     warehouse closes it.
     */
    ApplyResult apply(PartId part, Supplier<CleanPart> open);

    /** Stores a manifest, and closes its run if all its parts are loaded. */
    ApplyResult apply(ManifestObject manifest);
}
