package io.shopflow.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills each function and PostgreSQL with SIGKILL in the middle of a run: the run completes without
 * help, and the warehouse is the same as after an undisturbed run.
 */
class KilledProcessesTest {

    private static final List<String> FIGURES =
            List.of(
                    "select source, stream, row_count from analytics.row_counts order by 1, 2",
                    "select * from analytics.sales_monthly order by source, month, currency",
                    "select * from analytics.product_sales order by source, product_id, currency",
                    "select * from analytics.category_sales order by source, category, currency",
                    "select * from analytics.region_sales order by source, country, region, currency",
                    // Without the id: each stack has its own pseudonym key, and so different tokens
                    // for guests.
                    "select source, currency, orders, spent_minor, first_order, last_order, churned from analytics.customer_value order by 1, 2, 3, 4, 5, 6");

    @TempDir Path folder;

    @Test
    void aRunSurvivesTheDeathOfEachFunctionAndOfPostgres() throws Exception {
        Path files = folder.resolve("files");
        LaptopStack disturbed = new LaptopStack(folder.resolve("disturbed"));
        disturbed.command(
                "generate",
                "--customers",
                "4000",
                "--products",
                "300",
                "--orders",
                "60000",
                "--seed",
                "7",
                "--out",
                files.toString());

        Map<String, List<String>> expected;
        try (LaptopStack undisturbed = new LaptopStack(folder.resolve("undisturbed"))) {
            undisturbed.command("up", "--detach", "--no-demo", "--port", "0");
            undisturbed.command("run", "--source", "generated", "--path", files.toString());
            expected = figures(undisturbed);
        }
        assertThat(expected.get(FIGURES.getFirst())).isNotEmpty();

        try (LaptopStack stack = disturbed) {
            stack.command("up", "--detach", "--no-demo", "--port", "0");
            Process run = stack.start("run", "--source", "generated", "--path", files.toString());
            kill(stack, "extract", () -> exists(stack, "raw/"));
            kill(stack, "transform", () -> exists(stack, "clean/"));
            kill(stack, "load", () -> loadedParts(stack) >= 1);
            kill(stack, "PostgreSQL", () -> loadedParts(stack) >= 2);
            stack.command("up", "--detach", "--no-demo");
            assertThat(stack.finish(run, "run")).contains("complete and balanced");
            assertThat(figures(stack)).isEqualTo(expected);
            assertThat(stack.command("run", "--source", "generated", "--path", files.toString()))
                    .contains("no row changed");
        }
    }

    private static void kill(LaptopStack stack, String name, BooleanSupplier busy) {
        stack.await(name + " is busy", busy);
        ProcessHandle process =
                stack.child(name).orElseThrow(() -> new AssertionError("no process of " + name));
        process.destroyForcibly();
        stack.await(name + " is dead", () -> !process.isAlive());
    }

    private static boolean exists(LaptopStack stack, String prefix) {
        return !stack.lake().list(prefix).isEmpty();
    }

    private static long loadedParts(LaptopStack stack) {
        try (Connection database = stack.database();
                Statement statement = database.createStatement();
                ResultSet rows = statement.executeQuery("select count(*) from etl.part_ledger")) {
            rows.next();
            return rows.getLong(1);
        } catch (SQLException e) {
            throw new AssertionError("PostgreSQL is not to be down yet", e);
        }
    }

    private static Map<String, List<String>> figures(LaptopStack stack)
            throws SQLException, IOException {
        Map<String, List<String>> figures = new TreeMap<>();
        try (Connection database = stack.database();
                Statement statement = database.createStatement()) {
            for (String query : FIGURES) {
                List<String> lines = new ArrayList<>();
                try (ResultSet rows = statement.executeQuery(query)) {
                    int columns = rows.getMetaData().getColumnCount();
                    while (rows.next()) {
                        List<String> line = new ArrayList<>();
                        for (int i = 1; i <= columns; i++) {
                            line.add(String.valueOf(rows.getObject(i)));
                        }
                        lines.add(String.join("|", line));
                    }
                }
                figures.put(query, lines);
            }
        }
        return figures;
    }
}
