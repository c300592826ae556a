package io.shopflow.load;

import static io.shopflow.load.TestRun.deliver;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.shopflow.core.lake.PartMetadata.CleanCounts;
import io.shopflow.core.run.Problem;
import io.shopflow.core.run.RunId;
import io.shopflow.core.stream.StreamName;
import io.shopflow.core.stream.StreamSchema;
import io.shopflow.lambda.tests.AnswersFailures;
import io.shopflow.lambda.tests.AnswersSmokeTest;
import io.shopflow.lambda.tests.SqsMessage;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(LoadTestServers.class)
class LoadFunctionTest implements AnswersFailures, AnswersSmokeTest {

    private static final String JANUARY = "2026-01-01T00:00:00Z";
    private static final String FEBRUARY = "2026-02-01T00:00:00Z";
    private static final String MARCH = "2026-03-01T00:00:00Z";

    @Override
    public String function() {
        return "load";
    }

    @Test
    void everyStreamIsLoadedAndItsRunCloses() {
        TestRun run = new TestRun("every_stream");
        for (StreamName stream : StreamName.values()) {
            CleanRow row = CleanRow.of(stream, "1").at(JANUARY);
            assertThat(deliver(run.part(stream, row))).isEmpty();
        }
        assertThat(status(run)).isEqualTo("running");

        assertThat(deliver(run.manifest())).isEmpty();

        assertThat(status(run)).isEqualTo("complete");
        assertThat(
                        Database.rows(
                                "select stream, counted, extracted, inserted, updated, unchanged, balanced from etl.run_ledger"
                                        + " where source = 'every_stream' order by stream"))
                .containsExactly(
                        "customers|1|1|1|0|0|t",
                        "order_items|1|1|1|0|0|t",
                        "orders|1|1|1|0|0|t",
                        "payments|1|1|1|0|0|t",
                        "products|1|1|1|0|0|t",
                        "refunds|1|1|1|0|0|t",
                        "reviews|1|1|1|0|0|t",
                        "sellers|1|1|1|0|0|t");
        assertThat(
                        Database.rows(
                                "select stream, row_count from analytics.row_counts where source = 'every_stream'"))
                .hasSize(8)
                .allMatch(count -> count.endsWith("|1"));
        assertThat(
                        Database.rows(
                                "select last_run_status, last_complete_run_id = last_run_id, newest_order_on"
                                        + " from analytics.freshness where source = 'every_stream'"))
                .containsExactly("complete|t|2026-01-31");
    }

    @Test
    void aRepeatedEventLeavesAnAuditRowOnly() {
        TestRun run = new TestRun("twice");
        String part = run.part(StreamName.ORDERS, order("1", "customer_id", "c"), order("2"));
        String manifest = run.manifest();
        deliver(part, manifest);
        String before = contents("fact_orders", "twice") + ledger(run) + closing(run);

        assertThat(deliver(part, part, manifest)).isEmpty();

        assertThat(contents("fact_orders", "twice") + ledger(run) + closing(run)).isEqualTo(before);
        assertThat(
                        Database.rows(
                                "select kind, outcome from etl.ingest_audit where run_id = '%s' order by audit_id"
                                        .formatted(run.id)))
                .containsExactly(
                        "part|applied",
                        "manifest|applied",
                        "part|already_applied",
                        "part|already_applied",
                        "manifest|already_applied");
    }

    @Test
    void aManifestMayComeBeforeItsParts() {
        TestRun run = new TestRun("manifest_first");
        String first = run.part(StreamName.ORDERS, order("1"));
        String second = run.part(StreamName.ORDERS, order("2"));

        deliver(run.manifest());
        assertThat(status(run)).isEqualTo("running");
        deliver(second);
        assertThat(status(run)).isEqualTo("running");
        assertThat(
                        Database.rows(
                                "select missing_parts, balanced from etl.run_ledger where run_id = '%s'"
                                        .formatted(run.id)))
                .containsExactly("1|f");
        deliver(first);

        assertThat(status(run)).isEqualTo("complete");
    }

    @Test
    void aRunThatChangesNothingWritesNoRow() {
        CleanRow[] customers = {
            CleanRow.of(StreamName.CUSTOMERS, "1", "city", "York").extractedAt(JANUARY),
            CleanRow.of(StreamName.CUSTOMERS, "2").extractedAt(JANUARY)
        };
        TestRun first = new TestRun("unchanged");
        deliver(first.part(StreamName.CUSTOMERS, customers), first.manifest());
        String before = contents("dim_customers", "unchanged");

        TestRun second = new TestRun("unchanged");
        deliver(
                second.part(
                        StreamName.CUSTOMERS,
                        customers[0].extractedAt(FEBRUARY),
                        customers[1].extractedAt(FEBRUARY)));
        deliver(second.manifest());

        assertThat(contents("dim_customers", "unchanged")).isEqualTo(before);
        assertThat(ledger(second)).isEqualTo("[customers|1|2|0|0|2]");
        assertThat(status(second)).isEqualTo("complete");
    }

    @Test
    void anOlderVersionNeverOverwritesANewerOne() {
        TestRun first = new TestRun("late");
        TestRun second = new TestRun("late");
        String late = first.part(StreamName.ORDERS, order("1", "status", "pending").at(JANUARY));
        deliver(second.part(StreamName.ORDERS, order("1", "status", "completed").at(FEBRUARY)));

        deliver(late);

        assertThat(Database.rows("select status from warehouse.fact_orders where source = 'late'"))
                .containsExactly("completed");
        assertThat(ledger(first)).isEqualTo("[orders|1|1|0|0|1]");
    }

    @Test
    void ofEqualVersionsTheLaterRunWins() {
        TestRun first = new TestRun("equal_times");
        TestRun second = new TestRun("equal_times");
        String earlier = first.part(StreamName.ORDERS, order("1", "status", "pending").at(JANUARY));
        deliver(second.part(StreamName.ORDERS, order("1", "status", "failed").at(JANUARY)));
        deliver(earlier);

        assertThat(
                        Database.rows(
                                "select status from warehouse.fact_orders where source = 'equal_times'"))
                .containsExactly("failed");
    }

    @Test
    void membersThatFactsNameAreInferredAndCompletedLater() {
        TestRun run = new TestRun("inferred");
        deliver(
                run.part(
                        StreamName.ORDERS,
                        order("1", "customer_id", "c"),
                        order("2", "customer_id", "guest:abc"),
                        order("3")),
                run.part(
                        StreamName.ORDER_ITEMS,
                        item("1", "1", "product_id", "p", "seller_id", "s"),
                        item("2", "1", "product_id", "p")),
                run.part(
                        StreamName.REVIEWS,
                        CleanRow.of(StreamName.REVIEWS, "1", "product_id", "q")));
        assertThat(members("inferred"))
                .containsExactly(
                        "customer|c|t",
                        "customer|guest:abc|t",
                        "product|p|t",
                        "product|q|t",
                        "seller|s|t");
        assertThat(
                        Database.rows(
                                "select stream from analytics.row_counts where source = 'inferred' order by 1"))
                .containsExactly("order_items", "orders", "reviews");

        deliver(
                run.part(StreamName.CUSTOMERS, CleanRow.of(StreamName.CUSTOMERS, "c")),
                run.part(StreamName.PRODUCTS, CleanRow.of(StreamName.PRODUCTS, "p")),
                run.part(StreamName.SELLERS, CleanRow.of(StreamName.SELLERS, "s")),
                run.manifest());

        assertThat(members("inferred"))
                .containsExactly(
                        "customer|c|f",
                        "customer|guest:abc|t",
                        "product|p|f",
                        "product|q|t",
                        "seller|s|f");
        assertThat(ledger(run))
                .isEqualTo(
                        "[customers|1|1|1|0|0, order_items|1|2|2|0|0, orders|1|3|3|0|0, products|1|1|1|0|0,"
                                + " reviews|1|1|1|0|0, sellers|1|1|1|0|0]");
        assertThat(status(run)).isEqualTo("complete");
    }

    @Test
    void aRunWithProblemsEndsIncompleteAndKeepsThem() {
        TestRun run = new TestRun("problems");
        deliver(run.part(StreamName.ORDERS, order("1")));
        deliver(
                run.manifest(
                        new Problem("orders", "orders.csv", 7L, "id", "file_cut", "It ends early."),
                        new Problem(null, null, null, null, "source_down", "It does not answer.")));

        assertThat(status(run)).isEqualTo("incomplete");
        assertThat(
                        Database.rows(
                                "select ordinal, stream, file, line, field, rule from etl.run_problems where run_id = '%s'"
                                        .formatted(run.id)))
                .containsExactly("1|orders|orders.csv|7|id|file_cut", "2|-|-|-|-|source_down");
    }

    @Test
    void aRunWhoseSourceCountedMoreEndsIncomplete() {
        TestRun run = new TestRun("counted_more");
        deliver(run.part(StreamName.ORDERS, order("1")), run.manifest(1));

        assertThat(status(run)).isEqualTo("incomplete");
    }

    @Test
    void duplicatesAndQuarantinedRowsBalance() {
        TestRun run = TestRun.ofChanges("rejects");
        deliver(
                run.part(StreamName.ORDERS, new CleanCounts(6, 1, 2, 3), order("1")),
                run.part(StreamName.PAYMENTS, new CleanCounts(2, 0, 0, 2)),
                run.manifest());

        assertThat(status(run)).isEqualTo("complete");
        assertThat(
                        Database.rows(
                                "select stream, extracted, inserted, duplicate, quarantined from etl.run_ledger"
                                        + " where run_id = '%s' order by stream".formatted(run.id)))
                .containsExactly("orders|6|1|2|3", "payments|2|0|0|2");
    }

    @Test
    void aWrongCountRollsEverythingBack() {
        TestRun run = new TestRun("miscounted");
        String part =
                run.part(
                        StreamName.ORDERS,
                        new CleanCounts(3, 3, 0, 0),
                        order("1", "customer_id", "c"),
                        order("2"));

        assertThat(deliver(part)).containsExactly("0");

        assertThat(Database.rows("select from warehouse.fact_orders where source = 'miscounted'"))
                .isEmpty();
        assertThat(members("miscounted")).isEmpty();
        assertThat(Database.rows("select from etl.runs where source = 'miscounted'")).isEmpty();
    }

    @Test
    void aPartThatWasMadeAgainReplacesItsLedgerRowUntilItsRunIsClosed() {
        TestRun run = new TestRun("made_again");
        String part = run.part(StreamName.ORDERS, order("1", "total_minor", "100"));
        deliver(part);

        run.replace(StreamName.ORDERS, 1, order("1", "total_minor", "200"));
        assertThat(deliver(part, run.manifest())).isEmpty();

        assertThat(ledger(run)).isEqualTo("[orders|1|1|0|1|0]");
        assertThat(totals("made_again")).containsExactly("200");
        assertThat(status(run)).isEqualTo("complete");
        assertThat(lateParts(run)).isEmpty();
    }

    @Test
    void aPartOfAClosedRunThatWasMadeAgainIsMergedAndCountedApart() {
        TestRun run = new TestRun("made_late");
        String part =
                run.part(
                        StreamName.ORDERS,
                        order("1", "total_minor", "100"),
                        order("2", "total_minor", "7"));
        deliver(part, run.manifest());
        String before = ledger(run) + closing(run) + status(run);

        run.replace(StreamName.ORDERS, 1, order("1", "total_minor", "200"));
        assertThat(deliver(part, part)).isEmpty();
        run.replace(
                StreamName.ORDERS,
                1,
                order("1", "total_minor", "100"),
                order("2", "total_minor", "7"));
        assertThat(deliver(part)).isEmpty();

        assertThat(ledger(run) + closing(run) + status(run)).isEqualTo(before);
        assertThat(totals("made_late")).containsExactly("100", "7");
        assertThat(lateParts(run)).containsExactly("orders|1|t|1|0|1|0", "orders|1|t|2|0|1|1");
        assertThat(outcomes(run))
                .containsExactly(
                        "part|applied",
                        "manifest|applied",
                        "part|after_closing",
                        "part|already_applied",
                        "part|after_closing");
    }

    @Test
    void aPartThatTheManifestDoesNotNameIsInNoTableAndNoLedger() {
        TestRun run = new TestRun("not_named");
        String named = run.part(StreamName.ORDERS, order("1"));
        String missing = run.part(StreamName.ORDERS, order("2"));
        String manifest = run.manifest();
        String stray = run.part(StreamName.ORDERS, order("3"));
        String ofOtherStream = run.part(StreamName.PAYMENTS, CleanRow.of(StreamName.PAYMENTS, "1"));

        assertThat(deliver(named, manifest, stray, missing)).isEmpty();
        assertThat(deliver(stray, ofOtherStream)).isEmpty();

        assertThat(status(run)).isEqualTo("complete");
        assertThat(ledger(run)).isEqualTo("[orders|1|1|1|0|0, orders|2|1|1|0|0]");
        assertThat(
                        Database.rows(
                                "select order_id from warehouse.fact_orders where source = 'not_named' order by 1"))
                .containsExactly("1", "2");
        assertThat(Database.rows("select from warehouse.fact_payments where source = 'not_named'"))
                .isEmpty();
        assertThat(lateParts(run)).containsExactly("orders|3|f|1|0|0|0", "payments|1|f|1|0|0|0");
        assertThat(outcomes(run))
                .containsExactly(
                        "part|applied",
                        "manifest|applied",
                        "part|not_in_manifest",
                        "part|applied",
                        "part|already_applied",
                        "part|not_in_manifest");
    }

    @Test
    void anotherManifestOfAClosedRunChangesNothing() {
        TestRun run = new TestRun("two_manifests");
        deliver(run.part(StreamName.ORDERS, order("1")), run.manifest());
        String before = runLedger(run);

        assertThat(deliver(run.manifest(1))).isEmpty();

        assertThat(runLedger(run)).isEqualTo(before);
        assertThat(status(run)).isEqualTo("complete");
        assertThat(outcomes(run)).last().isEqualTo("manifest|after_closing");
    }

    /** With a key of our own, S3 gives each put another entity tag. */
    @Test
    void theSameContentPutAgainIsTheSameVersion() {
        TestRun run = new TestRun("same_content");
        String part = run.part(StreamName.ORDERS, order("1"));
        Map<String, String> metadata = new HashMap<>(new CleanCounts(1, 1, 0, 0).toMetadata("k"));
        metadata.put("sha256", "5e");
        String rows = new String(TestRun.LAKE.read(part).orElseThrow(), StandardCharsets.UTF_8);
        for (String sameByItsSha : new String[] {rows, rows + "\n"}) {
            TestRun.putRaw(part, sameByItsSha, metadata);
            assertThat(deliver(part)).isEmpty();
        }

        assertThat(outcomes(run)).containsExactly("part|applied", "part|already_applied");
    }

    @Test
    void onlyTheMessagesThatCannotBeAppliedFail() {
        TestRun run = new TestRun("bad_messages");
        String good = run.part(StreamName.ORDERS, order("1"));
        String gone = new TestRun("bad_messages").id.value();
        String otherHeader = run.part(StreamName.PAYMENTS);
        TestRun.putRaw(
                otherHeader, "id,amount\n1,2\n", new CleanCounts(1, 1, 0, 0).toMetadata("k"));
        String uncounted = run.part(StreamName.REFUNDS);
        TestRun.putRaw(uncounted, "id\n", Map.of());
        String unreadable = run.part(StreamName.SELLERS);
        TestRun.putRaw(
                unreadable,
                String.join(",", StreamSchema.of(StreamName.SELLERS).cleanHeader())
                        + "\n\"unclosed\n",
                new CleanCounts(1, 1, 0, 0).toMetadata("k"));
        TestRun other = new TestRun("bad_messages");
        String swapped = "runs/bad_messages/" + other.id + "/manifest.json";
        TestRun.putRaw(swapped, manifestOf(run), Map.of());

        assertThat(
                        deliver(
                                "clean/orders/bad_messages-" + gone + "-00001.csv",
                                good,
                                otherHeader,
                                uncounted,
                                unreadable,
                                swapped,
                                "runs/bad_messages/" + RunId.create() + "/manifest.json",
                                "clean/orders/what-is-this.csv",
                                good.replace("clean/", "quarantine/")))
                .containsExactly("0", "2", "3", "4", "5", "6", "7", "8");
        assertThat(TestRun.deliverFrom("another-bucket", good)).containsExactly("0");
        assertThat(
                        Database.rows(
                                "select order_id from warehouse.fact_orders where source = 'bad_messages'"))
                .containsExactly("1");
    }

    @Test
    void testEventsOfS3AreIgnoredAndOtherBodiesFail() {
        assertThat(
                        SqsMessage.send(
                                new SqsMessage(
                                        "0",
                                        """
                                {"Service": "Amazon S3", "Event": "s3:TestEvent", "Bucket": "load-test"}"""),
                                new SqsMessage("1", "not json")))
                .containsExactly("1");
    }

    @Test
    void aDeadlockIsTriedAgainInPlace() throws Exception {
        TestRun first = new TestRun("deadlock");
        deliver(
                first.part(StreamName.ORDERS, order("1").at(JANUARY)),
                first.part(StreamName.PAYMENTS, CleanRow.of(StreamName.PAYMENTS, "1")));
        TestRun second = new TestRun("deadlock");
        String part = second.part(StreamName.ORDERS, order("1", "status", "failed").at(MARCH));

        try (Connection other = Database.connect();
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            // Here: the order, then its stream. The load: its stream, then the order.
            statement.execute("set local deadlock_timeout = '60s'");
            statement.execute(
                    "select from warehouse.fact_orders where source = 'deadlock' for update");
            CompletableFuture<Void> load =
                    CompletableFuture.runAsync(() -> assertThat(deliver(part)).isEmpty());
            awaitRow("select from pg_locks where not granted");
            statement.execute(
                    "select pg_advisory_xact_lock(hashtextextended('shopflow load orders', 0))");
            other.commit();
            load.get(60, TimeUnit.SECONDS);
        }

        assertThat(
                        Database.rows(
                                "select status from warehouse.fact_orders where source = 'deadlock'"))
                .containsExactly("failed");
    }

    @Test
    void aLostConnectionFailsTheMessageAndTheNextOneWorks() throws Exception {
        TestRun run = new TestRun("cut_off");
        String part = run.part(StreamName.ORDERS, order("1"));
        try (Connection other = Database.connect();
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("lock table warehouse.fact_orders in access exclusive mode");
            CompletableFuture<?> load =
                    CompletableFuture.runAsync(
                            () -> assertThat(deliver(part)).containsExactly("0"));
            awaitRow("select from pg_locks where not granted");
            statement.execute("select pg_terminate_backend(pid) from pg_locks where not granted");
            load.get(60, TimeUnit.SECONDS);
            other.rollback();
        }

        assertThat(deliver(part)).isEmpty();
        assertThat(ledger(run)).isEqualTo("[orders|1|1|1|0|0]");
    }

    static CleanRow order(String id, String... columnsAndValues) {
        return CleanRow.of(StreamName.ORDERS, id, columnsAndValues);
    }

    static CleanRow item(String id, String orderId, String... columnsAndValues) {
        CleanRow item = CleanRow.of(StreamName.ORDER_ITEMS, id, columnsAndValues);
        item.values().put("order_id", orderId);
        return item;
    }

    static String status(TestRun run) {
        return Database.rows("select status from etl.runs where run_id = '%s'".formatted(run.id))
                .get(0);
    }

    private static List<String> totals(String source) {
        return Database.rows(
                "select total_minor from warehouse.fact_orders where source = '%s' order by order_id"
                        .formatted(source));
    }

    /** StreamName, part, whether it was merged, extracted, inserted, updated, unchanged. */
    private static List<String> lateParts(TestRun run) {
        return Database.rows(
                "select stream, part, applied, extracted, inserted, updated, unchanged from etl.late_parts where run_id = '%s' order by stream, part, arrival"
                        .formatted(run.id));
    }

    private static List<String> outcomes(TestRun run) {
        return Database.rows(
                "select kind, outcome from etl.ingest_audit where run_id = '%s' order by audit_id"
                        .formatted(run.id));
    }

    private static String runLedger(TestRun run) {
        return Database.rows(
                        "select ledger.* from etl.run_ledger as ledger where run_id = '%s' order by stream"
                                .formatted(run.id))
                .toString();
    }

    private static String closing(TestRun run) {
        return Database.rows("select closed_at from etl.runs where run_id = '%s'".formatted(run.id))
                .get(0);
    }

    /** StreamName, part, extracted, inserted, updated and unchanged of each part. */
    static String ledger(TestRun run) {
        return Database.rows(
                        "select stream, part, extracted, inserted, updated, unchanged from etl.part_ledger where run_id = '%s' order by stream, part"
                                .formatted(run.id))
                .toString();
    }

    /** Everything in a table, with where PostgreSQL keeps it: a row that is written again moves. */
    private static String contents(String table, String source) {
        return Database.rows(
                        "select ctid, star.* from warehouse.%s as star where source = '%s' order by 2, 3"
                                .formatted(table, source))
                .toString();
    }

    private static List<String> members(String source) {
        return Database.rows(
                """
                select 'customer', customer_id, is_inferred from warehouse.dim_customers where source = '%1$s'
                union all
                select 'product', product_id, is_inferred from warehouse.dim_products where source = '%1$s'
                union all
                select 'seller', seller_id, is_inferred from warehouse.dim_sellers where source = '%1$s'
                order by 1, 2
                """
                        .formatted(source));
    }

    private static String manifestOf(TestRun run) {
        return TestRun.LAKE
                .read(run.manifest())
                .map(json -> new String(json, StandardCharsets.UTF_8))
                .orElseThrow();
    }

    static void awaitRow(String sql) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (Database.rows(sql).isEmpty()) {
            assertThat(System.nanoTime()).as("waiting for: " + sql).isLessThan(deadline);
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }
}
