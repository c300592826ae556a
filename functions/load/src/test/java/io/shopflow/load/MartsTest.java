package io.shopflow.load;

import static io.shopflow.load.LoadFunctionTest.item;
import static io.shopflow.load.LoadFunctionTest.order;
import static io.shopflow.load.TestRun.deliver;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.shopflow.core.stream.StreamName;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** When the stored figures change, and when they do not. */
@QuarkusTest
@QuarkusTestResource(LoadTestServers.class)
class MartsTest {

    private static final String MARCH = "2026-03-01T00:00:00Z";
    private static final String APRIL = "2026-04-01T00:00:00Z";
    private static final String MAY = "2026-05-01T00:00:00Z";

    private static CleanRow line(String id, String order, String net) {
        return item(id, order, "product_id", "p", "unit_price_minor", net, "net_minor", net);
    }

    private static CleanRow product(String name, String cost, String price, String at) {
        return CleanRow.of(
                        StreamName.PRODUCTS,
                        "p",
                        "name",
                        name,
                        "category",
                        "Cups",
                        "unit_cost_minor",
                        cost,
                        "price_minor",
                        price,
                        "currency",
                        "GBP")
                .at(at);
    }

    private static List<String> net(String source) {
        return Database.rows(
                "select sum(orders), sum(net_minor) from analytics.sales_monthly where source = '%s'"
                        .formatted(source));
    }

    /** Which transactions wrote the rows of the marts. */
    private static List<String> written(String source) {
        return Database.rows(
                """
                select 'orders', xmin::text, order_id from marts.sales_orders where source = '%1$s'
                union all
                select 'items', xmin::text, order_item_id from marts.sales_items where source = '%1$s'
                union all
                select 'customers', xmin::text, customer_id from marts.customer_value where source = '%1$s'
                union all
                select 'cohorts', xmin::text, cohort || ' ' || month from marts.cohorts where source = '%1$s'
                union all
                select 'segments', xmin::text, segment from marts.segment_sales where source = '%1$s'
                union all
                select 'catalogue', xmin::text, category from marts.catalogue where source = '%1$s'
                union all
                select 'source', xmin::text, source from marts.sources where source = '%1$s'
                order by 1, 2, 3
                """
                        .formatted(source));
    }

    @Test
    void anOpenRunChangesNoFigureAndItsCloseAll() {
        TestRun first = new TestRun("open");
        deliver(
                first.part(StreamName.ORDERS, order("1")),
                first.part(StreamName.ORDER_ITEMS, line("a", "1", "100")));
        assertThat(net("open")).containsExactly("-|-");
        deliver(first.manifest());
        assertThat(net("open")).containsExactly("1|100");

        TestRun second = TestRun.ofChanges("open");
        deliver(
                second.part(StreamName.ORDERS, order("2")),
                second.part(StreamName.ORDER_ITEMS, line("b", "2", "50")));
        assertThat(net("open")).containsExactly("1|100");
        deliver(second.manifest());
        assertThat(net("open")).containsExactly("2|150");
        assertThat(Database.rows("select order_id from etl.stale_orders where source = 'open'"))
                .isEmpty();
    }

    @Test
    void aSourceWhoseMartsAreBeingFilledIsInNoViewAndThenInAll() {
        TestRun run = new TestRun("filled");
        deliver(
                run.part(StreamName.PRODUCTS, product("Mug", "20", "100", MARCH)),
                run.part(StreamName.ORDERS, order("1", "customer_id", "c").at(MARCH)),
                run.part(StreamName.ORDER_ITEMS, line("a", "1", "100").at(MARCH)));
        String shown = shown("filled");
        List<String> before = Database.rows(shown);

        while (fillNext("filled")) {
            assertThat(Database.rows(shown)).isEqualTo(before);
        }

        assertThat(Database.rows(shown)).isEqualTo(before);
        assertThat(Database.rows("select count(*) from marts.sums_by_day where source = 'filled'"))
                .containsExactly("1");
        deliver(run.manifest());
        assertThat(net("filled")).containsExactly("1|100");
        assertThat(Database.rows("select source from etl.mart_fills")).isEmpty();
    }

    @Test
    void whatChangesWhileMartsAreFilledIsInTheFiguresOfTheClose() throws SQLException {
        TestRun run = new TestRun("refilled");
        deliver(
                run.part(StreamName.PRODUCTS, product("Mug", "20", "100", MARCH)),
                run.part(
                        StreamName.ORDERS,
                        order("1", "customer_id", "c").at(MARCH),
                        order("2", "customer_id", "c").at(MARCH)),
                run.part(
                        StreamName.ORDER_ITEMS,
                        line("a", "1", "100").at(MARCH),
                        line("b", "2", "50").at(MARCH)));
        for (int step = 0; step < 9; step++) {
            assertThat(fillNext("refilled")).isTrue();
        }
        TestRun other = TestRun.ofChanges("refilled");
        deliver(
                other.part(StreamName.PRODUCTS, product("Cup", "20", "100", APRIL)),
                other.part(StreamName.ORDERS, order("2", "status", "cancelled").at(APRIL)),
                other.part(StreamName.ORDER_ITEMS, line("c", "1", "5").at(APRIL)));

        deliver(run.manifest());

        assertThat(net("refilled")).containsExactly("1|105");
        assertThat(
                        Database.rows(
                                "select name, count(*) from marts.sales_items where source = 'refilled' group by name"))
                .containsExactly("Cup|2");
        try (Connection connection = Database.connect()) {
            MartContents.assertRecomputed(connection, List.of("refilled"), "after the close");
        }
    }

    @Test
    void aChangeThatWasNotRecordedByOrderStartsTheFillAgain() throws SQLException {
        TestRun run = new TestRun("restarted");
        deliver(
                run.part(StreamName.ORDERS, order("1").at(MARCH)),
                run.part(StreamName.ORDER_ITEMS, line("a", "1", "100").at(MARCH)));
        for (int step = 0; step < 12; step++) {
            assertThat(fillNext("restarted")).isTrue();
        }
        Database.execute(
                "update warehouse.fact_order_items set net_minor = 90 where source = 'restarted'");
        // As by a transaction that began before the fill.
        Database.execute("update etl.stale_orders set order_id = null where source = 'restarted'");

        deliver(run.manifest());

        try (Connection connection = Database.connect()) {
            MartContents.assertRecomputed(connection, List.of("restarted"), "after the close");
        }
    }

    @Test
    void aFillThatWaitedForTheCloseOfAnotherRunLeavesItsFigures() throws Exception {
        try (Connection other = Database.connect();
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute(
                    "select pg_advisory_xact_lock(hashtextextended('shopflow marts raced', 0))");
            statement.execute("insert into marts.sources (source, orders) values ('raced', 1)");
            CompletableFuture<Boolean> waiting =
                    CompletableFuture.supplyAsync(() -> fillNext("raced"));
            LoadFunctionTest.awaitRow("select from pg_locks where not granted");
            // By a transaction that began before the source was known.
            Database.execute("insert into etl.stale_orders (source) values ('raced')");

            other.commit();

            assertThat(waiting.get(60, TimeUnit.SECONDS)).isFalse();
        }
        assertThat(Database.rows("select orders from marts.sources where source = 'raced'"))
                .containsExactly("1");
        Database.execute("delete from marts.sources where source = 'raced'");
        Database.execute("delete from etl.stale_orders where source = 'raced'");
    }

    private static boolean fillNext(String source) {
        return Database.rows("select marts.fill_next(array['%s'])".formatted(source)).contains("t");
    }

    /** All that readers see of a source. */
    private static String shown(String source) {
        return Database.rows(
                        """
                        select table_schema || '.' || table_name
                        from information_schema.columns
                        where table_schema in ('analytics', 'production') and column_name = 'source'
                        order by 1
                        """)
                .stream()
                .map(
                        view ->
                                "select '%1$s', row::text from %1$s as row where source = '%2$s'"
                                        .formatted(view, source))
                .collect(Collectors.joining(" union all ", "", " order by 1, 2"));
    }

    @Test
    void aPartThatComesAfterTheCloseIsInTheFiguresAtOnce() {
        TestRun run = new TestRun("late");
        deliver(
                run.part(StreamName.ORDERS, order("1")),
                run.part(StreamName.ORDER_ITEMS, line("a", "1", "100").at(MARCH)),
                run.manifest());
        run.replace(StreamName.ORDER_ITEMS, 1, line("a", "1", "70").at(APRIL));
        deliver(
                Database.rows(
                                "select object_key from etl.part_ledger where source = 'late' and stream = 'order_items'")
                        .getFirst());
        assertThat(net("late")).containsExactly("1|70");
    }

    @Test
    void aRunThatChangesNothingWritesNoMart() {
        CleanRow[] orders = {order("1", "customer_id", "c").at(MARCH), order("2").at(MARCH)};
        CleanRow[] lines = {line("a", "1", "100").at(MARCH), line("b", "2", "50").at(MARCH)};
        TestRun first = new TestRun("same");
        deliver(
                first.part(StreamName.PRODUCTS, product("Mug", "20", "100", MARCH)),
                first.part(StreamName.ORDERS, orders),
                first.part(StreamName.ORDER_ITEMS, lines),
                first.manifest());
        List<String> before = written("same");
        assertThat(before).hasSizeGreaterThan(6);

        TestRun second = new TestRun("same");
        deliver(
                second.part(StreamName.PRODUCTS, product("Mug", "20", "100", MARCH)),
                second.part(StreamName.ORDERS, orders),
                second.part(StreamName.ORDER_ITEMS, lines),
                second.manifest());
        assertThat(written("same")).isEqualTo(before);
    }

    @Test
    void aNewPriceTouchesNoLineANewNameAndANewCostDo() {
        TestRun first = new TestRun("products");
        deliver(
                first.part(StreamName.PRODUCTS, product("Mug", "20", "100", MARCH)),
                first.part(
                        StreamName.ORDERS,
                        order(
                                "1",
                                "ordered_at",
                                "2026-04-15T12:00:00Z",
                                "ordered_on",
                                "2026-04-15")),
                first.part(StreamName.ORDER_ITEMS, line("a", "1", "100")),
                first.manifest());
        List<String> before = written("products");

        TestRun price = TestRun.ofChanges("products");
        deliver(
                price.part(StreamName.PRODUCTS, product("Mug", "20", "120", APRIL)),
                price.manifest());
        assertThat(written("products")).isEqualTo(before);

        // Known later than it was so: it was the cost when the order was placed.
        TestRun cost = TestRun.ofChanges("products");
        deliver(
                cost.part(StreamName.PRODUCTS, product("Mug", "30", "120", "2026-04-10T00:00:00Z")),
                cost.manifest());
        assertThat(
                        Database.rows(
                                "select name, profit_minor from analytics.product_sales where source = 'products'"))
                .containsExactly("Mug|70");

        TestRun name = TestRun.ofChanges("products");
        deliver(name.part(StreamName.PRODUCTS, product("Cup", "40", "120", MAY)), name.manifest());
        assertThat(
                        Database.rows(
                                "select name, profit_minor from analytics.product_sales where source = 'products'"))
                .containsExactly("Cup|70");
        assertThat(
                        Database.rows(
                                "select category, products from marts.catalogue where source = 'products'"))
                .containsExactly("Cups|1");
    }

    @Test
    void aProductIsOfTheCatalogueOnceARowOfItCame() {
        TestRun first = new TestRun("named");
        deliver(
                first.part(StreamName.ORDERS, order("1")),
                first.part(StreamName.ORDER_ITEMS, line("a", "1", "100")),
                first.manifest());
        assertThat(catalogued("named")).containsExactlyInAnyOrder("inferred p", "unknown: 0");

        TestRun second = TestRun.ofChanges("named");
        deliver(
                second.part(StreamName.PRODUCTS, product("Mug", "20", "100", MARCH)),
                second.manifest());
        assertThat(catalogued("named")).containsExactly("Cups: 1");
    }

    @Test
    void aNamedProductThatWasNeverSoldIsInNoListOfTheUnsold() {
        TestRun run = new TestRun("unsold");
        deliver(
                run.part(StreamName.ORDERS, order("1", "status", "cancelled")),
                run.part(StreamName.ORDER_ITEMS, line("a", "1", "100")),
                run.manifest());
        assertThat(catalogued("unsold")).containsExactlyInAnyOrder("inferred p", "unknown: 0");
        assertThat(
                        Database.rows(
                                "select product_id from analytics.product_profit where source = 'unsold'"))
                .isEmpty();
    }

    private static List<String> catalogued(String source) {
        return Database.rows(
                """
                select 'inferred ' || product_id from marts.inferred_products where source = '%1$s'
                union all
                select category || ': ' || products from marts.catalogue where source = '%1$s'
                """
                        .formatted(source));
    }

    @Test
    void anOrderThatIsNoSaleAnyMoreLeavesAllMarts() {
        TestRun first = new TestRun("cancelled");
        deliver(
                first.part(StreamName.ORDERS, order("1", "customer_id", "c").at(MARCH)),
                first.part(StreamName.ORDER_ITEMS, line("a", "1", "100").at(MARCH)),
                first.manifest());
        TestRun second = TestRun.ofChanges("cancelled");
        deliver(
                second.part(
                        StreamName.ORDERS,
                        order("1", "customer_id", "c", "status", "cancelled").at(APRIL)),
                second.manifest());
        assertThat(written("cancelled"))
                .allMatch(row -> row.startsWith("source|") || row.startsWith("catalogue|"));
    }

    @Test
    void aRunIsNotClosedIfItsFiguresCannotBeStored() {
        TestRun first = new TestRun("unstored");
        deliver(
                first.part(StreamName.ORDERS, order("1")),
                first.part(StreamName.ORDER_ITEMS, line("a", "1", "100")),
                first.manifest());
        TestRun second = TestRun.ofChanges("unstored");
        String manifest;
        Database.execute(
                "alter table marts.sales_items add constraint planted check (order_item_id <> 'refused') not valid");
        try {
            deliver(second.part(StreamName.ORDER_ITEMS, line("refused", "1", "50")));
            manifest = second.manifest();
            assertThat(deliver(manifest)).hasSize(1);
            assertThat(LoadFunctionTest.status(second)).isEqualTo("running");
            assertThat(net("unstored")).containsExactly("1|100");
        } finally {
            Database.execute("alter table marts.sales_items drop constraint planted");
        }
        assertThat(deliver(manifest)).isEmpty();
        assertThat(LoadFunctionTest.status(second)).isEqualTo("complete");
        assertThat(net("unstored")).containsExactly("1|150");
    }

    /** Like an older version of load, without marts, after a rollback. */
    @Test
    void whateverClosesARunItsFiguresAreStored() {
        TestRun run = new TestRun("closed_by_sql");
        deliver(
                run.part(StreamName.ORDERS, order("1")),
                run.part(StreamName.ORDER_ITEMS, line("a", "1", "100")));
        assertThat(net("closed_by_sql")).containsExactly("-|-");
        Database.execute(
                "update etl.runs set status = 'incomplete', closed_at = now() where run_id = '%s'"
                        .formatted(run.id));
        assertThat(net("closed_by_sql")).containsExactly("1|100");
    }

    @Test
    void truncatedRowsAreInNoFigureAfterTheNextRefresh() throws SQLException {
        TestRun run = new TestRun("truncated");
        deliver(
                run.part(StreamName.PRODUCTS, product("Mug", "20", "100", MARCH)),
                run.part(StreamName.ORDERS, order("1", "customer_id", "c")),
                run.part(StreamName.ORDER_ITEMS, line("a", "1", "100")),
                run.manifest());
        try (Connection connection = Database.connect();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("truncate warehouse.fact_orders");
            statement.execute("truncate warehouse.dim_products");
            statement.execute("select marts.refresh(array['truncated'])");
            try (ResultSet rows =
                    statement.executeQuery(
                            """
                            select source from marts.sales_orders where source = 'truncated'
                            union all
                            select source from marts.sales_items where source = 'truncated'
                            union all
                            select source from marts.catalogue where source = 'truncated'
                            union all
                            select source from marts.inferred_products where source = 'truncated'
                            union all
                            select source from marts.customer_value where source = 'truncated'
                            """)) {
                assertThat(rows.next()).isFalse();
            }
            connection.rollback();
        }
    }
}
