package io.shopflow.load.warehouse;

import io.shopflow.ledger.RowCounts;

/** The result of applying an object. */
public sealed interface ApplyResult {

    /**
     * The part's rows are loaded.
     *
     * @param rows their counts
     * @param millis duration of the load
     */
    record PartApplied(RowCounts rows, long millis) implements ApplyResult {}

    /** The manifest is stored. */
    record ManifestApplied() implements ApplyResult {}

    /**
     * The object does not belong to its run: the run's manifest does not name the part, or the run
     * is closed and this is another manifest. Only the audit, and {@code etl.late_parts} for a
     * part, have a new row.
     */
    record NotApplied() implements ApplyResult {}

    /** This version of the object was applied before: only the audit has a new row. */
    record AlreadyApplied() implements ApplyResult {}
}
