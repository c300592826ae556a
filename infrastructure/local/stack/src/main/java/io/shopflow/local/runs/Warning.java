package io.shopflow.local.runs;

import io.shopflow.core.run.RunId;
import org.jspecify.annotations.Nullable;

/**
 * Rows of a run's stream that count although something in them was odd: one row of {@code
 * etl.run_warnings}.
 *
 * @param field empty where it concerns the whole row
 * @param example one odd value; null where none may be shown
 * @param position where the row of the example stands in its source; null where unknown
 */
public record Warning(
        String source,
        RunId runId,
        String stream,
        String rule,
        String field,
        long rows,
        @Nullable String example,
        @Nullable String position) {

    /** {@code orders, country_unknown of ship_country: 2 rows, for example 'Utopia' at o.csv:5}. */
    public String described() {
        return Rejection.described(stream, rule, field, rows, example, position);
    }
}
