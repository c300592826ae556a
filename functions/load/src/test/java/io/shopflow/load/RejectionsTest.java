package io.shopflow.load;

import static io.shopflow.load.TestRun.deliver;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.shopflow.core.lake.PartMetadata.CleanCounts;
import io.shopflow.core.quality.QualityReport.RuleCount;
import io.shopflow.core.run.PartId;
import io.shopflow.core.run.Problem;
import io.shopflow.core.run.RunNote;
import io.shopflow.core.stream.StreamName;
import io.shopflow.load.TestRun.RejectedRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What becomes of rows that transform rejected: counted, named, and out until they come. */
@QuarkusTest
@QuarkusTestResource(LoadTestServers.class)
class RejectionsTest {

    private static RejectedRow dollars(String id, int line) {
        return new RejectedRow(id, "number_format", "unit_price", "$10", "i.csv:" + line);
    }

    private static RejectedRow state(String id) {
        return new RejectedRow(id, "status_unknown", "status", "lost", "o.csv:" + id);
    }

    private static CleanRow order(String id) {
        return CleanRow.of(StreamName.ORDERS, id);
    }

    @Test
    void rulesAreStoredWithTheirCountsAndOneValueEach() {
        TestRun run = new TestRun("rules");

        assertThat(
                        deliver(
                                run.part(
                                        StreamName.ORDER_ITEMS,
                                        List.of(
                                                dollars("a", 2),
                                                dollars("b", 3),
                                                new RejectedRow(
                                                        "c",
                                                        "required",
                                                        "order_id",
                                                        "",
                                                        "i.csv:4")))))
                .isEmpty();

        assertThat(
                        Database.rows(
                                "select stream, rule, field, rows, still_out, example, position from etl.run_rejections where source = 'rules' order by rule"))
                .containsExactly(
                        "order_items|number_format|unit_price|2|2|$10|i.csv:2",
                        "order_items|required|order_id|1|1||i.csv:4");
    }

    @Test
    void whatIsOddInRowsThatCountIsStoredWithItsCountAndOneValue() {
        TestRun run = new TestRun("odd");
        List<RuleCount> odd =
                List.of(
                        new RuleCount("country_unknown", "ship_country", 2, "Utopia", "o.csv:2"),
                        new RuleCount("email_format", "email", 1, null, "o.csv:3"));
        String key = run.partWithWarnings(StreamName.ORDERS, odd, order("1"), order("2"));

        assertThat(
                        deliver(
                                key,
                                run.partWithWarnings(StreamName.ORDERS, odd, order("3")),
                                run.manifest()))
                .isEmpty();
        assertThat(deliver(key)).isEmpty();

        assertThat(
                        Database.rows(
                                "select stream, rule, field, rows, example, position from etl.run_warnings where source = 'odd' order by rule"))
                .containsExactly(
                        "orders|country_unknown|ship_country|4|Utopia|o.csv:2",
                        "orders|email_format|email|2|-|o.csv:3");
        assertThat(status(run)).isEqualTo("complete");
    }

    @Test
    void aStreamOfWhichAllIsRejectedMakesItsRunIncompleteAndNamesTheRule() {
        TestRun run = new TestRun("all_rejected");
        deliver(
                run.part(StreamName.ORDERS, order("1")),
                run.part(StreamName.ORDER_ITEMS, List.of(dollars("a", 2), dollars("b", 3))),
                run.manifest());

        assertThat(status(run)).isEqualTo("incomplete");
        assertThat(findings(run))
                .containsExactly(
                        "rejected_share|order_items|2|$10|of 2 rows rejected: 100 %, more than the 20 % allowed"
                                + " (number_format of unit_price: 2, for example '$10' at i.csv:2). Rejected rows are not in the figures; of a row that an earlier run has loaded, that version counts."
                                + " Correct the values or the source's mapping, then run the source again.|t");
        assertThat(
                        Database.rows(
                                "select distinct balanced from etl.run_ledger where source = 'all_rejected'"))
                .containsExactly("t");
    }

    @Test
    void whatARunHasToSayIsFoundWithItAndFailsNothing() {
        TestRun run = new TestRun("notes");
        run.note(new RunNote(null, "configuration_changed", 0, "Reading all of it again.", true));
        run.note(new RunNote("orders", "rows_gone", 2, "rows that are no longer there", false));
        String manifest = run.manifest();

        deliver(manifest, manifest);

        assertThat(status(run)).isEqualTo("complete");
        assertThat(findings(run))
                .containsExactlyInAnyOrder(
                        "configuration_changed||0|-|Reading all of it again.|f",
                        "rows_gone|orders|2|-|rows that are no longer there|f");
    }

    @Test
    void aFifthOfAStreamMayBeRejected() {
        TestRun run = new TestRun("a_fifth");
        deliver(
                run.part(
                        StreamName.ORDERS,
                        List.of(state("5")),
                        order("1"),
                        order("2"),
                        order("3"),
                        order("4")),
                run.manifest());

        assertThat(status(run)).isEqualTo("complete");
        assertThat(findings(run)).isEmpty();
    }

    @Test
    void aFewRejectedRowsAreNoShareOfARunOfChanges() {
        TestRun few = TestRun.ofChanges("few_changes");
        deliver(few.part(StreamName.ORDERS, List.of(state("1"))), few.manifest());
        assertThat(status(few)).isEqualTo("complete");

        TestRun many = TestRun.ofChanges("many_changes");
        List<RejectedRow> rejected = new ArrayList<>();
        IntStream.rangeClosed(1, 10).forEach(id -> rejected.add(state(Integer.toString(id))));
        deliver(many.part(StreamName.ORDERS, rejected), many.manifest());
        assertThat(status(many)).isEqualTo("incomplete");
    }

    @Test
    void aPartWithoutItsReportIsLoadedAndListed() {
        TestRun run = new TestRun("no_report");
        String key = run.part(StreamName.ORDERS, new CleanCounts(3, 1, 0, 2), order("1"));

        assertThat(deliver(key)).isEmpty();

        PartId part = PartId.ofKey(key).orElseThrow();
        assertThat(
                        Database.rows(
                                "select rule, field, rows, still_out, position from etl.run_rejections where source = 'no_report'"))
                .containsExactly("report_missing||2|2|" + part.quarantineKey());
        assertThat(out("no_report")).containsExactly("orders|-", "orders|-");
    }

    @Test
    void aRejectedRowIsOutUntilALaterRunBringsItsId() {
        TestRun first = new TestRun("comes_back");
        deliver(
                first.part(
                        StreamName.ORDERS,
                        List.of(state("7"), state("8")),
                        order("1"),
                        order("2"),
                        order("3"),
                        order("4"),
                        order("5"),
                        order("6"),
                        order("9"),
                        order("10")),
                first.manifest());
        assertThat(out("comes_back")).containsExactly("orders|7", "orders|8");

        TestRun second = TestRun.ofChanges("comes_back");
        deliver(second.part(StreamName.ORDERS, order("7")), second.manifest());
        assertThat(out("comes_back")).containsExactly("orders|8");

        TestRun third = TestRun.ofChanges("comes_back");
        deliver(third.part(StreamName.ORDERS, List.of(state("8"))), third.manifest());
        assertThat(out("comes_back")).containsExactly("orders|8");
        assertThat(
                        Database.rows(
                                "select still_out from etl.run_rejections where source = 'comes_back' order by run_id"))
                .containsExactly("0", "1");
    }

    @Test
    void aFullRunReplacesWhatEarlierOnesRejectedInTheStreamsThatItRead() {
        TestRun first = new TestRun("full_again");
        deliver(
                first.part(StreamName.ORDERS, List.of(state(""), state("x")), order("1")),
                first.part(StreamName.ORDER_ITEMS, List.of(dollars("a", 2))),
                first.manifest());
        assertThat(out("full_again")).containsExactly("order_items|a", "orders|x", "orders|-");

        TestRun failing = new TestRun("full_again");
        deliver(
                failing.part(StreamName.ORDERS, order("1")),
                failing.manifest(new Problem("orders", "o.csv", null, null, "file_cut", "Cut.")));
        assertThat(out("full_again")).hasSize(3);

        TestRun whole = new TestRun("full_again");
        deliver(whole.part(StreamName.ORDERS, order("1")), whole.manifest());
        assertThat(out("full_again")).containsExactly("order_items|a");
    }

    @Test
    void rowsThatALaterRunLoadedAreNotOutWhenTheEarlierPartArrivesLate() {
        TestRun early = TestRun.ofChanges("late_rejections");
        String lateKey = early.part(StreamName.ORDERS, List.of(state("1"), state("2")));
        TestRun later = TestRun.ofChanges("late_rejections");
        deliver(
                later.part(
                        StreamName.ORDERS,
                        List.of(state("2")),
                        order("1").at("2026-02-01T00:00:00Z")),
                later.manifest());

        assertThat(deliver(lateKey, early.manifest())).isEmpty();

        assertThat(
                        Database.rows(
                                "select id, run_id from etl.quarantined_rows where source = 'late_rejections'"))
                .containsExactly("2|" + later.id);
    }

    /**
     * A version of a history names the run that observed it first and the one that did so last. A
     * late rejected row was compared with the first, and stayed out although a later run had loaded
     * the row, unchanged.
     */
    @ParameterizedTest
    @EnumSource(names = {"CUSTOMERS", "PRODUCTS"})
    void aLateRejectedRowIsNotOutIfALaterRunHasLoadedItsRowUnchanged(StreamName stream) {
        String source = "late_" + stream.canonicalName();
        TestRun first = new TestRun(source);
        deliver(
                first.part(stream, CleanRow.of(stream, "1").at("2026-01-01T00:00:00Z")),
                first.manifest());
        TestRun early = TestRun.ofChanges(source);
        String lateKey =
                early.part(
                        stream,
                        List.of(
                                new RejectedRow("1", "date_format", "created_at", "x", "c.csv:2"),
                                new RejectedRow("2", "date_format", "created_at", "x", "c.csv:3")));
        TestRun later = TestRun.ofChanges(source);
        deliver(
                later.part(stream, CleanRow.of(stream, "1").at("2026-03-01T00:00:00Z")),
                later.manifest());

        assertThat(deliver(lateKey, early.manifest())).isEmpty();

        assertThat(out(source)).containsExactly(stream.canonicalName() + "|2");
    }

    @Test
    void aPartThatIsMadeAgainPutsItsRowsInAndLeavesTheReportOfTheClosedRun() {
        TestRun run = new TestRun("made_again");
        deliver(run.part(StreamName.ORDERS, List.of(state("7")), order("1")), run.manifest());
        assertThat(out("made_again")).containsExactly("orders|7");

        run.replace(StreamName.ORDERS, 1, order("1"), order("7"));
        String key = new PartId("made_again", run.id, StreamName.ORDERS, 1).cleanKey();
        assertThat(deliver(key)).isEmpty();

        assertThat(out("made_again")).isEmpty();
        assertThat(
                        Database.rows(
                                "select rows, still_out from etl.run_rejections where source = 'made_again'"))
                .containsExactly("1|0");
    }

    @Test
    void hostileRowsInQuarantineCostNothingButThemselves() {
        TestRun run = new TestRun("hostile");
        String key =
                run.part(
                        StreamName.ORDERS,
                        List.of(
                                state("x".repeat(20_000)),
                                state("***"),
                                state("nul\0nul"),
                                state("\"a\n,b\"")),
                        order("1"));

        assertThat(deliver(key)).isEmpty();

        assertThat(out("hostile"))
                .containsExactly("orders|a\n,b", "orders|nul nul", "orders|-", "orders|-");
    }

    @Test
    void aStreamThatFailedIsNotBalanced() {
        TestRun run = new TestRun("failed_stream");
        deliver(
                run.part(StreamName.ORDERS, order("1")),
                run.part(StreamName.REFUNDS, new CleanCounts(0, 0, 0, 0)),
                run.manifest(
                        new Problem(
                                "refunds",
                                "https://shop",
                                null,
                                null,
                                "source_unavailable",
                                "Away.")));

        assertThat(status(run)).isEqualTo("incomplete");
        assertThat(
                        Database.rows(
                                "select stream, balanced from etl.run_ledger where source = 'failed_stream' order by stream"))
                .containsExactly("orders|t", "refunds|f");
    }

    @Test
    void aQuarantineOfAnotherVersionIsCountedAllTheSame() {
        TestRun run = new TestRun("other_header");
        String key = run.part(StreamName.ORDERS, List.of(state("7")), order("1"));
        TestRun.putRaw(
                PartId.ofKey(key).orElseThrow().quarantineKey(), "rule,other\nx,y\n", Map.of());

        assertThat(deliver(key)).isEmpty();

        assertThat(out("other_header")).containsExactly("orders|-");
    }

    private static String status(TestRun run) {
        return Database.rows("select status from etl.runs where run_id = '%s'".formatted(run.id))
                .getFirst();
    }

    private static List<String> findings(TestRun run) {
        return Database.rows(
                "select rule, stream, rows, example, message, fails_run from etl.run_findings where run_id = '%s'"
                        .formatted(run.id));
    }

    private static List<String> out(String source) {
        return Database.rows(
                "select stream, id from etl.quarantined_rows where source = '%s' order by stream, id"
                        .formatted(source));
    }
}
