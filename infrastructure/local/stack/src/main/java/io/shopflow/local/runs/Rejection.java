package io.shopflow.local.runs;

import io.shopflow.core.run.RunId;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Rows of a run's stream that one rule rejected: one row of {@code etl.run_rejections}.
 *
 * @param field empty where it concerns the whole row
 * @param stillOut those of them that no later run has loaded or replaced
 * @param example one rejected value; null where none may be shown
 * @param position where the row of the example stands in its source; null where unknown
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
        @Nullable String position) {

    /** {@code order_items, number_format of unit_price: 2 rows, for example '$10' at i.csv:2}. */
    String described() {
        return described(stream, rule, field, rows, example, position);
    }

    static String described(
            String stream,
            String rule,
            String field,
            long rows,
            @Nullable String example,
            @Nullable String position) {
        return Printable.text(
                "%s, %s%s: %s%s%s"
                        .formatted(
                                stream,
                                rule,
                                field.isEmpty() ? "" : " of " + field,
                                rows == 1 ? "1 row" : String.format(Locale.ROOT, "%,d rows", rows),
                                example == null ? "" : ", for example '" + example + "'",
                                position == null ? "" : " at " + position));
    }
}
