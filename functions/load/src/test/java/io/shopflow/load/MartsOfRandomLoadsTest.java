package io.shopflow.load;

import static io.shopflow.load.LoadFunctionTest.item;
import static io.shopflow.load.LoadFunctionTest.order;
import static io.shopflow.load.TestRun.deliver;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.shopflow.core.stream.StreamName;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Runs of random rows that overlap, whose versions arrive in any order, and whose rows someone
 * corrects by hand; the first one fills some marts before it is closed. An open run changes no
 * mart, and after a close the marts are those computed anew. Another run of a failure: {@code
 * -Dshopflow.seed=…}.
 */
@QuarkusTest
@QuarkusTestResource(LoadTestServers.class)
class MartsOfRandomLoadsTest {

    private static final int SOURCES = 4;
    private static final int STEPS = 12;
    private static final long SEED = Long.getLong("shopflow.seed", System.nanoTime());

    private static final StreamName[] STREAMS = {
        StreamName.PRODUCTS,
        StreamName.PRODUCTS,
        StreamName.ORDERS,
        StreamName.ORDER_ITEMS,
        StreamName.REFUNDS
    };

    private static final String CONTENTS =
            Database.rows("select tablename from pg_tables where schemaname = 'marts'").stream()
                    .map(
                            mart ->
                                    "select '%1$s', row::text from marts.%1$s as row where source = '%%1$s'"
                                            .formatted(mart))
                    .collect(Collectors.joining(" union all ", "", " order by 1, 2"));

    private final Random random = new Random(SEED);

    @Test
    void martsAreThoseComputedAnewAfterAnyLoads() throws SQLException {
        for (int number = 0; number < SOURCES; number++) {
            String source = "random_loads_" + number;
            List<TestRun> open = new ArrayList<>();
            TestRun closed = null;
            for (int step = 0; step < STEPS; step++) {
                if (open.isEmpty() || random.nextInt(4) == 0) {
                    open.add(TestRun.ofChanges(source));
                }
                TestRun run = open.get(random.nextInt(open.size()));
                List<String> before = contents(source);
                deliverAll(part(run));
                if (random.nextInt(4) == 0) {
                    Database.execute(correction().formatted(source));
                }
                assertThat(contents(source)).as("seed " + SEED).isEqualTo(before);
                if (random.nextInt(2) == 0) {
                    fillSomeMarts(source);
                }
                switch (random.nextInt(4)) {
                    case 0, 1 -> {
                        deliverAll(run.manifest());
                        open.remove(run);
                        closed = run;
                        assertRecomputed(source);
                    }
                    case 2 -> {
                        if (closed != null) {
                            replacePart(closed);
                            assertRecomputed(source);
                        }
                    }
                    default -> {}
                }
            }
        }
    }

    /** As a load does that is stopped before it closes the first run; later it changes nothing. */
    private void fillSomeMarts(String source) {
        int steps = 1 + random.nextInt(16);
        for (int step = 0; step < steps; step++) {
            Database.rows("select marts.fill_next(array['%s'])".formatted(source));
        }
    }

    private String part(TestRun run) {
        StreamName stream = STREAMS[random.nextInt(STREAMS.length)];
        return run.part(stream, rows(stream));
    }

    /** Makes a part of a closed run again, with other rows. */
    private void replacePart(TestRun run) {
        List<String> part =
                Database.rows(
                        "select object_key, stream, part from etl.part_ledger where run_id = '%s' order by random() limit 1"
                                .formatted(run.id));
        String[] columns = part.getFirst().split("\\|");
        StreamName stream = StreamName.ofCanonicalName(columns[1]).orElseThrow();
        run.replace(stream, Integer.parseInt(columns[2]), rows(stream));
        deliverAll(columns[0]);
    }

    private CleanRow[] rows(StreamName stream) {
        return random.ints(0, 6)
                .limit(1 + random.nextInt(3))
                .distinct()
                .mapToObj(id -> row(stream, Integer.toString(id)).at(instant()))
                .toArray(CleanRow[]::new);
    }

    private CleanRow row(StreamName stream, String id) {
        if (stream != StreamName.PRODUCTS && random.nextInt(8) == 0) {
            return CleanRow.gone(stream, id);
        }
        return switch (stream) {
            case PRODUCTS ->
                    CleanRow.of(
                            stream,
                            id,
                            "name",
                            any("Mug", "Cup"),
                            "category",
                            any("", "Cups", "Mugs"),
                            "price_minor",
                            any("100", "120"),
                            "unit_cost_minor",
                            any("", "10", "20"),
                            "currency",
                            any("GBP", "GBP", "", "EUR"));
            case ORDERS -> {
                String instant = instant();
                yield order(
                        id,
                        "status",
                        any("completed", "processing", "refunded", "cancelled"),
                        "customer_id",
                        any("", "a", "b"),
                        "currency",
                        any("GBP", "GBP", "GBP", "EUR"),
                        "ship_postcode_area",
                        any("", "LS", "SW"),
                        "ordered_at",
                        instant,
                        "ordered_on",
                        instant.substring(0, 10),
                        "discount_minor",
                        any("", "", "30"));
            }
            case ORDER_ITEMS ->
                    item(
                            id,
                            any("0", "1", "2", "3", "4", "5"),
                            "product_id",
                            any("", "0", "1", "2", "3"),
                            "name",
                            "Sold",
                            "quantity",
                            any("1", "2"),
                            "unit_price_minor",
                            "100",
                            "net_minor",
                            any("100", "90"),
                            "line_cost_minor",
                            any("", "", "40"));
            case REFUNDS -> {
                CleanRow refund =
                        CleanRow.of(
                                stream,
                                id,
                                "order_item_id",
                                any("", "", "1", "2"),
                                "amount_minor",
                                any("10", "100", "300"));
                refund.values().put("order_id", any("0", "1", "2", "3"));
                yield refund;
            }
            case CUSTOMERS, SELLERS, PAYMENTS, REVIEWS ->
                    throw new IllegalArgumentException(stream.canonicalName());
        };
    }

    /** What someone with the owner's login may do to the star. */
    private String correction() {
        return any(
                "update warehouse.dim_products set unit_cost_minor = 15 where source = '%s' and is_current",
                "update warehouse.dim_products set category = 'Corrected' where source = '%s' and product_id < '3'",
                "delete from warehouse.dim_products where source = '%s' and product_id = '1'",
                "update warehouse.fact_order_items set order_id = '2' where source = '%s' and order_id = '1'",
                "delete from warehouse.fact_orders where source = '%s' and order_id = '3'",
                "delete from warehouse.fact_refunds where source = '%s'");
    }

    private String any(String... values) {
        return values[random.nextInt(values.length)];
    }

    private String instant() {
        return "2026-%02d-%02dT00:00:00Z".formatted(1 + random.nextInt(12), 1 + random.nextInt(28));
    }

    private static void deliverAll(String... keys) {
        assertThat(deliver(keys)).as("seed " + SEED).isEmpty();
    }

    private static void assertRecomputed(String source) throws SQLException {
        try (Connection connection = Database.connect()) {
            MartContents.assertRecomputed(
                    connection, List.of(source), "%s, seed %d".formatted(source, SEED));
        }
    }

    private static List<String> contents(String source) {
        return Database.rows(CONTENTS.formatted(source));
    }
}
