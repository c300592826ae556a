package io.shopflow.transform.row;

import io.shopflow.core.privacy.Masking;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A rule that a row violates, for which it is rejected. Contains no values of the row.
 *
 * @param rule short stable name
 * @param field empty if it concerns the whole row
 * @param message what is wrong
 */
public record RuleViolation(String rule, String field, String message) {

    private static final Pattern DEFECT =
            Pattern.compile("(?<rule>[a-z][a-z0-9_]{0,40}): ?(?<message>.{0,500})", Pattern.DOTALL);

    /**
     * The violation of a defect that the source's reader found, {@code rule: explanation}.
     *
     * @see io.shopflow.core.stream.StreamSchema#DEFECT
     */
    static RuleViolation ofDefect(String defect) {
        Matcher matcher = DEFECT.matcher(defect);
        return matcher.matches()
                ? new RuleViolation(
                        matcher.group("rule"), "", Masking.text(matcher.group("message")))
                : new RuleViolation("defect", "", "The source's reader could not read the row.");
    }
}
