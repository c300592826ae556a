package io.shopflow.ledger;

import io.shopflow.core.run.RunId;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * The ledger of one stream of a run: one row of {@code etl.run_ledger}.
 *
 * @param stream canonical name of the stream
 * @param counted rows that the source says there are; null where it could not be asked
 * @param rows what became of the rows
 * @param missingParts parts that the manifest names and that are not loaded
 * @param balanced whether {@code counted = extracted}, the rows of each part balance as {@link
 *     RowCounts#balances} says, and nothing went wrong with the stream; false until the manifest is
 *     in
 */
public record StreamLedger(
        RunId runId,
        String stream,
        @Nullable Long counted,
        RowCounts rows,
        long missingParts,
        boolean balanced) {

    /** The rows of all these streams together. */
    public static RowCounts sum(Collection<StreamLedger> streams) {
        return streams.stream().map(StreamLedger::rows).reduce(RowCounts.NONE, RowCounts::plus);
    }

    /** Whether each of these streams balances; so does a run without streams. */
    public static boolean allBalanced(Collection<StreamLedger> streams) {
        return streams.stream().allMatch(StreamLedger::balanced);
    }

    /** The same stream of a run and a later one together. */
    public StreamLedger plus(StreamLedger later) {
        return new StreamLedger(
                later.runId,
                stream,
                counted == null || later.counted == null ? null : counted + later.counted,
                rows.plus(later.rows),
                missingParts + later.missingParts,
                balanced && later.balanced);
    }
}
