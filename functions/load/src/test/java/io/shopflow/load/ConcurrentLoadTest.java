package io.shopflow.load;

import static io.shopflow.load.LoadFunctionTest.ledger;
import static io.shopflow.load.LoadFunctionTest.order;
import static io.shopflow.load.LoadFunctionTest.status;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.shopflow.core.run.PartId;
import io.shopflow.core.run.RunKeys;
import io.shopflow.core.run.RunKeys.ManifestKey;
import io.shopflow.core.stream.StreamName;
import io.shopflow.lambda.trace.Tracer;
import io.shopflow.ledger.Run;
import io.shopflow.load.notification.NotifiedRuns;
import io.shopflow.load.part.LoadPart;
import io.shopflow.load.run.LoadManifest;
import io.shopflow.load.warehouse.ApplyResult;
import io.shopflow.load.warehouse.ApplyResult.AlreadyApplied;
import io.shopflow.load.warehouse.ApplyResult.PartApplied;
import io.shopflow.load.warehouse.PostgresWarehouse;
import io.shopflow.load.warehouse.RejectedShare;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Several loads at once. A function handles one batch at a time, so the test calls the use cases
 * instead of several processes: each call has its own connection.
 */
@QuarkusTest
@QuarkusTestResource(LoadTestServers.class)
class ConcurrentLoadTest {

    private static final String JANUARY = "2026-01-01T00:00:00Z";
    private static final String FEBRUARY = "2026-02-01T00:00:00Z";
    private static final String MARCH = "2026-03-01T00:00:00Z";

    @Test
    void whicheverObjectComesLastOneOfThemClosesTheRun() throws Exception {
        for (int round = 0; round < 4; round++) {
            TestRun run = new TestRun("at_once");
            String[] keys = {
                run.part(StreamName.ORDERS, order("1", "customer_id", "a"), order("2")),
                run.part(StreamName.PAYMENTS, CleanRow.of(StreamName.PAYMENTS, "1")),
                run.part(StreamName.ORDERS, order("3")),
                run.part(StreamName.CUSTOMERS, CleanRow.of(StreamName.CUSTOMERS, "a")),
                run.manifest()
            };

            List<Loaded> results = applyAtOnce(keys);

            assertThat(results.stream().filter(Loaded::closedRun)).hasSize(1);
            assertThat(status(run)).isEqualTo("complete");
            assertThat(ledger(run)).contains("orders|1|2|", "orders|2|1|", "payments|1|1|");
        }
    }

    @Test
    void anEventThatIsHandledTwiceAtOnceIsAppliedOnce() throws Exception {
        TestRun run = new TestRun("same_event");
        String part = run.part(StreamName.ORDERS, order("1"));

        List<Loaded> results = applyAtOnce(part, part, part);

        assertThat(results.stream().map(Loaded::result).filter(PartApplied.class::isInstance))
                .hasSize(1);
        assertThat(results.stream().map(Loaded::result).filter(AlreadyApplied.class::isInstance))
                .hasSize(2);
        assertThat(ledger(run)).isEqualTo("[orders|1|1|1|0|0]");
    }

    @Test
    void aDimensionAndTheFactsThatNameItGoTogether() throws Exception {
        int count = 500;
        for (int round = 0; round < 3; round++) {
            String source = "together" + round;
            TestRun run = new TestRun(source);
            String customers =
                    run.part(
                            StreamName.CUSTOMERS,
                            rows(
                                    count,
                                    id -> CleanRow.of(StreamName.CUSTOMERS, id, "city", "York")));
            String products =
                    run.part(
                            StreamName.PRODUCTS,
                            rows(count, id -> CleanRow.of(StreamName.PRODUCTS, id)));
            String orders =
                    run.part(StreamName.ORDERS, rows(count, id -> order(id, "customer_id", id)));
            String items =
                    run.part(
                            StreamName.ORDER_ITEMS,
                            rows(
                                    count,
                                    id ->
                                            CleanRow.of(
                                                    StreamName.ORDER_ITEMS, id, "product_id", id)));

            applyAtOnce(orders, customers, items, products, run.manifest());

            assertThat(status(run)).isEqualTo("complete");
            assertThat(
                            Database.rows(
                                    "select stream, row_count from analytics.row_counts where source = '%s' order by 1"
                                            .formatted(source)))
                    .containsExactly(
                            "customers|500", "order_items|500", "orders|500", "products|500");
        }
    }

    @Test
    void partsOfOneStreamDoNotWaitForEachOther() throws Exception {
        TestRun before = new TestRun("side_by_side");
        apply(before.part(StreamName.ORDERS, order("1")));
        TestRun run = new TestRun("side_by_side");
        String held = run.part(StreamName.ORDERS, order("1", "status", "failed"));
        String free = run.part(StreamName.ORDERS, order("2"));
        try (Connection other = Database.connect();
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute(
                    "select from warehouse.fact_orders where source = 'side_by_side' for update");
            CompletableFuture<Loaded> waiting = CompletableFuture.supplyAsync(() -> apply(held));
            LoadFunctionTest.awaitRow("select from pg_locks where not granted");

            assertThat(apply(free).result()).isInstanceOf(PartApplied.class);

            assertThat(waiting).isNotDone();
            other.commit();
            assertThat(waiting.get(60, TimeUnit.SECONDS).result()).isInstanceOf(PartApplied.class);
        }
        assertThat(ledger(run)).isEqualTo("[orders|1|1|0|1|0, orders|2|1|1|0|0]");
    }

    @Test
    void aRowThatChangesBetweenTheLookAtItAndItsOwnChangeIsLookedAtAgain() throws Exception {
        TestRun before = new TestRun("looked_at");
        apply(before.part(StreamName.ORDERS, order("1", "status", "pending").at(JANUARY)));
        TestRun run = new TestRun("looked_at");
        String older = run.part(StreamName.ORDERS, order("1", "status", "failed").at(FEBRUARY));
        try (Connection other = Database.connect();
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute(
                    "update warehouse.fact_orders set status = 'completed', version_at = '%s' where source = 'looked_at'"
                            .formatted(MARCH));
            CompletableFuture<Loaded> load = CompletableFuture.supplyAsync(() -> apply(older));
            LoadFunctionTest.awaitRow("select from pg_locks where not granted");
            other.commit();
            load.get(60, TimeUnit.SECONDS);
        }
        assertThat(
                        Database.rows(
                                "select status from warehouse.fact_orders where source = 'looked_at'"))
                .containsExactly("completed");
        assertThat(ledger(run)).isEqualTo("[orders|1|1|0|0|1]");
    }

    @Test
    void partsThatShareRowsEndAsIfOneCameAfterTheOther() throws Exception {
        int parts = 4;
        int count = 300;
        for (int round = 0; round < 3; round++) {
            TestRun run = new TestRun("shared_rows" + round);
            String[] keys =
                    IntStream.range(0, parts)
                            .mapToObj(
                                    part ->
                                            run.part(
                                                    StreamName.ORDERS,
                                                    rows(
                                                            count,
                                                            id ->
                                                                    order(
                                                                                    id,
                                                                                    "total_minor",
                                                                                    "" + part)
                                                                            .at(
                                                                                    "2026-01-0%dT00:00:00Z"
                                                                                            .formatted(
                                                                                                    part
                                                                                                            + 1)))))
                            .toArray(String[]::new);

            applyAtOnce(keys);
            apply(run.manifest());

            assertThat(
                            Database.rows(
                                    "select total_minor, count(*) from warehouse.fact_orders where source = 'shared_rows%d' group by 1"
                                            .formatted(round)))
                    .containsExactly((parts - 1) + "|" + count);
            assertThat(
                            Database.rows(
                                    "select sum(inserted), sum(inserted + updated + unchanged) from etl.part_ledger where run_id = '%s'"
                                            .formatted(run.id)))
                    .containsExactly(count + "|" + parts * count);
            assertThat(status(run)).isEqualTo("complete");
        }
    }

    @Test
    void runsOfOneSourceThatCloseAtOnceAreAllInItsMarts() throws Exception {
        for (int round = 0; round < 4; round++) {
            String source = "closed_at_once_" + round;
            List<TestRun> runs =
                    IntStream.range(0, 3).mapToObj(number -> new TestRun(source)).toList();
            List<String> keys = new ArrayList<>();
            for (int number = 0; number < runs.size(); number++) {
                String first = Integer.toString(number);
                String shared = Integer.toString((number + 1) % runs.size());
                TestRun run = runs.get(number);
                keys.add(run.part(StreamName.ORDERS, order(first, "customer_id", "a")));
                keys.add(
                        run.part(
                                StreamName.ORDER_ITEMS,
                                LoadFunctionTest.item(first, first, "product_id", "p"),
                                LoadFunctionTest.item(first + "b", shared, "product_id", "p")));
                keys.add(run.manifest());
            }

            applyAtOnce(keys.toArray(String[]::new));

            for (TestRun run : runs) {
                assertThat(status(run)).isEqualTo("complete");
            }
            try (Connection connection = Database.connect()) {
                MartContents.assertRecomputed(connection, List.of(source), source);
            }
            assertThat(
                            Database.rows(
                                    "select orders from marts.sources where source = '%s'"
                                            .formatted(source)))
                    .containsExactly("3");
        }
    }

    private static CleanRow[] rows(int count, java.util.function.Function<String, CleanRow> row) {
        return IntStream.range(0, count)
                .mapToObj(number -> row.apply(Integer.toString(number)))
                .toArray(CleanRow[]::new);
    }

    /** An object that was applied, and whether the run was closed after it. */
    private record Loaded(ApplyResult result, boolean closedRun) {}

    private static List<Loaded> applyAtOnce(String... keys)
            throws InterruptedException, ExecutionException, TimeoutException {
        CountDownLatch start = new CountDownLatch(1);
        List<Loaded> results = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(keys.length)) {
            List<CompletableFuture<Loaded>> loads =
                    Arrays.stream(keys)
                            .map(
                                    key ->
                                            CompletableFuture.supplyAsync(
                                                    () -> {
                                                        await(start);
                                                        return apply(key);
                                                    },
                                                    threads))
                            .toList();
            start.countDown();
            for (CompletableFuture<Loaded> load : loads) {
                results.add(load.get(60, TimeUnit.SECONDS));
            }
        }
        return results;
    }

    private static Loaded apply(String key) {
        PGSimpleDataSource database = new PGSimpleDataSource();
        database.setUrl(System.getProperty("load.test.database"));
        database.setUser("postgres");
        database.setPassword("postgres");
        PostgresWarehouse warehouse =
                new PostgresWarehouse(
                        database,
                        Clock.systemUTC(),
                        Tracer.none(),
                        new RejectedShare(20),
                        NotifiedRuns.NONE);
        Optional<PartId> part = PartId.ofKey(key);
        if (part.isPresent()) {
            PartId id = part.get();
            return closed(
                    new LoadPart(TestRun.LAKE, warehouse, LoadTestServers.BUCKET).apply(id),
                    warehouse.closeIfReady(id.runId(), id.source()));
        }
        ManifestKey manifest = RunKeys.ofManifestKey(key).orElseThrow();
        return closed(
                new LoadManifest(TestRun.LAKE, warehouse, LoadTestServers.BUCKET)
                        .apply(key, manifest.runId()),
                warehouse.closeIfReady(manifest.runId(), manifest.source()));
    }

    private static Loaded closed(ApplyResult result, Optional<Run> closed) {
        return new Loaded(result, closed.isPresent());
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
