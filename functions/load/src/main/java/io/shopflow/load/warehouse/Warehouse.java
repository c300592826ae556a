package io.shopflow.load.warehouse;

import io.shopflow.core.run.PartId;
import io.shopflow.core.run.RunId;
import io.shopflow.ledger.ManifestObject;
import io.shopflow.ledger.Run;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The warehouse to which loads write. Thread-safe, also across processes; each part is applied by
 * one of them at a time.
 */
public interface Warehouse {

    /**
     * Applies a clean part and writes its ledger row, in one transaction.
     *
     * @param open opens the part when its locks are held; called again for each retry. The
     *     warehouse closes it.
     */
    ApplyResult apply(PartId part, Supplier<CleanPart> open);

    /** Stores a manifest, in one transaction. */
    ApplyResult apply(ManifestObject manifest);

    /**
     * Brings the marts up to date and closes the run, if its manifest and all its parts are loaded.
     * Must be called after each object, also after one that was applied before: the call may not
     * have returned then. What it has done until it throws, the next call need not do again.
     *
     * @return the run, if this call closed it
     */
    Optional<Run> closeIfReady(RunId runId, String source);
}
