package io.shopflow.ledger;

import io.shopflow.core.text.Counted;
import org.jspecify.annotations.Nullable;

/**
 * What a run found in its source and in the warehouse: one row of {@code etl.run_findings}.
 *
 * @param rule short stable name, once per run and stream
 * @param stream canonical name of the stream; empty if it concerns the whole source
 * @param rows number of rows concerned; 0 if none in particular
 * @param example one of them; null if none may be shown
 * @param message what is wrong and what to do; follows the number of rows if that is not 0, and
 *     then begins with a noun in the plural or with none
 * @param severity what it means for the figures
 */
public record Finding(
        String rule,
        String stream,
        long rows,
        @Nullable String example,
        String message,
        Severity severity) {

    /** What a finding means for the figures. */
    public enum Severity {
        /** No figure is wrong because of it: the user declared it, for example. */
        INFORMATION,
        /** Figures may be wrong. */
        DOUBT,
        /** Figures are wrong: the run is incomplete. */
        FAILURE
    }

    /** Whether it makes the run incomplete. */
    public boolean failsRun() {
        return severity == Severity.FAILURE;
    }

    /** Whether it only informs. */
    public boolean informs() {
        return severity == Severity.INFORMATION;
    }

    /** The rule, and the stream if it concerns one. */
    public String named() {
        return stream.isEmpty() ? rule : rule + " of " + stream;
    }

    /** {@code 2 rows of orders that are not there (for example r4)}. */
    public String described() {
        String shown =
                example == null || message.contains("'" + example + "'")
                        ? ""
                        : " (for example %s)".formatted(example);
        return (rows == 0 ? message : Counted.before(rows, message)) + shown;
    }
}
