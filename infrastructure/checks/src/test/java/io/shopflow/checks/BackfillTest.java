package io.shopflow.checks;

import static org.assertj.core.api.Assertions.assertThat;

import io.shopflow.shop.api.ShopServer;
import io.shopflow.shop.world.Shop;
import io.shopflow.shop.world.ShopPlan;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Windows, read concurrently and in any order, give exactly the rows of one full run. */
class BackfillTest {

    private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");

    /**
     * Rows without columns that differ between any two runs or stacks: the run, the version if it
     * is the time of extraction, and tokens, which depend on the stack's key.
     */
    private static final String ROWS =
            """
            select regexp_replace(content.fields::text, '[0-9a-f]{64}', 'token', 'g')
            from %s as t
            cross join lateral (
                select jsonb_object_agg(field.key, field.value) as fields
                from jsonb_each(to_jsonb(t)) as field
                where field.key !~ '(run_id|part|source_row)$'
                    and not (
                        field.key in ('version_at', 'last_version_at')
                        and to_jsonb(t) ->> 'updated_at' is null
                    )
            ) as content
            order by 1
            """;

    @TempDir Path folder;

    @Test
    void windowsLeaveTheWarehouseOfAFullRun() throws Exception {
        Shop shop = Shop.open(ShopPlan.of(11, 40, 25, 300, NOW, Duration.ZERO), () -> NOW);
        try (ShopServer server = ShopServer.start(0, shop)) {
            Map<String, List<String>> full;
            try (LaptopStack stack = stack("full", server)) {
                stack.command("up", "--detach", "--no-demo", "--port", "0");
                stack.command("run", "--source", "still");
                full = tables(stack);
            }
            try (LaptopStack stack = stack("windows", server)) {
                stack.command("up", "--detach", "--no-demo", "--port", "0");
                String output = backfill(stack);
                assertThat(output).contains("complete and balanced: 14 of 14 windows");
                assertThat(tables(stack)).isEqualTo(full);

                assertThat(backfill(stack)).contains("14 of 14 windows");
                assertThat(tables(stack)).isEqualTo(full);
            }
            assertThat(full.get("warehouse.fact_orders")).hasSizeGreaterThan(250);
            assertThat(full.get("warehouse.fact_refunds")).isNotEmpty();
            assertThat(full.get("warehouse.dim_customers")).hasSizeGreaterThan(40);
        }
    }

    private static String backfill(LaptopStack stack) {
        return stack.command(
                "backfill",
                "--source",
                "still",
                "--from",
                "2023-01-01",
                "--until",
                "2026-06-02",
                "--window",
                "90");
    }

    private LaptopStack stack(String name, ShopServer server) throws Exception {
        Path data = folder.resolve(name);
        Path sources = Files.createDirectories(data.resolve("sources"));
        Files.writeString(
                sources.resolve("still.yaml"),
                "kind: woocommerce\nurl: %s\nkey: %s\nsecret: %s\n"
                        .formatted(server.uri(), ShopServer.READ_KEY, ShopServer.CONSUMER_SECRET));
        return new LaptopStack(data);
    }

    private static Map<String, List<String>> tables(LaptopStack stack) throws Exception {
        Map<String, List<String>> tables = new TreeMap<>();
        try (Connection database = stack.database();
                Statement statement = database.createStatement()) {
            for (String table :
                    List.of(
                            "warehouse.dim_customers",
                            "warehouse.dim_products",
                            "warehouse.fact_orders",
                            "warehouse.fact_order_items",
                            "warehouse.fact_payments",
                            "warehouse.fact_refunds",
                            "warehouse.fact_reviews")) {
                tables.put(table, rows(statement, table));
            }
        }
        return tables;
    }

    private static List<String> rows(Statement statement, String table) throws Exception {
        List<String> rows = new ArrayList<>();
        try (ResultSet result = statement.executeQuery(ROWS.formatted(table))) {
            while (result.next()) {
                rows.add(result.getString(1));
            }
        }
        return rows;
    }
}
