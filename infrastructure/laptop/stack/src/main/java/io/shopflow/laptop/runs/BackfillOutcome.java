package io.shopflow.laptop.runs;

import io.shopflow.core.text.Counted;
import io.shopflow.ledger.StreamLedger;
import java.util.ArrayList;
import java.util.List;

/**
 * The outcome of a backfill.
 *
 * @param ledger of all its runs together
 * @param reasons why it failed; empty if it succeeded
 * @param windows number of windows
 * @param complete number of complete windows
 */
public record BackfillOutcome(
        List<StreamLedger> ledger, List<String> reasons, int windows, int complete) {

    public BackfillOutcome {
        ledger = List.copyOf(ledger);
        reasons = List.copyOf(reasons);
    }

    /** Whether every window is complete, and few enough rows were rejected. */
    public boolean accepted() {
        return reasons.isEmpty();
    }

    /** The lines for the user. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        if (!ledger.isEmpty()) {
            lines.addAll(LedgerTable.lines(ledger));
        }
        reasons.forEach(reason -> lines.add("  " + reason));
        lines.add(
                accepted()
                        ? "The backfill is complete and balanced: %d of %s."
                                .formatted(complete, Counted.of(windows, "window"))
                        : "The backfill is not complete, only %d of %s. Run the backfill of the same days again; rows that are loaded stay unchanged."
                                .formatted(complete, Counted.of(windows, "window")));
        return lines;
    }
}
