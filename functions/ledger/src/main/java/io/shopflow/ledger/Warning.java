package io.shopflow.ledger;

import io.shopflow.core.run.RunId;
import org.jspecify.annotations.Nullable;

/** Rows that count although something in them was odd: one row of {@code etl.run_warnings}. */
public record Warning(
        String source,
        RunId runId,
        String stream,
        String rule,
        String field,
        long rows,
        @Nullable String example,
        @Nullable String position)
        implements RuleRows {}
