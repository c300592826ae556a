package io.shopflow.backfill.ledger;

import io.shopflow.core.run.RunId;
import java.util.Collection;
import java.util.Map;

/** What became of runs, by the warehouse that they were loaded into. */
public interface Ledger {

    /** The runs among these of which something is loaded. */
    Map<RunId, RunEntry> runs(Collection<RunId> runs);
}
