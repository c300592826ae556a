package io.shopflow.load;

import static io.shopflow.load.TestRun.deliver;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.shopflow.core.stream.StreamName;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * The figures of generated shops are those that {@link ExpectedFigures} computes from lists, when
 * they open and after each of some edits; and their marts, brought up to date after each, are those
 * computed anew. Another run of a failure: {@code -Dshopflow.seed=…}.
 */
@QuarkusTest
@QuarkusTestResource(LoadTestServers.class)
class GeneratedShopsTest {

    private static final int SHOPS = 10_000;
    private static final int BATCH = 2_500;
    private static final int EDITS = 2;
    private static final long SEED = Long.getLong("shopflow.seed", System.nanoTime());

    @Test
    void tenThousandShopsHaveTheFiguresThatTheirListsSay() throws SQLException {
        try (Connection connection = Database.connect();
                Statement statement = connection.createStatement()) {
            // With thousands of sources that share their ids, the planner expects far too few rows.
            statement.execute("set enable_nestloop = off");
            tenThousandShops(connection);
        }
    }

    private static void tenThousandShops(Connection connection) throws SQLException {
        for (int first = 0; first < SHOPS; first += BATCH) {
            WarehouseRows rows = new WarehouseRows(connection);
            List<GeneratedShop> shops = new ArrayList<>();
            for (int number = first; number < first + BATCH; number++) {
                GeneratedShop shop = new GeneratedShop("shop_" + number, SEED + number);
                rows.add(shop.source, shop.open());
                shops.add(shop);
            }
            rows.products(shops);
            for (int edits = 0; ; edits++) {
                rows.write();
                assertFigures(connection, shops, "after %d edits".formatted(edits));
                if (edits == EDITS) {
                    MartContents.assertRecomputed(connection, sources(shops), "seed " + SEED);
                    break;
                }
                shops.forEach(shop -> rows.add(shop.source, shop.edit()));
            }
        }
    }

    @Test
    void editsThatArriveInAnyOrderEndInTheSameFigures() throws SQLException {
        List<GeneratedShop> shops = new ArrayList<>();
        for (int number = 0; number < 6; number++) {
            Random random = new Random(SEED - number);
            GeneratedShop shop = new GeneratedShop("edited_" + number, SEED - number);
            shops.add(shop);
            try (Connection connection = Database.connect()) {
                new WarehouseRows(connection).products(List.of(shop));
            }
            List<String> parts = new ArrayList<>(parts(shop, shop.open()));
            for (int edits = 0; edits < 6; edits++) {
                List<String> later = parts(shop, shop.edit());
                if (random.nextBoolean()) {
                    parts.addAll(later);
                    Collections.shuffle(parts, random);
                    deliverAll(parts);
                } else {
                    deliverAll(parts);
                    deliverAll(later);
                }
                parts.clear();
                try (Connection connection = Database.connect()) {
                    assertFigures(connection, List.of(shop), "after %d edits".formatted(edits));
                }
            }
            try (Connection connection = Database.connect()) {
                MartContents.assertRecomputed(connection, List.of(shop.source), "seed " + SEED);
            }
        }
    }

    private static void deliverAll(List<String> keys) {
        assertThat(deliver(keys.toArray(String[]::new))).as("seed " + SEED).isEmpty();
    }

    private static List<String> parts(GeneratedShop shop, List<CleanRow> rows) {
        TestRun run = new TestRun(shop.source);
        List<String> keys = new ArrayList<>();
        for (StreamName stream :
                List.of(
                        StreamName.ORDERS,
                        StreamName.ORDER_ITEMS,
                        StreamName.PAYMENTS,
                        StreamName.REFUNDS)) {
            // Of two versions in one part, the newer; transform sees to that.
            Map<String, CleanRow> newest = new java.util.LinkedHashMap<>();
            for (CleanRow row : rows) {
                if (row.stream() == stream) {
                    newest.put(row.values().get("id"), row);
                }
            }
            if (!newest.isEmpty()) {
                keys.add(run.part(stream, newest.values().toArray(CleanRow[]::new)));
            }
        }
        return keys;
    }

    private static void assertFigures(Connection connection, List<GeneratedShop> shops, String when)
            throws SQLException {
        Map<String, Map<String, List<String>>> found = FoundFigures.of(connection, sources(shops));
        for (GeneratedShop shop : shops) {
            Map<String, List<String>> expected = ExpectedFigures.of(shop);
            Map<String, List<String>> ofShop = found.getOrDefault(shop.source, Map.of());
            Set<String> views = new HashSet<>(expected.keySet());
            views.addAll(ofShop.keySet());
            for (String view : views) {
                List<String> rows = sorted(ofShop.getOrDefault(view, List.of()));
                List<String> right = sorted(expected.getOrDefault(view, List.of()));
                if (!rows.equals(right)) {
                    assertThat(rows)
                            .as("%s of %s, %s, seed %d", view, shop.source, when, SEED)
                            .containsExactlyElementsOf(right);
                }
            }
        }
    }

    private static List<String> sources(List<GeneratedShop> shops) {
        return shops.stream().map(shop -> shop.source).toList();
    }

    private static List<String> sorted(List<String> rows) {
        return rows.stream().sorted().toList();
    }
}
