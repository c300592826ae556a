package io.shopflow.ledger;

import io.shopflow.core.run.RunId;
import org.jspecify.annotations.Nullable;

/**
 * The number of rows of a run's stream that one rule rejected, or warned of, in one field: one row
 * of {@code etl.run_rejections} or {@code etl.run_warnings}.
 *
 * @param stream canonical name of the stream
 * @param rule short stable name
 * @param field empty if the rule concerns the whole row
 * @param stillOut rejected rows that no later run has loaded or replaced; 0 for a warning
 * @param example a value that the rule concerns; null if none may be shown
 * @param position of the example's row in its source; null if unknown
 */
public record RuleRows(
        String source,
        RunId runId,
        String stream,
        String rule,
        String field,
        long rows,
        long stillOut,
        @Nullable String example,
        @Nullable String position) {}
