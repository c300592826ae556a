package io.shopflow.extract.woocommerce;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.shopflow.core.stream.StreamName;
import io.shopflow.extract.NoServersProfile;
import io.shopflow.extract.api.Backoff;
import io.shopflow.extract.source.ChangeWindow;
import io.shopflow.extract.source.Collected;
import io.shopflow.extract.source.Scan;
import io.shopflow.extract.source.Scan.ScanResult;
import io.shopflow.shop.api.ShopServer;
import io.shopflow.shop.world.OrderState;
import io.shopflow.shop.world.Shop;
import io.shopflow.shop.world.ShopPlan;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Time windows, read in any order, give all rows together: none is lost, none is duplicated. */
@QuarkusTest
@TestProfile(NoServersProfile.class)
class WindowsTest {

    private static final Backoff QUICK =
            new Backoff(4, Duration.ofMillis(2), Duration.ofSeconds(3));
    private static final Instant OPENED = Instant.parse("2026-07-15T12:00:00Z");
    private static final List<StreamName> PRIMARY =
            List.of(StreamName.PRODUCTS, StreamName.ORDERS, StreamName.REFUNDS);
    private static final IntPredicate GO_ON = number -> true;

    private final AtomicLong now = new AtomicLong(OPENED.getEpochSecond());
    private Shop shop;
    private ShopServer server;
    private WooCommerceReader reader;

    @BeforeEach
    void open() throws Exception {
        shop =
                Shop.open(
                        ShopPlan.of(7, 60, 30, 300, OPENED, Duration.ZERO),
                        () -> Instant.ofEpochSecond(now.get()));
        // A second with several pages of orders, and one order on each side of it.
        tick();
        shop.editOrder(shop.orderIds().getLast());
        tick();
        shop.batchUpdate(shop.orderIds().subList(0, 100));
        tick();
        shop.editOrder(shop.orderIds().get(150));
        server = ShopServer.start(0, shop);
        reader = reader();
    }

    @AfterEach
    void close() {
        reader.close();
        server.close();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void anyPartitionOfTheTimeAxisGivesTheRowsOfOneFullRun(long seed) throws Exception {
        Random random = new Random(seed);
        // Occasionally, as if the function's time were short; rows may then be read twice.
        boolean stopped = seed % 3 == 0;
        Collected full = new Collected();
        for (StreamName stream : PRIMARY) {
            read(reader, stream, ChangeWindow.EVERYTHING, full, GO_ON);
        }
        List<ChangeWindow> windows = partition(random, full);
        Collections.shuffle(windows, random);

        Collected together = new Collected();
        for (ChangeWindow window : windows) {
            for (StreamName stream : PRIMARY) {
                Collected one = new Collected();
                IntPredicate checkpoints = stopped ? number -> random.nextInt(4) > 0 : GO_ON;
                ScanResult result = read(reader, stream, window, one, checkpoints);

                assertThat(result.problems()).isEmpty();
                assertThat(result.counted())
                        .as("the shop's own count of %s", window)
                        .containsEntry(stream, (long) one.rows(stream).size());
                add(one, together);
            }
        }

        for (StreamName stream : StreamName.values()) {
            List<Map<String, String>> rows = contents(together, stream);
            assertThat(stopped ? rows.stream().distinct().toList() : rows)
                    .as("%s of %s", stream, windows)
                    .containsExactlyInAnyOrderElementsOf(contents(full, stream));
        }
        assertThat(full.rows(StreamName.ORDERS)).hasSizeGreaterThan(250);
        assertThat(full.rows(StreamName.REFUNDS)).isNotEmpty();
    }

    @Test
    void anOrderThatIsEditedMeanwhileLeavesTheWindowAndTheLedgerStillBalances() throws Exception {
        List<Long> orders = shop.orderIds(OrderState.COMPLETED);
        Instant end = OPENED;
        Collected collected = new Collected();

        ScanResult result =
                read(
                        reader,
                        StreamName.ORDERS,
                        new ChangeWindow(OPENED.minus(Duration.ofDays(800)), end),
                        collected,
                        number -> {
                            tick();
                            shop.editOrder(orders.get(orders.size() - number));
                            return true;
                        });

        assertThat(result.problems()).isEmpty();
        assertThat(result.counted())
                .containsEntry(StreamName.ORDERS, (long) collected.rows(StreamName.ORDERS).size());
        assertThat(collected.ids(StreamName.ORDERS)).doesNotHaveDuplicates();
        assertThat(collected.rows(StreamName.ORDERS))
                .allSatisfy(row -> assertThat(instant(row.get("updated_at"))).isBefore(end));
    }

    @Test
    void rowsThatThePastHasButThatAreNotGivenAreMissingAndNotNew() throws Exception {
        try (ScriptedShop scripted = new ScriptedShop()) {
            for (int i = 1; i <= 3; i++) {
                scripted.add(
                        "orders",
                        "{\"id\":%d,\"status\":\"completed\",\"currency\":\"GBP\",\"date_created_gmt\":\"2026-01-0%d\",\"date_modified_gmt\":\"2026-01-0%dT00:00:00\"}"
                                .formatted(i, i, i));
            }
            scripted.hide("orders", 3);
            ChangeWindow past =
                    new ChangeWindow(
                            Instant.parse("2025-12-31T23:59:59Z"),
                            Instant.parse("2026-02-01T00:00:00Z"));
            try (WooCommerceReader other =
                    new WooCommerceReader(scripted.settings(), QUICK, ScriptedShop.UNLIMITED)) {
                Collected collected = new Collected();

                ScanResult result = read(other, StreamName.ORDERS, past, collected, GO_ON);

                assertThat(result.counted()).containsEntry(StreamName.ORDERS, 3L);
                assertThat(collected.ids(StreamName.ORDERS)).containsExactly("1", "2");
                assertThat(result.problems())
                        .singleElement()
                        .satisfies(problem -> assertThat(problem.rule()).isEqualTo("rows_missing"));
            }
        }
    }

    @Test
    void onlyListsThatTheShopFiltersByTimeReadWindows() {
        Map<StreamName, Boolean> windows = new HashMap<>();
        for (Scan scan : reader.scans()) {
            windows.put(scan.streams().getFirst(), scan.readsWindows());
        }

        assertThat(windows)
                .isEqualTo(
                        Map.of(
                                StreamName.CUSTOMERS, false,
                                StreamName.PRODUCTS, true,
                                StreamName.ORDERS, true,
                                StreamName.REFUNDS, true,
                                StreamName.REVIEWS, false));
    }

    /** Cuts at random, and at critical points: at the second of a row, and next to it. */
    private static List<ChangeWindow> partition(Random random, Collected full) {
        List<Instant> rows =
                PRIMARY.stream()
                        .flatMap(stream -> full.rows(stream).stream())
                        .map(
                                row ->
                                        row.getOrDefault(
                                                "updated_at", row.getOrDefault("refunded_at", "")))
                        .filter(text -> !text.isEmpty())
                        .map(WindowsTest::instant)
                        .toList();
        TreeSet<Instant> cuts = new TreeSet<>();
        int number = 1 + random.nextInt(9);
        for (int i = 0; i < number; i++) {
            Instant row = rows.get(random.nextInt(rows.size()));
            cuts.add(
                    switch (random.nextInt(4)) {
                        case 0 -> row;
                        case 1 -> row.plusSeconds(1);
                        case 2 -> row.minusSeconds(1);
                        default -> OPENED.minusSeconds(random.nextInt(730 * 86_400));
                    });
        }
        // A window of exactly the second of the batch update.
        if (random.nextBoolean()) {
            cuts.add(OPENED.plusSeconds(2));
            cuts.add(OPENED.plusSeconds(3));
        }
        List<ChangeWindow> windows = new ArrayList<>();
        Instant begin = Instant.parse("2000-01-01T00:00:00Z");
        cuts.add(Instant.parse("2026-08-01T00:00:00Z"));
        for (Instant end : cuts) {
            // Like ExtractRun's windows of days: the first second belongs to the window.
            windows.add(new ChangeWindow(begin.minusSeconds(1), end));
            begin = end;
        }
        return windows;
    }

    private static Instant instant(String text) {
        return Instant.parse(text.endsWith("Z") ? text : text + "Z");
    }

    private WooCommerceReader reader() throws Exception {
        return new WooCommerceReader(
                new WooCommerceSettings(
                        server.uri(),
                        ShopServer.READ_KEY,
                        ShopServer.CONSUMER_SECRET,
                        null,
                        Duration.ofMinutes(5),
                        20,
                        Duration.ofSeconds(10),
                        Map.of()),
                QUICK,
                ScriptedShop.UNLIMITED);
    }

    private static ScanResult read(
            WooCommerceReader reader,
            StreamName stream,
            ChangeWindow window,
            Collected collected,
            IntPredicate checkpoints)
            throws Exception {
        collected.atCheckpoint(checkpoints);
        Scan scan =
                reader.scans().stream()
                        .filter(each -> each.streams().getFirst() == stream)
                        .findFirst()
                        .orElseThrow();
        @Nullable String cursor = null;
        while (true) {
            ScanResult result = scan.read(window, cursor, collected);
            if (result.finished()) {
                return result;
            }
            cursor = collected.cursors.getLast();
        }
    }

    private static void add(Collected from, Collected to) {
        for (StreamName stream : StreamName.values()) {
            from.rows(stream).forEach(row -> to.add(stream, row));
        }
    }

    /** Rows without their positions. */
    private static List<Map<String, String>> contents(Collected collected, StreamName stream) {
        return collected.rows(stream).stream()
                .map(
                        row -> {
                            Map<String, String> copy = new TreeMap<>(row);
                            copy.remove("_position");
                            return copy;
                        })
                .toList();
    }

    private void tick() {
        now.incrementAndGet();
    }
}
