package io.shopflow.dashboard.runs;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The streams' ledgers of one run, added up. */
public record Ledger(
        long extracted, long changed, long quarantined, int streams, boolean balanced) {

    /** An empty list balances nothing: such a run has no manifest yet. */
    public static Ledger sum(List<StreamLedger> streams) {
        return new Ledger(
                streams.stream().mapToLong(stream -> stream.extracted).sum(),
                streams.stream().mapToLong(stream -> stream.inserted + stream.updated).sum(),
                streams.stream().mapToLong(stream -> stream.quarantined).sum(),
                streams.size(),
                !streams.isEmpty() && streams.stream().allMatch(stream -> stream.balanced));
    }

    /** The ledgers of several runs. */
    static Map<String, Ledger> byRun(List<StreamLedger> streams) {
        return streams.stream()
                .collect(
                        Collectors.groupingBy(
                                stream -> stream.runId,
                                Collectors.collectingAndThen(Collectors.toList(), Ledger::sum)));
    }
}
