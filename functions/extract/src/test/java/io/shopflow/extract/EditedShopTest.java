package io.shopflow.extract;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.shopflow.core.run.RunJson;
import io.shopflow.core.run.RunManifest;
import io.shopflow.core.stream.StreamName;
import io.shopflow.shop.api.ShopServer;
import io.shopflow.shop.world.Books.BookedLine;
import io.shopflow.shop.world.Books.BookedOrder;
import io.shopflow.shop.world.Books.BookedRefund;
import io.shopflow.shop.world.RandomEdits;
import io.shopflow.shop.world.Shop;
import io.shopflow.shop.world.ShopPlan;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Currency;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Makes typical edits to a shop, in an order derived from a seed. After each step and a run, the
 * rows of all runs so far match the shop's own accounts of each order.
 */
@QuarkusTest
@WithTestResource(LakeResource.class)
class EditedShopTest {

    private static final int STEPS = Integer.getInteger("shopflow.edits", 25);
    private static final long SEED = Long.getLong("shopflow.seed", 20_260_601L);

    Lake lake;

    @Test
    void afterEachEditTheRowsOfAllRunsAreWhatTheShopsOwnBooksSay() {
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        Shop shop = Shop.open(ShopPlan.of(31, 40, 20, 250, now, Duration.ZERO), Instant::now);
        RandomEdits edits = new RandomEdits(shop, SEED);
        Rows rows = new Rows();
        try (ShopServer server = ShopServer.start(0, shop)) {
            String source =
                    lake.source(
                            "kind: woocommerce\nurl: %s\nkey: %s\nsecret: %s\n"
                                    .formatted(
                                            server.uri(),
                                            ShopServer.READ_KEY,
                                            ShopServer.CONSUMER_SECRET));
            for (int step = 0; step <= STEPS; step++) {
                String done = step == 0 ? "nothing yet" : edits.next();
                RunManifest run = lake.run(source, null);
                assertThat(run.problems()).isEmpty();
                for (StreamName stream : StreamName.values()) {
                    rows.add(stream, lake.rows(source, run.runId(), stream));
                }
                assertThat(rows.orders())
                        .as("seed %d, step %d: %s", SEED, step, done)
                        .isEqualTo(booked(shop));
            }
        }
    }

    // ------------------------------------------------------------------ what is right

    private static Map<String, String> booked(Shop shop) {
        Map<String, String> orders = new TreeMap<>();
        for (BookedOrder order : shop.books()) {
            if (!order.state().isPaid()) {
                continue;
            }
            Map<String, String> lines = new TreeMap<>();
            for (BookedLine line : order.lines()) {
                lines.put(
                        Long.toString(line.id()),
                        "%d of %s in %s for %d, net %d"
                                .formatted(
                                        line.quantity(),
                                        line.productId(),
                                        line.category().replace("&amp;", "&"),
                                        line.gross(),
                                        line.net()));
            }
            Map<String, Long> refunds = new TreeMap<>();
            for (BookedRefund refund : order.refunds()) {
                refunds.put(Long.toString(refund.id()), refund.amount());
            }
            orders.put(
                    Long.toString(order.id()),
                    describe(
                            order.currency(),
                            order.total(),
                            order.fees(),
                            order.shipping(),
                            order.tax(),
                            order.paid() ? order.total() : 0,
                            lines,
                            refunds));
        }
        return orders;
    }

    private static String describe(
            String currency,
            long total,
            long fees,
            long shipping,
            long tax,
            long paid,
            Map<String, String> lines,
            Map<String, Long> refunds) {
        return "%s %d: fees %d, shipping %d, tax %d, paid %d, lines %s, refunds %s"
                .formatted(currency, total, fees, shipping, tax, paid, lines, refunds);
    }

    // ------------------------------------------------------------------ what was read

    /** All rows of all runs and their combined state: the newest version of each counts. */
    private static final class Rows {
        private final Map<StreamName, Map<String, Map<String, String>>> newest =
                new EnumMap<>(StreamName.class);

        void add(StreamName stream, List<Map<String, String>> rows) {
            Map<String, Map<String, String>> kept =
                    newest.computeIfAbsent(stream, none -> new TreeMap<>());
            for (Map<String, String> row : rows) {
                kept.merge(
                        row.get("id"),
                        row,
                        (before, after) ->
                                after.get("updated_at").compareTo(before.get("updated_at")) < 0
                                        ? before
                                        : after);
            }
        }

        private Map<String, Map<String, String>> all(StreamName stream) {
            return newest.getOrDefault(stream, Map.of());
        }

        Map<String, String> orders() {
            Map<String, String> orders = new TreeMap<>();
            Set<String> sales = Set.of("processing", "completed", "refunded");
            for (Map<String, String> order : all(StreamName.ORDERS).values()) {
                if (sales.contains(order.get("status"))) {
                    orders.put(order.get("id"), order(order));
                }
            }
            return orders;
        }

        private String order(Map<String, String> order) {
            String currency = order.get("currency");
            Map<String, String> lines = new TreeMap<>();
            for (Map<String, String> line : of(order, StreamName.ORDER_ITEMS, "id", "item_ids")) {
                assertThat(line.get("currency")).isEqualTo(currency);
                long gross = minor(line.get("gross"), currency);
                Map<String, String> product =
                        all(StreamName.PRODUCTS).getOrDefault(line.get("product_id"), Map.of());
                lines.put(
                        line.get("id"),
                        "%s of %s in %s for %d, net %d"
                                .formatted(
                                        line.get("quantity"),
                                        line.get("product_id"),
                                        product.get("category"),
                                        gross,
                                        gross - minor(line.get("discount"), currency)));
            }
            Map<String, Long> refunds = new TreeMap<>();
            for (Map<String, String> refund :
                    of(order, StreamName.REFUNDS, "refund_group", "refund_ids")) {
                assertThat(refund.get("currency")).isEqualTo(currency);
                refunds.merge(
                        refund.get("refund_group"),
                        minor(refund.get("amount"), currency)
                                + minor(refund.get("other"), currency),
                        Long::sum);
            }
            long paid =
                    of(order, StreamName.PAYMENTS, "id", "payment_ids").stream()
                            .mapToLong(payment -> minor(payment.get("amount"), currency))
                            .sum();
            return describe(
                    currency,
                    minor(order.get("total"), currency),
                    minor(order.get("fees"), currency),
                    minor(order.get("shipping"), currency),
                    minor(order.get("tax"), currency),
                    paid,
                    lines,
                    refunds);
        }

        /** The parts of an order that it names, or that are newer than the order. */
        private List<Map<String, String>> of(
                Map<String, String> order, StreamName stream, String id, String named) {
            Set<String> ids =
                    new HashSet<>(
                            Arrays.asList(
                                    RunJson.read(
                                            order.get(named).getBytes(StandardCharsets.UTF_8),
                                            String[].class)));
            return all(stream).values().stream()
                    .filter(row -> row.get("order_id").equals(order.get("id")))
                    .filter(
                            row ->
                                    ids.contains(row.get(id))
                                            || row.get("updated_at")
                                                            .compareTo(order.get("updated_at"))
                                                    > 0)
                    .toList();
        }

        private static long minor(String amount, String currency) {
            int digits = Currency.getInstance(currency).getDefaultFractionDigits();
            return amount.isEmpty()
                    ? 0
                    : new BigDecimal(amount).movePointRight(digits).longValueExact();
        }
    }
}
