package io.shopflow.shop.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.shopflow.shop.world.Books;
import io.shopflow.shop.world.Books.BookedOrder;
import io.shopflow.shop.world.Books.BookedRefund;
import io.shopflow.shop.world.OrderState;
import io.shopflow.shop.world.Shop;
import io.shopflow.shop.world.ShopPlan;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Edits of a shop and their effects in the API and in the accounts. */
class EditsTest {
    private static final Instant SUMMER = Instant.parse("2026-07-15T12:00:00Z");

    private final AtomicReference<Instant> time = new AtomicReference<>(SUMMER);
    private final Shop shop =
            Shop.open(ShopPlan.of(11, 90, 60, 450, SUMMER, Duration.ZERO), time::get);
    private final ShopServer server = ShopServer.start(0, shop);
    private final ShopClient client = new ShopClient(server);

    @AfterEach
    void close() {
        client.close();
        server.close();
    }

    @Test
    void feesAndCreditArePartOfTheTotalAndAreGivenBackByName() {
        long id = shop.placeOrder();
        BigDecimal before = money(order(id), "total");
        shop.addFee(id, 1200);
        shop.addFee(id, -100);
        assertThat(money(order(id), "total")).isEqualByComparingTo(before.add(money("11.00")));
        assertThat(order(id).path("fee_lines"))
                .extracting(fee -> fee.path("total").asText())
                .last()
                .isEqualTo("-1.00");
        assertAddsUp(order(id));

        long refund = shop.refundEverything(id);

        JsonNode given = client.get("/orders/" + id + "/refunds/" + refund).json();
        assertThat(money(given, "amount")).isEqualByComparingTo(money(order(id), "total"));
        assertThat(given.path("fee_lines")).hasSize(2);
        assertThat(given.path("line_items")).hasSize(order(id).path("line_items").size());
        BookedRefund booked = booked(id).refunds().getFirst();
        assertThat(
                        booked.lines().stream().mapToLong(Books.RefundedLine::net).sum()
                                + booked.fees()
                                + booked.shipping()
                                + booked.tax())
                .isEqualTo(booked.amount());
    }

    @Test
    void aRemovedLineAndACouponChangeTheTotalAndTheTimeOfChange() {
        long id =
                shop.orders().all().stream()
                        .filter(each -> each.lines().size() == 3)
                        .findFirst()
                        .orElseThrow()
                        .id;
        JsonNode before = order(id);
        time.updateAndGet(now -> now.plusSeconds(60));
        shop.removeLine(id, 1);
        assertThat(order(id).path("line_items")).hasSize(2);
        assertThat(order(id).path("date_modified_gmt"))
                .isNotEqualTo(before.path("date_modified_gmt"));
        assertAddsUp(order(id));
        shop.applyCoupon(id, 50);
        assertAddsUp(order(id));
        shop.changeQuantity(id, 4);
        assertAddsUp(order(id));
        shop.clearPayment(id);
        assertThat(order(id).path("date_paid_gmt").isNull()).isTrue();
    }

    @Test
    void aPartOfALineIsGivenBackWithoutUnits() {
        long id = shop.orderIds(OrderState.COMPLETED).getLast();
        long refund = shop.refundPartOfLine(id, 0, 30);
        JsonNode line =
                client.get("/orders/" + id + "/refunds/" + refund).json().at("/line_items/0");
        assertThat(line.path("quantity").asInt()).isZero();
        assertThat(money(line, "total").add(money(line, "total_tax")))
                .isEqualByComparingTo(money("-0.30"));
    }

    @Test
    void anOrderInYenHasWholeAmountsAndItsRefundSaysNoCurrency() {
        long id = shop.placeOrder("JPY");
        long refund = shop.refundAmount(id, 7);
        assertThat(order(id).path("currency").asText()).isEqualTo("JPY");
        assertThat(money(order(id), "total")).isEqualByComparingTo(money("" + booked(id).total()));
        JsonNode row = client.get("/refunds?include=" + refund + "&dp=0").json().get(0);
        assertThat(row.has("currency")).isFalse();
        assertThat(row.path("amount").asText()).isEqualTo("7");
    }

    @Test
    void aShopThatShowsNoDecimalsReturnsThemOnRequest() {
        long id = shop.orderIds(OrderState.COMPLETED).getFirst();
        String exact = order(id).path("total").asText();
        shop.showDecimals(0);
        assertThat(order(id).path("total").asText()).doesNotContain(".");
        assertThat(client.get("/orders/" + id + "?dp=2").json().path("total").asText())
                .isEqualTo(exact);
    }

    @Test
    void theSiteReturnsItsZoneToAnyCallerUnlessItIsHidden() {
        assertThat(site().json().path("timezone_string").asText()).isEqualTo("Europe/London");
        shop.moveToZone(ZoneId.of("America/New_York"));
        assertThat(site().json().path("timezone_string").asText()).isEqualTo("America/New_York");
        long id = shop.orderIds().getFirst();
        assertThat(order(id).path("date_created")).isNotEqualTo(order(id).path("date_created_gmt"));
        shop.hideSite(true);
        assertThat(site().status()).isEqualTo(401);
    }

    @Test
    void aRenamedCategoryDoesNotModifyItsProducts() {
        long category = shop.categoryIds().getFirst();
        JsonNode before = client.get("/products?category=" + category).json().get(0);
        time.updateAndGet(now -> now.plusSeconds(60));
        shop.renameCategory(category, "Leaves");
        JsonNode after = client.get("/products?category=" + category).json().get(0);
        assertThat(after.at("/categories/0/name").asText()).isEqualTo("Leaves");
        assertThat(after.path("date_modified_gmt")).isEqualTo(before.path("date_modified_gmt"));
        assertThat(shop.addCategory("Gadgets")).isEqualTo(shop.categoryIds().getLast());
    }

    @Test
    void theBooksAgreeWithTheWire() {
        for (BookedOrder order : shop.books()) {
            JsonNode json = order(order.id());
            long net = order.lines().stream().mapToLong(Books.BookedLine::net).sum();
            assertThat(net + order.fees() + order.shipping() + order.tax())
                    .isEqualTo(order.total());
            assertThat(money(json, "total").movePointRight(2).longValueExact())
                    .isEqualTo(order.total());
            assertThat(money(json, "total_tax").movePointRight(2).longValueExact())
                    .isEqualTo(order.tax());
        }
    }

    private ShopClient.Reply site() {
        return client.sendAs("GET", "/wp-json/", null, null);
    }

    private JsonNode order(long id) {
        return client.get("/orders/" + id).json();
    }

    private BookedOrder booked(long id) {
        return shop.books().stream().filter(each -> each.id() == id).findFirst().orElseThrow();
    }

    private static void assertAddsUp(JsonNode order) {
        BigDecimal sum = money(order, "shipping_total").add(money(order, "total_tax"));
        for (JsonNode line : order.path("line_items")) {
            sum = sum.add(money(line, "total"));
        }
        for (JsonNode fee : order.path("fee_lines")) {
            sum = sum.add(money(fee, "total"));
        }
        assertThat(sum).isEqualByComparingTo(money(order, "total"));
    }

    private static BigDecimal money(String text) {
        return new BigDecimal(text);
    }

    private static BigDecimal money(JsonNode row, String field) {
        return money(row.path(field).asText());
    }
}
