package io.shopflow.shop.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.shopflow.shop.api.ShopClient.Reply;
import io.shopflow.shop.world.OrderState;
import io.shopflow.shop.world.Product;
import io.shopflow.shop.world.Shop;
import io.shopflow.shop.world.ShopPlan;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each quirk of a real server, seen by a client. */
class QuirksTest {
    private static final String ALL_STATES =
            "trash,auto-draft,pending,processing,on-hold,completed,cancelled,refunded,failed,checkout-draft";
    private static final String BY_MODIFIED = "orderby=modified&order=asc&status=" + ALL_STATES;
    private static final Instant SUMMER = Instant.parse("2026-07-10T12:00:00Z");

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

    private void later() {
        time.updateAndGet(now -> now.plusSeconds(60));
    }

    private JsonNode order(long id) {
        return client.get("/orders/" + id).json();
    }

    private String modified(String path) {
        return client.get(path).json().path("date_modified_gmt").asText();
    }

    private long completedOrder() {
        return shop.orders().all().stream()
                .filter(
                        order ->
                                order.state() == OrderState.COMPLETED
                                        && order.refunds().isEmpty()
                                        && order.customerId() > 0
                                        && order.lines().getFirst().product().parent == null
                                        && order.lines().getFirst().cost() > 0)
                .findFirst()
                .orElseThrow()
                .id;
    }

    // ---------------------------------------------------------------- paging and headers

    @Test
    void listsTellTotalsAndLinkToTheirNeighbours() {
        Reply first = client.get("/orders?per_page=100");
        assertThat(first.total())
                .isEqualTo(
                        shop.orders().all().stream()
                                .filter(order -> order.state().isAny())
                                .count());
        assertThat(first.pages()).isEqualTo(5);
        assertThat(first.link())
                .isEqualTo(
                        "<%s/orders?per_page=100&status%%5B0%%5D=any&dp=2&context=view&page=2>; rel=\"next\"",
                        server.apiUri());
        assertThat(client.get("/orders?per_page=100&page=2&status=any").link())
                .isEqualTo(
                        "<%1$s/orders?per_page=100&page=1&status%%5B0%%5D=any&dp=2&context=view>; rel=\"prev\", "
                                + "<%1$s/orders?per_page=100&page=3&status%%5B0%%5D=any&dp=2&context=view>; rel=\"next\"",
                        server.apiUri());
        assertThat(client.get("/orders?per_page=100&page=5").link())
                .contains("rel=\"prev\"")
                .doesNotContain("rel=\"next\"");
    }

    @Test
    void withoutNeighboursTheLinkHeaderIsThereAllTheSame() {
        assertThat(client.get("/products/categories?per_page=100").link())
                .isEqualTo("<%s/wp-json/>; rel=\"https://api.w.org/\"", server.uri());
    }

    @ParameterizedTest
    @CsvSource({
        "per_page=0, per_page, per_page must be between 1 (inclusive) and 100 (inclusive)",
        "per_page=101, per_page, per_page must be between 1 (inclusive) and 100 (inclusive)",
        "per_page=x, per_page, per_page is not of type integer.",
        "page=0, page, page must be greater than or equal to 1",
        "order=up, order, order is not one of asc and desc."
    })
    void parametersOutOfRangeAreRefused(String query, String parameter, String message) {
        Reply reply = client.get("/orders?" + query);
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.json().path("code").asText()).isEqualTo("rest_invalid_param");
        assertThat(reply.json().path("message").asText())
                .isEqualTo("Invalid parameter(s): " + parameter);
        assertThat(reply.json().at("/data/params/" + parameter).asText()).isEqualTo(message);
    }

    @Test
    void allWrongParametersAreNamedAtOnce() {
        assertThat(client.get("/orders?per_page=0&page=0").json().at("/data/params")).hasSize(2);
    }

    @Test
    void beyondTheEndOrdersAndRefundsSayThereAreNone() {
        for (String path : List.of("/orders", "/refunds")) {
            Reply reply = client.get(path + "?per_page=100&page=99");
            assertThat(reply.status()).isEqualTo(200);
            assertThat(reply.body()).isEqualTo("[]");
            assertThat(reply.total()).isZero();
            assertThat(reply.pages()).isZero();
        }
        assertThat(client.get("/orders?per_page=100&page=99").link())
                .isEqualTo(
                        "<%s/orders?per_page=100&page=0&status%%5B0%%5D=any>; rel=\"prev\"",
                        server.apiUri());
        assertThat(client.get("/products?per_page=100&page=99").total()).isEqualTo(60);
    }

    @Test
    void aMisspeltParameterIsIgnoredAndReturnsEverything() {
        assertThat(client.get("/orders?modifed_after=2100-01-01T00:00:00").total())
                .isEqualTo(client.get("/orders").total());
    }

    @Test
    void fieldsMakeACheapScan() {
        JsonNode row =
                client.get("/orders?per_page=1&_fields=id,date_modified_gmt,billing.email")
                        .json()
                        .path(0);
        assertThat(row.properties().stream().map(field -> field.getKey()))
                .containsExactly("id", "billing", "date_modified_gmt");
        assertThat(row.path("billing")).hasSize(1);
    }

    @Test
    void headGivesTheTotalsWithoutRows() {
        Reply reply = client.send("HEAD", "/orders?per_page=1", null);
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.body()).isEmpty();
        assertThat(reply.total()).isEqualTo(client.get("/orders").total());
    }

    @Test
    void textIsAsciiOnTheWire() {
        assertThat(client.get("/data/currencies/current").json().path("code").asText())
                .isEqualTo("GBP");
        assertThat(client.get("/orders?per_page=100").body())
                .containsIgnoringCase("\\u00a3")
                .matches(body -> body.chars().allMatch(c -> c < 128));
    }

    // ---------------------------------------------------------------- time

    @Test
    void modifiedAfterIsStrictAtOneSecond() {
        long id = shop.orderIds(OrderState.COMPLETED).getFirst();
        shop.editOrder(id);
        String query = "/orders?dates_are_gmt=true&modified_after=";
        assertThat(client.get(query + "2026-07-10T11:59:59").ids()).containsExactly(id);
        assertThat(client.get(query + "2026-07-10T12:00:00").ids()).isEmpty();
        assertThat(
                        client.get(
                                        "/orders?dates_are_gmt=true&include="
                                                + id
                                                + "&modified_before=2026-07-10T12:00:00")
                                .ids())
                .isEmpty();
        assertThat(
                        client.get(
                                        "/orders?dates_are_gmt=true&include="
                                                + id
                                                + "&modified_before=2026-07-10T12:00:01")
                                .ids())
                .containsExactly(id);
    }

    @Test
    void plainDatesAreTheShopsLocalTime() {
        long id = shop.orderIds(OrderState.COMPLETED).getFirst();
        shop.editOrder(id);
        assertThat(order(id).path("date_modified").asText()).isEqualTo("2026-07-10T13:00:00");
        assertThat(order(id).path("date_modified_gmt").asText()).isEqualTo("2026-07-10T12:00:00");
        assertThat(client.get("/orders?modified_after=2026-07-10T12:59:59").ids())
                .containsExactly(id);
        assertThat(client.get("/orders?modified_after=2026-07-10T13:00:00").ids()).isEmpty();
    }

    @Test
    void onlyUtcWithoutSuffixMeansWhatItSays() {
        long product = shop.productIds().getFirst();
        long order = shop.orderIds(OrderState.COMPLETED).getFirst();
        shop.changePrice(product, 777);
        shop.editOrder(order);
        String safe = "2026-07-10T11:30:00";
        assertThat(client.get("/products?dates_are_gmt=true&modified_after=" + safe).ids())
                .containsExactly(product);
        // With an additional Z, products search an hour too late.
        assertThat(client.get("/products?dates_are_gmt=true&modified_after=" + safe + "Z").ids())
                .isEmpty();
        assertThat(client.get("/products?modified_after=" + safe + "Z").ids())
                .containsExactly(product);
        assertThat(client.get("/orders?dates_are_gmt=true&modified_after=" + safe + "Z").ids())
                .containsExactly(order);
        // The new order storage reads the digits as local time: an hour too early.
        assertThat(client.get("/orders?modified_after=2026-07-10T12:30:00.000Z").ids())
                .containsExactly(order);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-07-10",
                "2026-07-10T11:00:00z",
                "2026-07-10T11:00:00+00:00",
                "yesterday",
                "2026-02-30T10:00:00"
            })
    void otherFormsOfDatesAreRefused(String date) {
        Reply reply = client.get("/orders?dates_are_gmt=true&modified_after=" + date);
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.json().at("/data/details/modified_after/code").asText())
                .isEqualTo("rest_invalid_date");
    }

    @Test
    void rowsOfOneSecondAreSortedByIdTheSameWayEachTime() {
        List<Long> many = shop.orderIds(OrderState.COMPLETED).subList(0, 150);
        shop.batchUpdate(many.reversed());
        List<JsonNode> rows =
                client.all(
                        "/orders?"
                                + BY_MODIFIED
                                + "&dates_are_gmt=true&modified_after=2026-07-10T11:59:59");
        assertThat(rows).extracting(row -> row.path("id").asLong()).containsExactlyElementsOf(many);
        assertThat(rows)
                .extracting(row -> row.path("date_modified_gmt").asText())
                .containsOnly("2026-07-10T12:00:00");
    }

    @Test
    void anOrderEditedWhilePagesAreReadMakesTheNextPageSkipARow() {
        AtomicInteger requests = new AtomicInteger();
        List<Long> before = new ArrayList<>();
        client.all("/orders?" + BY_MODIFIED).forEach(row -> before.add(row.path("id").asLong()));
        server.onRequest(
                request -> {
                    if (request.path().equals("/orders") && requests.incrementAndGet() == 2) {
                        later();
                        shop.editOrder(before.get(10));
                    }
                });
        int total = client.get("/orders?per_page=1&status=" + ALL_STATES).total();
        requests.set(0);
        List<Long> seen = new ArrayList<>();
        client.all("/orders?" + BY_MODIFIED).forEach(row -> seen.add(row.path("id").asLong()));
        assertThat(seen).doesNotContain(before.get(100));
        assertThat(client.get("/orders?per_page=1&status=" + ALL_STATES).total()).isEqualTo(total);
    }

    @Test
    void anOrderTrashedWhilePagesAreReadShiftsThePages() {
        AtomicInteger requests = new AtomicInteger();
        List<Long> first = client.get("/orders?orderby=id&order=asc&per_page=100").ids();
        List<Long> second = client.get("/orders?orderby=id&order=asc&per_page=100&page=2").ids();
        server.onRequest(
                request -> {
                    if (requests.incrementAndGet() == 2) {
                        shop.trashOrder(first.getFirst());
                    }
                });
        List<JsonNode> rows = client.all("/orders?orderby=id&order=asc");
        assertThat(rows)
                .extracting(row -> row.path("id").asLong())
                .doesNotContain(second.getFirst());
    }

    // ---------------------------------------------------------------- filters

    @ParameterizedTest
    @ValueSource(strings = {"/orders", "/products", "/refunds"})
    void someEndpointsFilterByModification(String path) {
        Reply reply = client.get(path + "?modified_after=2100-01-01T00:00:00");
        assertThat(reply.total()).isZero();
        assertThat(client.get(path + "?orderby=modified").status()).isEqualTo(200);
        assertThat(client.get(path + "?after=2100-01-01T00:00:00").total()).isZero();
        assertThat(client.get(path + "?before=2000-01-01T00:00:00").total()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/customers", "/products/reviews", "/products/categories"})
    void othersIgnoreItAndCannotSortByIt(String path) {
        Reply reply = client.get(path + "?modified_after=2100-01-01T00:00:00");
        assertThat(reply.total()).isPositive().isEqualTo(client.get(path).total());
        Reply sorted = client.get(path + "?orderby=modified");
        assertThat(sorted.status()).isEqualTo(400);
        assertThat(sorted.json().at("/data/params/orderby").asText())
                .startsWith("orderby is not one of ");
    }

    @Test
    void afterFiltersReviewsButNotCustomersOrVariations() {
        assertThat(client.get("/products/reviews?after=2100-01-01T00:00:00").total()).isZero();
        assertThat(client.get("/products/reviews?before=2000-01-01T00:00:00").total()).isZero();
        assertThat(client.get("/customers?after=2100-01-01T00:00:00").total()).isEqualTo(90);
        long variable = variable().id;
        String variations = "/products/" + variable + "/variations";
        assertThat(client.get(variations + "?after=2100-01-01T00:00:00").total()).isPositive();
        assertThat(client.get(variations + "?modified_after=2100-01-01T00:00:00").total()).isZero();
    }

    private Product variable() {
        return shop.products().all().stream()
                .filter(product -> product.hasVariations() && product.cost() > 0)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void refundsAreFilteredByModificationThoughTheyHaveNone() {
        assertThat(client.get("/refunds").json().path(0).has("date_modified")).isFalse();
        long order = completedOrder();
        long refund = shop.refundAmount(order, 100);
        assertThat(
                        client.get("/refunds?dates_are_gmt=true&modified_after=2026-07-10T11:59:59")
                                .ids())
                .containsExactly(refund);
        assertThat(
                        client.get(
                                        "/orders/"
                                                + order
                                                + "/refunds?modified_after=2100-01-01T00:00:00")
                                .ids())
                .isEmpty();
        assertThat(client.get("/orders/99999999/refunds").body()).isEqualTo("[]");
    }

    @Test
    void anyLeavesOutTrashAndDraftsAndSwallowsWhatIsNamedBesideIt() {
        int any = client.get("/orders?status=any").total();
        int all = client.get("/orders?status=" + ALL_STATES).total();
        int hidden = client.get("/orders?status=trash,checkout-draft").total();
        assertThat(hidden).isPositive();
        assertThat(all).isEqualTo(any + hidden).isEqualTo(450);
        assertThat(client.get("/orders?status=any,trash").total()).isEqualTo(any);
        assertThat(client.get("/orders?status[]=trash&status[]=checkout-draft").total())
                .isEqualTo(hidden);
        Reply prefixed = client.get("/orders?status=wc-completed");
        assertThat(prefixed.status()).isEqualTo(400);
        assertThat(prefixed.json().at("/data/params/status").asText())
                .isEqualTo(
                        "status[0] is not one of any, trash, auto-draft, pending, processing, on-hold,"
                                + " completed, cancelled, refunded, failed, and checkout-draft.");
    }

    @Test
    void customersAreByNameWithoutGuestsAndAdministrators() {
        List<JsonNode> rows = client.all("/customers?");
        assertThat(rows).hasSize(90);
        assertThat(rows)
                .extracting(
                        row ->
                                row.path("first_name").asText()
                                        + " "
                                        + row.path("last_name").asText())
                .isSortedAccordingTo(Comparator.naturalOrder());
        assertThat(client.get("/customers?role=all").total()).isEqualTo(91);
        assertThat(client.get("/customers?role=administrator").ids()).containsExactly(1L);
        assertThat(client.get("/customers?role=editor").ids()).isEmpty();
        assertThat(client.get("/customers/1").json().path("date_modified").isNull()).isTrue();
        assertThat(client.get("/customers?orderby=id&order=desc&per_page=2").ids())
                .containsExactly(91L, 90L);
        assertThat(client.get("/customers?orderby=registered_date&per_page=1").ids())
                .containsExactly(2L);
    }

    @Test
    void noFilterSeesThatACustomerWasEdited() {
        JsonNode before = client.get("/customers/5").json();
        later();
        shop.editCustomer(5);
        JsonNode after = client.get("/customers/5").json();
        assertThat(after.path("email")).isEqualTo(before.path("email"));
        assertThat(after.at("/billing/address_1")).isNotEqualTo(before.at("/billing/address_1"));
        assertThat(after.path("date_modified_gmt").asText()).isEqualTo("2026-07-10T12:01:00");
        assertThat(client.get("/customers?modified_after=2026-07-10T13:00:30").total())
                .isEqualTo(90);
    }

    // ---------------------------------------------------------------- deletions

    @Test
    void aTrashedOrderIsModifiedAndFoundOnlyByNamingTrash() {
        long id = completedOrder();
        long refund = shop.refundAmount(id, 100);
        later();
        shop.trashOrder(id);
        assertThat(order(id).path("status").asText()).isEqualTo("trash");
        assertThat(modified("/orders/" + id)).isEqualTo("2026-07-10T12:01:00");
        assertThat(order(id).at("/meta_data/0/value").asText()).isEqualTo("wc-completed");
        assertThat(client.get("/orders?status=any&include=" + id).ids()).isEmpty();
        assertThat(client.get("/orders?status=trash&include=" + id).ids()).containsExactly(id);
        assertThat(client.get("/refunds?per_page=1").ids()).containsExactly(refund);
    }

    @Test
    void aDeletedOrderLeavesNoTrace() {
        long id = completedOrder();
        long refund = shop.refundAmount(id, 100);
        int total = client.get("/orders?status=" + ALL_STATES).total();
        shop.forceDeleteOrder(id);
        Reply gone = client.get("/orders/" + id);
        assertThat(gone.status()).isEqualTo(404);
        assertThat(gone.json().path("code").asText())
                .isEqualTo("woocommerce_rest_shop_order_invalid_id");
        assertThat(client.get("/orders?status=" + ALL_STATES).total()).isEqualTo(total - 1);
        assertThat(shop.refundIds()).doesNotContain(refund);
        assertThat(client.get("/orders/" + id + "/refunds").ids()).isEmpty();
    }

    @Test
    void ordersOfADeletedCustomerBecomeAGuests() {
        long id = completedOrder();
        long customer = order(id).path("customer_id").asLong();
        later();
        shop.deleteCustomer(customer);
        assertThat(client.get("/customers/" + customer).status()).isEqualTo(404);
        assertThat(order(id).path("customer_id").asLong()).isZero();
        assertThat(modified("/orders/" + id)).isEqualTo("2026-07-10T12:01:00");
    }

    @Test
    void linesOfADeletedProductKeepTheirName() {
        long id = completedOrder();
        JsonNode before = order(id).at("/line_items/0");
        shop.deleteProduct(before.path("product_id").asLong());
        JsonNode after = order(id).at("/line_items/0");
        assertThat(after.path("product_id").asLong()).isZero();
        assertThat(after.path("sku").isNull()).isTrue();
        assertThat(after.path("name")).isEqualTo(before.path("name"));
        assertThat(client.get("/products/" + before.path("product_id").asLong()).status())
                .isEqualTo(404);
    }

    // ---------------------------------------------------------------- what bumps date_modified

    @Test
    void anySavedOrderIsModifiedEvenWithoutAChange() {
        long id = completedOrder();
        later();
        shop.editOrder(id);
        assertThat(modified("/orders/" + id)).isEqualTo("2026-07-10T12:01:00");
    }

    @Test
    void creatingARefundModifiesTheOrderButDeletingItDoesNot() {
        long id = completedOrder();
        later();
        long refund = shop.refundAmount(id, 150);
        JsonNode row = client.get("/orders/" + id + "/refunds/" + refund).json();
        assertThat(row.path("amount").asText()).isEqualTo("1.50");
        assertThat(row.path("line_items")).isEmpty();
        assertThat(modified("/orders/" + id)).isEqualTo("2026-07-10T12:01:00");
        assertThat(order(id).at("/refunds/0/total").asText()).isEqualTo("-1.50");
        later();
        shop.deleteRefund(refund);
        assertThat(modified("/orders/" + id)).isEqualTo("2026-07-10T12:01:00");
        assertThat(order(id).path("refunds")).isEmpty();
    }

    @Test
    void aProductIsModifiedByCostPriceVariationsAndPaidOrdersButNotByReviews() {
        Product parent = variable();
        String path = "/products/" + parent.id;
        String start = modified(path);
        shop.writeReview(parent.id);
        assertThat(modified(path)).isEqualTo(start);
        later();
        shop.changeCost(parent.variations().getFirst().id, 42);
        assertThat(modified(path)).isEqualTo("2026-07-10T12:01:00");
        later();
        shop.changePrice(parent.id, 1234);
        assertThat(modified(path)).isEqualTo("2026-07-10T12:02:00");
        later();
        shop.changeCost(parent.id, null);
        assertThat(modified(path)).isEqualTo("2026-07-10T12:03:00");
        assertThat(
                        client.get(path)
                                .json()
                                .at("/cost_of_goods_sold/values/0/defined_value")
                                .isNull())
                .isTrue();
        long unpaid = shop.orderIds(OrderState.CANCELLED).getFirst();
        Product sold = shop.orders().find(unpaid).lines().getFirst().product();
        later();
        shop.changeState(unpaid, OrderState.PROCESSING);
        assertThat(sold.modifiedAt()).isEqualTo(SUMMER.getEpochSecond() + 240);
    }

    // ---------------------------------------------------------------- money

    @Test
    void aRefundOfALineIsNegativeAndNamesTheLine() {
        long id = completedOrder();
        JsonNode before = order(id);
        long line = before.at("/line_items/0/id").asLong();
        long created = shop.refundLine(id, 0, 1);
        JsonNode refund = client.get("/orders/" + id + "/refunds/" + created).json();
        assertThat(refund.path("amount").asText()).doesNotStartWith("-");
        assertThat(refund.at("/line_items/0/quantity").asInt()).isEqualTo(-1);
        assertThat(refund.at("/line_items/0/total").asText()).startsWith("-");
        assertThat(refund.at("/line_items/0/meta_data/0/key").asText())
                .isEqualTo("_refunded_item_id");
        assertThat(refund.at("/line_items/0/meta_data/0/value").asLong()).isEqualTo(line);
        assertThat(refund.at("/cost_of_goods_sold/value").decimalValue()).isNegative();
        assertThat(order(id).path("total")).isEqualTo(before.path("total"));
        String path = "/orders/" + id + "/refunds";
        assertThat(client.get(path).ids()).containsExactly(refund.path("id").asLong());
    }

    @Test
    void settingTheStateRefundedCreatesARefundOfTheRest() {
        long id = completedOrder();
        shop.changeState(id, OrderState.REFUNDED);
        JsonNode order = order(id);
        assertThat(order.path("refunds")).hasSize(1);
        assertThat(order.at("/refunds/0/total").asText())
                .isEqualTo("-" + order.path("total").asText());
        assertThat(order.at("/refunds/0/reason").asText()).isEqualTo("Order fully refunded.");
        JsonNode refund = client.get("/refunds?per_page=1").json().path(0);
        assertThat(refund.at("/meta_data/0/value").asText()).isEqualTo("full");
    }

    @Test
    void aPastOrdersCostIsRewrittenByARefundAfterACostChange() {
        long id = completedOrder();
        JsonNode line = order(id).at("/line_items/0");
        int quantity = line.path("quantity").asInt();
        shop.changeCost(line.path("product_id").asLong(), 700);
        assertThat(order(id).at("/line_items/0/cost_of_goods_sold"))
                .isEqualTo(line.path("cost_of_goods_sold"));
        shop.refundAmount(id, 1);
        assertThat(order(id).at("/line_items/0/cost_of_goods_sold/value").asInt())
                .isEqualTo(7 * quantity);
        shop.changeCost(line.path("product_id").asLong(), 800);
        shop.changeQuantity(id, quantity + 1);
        assertThat(order(id).at("/line_items/0/cost_of_goods_sold/value").asInt())
                .isEqualTo(8 * (quantity + 1));
    }

    @Test
    void anUnknownCostIsNullAndItsTotalZero() {
        long id =
                shop.products().all().stream()
                        .filter(product -> product.cost() == Product.UNKNOWN_COST)
                        .findFirst()
                        .orElseThrow()
                        .id;
        JsonNode cost = client.get("/products/" + id).json().path("cost_of_goods_sold");
        assertThat(cost.at("/values/0/defined_value").isNull()).isTrue();
        assertThat(cost.path("total_value").isNumber()).isTrue();
        assertThat(cost.path("total_value").asInt()).isZero();
    }

    @Test
    void aVariationsCostIsAddedToItsParentsAndAVariableProductHasNoPriceOfItsOwn() {
        Product parent = variable();
        assertThat(client.get("/products/" + parent.id).json().path("regular_price").asText())
                .isEmpty();
        String path = "/products/" + parent.id + "/variations";
        Product second = parent.variations().get(1);
        JsonNode cost = client.get(path + "/" + second.id).json().path("cost_of_goods_sold");
        assertThat(cost.path("defined_value_is_additive").asBoolean()).isTrue();
        assertThat(cost.path("total_value").decimalValue().movePointRight(2).intValueExact())
                .isEqualTo(parent.cost() + second.cost());
        assertThat(client.get(path + "?orderby=id&order=asc").ids())
                .containsExactlyElementsOf(
                        parent.variations().stream().map(size -> size.id).toList());
        assertThat(client.get("/variations?per_page=1").total())
                .isEqualTo(
                        shop.products().all().stream()
                                .mapToInt(product -> product.variations().size())
                                .sum());
        assertThat(client.get(path + "/99999999").status()).isEqualTo(404);
        assertThat(client.get("/products/" + second.id).status()).isEqualTo(404);
    }

    @Test
    void moreDecimalsShowFractionsOfAPenny() {
        Set<String> lengths = new HashSet<>();
        for (JsonNode order : client.get("/orders?dp=6&per_page=100").json()) {
            assertThat(order.path("total").asText()).matches("\\d+\\.\\d{2}0000");
            order.path("line_items")
                    .forEach(
                            line ->
                                    lengths.add(
                                            line.path("total").asText().replaceAll(".*\\.", "")));
        }
        assertThat(lengths).anyMatch(fraction -> !fraction.endsWith("0000"));
    }

    // ---------------------------------------------------------------- errors

    @Test
    void withoutAKeyOrWithAnUnknownOneNothingIsShown() {
        for (String credentials : new String[] {null, "ck_who:cs_knows", "ck_who"}) {
            Reply reply = client.sendAs("GET", "/orders", null, credentials);
            assertThat(reply.status()).isEqualTo(401);
            assertThat(reply.body())
                    .isEqualTo(
                            "{\"code\":\"woocommerce_rest_cannot_view\",\"message\":\"Sorry, you cannot list"
                                    + " resources.\",\"data\":{\"status\":401}}");
        }
    }

    @Test
    void aWrongSecretIsNamedAndAKeyMayStandInTheQuery() {
        Reply secret = client.sendAs("GET", "/orders", null, ShopServer.READ_KEY + ":cs_wrong");
        assertThat(secret.status()).isEqualTo(401);
        assertThat(secret.json().path("message").asText()).isEqualTo("Consumer secret is invalid.");
        String reader = ShopServer.READ_KEY + ":" + ShopServer.CONSUMER_SECRET;
        assertThat(client.sendAs("GET", "/orders", null, reader).status()).isEqualTo(200);
        assertThat(
                        client.sendAs(
                                        "GET",
                                        "/orders?consumer_key="
                                                + ShopServer.READ_KEY
                                                + "&consumer_secret="
                                                + ShopServer.CONSUMER_SECRET,
                                        null,
                                        null)
                                .status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /ordrs, 404, rest_no_route",
        "GET, /ordrs/1, 404, rest_no_route",
        "GET, /products/10/refunds, 404, rest_no_route",
        "GET, /orders/99999999, 404, woocommerce_rest_shop_order_invalid_id",
        "GET, /customers/99999999, 404, wc_user_invalid_id",
        "GET, /products/99999999, 404, woocommerce_rest_product_invalid_id",
        "GET, /products/reviews/99999999, 404, woocommerce_rest_review_invalid_id",
        "GET, /orders/99999999/refunds/1, 404, woocommerce_rest_shop_order_invalid_id",
        "PUT, /customers/2, 404, rest_no_route",
        "DELETE, /customers/2, 404, rest_no_route",
        "OPTIONS, /orders, 404, rest_no_route"
    })
    void whatIsNotThereIsNotFound(String method, String path, int status, String code) {
        Reply reply = client.send(method, path, method.equals("PUT") ? "{}" : null);
        assertThat(reply.status()).isEqualTo(status);
        assertThat(reply.json().path("code").asText()).isEqualTo(code);
        assertThat(reply.json().at("/data/status").asInt()).isEqualTo(status);
    }

    @Test
    void anUnknownRefundIsA500WithABareNumber() {
        long id = completedOrder();
        Reply wrong = client.get("/orders/" + id + "/refunds/1");
        assertThat(wrong.status()).isEqualTo(500);
        assertThat(wrong.json().path("data").asInt()).isEqualTo(404);
    }

    @Test
    void currencyAndSettingsTellWhatTheShopTradesIn() {
        assertThat(client.get("/data/currencies/current").json().path("symbol").asText())
                .isEqualTo("&pound;");
        assertThat(client.get("/settings/general").json())
                .anySatisfy(
                        setting -> {
                            assertThat(setting.path("id").asText())
                                    .isEqualTo("woocommerce_currency");
                            assertThat(setting.path("value").asText()).isEqualTo("GBP");
                        });
    }

    @Test
    void rowsCanBeReadOneByOneAndPicked() {
        long review = shop.reviewIds().getFirst();
        assertThat(client.get("/products/reviews/" + review).json().path("reviewer_email").asText())
                .contains("@");
        long product = shop.productIds().get(3);
        assertThat(client.get("/products?include=" + product).ids()).containsExactly(product);
        assertThat(client.get("/products?sku=SKU-00004").ids()).containsExactly(product);
        String email = client.get("/customers/7").json().path("email").asText();
        assertThat(client.get("/customers?email=" + email).ids()).containsExactly(7L);
        assertThat(client.get("/customers?include=7,9").ids()).containsExactlyInAnyOrder(7L, 9L);
        assertThat(client.get("/products?category=16&per_page=1").total())
                .isPositive()
                .isLessThan(60);
        for (String order : List.of("price", "popularity", "modified", "title")) {
            assertThat(client.get("/products?orderby=" + order).total()).isEqualTo(60);
        }
        assertThat(client.get("/products/reviews?orderby=product&product=" + product).status())
                .isEqualTo(200);
        assertThat(client.get("/products/reviews?orderby=id&order=asc&per_page=1").ids())
                .containsExactly(review);
        assertThat(client.get("/products/categories?orderby=id&order=desc&per_page=1").ids())
                .containsExactly(27L);
        assertThat(client.get("/refunds?orderby=id&order=asc&per_page=1").ids())
                .containsExactly(shop.refundIds().getFirst());
        long customer = order(completedOrder()).path("customer_id").asLong();
        assertThat(client.get("/orders?customer=" + customer).total()).isPositive();
    }
}
