package io.shopflow.load;

import static io.shopflow.load.LoadFunctionTest.item;
import static io.shopflow.load.TestRun.deliver;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.shopflow.core.lake.PartMetadata.CleanCounts;
import io.shopflow.core.stream.CleanColumn;
import io.shopflow.core.stream.StreamName;
import io.shopflow.core.stream.StreamSchema;
import java.io.IOException;
import java.io.StringReader;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;

/**
 * How fast load is, beside a bare {@code COPY} of the same rows into a table with the same columns
 * and primary key. Not run with the tests; {@code functions/load/benchmark} prints the figures.
 */
@QuarkusTest
@QuarkusTestResource(LoadTestServers.class)
class LoadBenchmark {

    private static final int ROWS = Integer.getInteger("shopflow.benchmark.rows", 1_000_000);
    private static final int ROWS_OF_A_PART = 250_000;
    private static final String BARE = "benchmark.order_items";

    private static final String JANUARY = "2026-01-01T00:00:00Z";
    private static final String FEBRUARY = "2026-02-01T00:00:00Z";

    @Test
    void loadBesideCopy() throws SQLException, IOException {
        createBare();
        // The first part compiles the code and opens the connections.
        TestRun warm = new TestRun("warm");
        load(List.of(put(warm, 0, ROWS_OF_A_PART, 1, JANUARY, 500)));

        double copy = 0;
        double first = 0;
        TestRun run = new TestRun("benchmark");
        List<String> keys = new ArrayList<>();
        for (int from = 0; from < ROWS; from += ROWS_OF_A_PART) {
            int to = Math.min(ROWS, from + ROWS_OF_A_PART);
            copy += copy(csv(from, to, 1, JANUARY, 500));
            keys.add(put(run, from, to, 1, JANUARY, 500));
            first += load(keys.subList(keys.size() - 1, keys.size()));
        }
        assertThat(rows(BARE)).isEqualTo(ROWS);
        assertThat(rows("warehouse.fact_order_items where source = 'benchmark'")).isEqualTo(ROWS);

        double again = load(keys);

        TestRun unchanged = new TestRun("benchmark");
        double same = load(List.of(put(unchanged, 0, ROWS_OF_A_PART, 1, FEBRUARY, 500)));

        TestRun changed = new TestRun("benchmark");
        double hundredth = load(List.of(put(changed, 0, ROWS, 100, FEBRUARY, 600)));

        System.out.printf(
                "| %,d order lines | seconds | of the first load |%n| --- | --: | --: |%n", ROWS);
        line("bare COPY", copy, first);
        line("first load", first, first);
        line("the same parts delivered again", again, first);
        line(
                "another run with %,d of the rows, all newer and none changed"
                        .formatted(ROWS_OF_A_PART),
                same,
                first);
        line("another run with 1 % of the rows, all changed", hundredth, first);
        System.out.printf("COPY takes %.2f of the first load's time%n", copy / first);
    }

    private static void line(String what, double seconds, double first) {
        System.out.printf("| %s | %.2f | %.1f %% |%n", what, seconds, 100 * seconds / first);
    }

    private static String put(TestRun run, int from, int to, int step, String updatedAt, int net) {
        long rows = (to - from) / step;
        return run.part(
                StreamName.ORDER_ITEMS,
                new CleanCounts(rows, rows, 0, 0),
                csv(from, to, step, updatedAt, net));
    }

    private static String csv(int from, int to, int step, String updatedAt, int net) {
        StringBuilder csv = new StringBuilder();
        csv.append(String.join(",", StreamSchema.of(StreamName.ORDER_ITEMS).cleanHeader()))
                .append('\n');
        for (int id = from; id < to; id += step) {
            csv.append(
                            item(
                                            "line-" + id,
                                            "order-" + id / 2,
                                            "product_id",
                                            "product-" + id % 5000,
                                            "name",
                                            "Enamel mug, " + id % 5000,
                                            "quantity",
                                            "2",
                                            "unit_price_minor",
                                            Integer.toString(net / 2),
                                            "net_minor",
                                            Integer.toString(net))
                                    .at(updatedAt)
                                    .line(id + 1))
                    .append('\n');
        }
        return csv.toString();
    }

    private static void createBare() {
        String columns =
                StreamSchema.of(StreamName.ORDER_ITEMS).cleanColumns().stream()
                        .map(LoadBenchmark::definition)
                        .collect(Collectors.joining(", "));
        Database.execute("create schema benchmark");
        Database.execute("create table %s (%s, primary key (id))".formatted(BARE, columns));
    }

    private static String definition(CleanColumn column) {
        return "\"%s\" %s%s"
                .formatted(
                        column.name(),
                        column.name().equals("id") ? "text collate \"C\"" : column.sqlType(),
                        column.required() ? " not null" : "");
    }

    private static double copy(String csv) throws SQLException, IOException {
        long started = System.nanoTime();
        try (Connection connection = Database.connect()) {
            connection
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyIn(
                            "copy " + BARE + " from stdin (format csv, header)",
                            new StringReader(csv));
        }
        return (System.nanoTime() - started) / 1e9;
    }

    private static double load(List<String> keys) {
        long started = System.nanoTime();
        assertThat(deliver(keys.toArray(String[]::new))).isEmpty();
        return (System.nanoTime() - started) / 1e9;
    }

    private static long rows(String table) throws SQLException {
        try (Connection connection = Database.connect();
                Statement statement = connection.createStatement();
                var result = statement.executeQuery("select count(*) from " + table)) {
            result.next();
            return result.getLong(1);
        }
    }
}
