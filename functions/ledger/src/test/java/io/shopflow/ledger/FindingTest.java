package io.shopflow.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.shopflow.ledger.Finding.Severity;
import org.junit.jupiter.api.Test;

class FindingTest {

    @Test
    void rowsComeBeforeTheMessageAndAnExampleBehindIt() {
        Finding finding =
                new Finding(
                        "order_unknown",
                        "refunds",
                        1200,
                        "d",
                        "rows of orders that are not there",
                        Severity.DOUBT);

        assertThat(finding.named()).isEqualTo("order_unknown of refunds");
        assertThat(finding.described())
                .isEqualTo("1,200 rows of orders that are not there (for example d)");
    }

    @Test
    void anExampleThatTheMessageQuotesIsNotRepeated() {
        assertThat(
                        new Finding(
                                        "rejected_share",
                                        "orders",
                                        2,
                                        "$10",
                                        "of 2 rows were rejected, for example '$10'",
                                        Severity.FAILURE)
                                .described())
                .isEqualTo("2 of 2 rows were rejected, for example '$10'");
    }

    @Test
    void whatConcernsNoRowsInParticularHasNoNumber() {
        Finding finding =
                new Finding(
                        "configuration_changed",
                        "",
                        0,
                        null,
                        "Reading all of it again.",
                        Severity.INFORMATION);

        assertThat(finding.named()).isEqualTo("configuration_changed");
        assertThat(finding.described()).isEqualTo("Reading all of it again.");
    }
}
