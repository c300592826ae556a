package io.shopflow.ledger;

import io.shopflow.core.run.RunId;
import org.jspecify.annotations.Nullable;

/**
 * Rows that one rule rejected: one row of {@code etl.run_rejections}.
 *
 * @param stillOut those of them that no later run has loaded or replaced
 */
public record Rejection(
        String source,
        RunId runId,
        String stream,
        String rule,
        String field,
        long rows,
        long stillOut,
        @Nullable String example,
        @Nullable String position)
        implements RuleRows {}
