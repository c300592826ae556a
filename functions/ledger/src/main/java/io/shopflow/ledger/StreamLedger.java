package io.shopflow.ledger;

import io.shopflow.core.run.RunId;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * The ledger of one stream of a run: one row of {@code etl.run_ledger}.
 *
 * @param stream canonical name of the stream
 * @param counted rows that the source counts; null if it cannot count
 * @param rows counts of the extracted rows
 * @param missingParts parts that the manifest names and that are not loaded
 * @param balanced whether {@code counted = extracted}, the rows of each part balance (see {@link
 *     RowCounts#balances}) and the stream has no problem; false until the manifest is loaded
 */
public record StreamLedger(
        RunId runId,
        String stream,
        @Nullable Long counted,
        RowCounts rows,
        long missingParts,
        boolean balanced) {

    /** The sum of these streams' rows. */
    public static RowCounts sum(Collection<StreamLedger> streams) {
        return streams.stream().map(StreamLedger::rows).reduce(RowCounts.NONE, RowCounts::plus);
    }

    /** Whether each of these streams balances. True for a run without streams. */
    public static boolean allBalanced(Collection<StreamLedger> streams) {
        return streams.stream().allMatch(StreamLedger::balanced);
    }

    /** The sum of a run's stream and the same stream of a later run. */
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
