package io.shopflow.dashboard.ledger;

import io.shopflow.ledger.RowCounts;
import io.shopflow.ledger.StreamLedger;
import java.util.List;

/** The streams' ledgers of one or more runs, added up. */
public record RunTotals(RowCounts rows, boolean balanced) {

    /** Without streams the result is not balanced: such a run has no manifest yet. */
    public static RunTotals of(List<StreamLedger> streams) {
        return new RunTotals(
                StreamLedger.sum(streams), !streams.isEmpty() && StreamLedger.allBalanced(streams));
    }
}
