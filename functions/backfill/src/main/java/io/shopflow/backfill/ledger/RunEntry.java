package io.shopflow.backfill.ledger;

import java.util.List;

/**
 * A run in the ledger.
 *
 * @param status open until the run is closed, then complete or incomplete
 * @param balanced whether each stream's rows are accounted for
 * @param problems rules of what went wrong while extracting, each once
 */
public record RunEntry(
        String source, RunStatus status, boolean balanced, Rows rows, List<String> problems) {

    /** Defensive copy. */
    public RunEntry {
        problems = List.copyOf(problems);
    }
}
