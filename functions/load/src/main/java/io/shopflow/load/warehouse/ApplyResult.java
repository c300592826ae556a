package io.shopflow.load.warehouse;

import java.util.Optional;

/** What came of an object. */
public sealed interface ApplyResult {

    /**
     * The rows are in.
     *
     * @param inserted rows that were new; completed inferred members are
     * @param updated rows that changed what was there
     * @param unchanged rows that said nothing new
     * @param closed how the run ended, if it was this part that closed it
     */
    record PartApplied(
            long inserted, long updated, long unchanged, long millis, Optional<ClosedRun> closed)
            implements ApplyResult {}

    /**
     * What the manifest says is in.
     *
     * @param closed how the run ended, if it was the manifest that closed it
     */
    record ManifestApplied(Optional<ClosedRun> closed) implements ApplyResult {}

    /**
     * The run does without the object: its manifest names other parts, or it is closed and this is
     * another manifest. It is noted apart, and nothing else was written.
     */
    record LeftOut() implements ApplyResult {}

    /** The object was applied before in this version: only the audit has a new row. */
    record AlreadyApplied() implements ApplyResult {}
}
