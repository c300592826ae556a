package io.shopflow.laptop.runs;

import static org.assertj.core.api.Assertions.assertThat;

import io.shopflow.core.run.Problem;
import io.shopflow.core.run.RunId;
import io.shopflow.ledger.Finding;
import io.shopflow.ledger.Finding.Severity;
import io.shopflow.ledger.RuleRows;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The outcome that is shown at the end of a run. */
class RunOutcomeTest {

    @Test
    void informationIsDistinguishedFromDoubts() {
        List<Finding> findings =
                List.of(
                        finding(
                                "order_unknown",
                                1,
                                "rows whose order is not in the warehouse",
                                Severity.DOUBT),
                        finding("rows_deleted", 2, "rows of earlier runs", Severity.INFORMATION));

        assertThat(outcome(List.of(), findings).lines())
                .contains(
                        "  found: order_unknown of order_items: 1 row whose order is not in the warehouse",
                        "  note: rows_deleted of order_items: 2 rows of earlier runs");
    }

    @Test
    void aSingleOmittedProblemIsInTheSingular() {
        List<Problem> problems = Collections.nCopies(51, Problem.of("rule", "Wrong."));

        assertThat(outcome(problems, List.of()).lines()).contains("  and 1 more problem");
    }

    private static Finding finding(String rule, long rows, String message, Severity severity) {
        return new Finding(rule, "order_items", rows, null, message, severity);
    }

    private static RunOutcome outcome(List<Problem> problems, List<Finding> findings) {
        return new RunOutcome(
                RunId.create(),
                null,
                List.of(),
                problems,
                findings,
                List.<RuleRows>of(),
                List.<RuleRows>of(),
                List.of());
    }
}
