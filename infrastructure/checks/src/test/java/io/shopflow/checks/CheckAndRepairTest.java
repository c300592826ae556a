package io.shopflow.checks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.shopflow.checks.LaptopStack.Output;
import io.shopflow.core.lake.ObjectStore.StoredObject;
import io.shopflow.laptop.checks.CheckFinding;
import io.shopflow.laptop.checks.WarehouseCheck;
import io.shopflow.laptop.checks.WarehouseRepair;
import io.shopflow.laptop.queues.Queues;
import io.shopflow.laptop.servers.LocalQueues;
import io.shopflow.shop.api.ShopServer;
import io.shopflow.shop.world.RandomEdits;
import io.shopflow.shop.world.Shop;
import io.shopflow.shop.world.ShopPlan;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Damages a warehouse of two sources in many ways: {@code check} finds each, and {@code --repair}
 * makes the warehouse and its marts what they were.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CheckAndRepairTest {

    private static final String BYPASSING_TRIGGERS = "set session_replication_role = replica; ";

    private Shop shop;
    private ShopServer server;
    private LaptopStack stack;
    private Queues queues;

    /** Runs that edit and delete rows, windows of a backfill, and a second source. */
    @BeforeAll
    void load(@TempDir Path folder) throws Exception {
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        shop = Shop.open(ShopPlan.of(31, 40, 20, 250, now, Duration.ZERO), Instant::now);
        server = ShopServer.start(0, shop);
        stack = new LaptopStack(folder.resolve("checked"));
        Path sources = Files.createDirectories(folder.resolve("checked/sources"));
        Files.writeString(
                sources.resolve("edited.yaml"),
                "kind: woocommerce\nurl: %s\nkey: %s\nsecret: %s\n"
                        .formatted(server.uri(), ShopServer.READ_KEY, ShopServer.CONSUMER_SECRET));
        Path files = folder.resolve("files");
        stack.command(
                "generate",
                "--customers",
                "200",
                "--products",
                "30",
                "--orders",
                "1500",
                "--seed",
                "7",
                "--out",
                files.toString());
        stack.command("up", "--detach", "--no-demo", "--port", "0");
        queues =
                new Queues(
                        LocalQueues.endpoint(stack.data().resolve("queues"), stack.port("queues")));
        stack.command("run", "--source", "generated", "--path", files.toString());
        stack.command("run", "--source", "edited");
        RandomEdits edits = new RandomEdits(shop, 20_260_601L);
        for (int edit = 0; edit < 30; edit++) {
            edits.next();
        }
        stack.command("run", "--source", "edited");
        LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
        stack.command(
                "backfill",
                "--source",
                "edited",
                "--from",
                today.minusDays(20).toString(),
                "--until",
                today.minusDays(10).toString(),
                "--window",
                "5");
    }

    @AfterAll
    void stop() {
        queues.close();
        stack.close();
        server.close();
    }

    /** What is done to the warehouse, and the finding that it causes. */
    private record Damage(String name, String finding, String sql, String... options) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Damage> damages() {
        return Stream.of(
                new Damage(
                        "a lost order",
                        "rows_lost",
                        "delete from warehouse.fact_orders where (source, order_id) in (select source, min(order_id) from marts.sales_orders group by source)"),
                new Damage(
                        "a lost line, without a trigger's notice",
                        "rows_lost",
                        BYPASSING_TRIGGERS
                                + "delete from warehouse.fact_order_items where (source, order_item_id) in (select source, max(order_item_id) from marts.sales_items group by source)"),
                new Damage(
                        "a deleted day",
                        "rows_lost",
                        "delete from warehouse.fact_orders where source = 'edited' and ordered_on = (select mode() within group (order by ordered_on) from warehouse.fact_orders where source = 'edited')"),
                new Damage(
                        "a lost refund",
                        "rows_lost",
                        "delete from warehouse.fact_refunds where (source, refund_id) in (select source, min(refund_id) from marts.sales_refunds group by source)"),
                new Damage("a truncated table", "rows_lost", "truncate warehouse.fact_order_items"),
                new Damage(
                        "lost customers",
                        "dimension_missing",
                        "delete from warehouse.dim_customers where (source, customer_id) in (select source, min(customer_id) from warehouse.fact_orders group by source)"),
                new Damage(
                        "a lost row of a product's history",
                        "history_broken",
                        "delete from warehouse.dim_products where source = 'edited' and is_current and product_id in (select product_id from warehouse.dim_products where source = 'edited' and not is_current)"),
                new Damage(
                        "a lost row of a customer's history",
                        "history_broken",
                        "update warehouse.dim_customers set valid_to = now() where (source, customer_id) in (select source, min(customer_id) from warehouse.dim_customers where is_current and not is_inferred group by source) and is_current"),
                new Damage(
                        "two current versions",
                        "history_broken",
                        """
                        alter table warehouse.dim_products drop constraint dim_products_no_overlap;
                        insert into warehouse.dim_products (
                            source, product_id, name, category, valid_from, valid_to, version_at, run_id, part, source_row,
                            last_version_at, last_run_id, last_part, last_source_row
                        )
                        select source, product_id, name, category, '2020-01-01', 'infinity', version_at, run_id, part, source_row,
                            last_version_at, last_run_id, last_part, last_source_row
                        from warehouse.dim_products
                        where source = 'edited' and is_current
                        order by product_id
                        limit 1
                        """),
                new Damage("a truncated mart", "mart_differs", "truncate marts.sales_items"),
                new Damage("truncated sums", "mart_differs", "truncate marts.customer_gaps"),
                new Damage(
                        "a customer too few",
                        "mart_differs",
                        "delete from marts.customer_numbers where (source, customer_number) in (select source, max(customer_number) from marts.customer_numbers group by source)"),
                new Damage(
                        "a dropped mart",
                        "relation_dropped",
                        "drop table marts.sales_orders cascade"),
                new Damage(
                        "the dropped list of sources",
                        "relation_dropped",
                        "drop table marts.sources cascade"),
                new Damage(
                        "an altered sum",
                        "mart_differs",
                        "update marts.sums_by_day set net_minor = net_minor + 1 where source = 'edited' and business_date = (select max(business_date) from marts.sums_by_day where source = 'edited')"),
                new Damage(
                        "a part that the ledger lacks",
                        "part_not_in_ledger",
                        "delete from etl.part_ledger where (run_id, stream) in (select min(run_id), 'orders' from etl.part_ledger where source = 'edited')"),
                new Damage(
                        "orders that were not refreshed",
                        "marts_not_refreshed",
                        "insert into etl.stale_orders select source, min(order_id) from marts.sales_orders group by source"),
                new Damage(
                        "an altered line",
                        "rows_altered",
                        BYPASSING_TRIGGERS
                                + "update warehouse.fact_order_items set quantity = quantity + 1 where (source, order_item_id) in (select source, min(order_item_id) from marts.sales_items group by source)",
                        "--deep"),
                new Damage(
                        "a renamed product",
                        "rows_altered",
                        "update warehouse.dim_products set name = 'Other' where source = 'generated' and is_current and product_id = (select min(product_id) from warehouse.dim_products where source = 'generated')",
                        "--deep"),
                new Damage(
                        "old statistics",
                        "statistics_old",
                        "update pg_class set reltuples = 0 where oid = 'warehouse.fact_orders'::regclass"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("damages")
    void isFoundAndRepaired(Damage damage) throws Exception {
        Map<String, String> before = contents();
        plant(damage.sql());
        assertRepaired(damage.finding(), damage.options());
        assertThat(contents()).isEqualTo(before);
    }

    @Test
    void aLostCleanObjectIsTransformedAgainAndItsLostRowsAreLoaded() throws Exception {
        Map<String, String> before = contents();
        String lake = lakeKeys();
        plant("truncate warehouse.fact_refunds");
        stack.lake().list("clean/refunds/").forEach(object -> stack.delete(object.key()));
        assertRepaired("clean_missing");
        assertThat(contents()).isEqualTo(before);
        assertThat(lakeKeys()).isEqualTo(lake);
    }

    @Test
    void nothingIsWrongWithAWarehouseThatOnlyRunsHaveWritten() throws Exception {
        Output output = stack.output("check", "--deep");
        assertThat(output.text()).contains("Nothing is wrong.");
        assertThat(output.status()).isZero();
    }

    /** The file gets the header of a release that did not have {@code updated_at}. */
    @Test
    void partsThatAreOlderThanAFieldAreComparedToo() throws Exception {
        StoredObject part =
                stack.lake().list("clean/customers/").stream()
                        .filter(object -> object.key().contains("/generated-"))
                        .findFirst()
                        .orElseThrow();
        Map<String, String> metadata = stack.lake().head(part.key()).orElseThrow().metadata();
        String text = stack.text(part);
        String older =
                text.replace(",updated_at,version_at,", ",version_at,")
                        .replaceAll("(?m),,([^,\n]+,\\d+)$", ",$1");
        assertThat(older.length()).isLessThan(text.length() - 100);

        stack.lake().put(part.key(), older.getBytes(UTF_8), "text/csv", metadata);
        Output output = stack.output("check", "--deep", "--source", "generated");
        stack.lake().put(part.key(), text.getBytes(UTF_8), "text/csv", metadata);

        assertThat(output.text()).contains("Nothing is wrong.");
    }

    @Test
    void withoutRepairTheStatusIsOneAndNothingChanges() throws Exception {
        plant("update marts.sums_by_day set orders = orders + 1 where source = 'edited'");
        Map<String, String> damaged = contents();
        Output output = stack.output("check");
        assertThat(output.status()).isEqualTo(1);
        assertThat(output.text())
                .contains("mart_differs", "edited", "marts.sums_by_day", "rebuild the marts");
        assertThat(contents()).isEqualTo(damaged);
        assertThat(stack.output("check", "--source", "generated").status()).isZero();
        Output repaired = stack.output("check", "--repair");
        assertThat(repaired.text()).endsWith("After the repair:\nNothing is wrong.\n");
        assertThat(repaired.status()).isZero();
    }

    /** A migration that changes a mart has to keep its new definition. */
    @Test
    void theKeptDefinitionsAreThoseOfTheMarts() throws Exception {
        try (Connection database = stack.database()) {
            assertThat(
                            rows(
                                    database,
                                    "set search_path = pg_catalog; (table etl.definitions except table etl.current_definitions) union all (table etl.current_definitions except table etl.definitions)"))
                    .isEmpty();
        }
    }

    private void assertRepaired(String finding, String... options) throws Exception {
        Map<String, String> ledger = ledgers();
        // As the command does, which other tests start: its process would take most of the time.
        WarehouseCheck check =
                new WarehouseCheck(
                        stack.lake(),
                        stack.port("postgres"),
                        null,
                        List.of(options).contains("--deep"));
        List<CheckFinding> findings = check.findings();
        assertThat(findings).extracting(CheckFinding::rule).contains(finding);
        new WarehouseRepair(stack.lake(), queues, stack.port("postgres"), line -> {})
                .repair(findings, null);
        assertThat(check.findings()).isEmpty();
        if (!finding.equals("part_not_in_ledger")) {
            assertThat(ledgers()).isEqualTo(ledger);
        }
    }

    private void plant(String sql) throws SQLException {
        try (Connection database = stack.database();
                Statement statement = database.createStatement()) {
            statement.execute(sql);
        }
    }

    private String lakeKeys() {
        return String.join("\n", stack.lake().list("clean/").stream().map(o -> o.key()).toList());
    }

    /** The rows of the star, of the marts and of the views. */
    private Map<String, String> contents() throws SQLException {
        return contents("schemaname in ('warehouse', 'marts', 'analytics')");
    }

    private Map<String, String> ledgers() throws SQLException {
        return contents("relation in ('runs', 'run_parts', 'part_ledger', 'run_findings')");
    }

    private Map<String, String> contents(String condition) throws SQLException {
        Map<String, String> contents = new TreeMap<>();
        try (Connection database = stack.database()) {
            for (String name :
                    rows(
                            database,
                            """
                            select format('%I.%I', schemaname, relation)
                            from (
                                select schemaname, tablename from pg_tables where tablename <> 'dim_date'
                                union all
                                -- The others read the same rows.
                                select schemaname, viewname from pg_views
                                where viewname in ('sales_monthly', 'sales_monthly_by_refund_date', 'region_sales')
                            ) as relations (schemaname, relation)
                            where
                            """
                                    + condition)) {
                String relation =
                        switch (name) {
                            case "marts.customers_by_address" ->
                                    "(%s)".formatted(WarehouseContents.CUSTOMERS_BY_ADDRESS);
                            case "marts.customer_numbers" ->
                                    "(select source, customer_id from marts.customer_numbers)";
                            default -> name;
                        };
                contents.put(
                        name,
                        String.join(
                                "\n",
                                rows(
                                        database,
                                        "select r::text from %s as r order by 1"
                                                .formatted(relation))));
            }
        }
        return contents;
    }

    private List<String> rows(Connection database, String sql) throws SQLException {
        try (Statement statement = database.createStatement()) {
            List<String> rows = new ArrayList<>();
            boolean result = statement.execute(sql);
            while (!result) {
                result = statement.getMoreResults();
            }
            try (ResultSet found = statement.getResultSet()) {
                while (found.next()) {
                    rows.add(found.getString(1));
                }
            }
            return rows;
        }
    }
}
