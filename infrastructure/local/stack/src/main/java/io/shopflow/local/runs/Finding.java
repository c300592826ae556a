package io.shopflow.local.runs;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What was found in the warehouse when a run was closed: one row of {@code etl.run_findings}.
 *
 * @param stream empty where it concerns the whole source
 * @param rows how many rows it concerns
 * @param example one of them; null where none may be shown
 * @param message follows the number of rows
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

    /** {@code order_unknown of refunds: 2 rows of orders that are not there (for example r4)}. */
    String described() {
        String shown =
                example == null || message.contains(example)
                        ? ""
                        : " (for example %s)".formatted(example);
        return Printable.text(
                named() + ": " + String.format(Locale.ROOT, "%,d ", rows) + message + shown);
    }
}
