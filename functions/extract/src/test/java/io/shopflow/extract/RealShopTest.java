package io.shopflow.extract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.shopflow.core.lake.ObjectStore;
import io.shopflow.core.run.RunJson;
import io.shopflow.core.run.RunKeys;
import io.shopflow.core.run.RunManifest;
import io.shopflow.core.run.RunNote;
import io.shopflow.core.run.RunPlan;
import io.shopflow.core.stream.StreamName;
import io.shopflow.shop.api.ShopServer;
import io.shopflow.shop.world.Books.BookedOrder;
import io.shopflow.shop.world.OrderState;
import io.shopflow.shop.world.Shop;
import io.shopflow.shop.world.ShopPlan;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Observations on real WooCommerce servers, reproduced on the simulated shop between two runs. Each
 * test is one sequence that ended with a wrong figure under "complete and balanced".
 */
@QuarkusTest
@WithTestResource(LakeResource.class)
class RealShopTest {

    private static final Instant NOW = Instant.now().truncatedTo(ChronoUnit.SECONDS);

    Lake lake;

    private Shop shop;
    private ShopServer server;
    private String source;

    @BeforeEach
    void open() {
        shop = Shop.open(ShopPlan.of(7, 30, 10, 120, NOW, Duration.ZERO), Instant::now);
        server = ShopServer.start(0, shop);
        source = lake.source(yaml());
    }

    @AfterEach
    void close() {
        server.close();
    }

    // ------------------------------------------------- 1: what an order no longer names is gone

    @Test
    void aRemovedLineIsNoLongerNamedByItsOrder() {
        BookedOrder order = withLines(2);
        run();
        shop.removeLine(order.id(), 0);

        assertThat(row(run(), StreamName.ORDERS, order.id()))
                .containsEntry(
                        "item_ids",
                        ids(order.lines().stream().skip(1).map(line -> line.id()).toList()));
    }

    @Test
    void aPaymentThatWasTakenBackIsNoLongerNamed() {
        long order = shop.orderIds(OrderState.COMPLETED).getFirst();
        assertThat(row(run(), StreamName.ORDERS, order)).containsEntry("payment_ids", ids(order));
        shop.clearPayment(order);

        RunManifest second = run();

        assertThat(row(second, StreamName.ORDERS, order)).containsEntry("payment_ids", "[]");
        assertThat(rows(second, StreamName.PAYMENTS))
                .noneMatch(payment -> payment.get("order_id").equals(Long.toString(order)));
    }

    @Test
    void aRefundOfLongAgoThatIsDeletedIsNoLongerNamedThoughItsOrderDidNotChange() {
        BookedOrder order =
                shop.books().stream()
                        .filter(each -> !each.refunds().isEmpty())
                        .findFirst()
                        .orElseThrow();
        long refund = order.refunds().getFirst().id();
        assertThat(row(run(), StreamName.ORDERS, order.id()))
                .containsEntry("refund_ids", ids(refund));
        assertThat(ids(run(), StreamName.ORDERS)).doesNotContain(Long.toString(order.id()));
        shop.deleteRefund(refund);

        RunManifest found = run();

        assertThat(row(found, StreamName.ORDERS, order.id())).containsEntry("refund_ids", "[]");
        assertThat(found.problems()).isEmpty();
        assertThat(found.notes())
                .extracting(RunNote::message)
                .anyMatch(message -> message.startsWith("1 refund that"));
        assertThat(run().notes()).isEmpty();
    }

    @Test
    void aFreshRefundThatIsDeletedIsNoLongerNamed() {
        long order = shop.orderIds(OrderState.COMPLETED).getFirst();
        run();
        long refund = shop.refundAmount(order, 100);
        assertThat(row(run(), StreamName.ORDERS, order)).containsEntry("refund_ids", ids(refund));
        shop.deleteRefund(refund);

        assertThat(row(run(), StreamName.ORDERS, order)).containsEntry("refund_ids", "[]");
    }

    @Test
    void aDeletedRefundIsFoundBesideNewOnes() {
        List<BookedOrder> refunded =
                shop.books().stream().filter(each -> !each.refunds().isEmpty()).toList();
        run();
        shop.deleteRefund(refunded.getFirst().refunds().getFirst().id());
        for (long order : shop.orderIds(OrderState.COMPLETED).subList(0, 3)) {
            shop.refundAmount(order, 10);
        }

        assertThat(row(run(), StreamName.ORDERS, refunded.getFirst().id()))
                .containsEntry("refund_ids", "[]");
    }

    // ------------------------------------------------- 2: refunds without lines

    @Test
    void theStateRefundedGivesBackWhatWasChargedWithoutLines() {
        BookedOrder order = completed();
        shop.changeState(order.id(), OrderState.REFUNDED);

        List<Map<String, String>> rows = refundsOf(run(), order.id());

        assertThat(rows)
                .singleElement()
                .satisfies(
                        row -> {
                            assertThat(row).containsEntry("order_item_id", "");
                            assertThat(minor(row.get("amount"), 2)).isEqualTo(order.total());
                            assertThat(row.get("id")).isEqualTo(row.get("refund_group"));
                        });
    }

    // ------------------------------------------------- 3: a refund has its order's currency

    @Test
    void aRefundIsInTheCurrencyOfItsOrder() {
        long yen = shop.placeOrder("JPY");
        long dinar = shop.placeOrder("KWD");
        shop.refundAmount(yen, 7);
        shop.refundLine(yen, 0, 1);
        shop.refundPartOfLine(dinar, 0, 11);

        RunManifest run = run();

        for (Map<String, String> row : refundsOf(run, yen)) {
            assertThat(row).containsEntry("currency", "JPY");
            assertThat(new BigDecimal(row.get("amount")).scale()).isLessThanOrEqualTo(0);
        }
        assertThat(refundsOf(run, dinar))
                .singleElement()
                .satisfies(row -> assertThat(row).containsEntry("currency", "KWD"));
        for (long order : List.of(yen, dinar)) {
            assertRefundsAreWhole(run, order);
            assertLinesAreExact(run, order);
        }
    }

    /** The shop's currency differs from the order's. */
    @Test
    void theCostOfALineInAnotherCurrencyIsUnknown() {
        long yen = shop.placeOrder("JPY");

        assertThat(linesOf(run(), yen))
                .isNotEmpty()
                .allSatisfy(row -> assertThat(row).containsEntry("line_cost", ""));
    }

    // ------------------------------------------------- 4: fees

    @Test
    void feesAreAFigureOfTheirOwnAndAreGivenBackBesideTheGoods() {
        BookedOrder order = completed();
        shop.addFee(order.id(), 2400);
        shop.addFee(order.id(), -150);
        shop.refundEverything(order.id());

        RunManifest run = run();

        Map<String, String> row = row(run, StreamName.ORDERS, order.id());
        assertThat(new BigDecimal(row.get("fees"))).isEqualByComparingTo(fees(order.id()));
        BigDecimal goods =
                linesOf(run, order.id()).stream()
                        .map(line -> number(line, "gross").subtract(number(line, "discount")))
                        .reduce(BigDecimal.ZERO, BigDecimal::add);
        assertThat(
                        goods.add(number(row, "fees"))
                                .add(number(row, "shipping"))
                                .add(number(row, "tax")))
                .isEqualByComparingTo(number(row, "total"));
        BigDecimal refundedGoods =
                refundsOf(run, order.id()).stream()
                        .filter(refund -> !refund.get("order_item_id").isEmpty())
                        .map(refund -> number(refund, "amount"))
                        .reduce(BigDecimal.ZERO, BigDecimal::add);
        assertThat(refundedGoods).isEqualByComparingTo(goods);
        assertRefundsAreWhole(run, order.id());
    }

    // ------------------------------------------------- 5: the zone

    @Test
    void aHiddenSiteNeedsItsZoneInTheConfiguration() {
        shop.hideSite(true);

        RunManifest run = run();

        assertThat(run.problems())
                .singleElement()
                .satisfies(
                        problem -> {
                            assertThat(problem.rule()).isEqualTo("zone_unknown");
                            assertThat(problem.field()).isEqualTo("zone");
                            assertThat(problem.message()).contains("zone: Europe/Berlin");
                        });
        assertThat(run.streams()).isEmpty();
        configure(yaml() + "zone: Europe/Berlin\n");
        assertThat(run().problems()).isEmpty();
    }

    @Test
    void aShopThatChangesItsZoneIsReadAgainWithANote() {
        run();
        shop.moveToZone(ZoneId.of("America/New_York"));

        RunManifest moved = run();

        assertThat(moved.full()).isTrue();
        assertThat(plan(moved).format().zone()).isEqualTo(ZoneId.of("America/New_York"));
        assertThat(moved.notes())
                .extracting(RunNote::message)
                .anyMatch(
                        message ->
                                message.contains("Europe/London")
                                        && message.contains("America/New_York"));
        assertThat(run().full()).isFalse();
    }

    // ------------------------------------------------- 6, 8: quantities, parts of lines

    @Test
    void theCostOfALineIsThatOfAllItsUnits() {
        BookedOrder order = completed();
        shop.changeQuantity(order.id(), 4);

        Map<String, String> line =
                row(run(), StreamName.ORDER_ITEMS, order.lines().getFirst().id());

        assertThat(line).containsEntry("quantity", "4");
        assertThat(minor(line.get("line_cost"), 2))
                .isEqualTo(book(order.id()).lines().getFirst().cost());
    }

    @Test
    void aPartOfALineThatIsRefundedNamesTheLineAndNoUnits() {
        BookedOrder order = completed();
        shop.refundPartOfLine(order.id(), 0, 30);

        assertThat(refundsOf(run(), order.id()))
                .singleElement()
                .satisfies(
                        row ->
                                assertThat(row)
                                        .containsEntry("quantity", "")
                                        .containsEntry(
                                                "order_item_id",
                                                Long.toString(order.lines().getFirst().id())));
        assertRefundsAreWhole(run(), order.id());
    }

    // ------------------------------------------------- 7: decimals

    @Test
    void decimalsAreRequestedFromAShopThatShowsNone() {
        shop.showDecimals(0);
        BookedOrder order = completed();

        RunManifest run = run();

        assertThat(minor(row(run, StreamName.ORDERS, order.id()).get("total"), 2))
                .isEqualTo(order.total());
        assertLinesAreExact(run, order.id());
    }

    // ------------------------------------------------- 9: categories

    @Test
    void theProductsOfARenamedCategoryFollow() {
        run();
        long category = shop.categoryIds().getFirst();
        shop.addCategory("Gadgets");
        // Some products were sold within the overlap.
        assertThat(rows(run(), StreamName.PRODUCTS)).hasSizeLessThan(shop.productIds().size());
        shop.renameCategory(category, "Leaves &amp; more");

        RunManifest renamed = run();

        assertThat(rows(renamed, StreamName.PRODUCTS))
                .hasSize(shop.productIds().size())
                .extracting(row -> row.get("category"))
                .contains("Leaves & more");
        assertThat(renamed.notes())
                .extracting(RunNote::message)
                .anyMatch(message -> message.contains("category"));
        assertThat(rows(run(), StreamName.PRODUCTS)).hasSizeLessThan(shop.productIds().size());
    }

    // ------------------------------------------------- 10: a state is added

    @Test
    void aStateThatIsAddedBringsItsOrdersBackByTheNextRun() {
        BookedOrder order = completed();
        shop.corruptOrder(order.id(), "/status", TextNode.valueOf("awaiting-pickup"));
        run();
        configure(yaml() + "statuses: {awaiting-pickup: processing}\n");

        RunManifest run = run();

        assertThat(row(run, StreamName.ORDERS, order.id()))
                .containsEntry("status", "awaiting-pickup");
        assertThat(plan(run).format().statuses()).containsEntry("awaiting-pickup", "processing");
    }

    // ------------------------------------------------- 11: none of these loses its order

    @Test
    void oddValuesLoseNoOrder() {
        BookedOrder kosovo = completed();
        BookedOrder gift = others(kosovo).get(0);
        BookedOrder credit = others(kosovo).get(1);
        BookedOrder weight = others(kosovo).get(2);
        shop.corruptOrder(kosovo.id(), "/billing/country", TextNode.valueOf("XK"));
        for (String field : List.of("subtotal", "total", "total_tax")) {
            shop.corruptOrder(gift.id(), "/line_items/0/" + field, TextNode.valueOf("0.00"));
            shop.corruptOrder(credit.id(), "/line_items/0/" + field, TextNode.valueOf("-5.00"));
        }
        shop.corruptOrder(
                weight.id(), "/line_items/0/quantity", DecimalNode.valueOf(new BigDecimal("1.5")));

        RunManifest run = run();

        assertThat(ids(run, StreamName.ORDERS))
                .contains(
                        Long.toString(kosovo.id()),
                        Long.toString(gift.id()),
                        Long.toString(credit.id()),
                        Long.toString(weight.id()));
        assertThat(row(run, StreamName.ORDER_ITEMS, gift.lines().getFirst().id()))
                .containsEntry("unit_price", "0");
        assertThat(row(run, StreamName.ORDER_ITEMS, weight.lines().getFirst().id()))
                .containsEntry("quantity", "1.5");
        // A discount, and no negative line.
        assertThat(row(run, StreamName.ORDERS, credit.id()))
                .containsEntry("separate_discount", "5.00")
                .containsEntry(
                        "item_ids",
                        ids(credit.lines().stream().skip(1).map(line -> line.id()).toList()));
    }

    // ------------------------------------------------- the shop and its rows

    private String yaml() {
        return """
               kind: woocommerce
               url: %s
               key: %s
               secret: %s
               """
                .formatted(server.uri(), ShopServer.READ_KEY, ShopServer.CONSUMER_SECRET);
    }

    private void configure(String yaml) {
        lake.store()
                .put(
                        RunKeys.sourceConfiguration(source),
                        yaml.getBytes(StandardCharsets.UTF_8),
                        "application/yaml",
                        Map.of());
    }

    private RunManifest run() {
        RunManifest manifest = lake.run(source, null);
        assertThat(manifest.streams())
                .allSatisfy(stream -> assertThat(stream.counted()).isIn(null, stream.extracted()));
        return manifest;
    }

    private RunPlan plan(RunManifest run) {
        ObjectStore store = lake.store();
        return RunJson.read(
                store.read(RunKeys.plan(source, run.runId())).orElseThrow(), RunPlan.class);
    }

    private BookedOrder completed() {
        return shop.books().stream()
                .filter(
                        order ->
                                order.state() == OrderState.COMPLETED
                                        && order.refunds().isEmpty()
                                        && order.lines().getFirst().cost() > 0)
                .findFirst()
                .orElseThrow();
    }

    private List<BookedOrder> others(BookedOrder than) {
        return shop.books().stream()
                .filter(
                        order ->
                                order.state() == OrderState.COMPLETED
                                        && order.refunds().isEmpty()
                                        && order.id() != than.id())
                .toList();
    }

    private BookedOrder withLines(int number) {
        return shop.books().stream()
                .filter(
                        order ->
                                order.state() == OrderState.COMPLETED
                                        && order.lines().size() == number)
                .findFirst()
                .orElseThrow();
    }

    private BookedOrder book(long id) {
        return shop.books().stream().filter(order -> order.id() == id).findFirst().orElseThrow();
    }

    private BigDecimal fees(long id) {
        return BigDecimal.valueOf(book(id).fees(), 2);
    }

    private List<Map<String, String>> rows(RunManifest run, StreamName stream) {
        return lake.rows(source, run.runId(), stream);
    }

    private List<String> ids(RunManifest run, StreamName stream) {
        return rows(run, stream).stream().map(row -> row.get("id")).toList();
    }

    private Map<String, String> row(RunManifest run, StreamName stream, long id) {
        return rows(run, stream).stream()
                .filter(row -> row.get("id").equals(Long.toString(id)))
                .findFirst()
                .orElseThrow(() -> new AssertionError("the run has not read " + stream + " " + id));
    }

    private List<Map<String, String>> refundsOf(RunManifest run, long order) {
        return rows(run, StreamName.REFUNDS).stream()
                .filter(row -> row.get("order_id").equals(Long.toString(order)))
                .toList();
    }

    private List<Map<String, String>> linesOf(RunManifest run, long order) {
        return rows(run, StreamName.ORDER_ITEMS).stream()
                .filter(row -> row.get("order_id").equals(Long.toString(order)))
                .toList();
    }

    /** The rows of each refund add up to the refunded amount. */
    private void assertRefundsAreWhole(RunManifest run, long id) {
        BookedOrder order = book(id);
        int digits = digits(order.currency());
        for (var refund : order.refunds()) {
            long sum = 0;
            for (Map<String, String> row : refundsOf(run, id)) {
                if (row.get("refund_group").equals(Long.toString(refund.id()))) {
                    sum += minor(row.get("amount"), digits) + minor(row.get("other"), digits);
                }
            }
            assertThat(sum).as("refund %s", refund.id()).isEqualTo(refund.amount());
        }
    }

    private void assertLinesAreExact(RunManifest run, long id) {
        BookedOrder order = book(id);
        int digits = digits(order.currency());
        for (var line : order.lines()) {
            Map<String, String> row = row(run, StreamName.ORDER_ITEMS, line.id());
            assertThat(minor(row.get("gross"), digits) - minor(row.get("discount"), digits))
                    .isEqualTo(line.net());
        }
    }

    private static int digits(String currency) {
        return java.util.Currency.getInstance(currency).getDefaultFractionDigits();
    }

    private static long minor(String amount, int digits) {
        return amount.isEmpty()
                ? 0
                : new BigDecimal(amount).movePointRight(digits).longValueExact();
    }

    private static BigDecimal number(Map<String, String> row, String field) {
        return new BigDecimal(row.get(field));
    }

    private static String ids(long id) {
        return ids(List.of(id));
    }

    private static String ids(List<Long> ids) {
        return ids.stream()
                .map(id -> "\"" + id + "\"")
                .collect(java.util.stream.Collectors.joining(",", "[", "]"));
    }
}
