package io.shopflow.backfill;

import static java.util.stream.Collectors.groupingBy;

import io.shopflow.core.run.RunId;
import io.shopflow.ledger.Ledger;
import io.shopflow.ledger.RowCounts;
import io.shopflow.ledger.Run;
import io.shopflow.ledger.StreamLedger;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A run with at least one loaded object, and its ledger.
 *
 * @param problems rules of the problems of its extraction, each once
 */
record LoadedRun(Run run, List<StreamLedger> streams, List<String> problems) {

    LoadedRun {
        streams = List.copyOf(streams);
        problems = List.copyOf(problems);
    }

    /** The runs among these that have a loaded object. */
    static Map<RunId, LoadedRun> read(Ledger ledger, Collection<RunId> runIds) {
        return ledger.read(
                reader -> {
                    // First the runs: the ledger of a closed run no longer changes.
                    List<Run> runs = reader.runs(runIds);
                    Map<RunId, List<StreamLedger>> streams =
                            reader.streams(runIds).stream()
                                    .collect(groupingBy(StreamLedger::runId));
                    Map<RunId, List<String>> problems = reader.problemRules(runIds);
                    Map<RunId, LoadedRun> loaded = new HashMap<>();
                    for (Run run : runs) {
                        loaded.put(
                                run.runId(),
                                new LoadedRun(
                                        run,
                                        streams.getOrDefault(run.runId(), List.of()),
                                        problems.getOrDefault(run.runId(), List.of())));
                    }
                    return loaded;
                });
    }

    RowCounts rows() {
        return StreamLedger.sum(streams);
    }

    boolean balanced() {
        return StreamLedger.allBalanced(streams);
    }
}
