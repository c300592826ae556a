package io.shopflow.ledger;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What was found in the warehouse when a run was closed: one row of {@code etl.run_findings}.
 *
 * @param rule short stable name, once a run and stream
 * @param stream canonical name of the stream; empty where it concerns the whole source
 * @param rows how many rows it concerns; 0 where it concerns none in particular
 * @param example one of them; null where none may be shown
 * @param message what is wrong and what to do; follows the number of rows, where that is not 0
 * @param failsRun whether it makes the run incomplete
 */
public record Finding(
        String rule,
        String stream,
        long rows,
        @Nullable String example,
        String message,
        boolean failsRun) {

    /** The rule, and the stream where it concerns one. */
    public String named() {
        return stream.isEmpty() ? rule : rule + " of " + stream;
    }

    /** {@code 2 rows of orders that are not there (for example r4)}. */
    public String described() {
        String shown =
                example == null || message.contains("'" + example + "'")
                        ? ""
                        : " (for example %s)".formatted(example);
        String counted = rows == 0 ? "" : String.format(Locale.ROOT, "%,d ", rows);
        return counted + message + shown;
    }
}
