package io.shopflow.load;

import static io.shopflow.load.TestRun.deliver;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.shopflow.core.run.RunNote;
import io.shopflow.core.stream.StreamName;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a run finds in the rows of its source when it closes. */
@QuarkusTest
@QuarkusTestResource(LoadTestServers.class)
class RunFindingsTest {

    private static final String MARCH = "2026-03-01T00:00:00Z";

    private static CleanRow line(String id, String order) {
        return CleanRow.of(
                StreamName.ORDER_ITEMS,
                id,
                "order_id",
                order,
                "product_id",
                "x",
                "quantity",
                "1",
                "unit_price_minor",
                "1000",
                "net_minor",
                "1000",
                "currency",
                "GBP");
    }

    private static CleanRow order(String id) {
        return CleanRow.of(
                StreamName.ORDERS,
                id,
                "status",
                "completed",
                "currency",
                "GBP",
                "ordered_at",
                "2026-01-05T12:00:00Z",
                "ordered_on",
                "2026-01-05");
    }

    private static CleanRow refund(String id, String order, String line, String minor) {
        return CleanRow.of(
                StreamName.REFUNDS,
                id,
                "order_id",
                order,
                "order_item_id",
                line,
                "amount_minor",
                minor,
                "currency",
                "GBP",
                "refunded_at",
                "2026-02-01T12:00:00Z",
                "refunded_on",
                "2026-02-01");
    }

    @Test
    void theLineOfAnUnknownOrderIsReportedUntilItsOrderArrives() {
        TestRun first = new TestRun("orphan");
        deliver(
                first.part(StreamName.ORDERS, order("1").at(MARCH)),
                first.part(
                        StreamName.ORDER_ITEMS, line("a", "1").at(MARCH), line("b", "7").at(MARCH)),
                first.manifest());
        assertThat(status(first)).isEqualTo("complete");
        assertThat(findings(first)).containsExactly("order_unknown|order_items|1|b|f");
        TestRun unchanged = new TestRun("orphan");
        deliver(unchanged.part(StreamName.ORDERS, order("1").at(MARCH)), unchanged.manifest());
        assertThat(findings(unchanged)).containsExactly("order_unknown|order_items|1|b|f");

        TestRun late = TestRun.ofChanges("orphan");
        deliver(late.part(StreamName.ORDERS, order("7").at(MARCH)), late.manifest());
        assertThat(findings(late)).isEmpty();
    }

    @Test
    void moreRefundedThanSoldAndTheRefundOfAnUnknownOrderAreReported() {
        TestRun run = new TestRun("refunds_found");
        deliver(
                run.part(StreamName.ORDERS, order("1"), order("2")),
                run.part(StreamName.ORDER_ITEMS, line("a", "1"), line("b", "2")),
                run.part(
                        StreamName.REFUNDS,
                        refund("r1", "1", "a", "1000"),
                        refund("r2", "2", "b", "2500"),
                        refund("r4", "9", "z", "500")),
                run.manifest());

        assertThat(findings(run))
                .contains("order_unknown|refunds|1|r4|f", "refunded_more_than_sold|orders|1|2|f");
        assertThat(status(run)).isEqualTo("complete");
    }

    @Test
    void moreRefundedThanSoldIsFoundInOrdersWithoutLines() {
        TestRun run = new TestRun("refund_without_lines");
        deliver(
                run.part(StreamName.ORDERS, charged("1", "", "", "300", "")),
                run.part(StreamName.REFUNDS, refund("r1", "1", "", "500")),
                run.manifest());

        assertThat(findings(run)).containsExactly("refunded_more_than_sold|orders|1|1|f");
    }

    @Test
    void aStandaloneRefundIsReportedAndPutsNoFigureInDoubt() {
        TestRun run = new TestRun("standalone_refund");
        deliver(
                run.part(StreamName.ORDERS, order("1"), charged("own", "0", "", "", "")),
                run.part(StreamName.ORDER_ITEMS, line("a", "1")),
                run.part(StreamName.REFUNDS, refund("r", "own", "", "500")),
                run.manifest());

        assertThat(findings(run)).containsExactly("standalone_refund|orders|1|own|f");
        assertThat(informing(run)).containsExactly("standalone_refund|orders|1");
    }

    @Test
    void theRefundOfALineThatItsOrderDoesNotHaveIsFound() {
        TestRun run = new TestRun("refund_line_unknown");
        deliver(
                run.part(StreamName.ORDERS, order("1"), order("2"), order("3")),
                run.part(
                        StreamName.ORDER_ITEMS,
                        line("a", "1").at(MARCH),
                        line("b", "2").at(MARCH),
                        line("c", "3").at(MARCH)),
                run.part(
                        StreamName.REFUNDS,
                        refund("of-its-line", "1", "a", "100"),
                        refund("of-no-line", "1", "", "100"),
                        refund("of-a-missing-line", "1", "z", "100"),
                        refund("of-another-order", "2", "c", "100"),
                        refund("of-a-line-to-be-deleted", "3", "c", "100")),
                run.manifest());
        assertThat(findings(run))
                .containsExactly("refund_line_unknown|refunds|2|of-a-missing-line|f");

        TestRun later = TestRun.ofChanges("refund_line_unknown");
        deliver(
                later.part(
                        StreamName.ORDER_ITEMS,
                        CleanRow.gone(StreamName.ORDER_ITEMS, "c").at("2026-03-02T00:00:00Z")),
                later.manifest());
        assertThat(findings(later))
                .contains("refund_line_unknown|refunds|3|of-a-line-to-be-deleted|f");
    }

    @Test
    void aRunThatChangesNothingFindsWhatItHasReadItself() {
        TestRun first = new TestRun("repeated");
        first.note(gone(2));
        first.note(new RunNote("order_items", "rows_gone", 1, "lines that are kept", false));
        first.note(new RunNote("orders", "rows_deleted", 3, "rows that are deleted", true));
        deliver(first.part(StreamName.ORDERS, order("1").at(MARCH)), first.manifest());
        assertThat(informing(first)).containsExactly("rows_deleted|orders|3");

        TestRun unchanged = new TestRun("repeated");
        unchanged.note(gone(1));
        deliver(unchanged.part(StreamName.ORDERS, order("1").at(MARCH)), unchanged.manifest());

        assertThat(status(unchanged)).isEqualTo("complete");
        assertThat(findings(unchanged)).containsExactly("rows_gone|orders|1|-|f");
    }

    @Test
    void anOrderThatLostItsLinesIsFound() {
        TestRun run = new TestRun("lines_lost");
        deliver(
                run.part(
                        StreamName.ORDERS,
                        order("with-a-line"),
                        charged("all-parts", "13000", "2000", "1000", "0"),
                        charged("some-parts", "13000", "", "", ""),
                        charged("only-shipping", "1000", "0", "1000", "0"),
                        charged("free", "0", "", "", "")),
                run.part(StreamName.ORDER_ITEMS, line("a", "with-a-line")),
                run.manifest());

        assertThat(findings(run))
                .containsExactly(
                        "order_total|orders|1|all-parts|t",
                        "order_without_lines|orders|1|some-parts|f");
        assertThat(status(run)).isEqualTo("incomplete");

        TestRun ordersOnly = new TestRun("no_lines_at_all");
        deliver(
                ordersOnly.part(
                        StreamName.ORDERS, charged("all-parts", "13000", "2000", "1000", "0")),
                ordersOnly.manifest());
        assertThat(findings(ordersOnly)).isEmpty();
    }

    private static CleanRow charged(
            String id, String total, String tax, String shipping, String fees) {
        CleanRow row = order(id);
        row.values().put("total_minor", total);
        row.values().put("tax_minor", tax);
        row.values().put("shipping_minor", shipping);
        row.values().put("fees_minor", fees);
        return row;
    }

    @Test
    void taxOfLinesCountsForTheTotal() {
        CleanRow taxed = line("a", "1");
        taxed.values().put("tax_minor", "200");
        TestRun run = new TestRun("tax_of_lines");
        deliver(
                run.part(StreamName.ORDERS, charged("1", "1700", "", "100", "0")),
                run.part(StreamName.ORDER_ITEMS, taxed),
                run.manifest());

        assertThat(findings(run)).containsExactly("order_total|orders|1|1|t");
    }

    @Test
    void moreRefundedThanPaidAndALineRefundedWithItsTaxAreFound() {
        CleanRow withOther = refund("of-all-and-more", "1", "", "1300");
        withOther.values().put("other_minor", "500");
        TestRun run = new TestRun("refunded_beyond");
        deliver(
                run.part(
                        StreamName.ORDERS,
                        charged("1", "1300", "200", "100", "0"),
                        charged("2", "2300", "200", "100", "0")),
                run.part(StreamName.ORDER_ITEMS, line("a", "1"), line("b", "2"), line("c", "2")),
                run.part(StreamName.REFUNDS, withOther, refund("with-tax", "2", "b", "1200")),
                run.manifest());

        assertThat(findings(run))
                .containsExactly(
                        "refunded_more_than_sold|order_items|1|b|f",
                        "refunded_more_than_sold|orders|1|1|f");
    }

    @Test
    void anOrderInStateRefundedWithoutRefundIsFound() {
        CleanRow refunded = order("1");
        refunded.values().put("status", "refunded");
        CleanRow withRefund = order("2");
        withRefund.values().put("status", "refunded");
        TestRun run = new TestRun("refunded_without");
        deliver(
                run.part(StreamName.ORDERS, refunded, withRefund),
                run.part(StreamName.ORDER_ITEMS, line("a", "1"), line("b", "2")),
                run.part(StreamName.REFUNDS, refund("r", "2", "b", "1000")),
                run.manifest());

        assertThat(findings(run)).containsExactly("refunded_without_refund|orders|1|1|f");
    }

    private static RunNote gone(long rows) {
        return new RunNote("orders", "rows_gone", rows, "rows that are kept", false);
    }

    private static List<String> informing(TestRun run) {
        return Database.rows(
                "select rule, stream, rows from etl.run_findings where run_id = '%s' and informs"
                        .formatted(run.id));
    }

    @Test
    void aFindingThatFailsTheRunMakesItIncomplete() {
        TestRun run = new TestRun("total_wrong");
        CleanRow wrong =
                CleanRow.of(
                        StreamName.ORDERS,
                        "1",
                        "ordered_at",
                        "2026-01-05T12:00:00Z",
                        "ordered_on",
                        "2026-01-05",
                        "total_minor",
                        "9900",
                        "tax_minor",
                        "0",
                        "shipping_minor",
                        "0",
                        "fees_minor",
                        "0");
        deliver(
                run.part(StreamName.ORDERS, wrong),
                run.part(StreamName.ORDER_ITEMS, line("a", "1")),
                run.manifest());

        assertThat(findings(run)).contains("order_total|orders|1|1|t");
        assertThat(status(run)).isEqualTo("incomplete");
    }

    private static String status(TestRun run) {
        return Database.rows("select status from etl.runs where run_id = '%s'".formatted(run.id))
                .getFirst();
    }

    private static List<String> findings(TestRun run) {
        return Database.rows(
                "select rule, stream, rows, example, fails_run from etl.run_findings where run_id = '%s' order by rule, stream"
                        .formatted(run.id));
    }
}
