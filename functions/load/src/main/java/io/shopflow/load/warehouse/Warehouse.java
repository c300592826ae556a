package io.shopflow.load.warehouse;

import io.shopflow.core.run.PartId;
import io.shopflow.ledger.ManifestObject;
import java.util.function.Supplier;

/**
 * Where loads write. Each call is one transaction: it happens whole or not at all. Safe for use by
 * several threads and processes; one part is applied by one of them at a time.
 */
public interface Warehouse {

    /**
     * Applies a clean part with its ledger row, and closes its run if nothing else is missing.
     *
     * @param part which part it is
     * @param open opens it, once it is this part's turn; may be called again when another load was
     *     in the way. The warehouse closes what it gets.
     */
    ApplyResult apply(PartId part, Supplier<CleanPart> open);

    /** Stores what a manifest says, and closes its run if all its parts are in. */
    ApplyResult apply(ManifestObject manifest);
}
