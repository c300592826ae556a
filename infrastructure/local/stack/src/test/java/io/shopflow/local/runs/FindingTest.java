package io.shopflow.local.runs;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FindingTest {

    @Test
    void rowsComeBeforeTheMessageAndAnExampleBehindIt() {
        assertThat(
                        new Finding(
                                        "order_unknown",
                                        "refunds",
                                        1200,
                                        "d",
                                        "rows of orders that are not there",
                                        false)
                                .described())
                .isEqualTo(
                        "order_unknown of refunds: 1,200 rows of orders that are not there (for example d)");
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
                                        true)
                                .described())
                .isEqualTo(
                        "rejected_share of orders: 2 of 2 rows were rejected, for example '$10'");
    }

    @Test
    void whatConcernsNoRowsInParticularHasNoNumber() {
        assertThat(
                        new Finding(
                                        "configuration_changed",
                                        "",
                                        0,
                                        null,
                                        "Reading all of it again.",
                                        false)
                                .described())
                .isEqualTo("configuration_changed: Reading all of it again.");
    }
}
