package io.shopflow.load.warehouse;

import io.shopflow.ledger.RowCounts;
import io.shopflow.ledger.Run;
import java.util.Optional;

/** What came of an object. */
public sealed interface ApplyResult {

    /**
     * The rows are in.
     *
     * @param rows what became of them
     * @param millis how long the load took
     * @param closed the run, if it was this part that closed it
     */
    record PartApplied(RowCounts rows, long millis, Optional<Run> closed) implements ApplyResult {}

    /**
     * What the manifest says is in.
     *
     * @param closed the run, if it was the manifest that closed it
     */
    record ManifestApplied(Optional<Run> closed) implements ApplyResult {}

    /**
     * The run does without the object: its manifest names other parts, or it is closed and this is
     * another manifest. It is noted apart, and nothing else was written.
     */
    record LeftOut() implements ApplyResult {}

    /** The object was applied before in this version: only the audit has a new row. */
    record AlreadyApplied() implements ApplyResult {}
}
