package io.shopflow.extract.woocommerce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.shopflow.core.stream.StreamName;
import io.shopflow.extract.NoServersProfile;
import io.shopflow.extract.api.Backoff;
import io.shopflow.extract.source.ChangeWindow;
import io.shopflow.extract.source.Collected;
import io.shopflow.extract.source.Scan;
import io.shopflow.extract.source.Scan.ScanResult;
import io.shopflow.extract.source.SourceUnavailableException;
import io.shopflow.shop.api.ShopServer;
import io.shopflow.shop.world.OrderState;
import io.shopflow.shop.world.Shop;
import io.shopflow.shop.world.ShopPlan;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntConsumer;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The quirks of a real WooCommerce that can lose or duplicate a row, one test each, against a
 * simulated shop that has them.
 */
@QuarkusTest
@TestProfile(NoServersProfile.class)
class WooCommerceQuirksTest {

    private static final Backoff QUICK =
            new Backoff(4, Duration.ofMillis(2), Duration.ofSeconds(3));
    private static final Instant OPENED = Instant.parse("2026-07-15T12:00:00Z");

    /** The shop's clock; a step of it makes changes of the shop distinguishable. */
    private final AtomicLong now = new AtomicLong(OPENED.getEpochSecond());

    private Shop shop;
    private ShopServer server;
    private int pageSize = 20;

    @BeforeEach
    void open() {
        shop =
                Shop.open(
                        ShopPlan.of(7, 60, 30, 300, OPENED, Duration.ZERO),
                        () -> Instant.ofEpochSecond(now.get()));
        server = ShopServer.start(0, shop);
    }

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void anOrderEditedWhilePagesAreReadMakesNoOtherRowSkipAPage() throws Exception {
        List<Long> ids = shop.orderIds();
        Collected collected = new Collected();
        // The oldest orders leave the pages that were read, and all rows behind them move up.
        Run run =
                read(
                        StreamName.ORDERS,
                        null,
                        collected,
                        each(number -> tick(() -> shop.editOrder(ids.get(number - 1)))));

        assertComplete(run);
        assertHoldsAllOrders(collected);
        assertThat(collected.rows(StreamName.ORDERS).size()).isGreaterThan(orders().size());
    }

    @Test
    void anOrderTrashedWhilePagesAreReadMakesNoOtherRowSkipAPage() throws Exception {
        List<Long> ids = shop.orderIds(OrderState.COMPLETED);
        Collected collected = new Collected();
        Run run =
                read(
                        StreamName.ORDERS,
                        null,
                        collected,
                        each(number -> tick(() -> shop.trashOrder(ids.get(number - 1)))));

        assertComplete(run);
        assertHoldsAllOrders(collected);
        assertThat(collected.newest(StreamName.ORDERS).get(ids.getFirst().toString()))
                .containsEntry("status", "trash");
    }

    @Test
    void anOrderDeletedForGoodWhilePagesAreReadMakesNoOtherRowSkipAPage() throws Exception {
        List<Long> ids = shop.orderIds();
        Collected collected = new Collected();
        Run run =
                read(
                        StreamName.ORDERS,
                        null,
                        collected,
                        each(number -> shop.forceDeleteOrder(ids.get(number - 1))));

        assertComplete(run);
        assertThat(collected.newest(StreamName.ORDERS).keySet()).containsAll(orders());
    }

    @Test
    void ordersThatComeInWhilePagesAreReadAreCountedOnce() throws Exception {
        Collected collected = new Collected();
        Run run = read(StreamName.ORDERS, null, collected, each(number -> tick(shop::placeOrder)));

        assertComplete(run);
        assertHoldsAllOrders(collected);
    }

    @Test
    void moreThanAPageOfEqualTimesIsReadWhole() throws Exception {
        Instant before = Instant.ofEpochSecond(now.get());
        List<Long> updated = shop.orderIds().subList(0, 250);
        tick(() -> shop.batchUpdate(updated));
        tick(() -> shop.editOrder(shop.orderIds().getLast()));
        Collected collected = new Collected();

        Run run =
                read(
                        StreamName.ORDERS,
                        before.plus(Duration.ofMinutes(5)),
                        collected,
                        each(number -> {}));

        assertComplete(run);
        Set<String> expected = texts(updated);
        expected.retainAll(orders());
        assertThat(expected.size()).isGreaterThan(5 * pageSize);
        assertThat(ids(collected)).containsAll(expected);
        assertThat(ids(collected)).contains(shop.orderIds().getLast().toString());
    }

    @Test
    void anOrderEditedWhileAPageOfEqualTimesIsReadMakesNoOtherRowSkipAPage() throws Exception {
        List<Long> updated = shop.orderIds().subList(0, 250);
        tick(() -> shop.batchUpdate(updated));
        Collected collected = new Collected();

        Run run =
                read(
                        StreamName.ORDERS,
                        null,
                        collected,
                        number -> {
                            tick(() -> shop.editOrder(updated.get((number * 7) % 250)));
                            return true;
                        });

        assertComplete(run);
        assertHoldsAllOrders(collected);
    }

    @Test
    void anyStatusLeavesOutTheTrashSoEveryStatusIsNamed() throws Exception {
        long trashed = shop.orderIds(OrderState.COMPLETED).getFirst();
        tick(() -> shop.trashOrder(trashed));
        Collected collected = new Collected();

        Run run = read(StreamName.ORDERS, null, collected, each(number -> {}));

        assertComplete(run);
        assertHoldsAllOrders(collected);
        assertThat(ids(collected)).contains(Long.toString(trashed));
        assertThat(ids(collected))
                .doesNotContainAnyElementsOf(texts(shop.orderIds(OrderState.CHECKOUT_DRAFT)));
        assertThat(run.statuses()).containsEntry("trash", "cancelled");
        assertThat(run.last().counted()).containsEntry(StreamName.ORDERS, (long) orders().size());
    }

    @Test
    void theOneSafeDateFormFindsChangesOfASummerHour() throws Exception {
        // British summer time: an error of one hour would miss edits, or read an hour too much.
        pageSize = 100;
        now.addAndGet(Duration.ofHours(3).toSeconds());
        Instant since = Instant.ofEpochSecond(now.get());
        long before = shop.orderIds().get(4);
        shop.editOrder(before);
        now.addAndGet(Duration.ofMinutes(6).toSeconds());
        Instant edited = Instant.ofEpochSecond(now.get());
        List<Long> after = shop.orderIds().subList(0, 3);
        after.forEach(shop::editOrder);
        Long product = shop.productIds().getFirst();
        shop.changePrice(product, 1234);
        Collected orders = new Collected();
        Collected products = new Collected();

        Run orderRun = read(StreamName.ORDERS, edited, orders, each(number -> {}));
        Run productRun = read(StreamName.PRODUCTS, edited, products, each(number -> {}));

        assertComplete(orderRun);
        assertComplete(productRun);
        assertThat(ids(orders)).isEqualTo(texts(after));
        assertThat(products.ids(StreamName.PRODUCTS)).containsExactly(product.toString());
        assertThat(orderRun.last().watermark()).isEqualTo(edited);
        assertThat(since).isBefore(edited);
    }

    @Test
    void theOverlapReadsWhatBecameVisibleLate() throws Exception {
        Instant watermark = Instant.ofEpochSecond(now.get());
        shop.editOrder(shop.orderIds().get(3));
        Collected collected = new Collected();

        Run run =
                read(
                        StreamName.ORDERS,
                        watermark.plus(Duration.ofMinutes(4)),
                        collected,
                        each(number -> {}));

        assertComplete(run);
        assertThat(ids(collected)).contains(shop.orderIds().get(3).toString());
        assertThat(run.last().watermark()).isEqualTo(watermark.plus(Duration.ofMinutes(4)));
    }

    @Test
    void customersIgnoreFiltersSoAnEditIsSeenByReadingAll() throws Exception {
        Collected before = new Collected();
        assertComplete(read(StreamName.CUSTOMERS, null, before, each(number -> {})));
        long edited = shop.customerIds().get(5);
        tick(() -> shop.editCustomer(edited));
        Collected after = new Collected();

        Run run = read(StreamName.CUSTOMERS, null, after, each(number -> {}));

        assertComplete(run);
        assertThat(run.last().watermark()).isNull();
        Set<String> everybody = texts(shop.customerIds());
        everybody.add("1");
        assertThat(new TreeSet<>(after.ids(StreamName.CUSTOMERS))).isEqualTo(everybody);
        String id = Long.toString(edited);
        assertThat(after.newest(StreamName.CUSTOMERS).get(id).get("street"))
                .isNotEqualTo(before.newest(StreamName.CUSTOMERS).get(id).get("street"));
    }

    @Test
    void aCustomerDeletedWhilePagesAreReadMakesNoOtherRowSkipAPage() throws Exception {
        pageSize = 7;
        List<Long> all = shop.customerIds();
        Collected collected = new Collected();

        Run run =
                read(
                        StreamName.CUSTOMERS,
                        null,
                        collected,
                        each(
                                number -> {
                                    shop.deleteCustomer(all.get(number - 1));
                                    shop.deleteCustomer(all.get(all.size() - number));
                                    shop.registerCustomer();
                                }));

        assertComplete(run);
        assertThat(collected.ids(StreamName.CUSTOMERS))
                .doesNotHaveDuplicates()
                .containsAll(texts(shop.customerIds()));
    }

    @Test
    void aDeletedCustomersOrdersComeAgainAsAGuests() throws Exception {
        Collected first = new Collected();
        Run run = read(StreamName.ORDERS, null, first, each(number -> {}));
        Map.Entry<String, Map<String, String>> order =
                first.newest(StreamName.ORDERS).entrySet().stream()
                        .filter(entry -> !entry.getValue().get("customer_id").equals("0"))
                        .findFirst()
                        .orElseThrow();
        now.addAndGet(600);
        shop.deleteCustomer(Long.parseLong(order.getValue().get("customer_id")));
        Collected second = new Collected();

        Run next = read(StreamName.ORDERS, run.last().watermark(), second, each(number -> {}));

        assertComplete(next);
        assertThat(second.newest(StreamName.ORDERS).get(order.getKey()))
                .containsEntry("customer_id", "0");
        assertThat(second.ids(StreamName.ORDERS)).doesNotHaveDuplicates();
    }

    @Test
    void anOrderDeletedForGoodLosesAndDoublesNoOther() throws Exception {
        Collected first = new Collected();
        Run run = read(StreamName.ORDERS, null, first, each(number -> {}));
        long deleted = shop.orderIds(OrderState.COMPLETED).getFirst();
        now.addAndGet(600);
        shop.forceDeleteOrder(deleted);
        long edited = shop.orderIds(OrderState.COMPLETED).getLast();
        shop.editOrder(edited);
        Collected second = new Collected();
        Collected full = new Collected();

        Run next = read(StreamName.ORDERS, run.last().watermark(), second, each(number -> {}));

        assertComplete(next);
        assertThat(second.ids(StreamName.ORDERS)).containsOnlyOnce(Long.toString(edited));
        assertThat(second.ids(StreamName.ORDERS)).doesNotContain(Long.toString(deleted));
        assertComplete(read(StreamName.ORDERS, null, full, each(number -> {})));
        assertHoldsAllOrders(full);
    }

    @Test
    void aDeletedRefundLosesAndDoublesNoOther() throws Exception {
        long first = shop.refundAmount(shop.orderIds(OrderState.COMPLETED).get(0), 150);
        now.addAndGet(1);
        long second = shop.refundAmount(shop.orderIds(OrderState.COMPLETED).get(1), 250);
        Collected collected = new Collected();
        Run run =
                read(
                        StreamName.REFUNDS,
                        null,
                        collected,
                        each(
                                number -> {
                                    if (number == 1) {
                                        shop.deleteRefund(shop.refundIds().getFirst());
                                    }
                                }));

        assertComplete(run);
        assertThat(refundsOf(collected)).containsAll(texts(shop.refundIds()));
        now.addAndGet(600);
        shop.deleteRefund(first);
        Collected next = new Collected();
        assertComplete(read(StreamName.REFUNDS, run.last().watermark(), next, each(number -> {})));
        assertThat(next.ids(StreamName.REFUNDS))
                .contains(Long.toString(second))
                .doesNotHaveDuplicates();
    }

    @Test
    void refundsOfTrashedOrdersStay() throws Exception {
        long order = shop.orderIds(OrderState.COMPLETED).getFirst();
        long refund = shop.refundAmount(order, 100);
        tick(() -> shop.trashOrder(order));
        Collected collected = new Collected();

        assertComplete(read(StreamName.REFUNDS, null, collected, each(number -> {})));
        assertThat(refundsOf(collected)).contains(Long.toString(refund));
    }

    @Test
    void totalsThatTurnZeroBeyondTheEndEndNothingEarly() throws Exception {
        // Exactly full pages: a request for the page after the last returns an empty list.
        pageSize = 10;
        Collected collected = new Collected();
        List<String> queries = new ArrayList<>();
        server.onRequest(request -> queries.add(String.valueOf(request.query())));

        Run run = read(StreamName.ORDERS, null, collected, each(number -> {}));

        assertComplete(run);
        assertHoldsAllOrders(collected);
        assertThat(run.last().counted().get(StreamName.ORDERS)).isPositive();
    }

    @Test
    void zeroTotalsAlthoughThereAreRowsAreRetried() throws Exception {
        Collected collected = new Collected();

        Run run =
                read(
                        StreamName.ORDERS,
                        null,
                        collected,
                        each(
                                number -> {
                                    if (number % 4 == 0) {
                                        server.faults().zeroTotals(2);
                                    }
                                }));

        assertComplete(run);
        assertHoldsAllOrders(collected);
    }

    @Test
    void anAmountOnlyRefundCountsWhole() throws Exception {
        long order = shop.orderIds(OrderState.COMPLETED).getFirst();
        String id = Long.toString(shop.refundAmount(order, 250));
        Collected collected = new Collected();

        assertComplete(read(StreamName.REFUNDS, null, collected, each(number -> {})));
        assertThat(collected.newest(StreamName.REFUNDS).get(id))
                .containsEntry("amount", "2.50")
                .containsEntry("order_item_id", "")
                .containsEntry("order_id", Long.toString(order))
                .containsEntry("currency", "GBP");
    }

    @Test
    void aLineRefundNamesTheLineAndIsNetOfTax() throws Exception {
        long order = shop.orderIds(OrderState.COMPLETED).getFirst();
        String id = Long.toString(shop.refundLine(order, 0, 1));
        Collected collected = new Collected();
        Collected orders = new Collected();

        assertComplete(read(StreamName.REFUNDS, null, collected, each(number -> {})));
        read(StreamName.ORDERS, null, orders, each(number -> {}));

        Map<String, String> row =
                collected.rows(StreamName.REFUNDS).stream()
                        .filter(each -> each.get("id").startsWith(id + ":"))
                        .findFirst()
                        .orElseThrow();
        assertThat(orders.newest(StreamName.ORDER_ITEMS).get(row.get("order_item_id")))
                .containsEntry("order_id", Long.toString(order));
        assertThat(row).containsEntry("quantity", "1");
        assertThat(new BigDecimal(row.get("amount"))).isPositive();
        assertThat(collected.ids(StreamName.REFUNDS)).doesNotContain(id);
    }

    @Test
    void anUndefinedCostIsUnknownAndNotZero() throws Exception {
        Long unknown = shop.productIds().get(0);
        Long known = shop.productIds().get(1);
        tick(() -> shop.changeCost(unknown, null));
        tick(() -> shop.changeCost(known, 321));
        Collected collected = new Collected();

        assertComplete(read(StreamName.PRODUCTS, null, collected, each(number -> {})));
        Map<String, Map<String, String>> products = collected.newest(StreamName.PRODUCTS);
        assertThat(products.keySet()).isEqualTo(texts(shop.productIds()));
        assertThat(products.get(unknown.toString())).containsEntry("unit_cost", "");
        assertThat(new BigDecimal(products.get(known.toString()).get("unit_cost")))
                .isEqualByComparingTo("3.21");
        assertThat(products.values()).allMatch(row -> !row.get("category").contains("&amp;"));
    }

    @Test
    void guestsAreOnOrdersOnly() throws Exception {
        Collected orders = new Collected();
        Collected customers = new Collected();
        read(StreamName.ORDERS, null, orders, each(number -> {}));
        read(StreamName.CUSTOMERS, null, customers, each(number -> {}));

        List<Map<String, String>> guests =
                orders.rows(StreamName.ORDERS).stream()
                        .filter(row -> row.get("customer_id").equals("0"))
                        .toList();
        assertThat(guests).isNotEmpty().anyMatch(row -> row.get("email").contains("@"));
        assertThat(customers.ids(StreamName.CUSTOMERS)).doesNotContain("0");
    }

    @Test
    void aRateLimitIsWaitedFor() throws Exception {
        Collected collected = new Collected();
        Run run =
                read(
                        StreamName.ORDERS,
                        null,
                        collected,
                        each(
                                number -> {
                                    if (number == 2) {
                                        server.faults().rateLimit(1, Duration.ofSeconds(1));
                                    }
                                }));

        assertComplete(run);
        assertHoldsAllOrders(collected);
    }

    @Test
    void errorsPagesOfProxiesAndBrokenAnswersLoseNothing() throws Exception {
        Collected collected = new Collected();
        Run run =
                read(
                        StreamName.ORDERS,
                        null,
                        collected,
                        each(
                                number -> {
                                    server.faults().serverError(1, 502);
                                    server.faults().html(1);
                                    if (number % 2 == 0) {
                                        server.faults().truncateJson(1);
                                    } else if (number < 4) {
                                        server.faults().dropConnection(1);
                                    }
                                }));

        assertComplete(run);
        assertHoldsAllOrders(collected);
    }

    @Test
    void aShopThatStaysDownLosesNothingForTheNextRun() throws Exception {
        Collected failed = new Collected();
        assertThatThrownBy(
                        () ->
                                read(
                                        StreamName.ORDERS,
                                        null,
                                        failed,
                                        each(
                                                number -> {
                                                    if (number == 3) {
                                                        server.faults()
                                                                .outage(Duration.ofMinutes(5));
                                                    }
                                                })))
                .isInstanceOf(SourceUnavailableException.class);
        assertThat(failed.rows(StreamName.ORDERS)).isNotEmpty();

        server.faults().clear();
        Collected next = new Collected();
        assertComplete(read(StreamName.ORDERS, null, next, each(number -> {})));
        assertHoldsAllOrders(next);
    }

    @Test
    void resumedFromEveryCheckpointTheRowsAreTheSame() throws Exception {
        tick(() -> shop.batchUpdate(shop.orderIds().subList(40, 120)));
        tick(() -> shop.editOrder(shop.orderIds().getFirst()));
        for (int i = 0; i < 30; i++) {
            shop.refundAmount(shop.orderIds(OrderState.COMPLETED).get(i), 100 + i);
        }
        for (StreamName stream :
                List.of(
                        StreamName.ORDERS,
                        StreamName.PRODUCTS,
                        StreamName.CUSTOMERS,
                        StreamName.REFUNDS,
                        StreamName.REVIEWS)) {
            pageSize = stream == StreamName.ORDERS ? 20 : 5;
            Collected whole = new Collected();
            assertComplete(read(stream, null, whole, each(number -> {})));
            int checkpoints = whole.cursors.size();
            assertThat(checkpoints).isPositive();
            for (int stop = 1; stop <= checkpoints; stop++) {
                int at = stop;
                Collected resumed = new Collected();
                AtomicInteger total = new AtomicInteger();
                Run run = read(stream, null, resumed, number -> total.incrementAndGet() != at);
                assertComplete(run);
                assertThat(run.calls()).isEqualTo(2);
                assertSame(resumed, whole, stream);
            }
            Collected inSmallSteps = new Collected();
            Run run = read(stream, null, inSmallSteps, number -> false);
            assertComplete(run);
            assertSame(inSmallSteps, whole, stream);
        }
    }

    @Test
    void resumedWhileOrdersAreEditedNothingIsLost() throws Exception {
        List<Long> ids = shop.orderIds();
        Collected collected = new Collected();
        Run run =
                read(
                        StreamName.ORDERS,
                        null,
                        collected,
                        number -> {
                            tick(() -> shop.editOrder(ids.get(number * 7 % ids.size())));
                            return number > 100;
                        });

        assertComplete(run);
        assertHoldsAllOrders(collected);
    }

    @Test
    void reviewsAreReadFromTheLastOneOn() throws Exception {
        Collected first = new Collected();
        Run run = read(StreamName.REVIEWS, null, first, each(number -> {}));
        assertComplete(run);
        assertThat(new TreeSet<>(first.ids(StreamName.REVIEWS))).isEqualTo(texts(shop.reviewIds()));
        now.addAndGet(Duration.ofDays(3).toSeconds());
        long review = shop.writeReview(shop.productIds().getFirst());
        now.addAndGet(Duration.ofDays(3).toSeconds());
        Collected second = new Collected();

        Run next = read(StreamName.REVIEWS, run.last().watermark(), second, each(number -> {}));

        assertComplete(next);
        assertThat(second.ids(StreamName.REVIEWS)).contains(Long.toString(review));
        assertThat(second.rows(StreamName.REVIEWS).size())
                .isLessThan(first.rows(StreamName.REVIEWS).size());
    }

    @Test
    void theArchiveKeepsAnswersAsTheyCameAndRowsSayWhereTheyStand() throws Exception {
        Collected collected = new Collected();
        read(StreamName.ORDERS, null, collected, each(number -> {}));

        assertThat(collected.archive).hasSizeGreaterThan(10);
        assertThat(
                        new String(
                                collected.archive.getFirst(),
                                java.nio.charset.StandardCharsets.UTF_8))
                .startsWith("[{");
        assertThat(collected.rows(StreamName.ORDERS).getFirst().get("_position"))
                .startsWith("archive/orders/1#");
        assertThat(collected.progress).isSorted().allMatch(done -> done >= 0 && done <= 1);
    }

    // ---------------------------------------------------------------- reading

    private interface Checkpoint {
        boolean goOn(int number);
    }

    private static Checkpoint each(IntConsumer action) {
        return number -> {
            action.accept(number);
            return true;
        };
    }

    /** A run over one scan, resumed until it is finished, each time with a new reader. */
    private record Run(
            ScanResult last,
            int calls,
            Collected collected,
            StreamName stream,
            Map<String, String> statuses) {}

    private Run read(
            StreamName stream, @Nullable Instant since, Collected collected, Checkpoint checkpoint)
            throws SourceUnavailableException {
        collected.atCheckpoint(checkpoint::goOn);
        String cursor = null;
        for (int calls = 1; ; calls++) {
            try (WooCommerceReader reader =
                    new WooCommerceReader(settings(), QUICK, ScriptedShop.UNLIMITED)) {
                assertThat(reader.problems()).isEmpty();
                Scan scan =
                        reader.scans().stream()
                                .filter(each -> each.streams().getFirst() == stream)
                                .findFirst()
                                .orElseThrow();
                ScanResult result = scan.read(ChangeWindow.since(since), cursor, collected);
                if (result.finished()) {
                    return new Run(result, calls, collected, stream, reader.format().statuses());
                }
                cursor = collected.cursors.getLast();
                assertThat(cursor).hasSizeLessThan(1024).matches("\\p{ASCII}*");
                assertThat(calls).isLessThan(1000);
            }
        }
    }

    private WooCommerceSettings settings() {
        return new WooCommerceSettings(
                server.uri(),
                ShopServer.READ_KEY,
                ShopServer.CONSUMER_SECRET,
                null,
                Duration.ofMinutes(5),
                pageSize,
                Duration.ofSeconds(10),
                Map.of());
    }

    private void tick(Runnable change) {
        now.incrementAndGet();
        change.run();
    }

    // ---------------------------------------------------------------- holding against the shop

    private static void assertComplete(Run run) {
        assertThat(run.last().problems()).isEmpty();
        assertThat(run.last().counted().get(run.stream()))
                .as("counted equals extracted")
                .isEqualTo((long) run.collected().rows(run.stream()).size());
    }

    /** The ids of all orders, without checkout drafts, which are not orders. */
    private Set<String> orders() {
        Set<Long> ids = new HashSet<>(shop.orderIds());
        shop.orderIds(OrderState.CHECKOUT_DRAFT).forEach(ids::remove);
        shop.orderIds(OrderState.AUTO_DRAFT).forEach(ids::remove);
        return texts(ids);
    }

    /** Whatever happened during the scan, a later scan without changes finds nothing else. */
    private void assertHoldsAllOrders(Collected collected) throws Exception {
        assertThat(collected.newest(StreamName.ORDERS).keySet()).isEqualTo(orders());
        Collected quiet = new Collected();
        read(StreamName.ORDERS, null, quiet, each(number -> {}));
        assertThat(quiet.ids(StreamName.ORDERS)).doesNotHaveDuplicates();
        for (StreamName stream :
                List.of(StreamName.ORDERS, StreamName.ORDER_ITEMS, StreamName.PAYMENTS)) {
            assertSame(collected, quiet, stream);
        }
    }

    private static void assertSame(Collected actual, Collected expected, StreamName stream) {
        UnaryOperator<Map<String, String>> content =
                row -> {
                    Map<String, String> copy = new TreeMap<>(row);
                    copy.remove("_position");
                    return copy;
                };
        assertThat(actual.newest(stream, content)).isEqualTo(expected.newest(stream, content));
    }

    private static Set<String> ids(Collected collected) {
        return new TreeSet<>(collected.ids(StreamName.ORDERS));
    }

    private static Set<String> refundsOf(Collected collected) {
        return collected.ids(StreamName.REFUNDS).stream()
                .map(id -> id.split(":", 2)[0])
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> texts(Collection<Long> ids) {
        return ids.stream()
                .map(id -> Long.toString(id))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
