package io.shopflow.shop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.shopflow.shop.ShopClient.Reply;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Faults on demand, from the program and over HTTP. */
class FaultsTest {
    private static final Instant NOW = Instant.parse("2026-01-20T12:00:00Z");

    private final Shop shop =
            Shop.open(ShopPlan.of(2, 30, 20, 150, NOW, Duration.ZERO), InstantSource.fixed(NOW));
    private final ShopServer server = ShopServer.start(0, shop);
    private final ShopClient client = new ShopClient(server);

    @AfterEach
    void close() {
        client.close();
        server.close();
    }

    private Reply control(String json) {
        return client.send("POST", "/_control", json);
    }

    /** A page in the user's browser could change the shop, or read its customers. */
    @Test
    void aPageAndACallerWithoutTheKeyChangeNothing() throws Exception {
        String order = "{\"do\":\"clear\"}";
        for (String credentials :
                new String[] {
                    null,
                    ShopServer.READ_KEY + ":" + ShopServer.CONSUMER_SECRET,
                    ShopServer.CONSUMER_KEY + ":guess"
                }) {
            assertThat(client.sendAs("POST", "/_control", order, credentials).status())
                    .isEqualTo(401);
        }
        for (String address :
                List.of(server.uri() + "/_control", server.apiUri() + "/orders?per_page=1")) {
            HttpRequest page =
                    HttpRequest.newBuilder(URI.create(address))
                            .header("Origin", "https://evil.example")
                            .header("Authorization", "Basic " + key())
                            .POST(HttpRequest.BodyPublishers.ofString(order))
                            .build();
            try (HttpClient browser = HttpClient.newHttpClient()) {
                assertThat(browser.send(page, HttpResponse.BodyHandlers.discarding()).statusCode())
                        .isEqualTo(403);
            }
        }
        assertThat(control(order).status()).isEqualTo(200);
    }

    private static String key() {
        return Base64.getEncoder()
                .encodeToString(
                        (ShopServer.CONSUMER_KEY + ":" + ShopServer.CONSUMER_SECRET)
                                .getBytes(StandardCharsets.UTF_8));
    }

    private void assertThatAllIsWell() {
        Reply reply = client.get("/orders?per_page=100");
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.json()).hasSize(100);
        assertThat(reply.total()).isGreaterThan(100);
    }

    @Test
    void theNextRequestsAreTooMany() {
        server.faults().rateLimit(2, Duration.ofSeconds(3));
        for (int i = 0; i < 2; i++) {
            Reply reply = client.get("/orders");
            assertThat(reply.status()).isEqualTo(429);
            assertThat(reply.headers().firstValue("Retry-After")).hasValue("3");
            assertThat(reply.body()).startsWith("<");
        }
        assertThatAllIsWell();
    }

    @Test
    void anOutageLastsUntilItIsOver() {
        server.faults().outage(Duration.ofHours(1));
        assertThat(client.get("/orders").status()).isEqualTo(503);
        assertThat(client.get("/customers").status()).isEqualTo(503);
        server.faults().clear();
        assertThatAllIsWell();
    }

    @Test
    void serverErrorsComeInTheOrderAskedFor() {
        server.faults().serverError(1, 502);
        server.faults().none(1);
        server.faults().serverError(1, 504);
        assertThat(client.get("/orders").status()).isEqualTo(502);
        assertThatAllIsWell();
        assertThat(client.get("/orders").status()).isEqualTo(504);
        assertThatAllIsWell();
    }

    @Test
    void aConnectionBreaksInTheMiddleOfTheBody() {
        server.faults().dropConnection(1);
        assertThatThrownBy(() -> client.get("/orders?per_page=100"))
                .isInstanceOf(UncheckedIOException.class)
                .hasCauseInstanceOf(IOException.class);
        assertThatAllIsWell();
    }

    @Test
    void jsonStopsInTheMiddle() {
        server.faults().truncateJson(1);
        Reply reply = client.get("/orders?per_page=100");
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.total()).isPositive();
        assertThatThrownBy(reply::json).isInstanceOf(UncheckedIOException.class);
        assertThatAllIsWell();
    }

    @Test
    void aProxyAnswersInHtml() {
        server.faults().html(1);
        Reply reply = client.get("/orders");
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.headers().firstValue("Content-Type")).hasValue("text/html; charset=UTF-8");
        assertThat(reply.body()).startsWith("<!DOCTYPE html>");
        assertThatAllIsWell();
    }

    @Test
    void totalsTurnZeroWhileRowsAreThere() {
        server.faults().zeroTotals(1);
        Reply reply = client.get("/orders?per_page=100");
        assertThat(reply.json()).hasSize(100);
        assertThat(reply.total()).isZero();
        assertThat(reply.pages()).isZero();
        assertThatAllIsWell();
    }

    @Test
    void anAnswerComesLate() {
        server.faults().slow(1, Duration.ofMillis(300));
        long before = System.nanoTime();
        assertThatAllIsWell();
        assertThat(Duration.ofNanos(System.nanoTime() - before))
                .isGreaterThanOrEqualTo(Duration.ofMillis(300));
    }

    @Test
    void hooksSeeEachRequestBeforeItIsAnswered() {
        List<String> seen = new ArrayList<>();
        server.onRequest(
                request ->
                        seen.add(request.method() + " " + request.path() + " " + request.query()));
        client.get("/orders?page=2");
        client.get("/customers");
        assertThat(seen).containsExactly("GET /orders page=2", "GET /customers null");
    }

    @ParameterizedTest
    @CsvSource({
        "rate-limit, 429",
        "server-error, 502",
        "outage, 503",
    })
    void faultsAreAskedForOverTheWire(String name, int status) {
        assertThat(control("{\"do\":\"" + name + "\"}").json().path("done").asText())
                .isEqualTo(name);
        assertThat(client.get("/orders").status()).isEqualTo(status);
        control("{\"do\":\"clear\"}");
        assertThatAllIsWell();
    }

    @ParameterizedTest
    @ValueSource(strings = {"drop-connection", "truncate-json", "html", "zero-totals", "slow"})
    void faultsLeftOverAreCleared(String name) {
        assertThat(control("{\"do\":\"" + name + "\",\"requests\":9,\"millis\":1}").status())
                .isEqualTo(200);
        control("{\"do\":\"clear\"}");
        assertThatAllIsWell();
    }

    @Test
    void theShopIsChangedOverTheWire() {
        long order = shop.orderIds(OrderState.COMPLETED).getFirst();
        long other = shop.orderIds(OrderState.COMPLETED).get(1);
        control("{\"do\":\"edit-order\",\"id\":" + order + "}");
        control("{\"do\":\"batch-update\",\"ids\":[" + order + "," + other + "]}");
        assertThat(
                        client.get("/orders?dates_are_gmt=true&modified_after=2026-01-20T11:59:59")
                                .ids())
                .containsExactlyInAnyOrder(order, other);
        long refund =
                control("{\"do\":\"refund-order\",\"pence\":100,\"id\":" + order + "}")
                        .json()
                        .path("id")
                        .asLong();
        assertThat(shop.refundIds()).contains(refund);
        control("{\"do\":\"delete-refund\",\"id\":" + refund + "}");
        assertThat(shop.refundIds()).doesNotContain(refund);
        control("{\"do\":\"refund-order\",\"id\":" + order + "}");
        assertThat(shop.orderIds(OrderState.REFUNDED)).contains(order);
        control("{\"do\":\"trash-order\",\"id\":" + order + "}");
        assertThat(shop.orderIds(OrderState.TRASH)).contains(order);
        control("{\"do\":\"force-delete-order\",\"id\":" + order + "}");
        assertThat(shop.orderIds()).doesNotContain(order);
        long placed = control("{\"do\":\"place-order\"}").json().path("id").asLong();
        assertThat(shop.orderIds()).contains(placed);
        long customer = control("{\"do\":\"register-customer\"}").json().path("id").asLong();
        assertThat(shop.customerIds()).contains(customer);
        control("{\"do\":\"edit-customer\",\"id\":" + customer + "}");
        control("{\"do\":\"delete-customer\",\"id\":" + customer + "}");
        assertThat(shop.customerIds()).doesNotContain(customer);
        long product = shop.productIds().getFirst();
        control("{\"do\":\"change-price\",\"id\":" + product + ",\"pence\":1234}");
        control("{\"do\":\"change-cost\",\"id\":" + product + ",\"pence\":321}");
        assertThat(shop.product(product).cost).isEqualTo(321);
        control("{\"do\":\"change-cost\",\"id\":" + product + "}");
        assertThat(shop.product(product).cost).isEqualTo(Product.UNKNOWN_COST);
        shop.renameProduct(product, "Renamed");
        assertThat(client.get("/products/" + product).json().path("name").asText())
                .isEqualTo("Renamed");
        control("{\"do\":\"delete-product\",\"id\":" + product + "}");
        assertThat(shop.productIds()).doesNotContain(product);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"do\":\"make-coffee\"}",
                "{\"do\":\"edit-order\",\"id\":99999999}",
                "{\"do\":\"plant-defect\",\"defect\":\"bad-luck\"}",
                "{\"do\":"
            })
    void whatCannotBeDoneIsRefused(String json) {
        Reply reply = control(json);
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.json().path("error").asText()).isNotEmpty();
    }

    @ParameterizedTest
    @EnumSource(Shop.Defect.class)
    void rowsCanBeWrong(Shop.Defect defect) {
        long id = shop.orderIds(OrderState.COMPLETED).getFirst();
        control(
                "{\"do\":\"plant-defect\",\"id\":"
                        + id
                        + ",\"defect\":\""
                        + defect.name().replace('_', '-')
                        + "\"}");
        JsonNode order = client.get("/orders/" + id).json();
        switch (defect) {
            case NEGATIVE_PRICE ->
                    assertThat(order.at("/line_items/0/subtotal").asText()).isEqualTo("-5.00");
            case UNKNOWN_STATUS ->
                    assertThat(order.path("status").asText()).isEqualTo("awaiting-pickup");
            case ZERO_QUANTITY -> assertThat(order.at("/line_items/0/quantity").isInt()).isTrue();
            case MISSING_EMAIL -> assertThat(order.at("/billing/email").asText()).isEmpty();
            case IMPOSSIBLE_DATE -> {
                assertThat(order.path("date_created_gmt").asText())
                        .isEqualTo("2026-02-30T10:00:00");
                assertThat(order.path("date_created").asText()).isEqualTo("2026-02-30T10:00:00");
            }
        }
        assertThat(
                        client.get("/orders?dates_are_gmt=true&modified_after=2026-01-20T11:59:59")
                                .ids())
                .containsExactly(id);
    }

    @Test
    void anyValueCanBeWrong() {
        long order = shop.orderIds().getFirst();
        long product = shop.productIds().getFirst();
        long customer = shop.customerIds().getFirst();
        shop.corruptOrder(order, "/line_items/0", TextNode.valueOf("broken"));
        shop.corruptOrder(order, "/line_items/99", TextNode.valueOf("not there"));
        shop.corruptProduct(
                product, "/cost_of_goods_sold/values/0/defined_value", TextNode.valueOf("-"));
        shop.corruptCustomer(customer, "/date_created_gmt", NullNode.getInstance());
        assertThat(client.get("/orders/" + order).json().at("/line_items/0").asText())
                .isEqualTo("broken");
        assertThat(
                        client.get("/products/" + product)
                                .json()
                                .at("/cost_of_goods_sold/values/0/defined_value")
                                .asText())
                .isEqualTo("-");
        assertThat(client.get("/customers/" + customer).json().path("date_created_gmt").isNull())
                .isTrue();
    }

    @Test
    void aTakenPortIsSaidSo() {
        int port = server.uri().getPort();
        assertThatThrownBy(() -> ShopServer.start(port, shop))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("cannot listen on port " + port);
    }

    @Test
    void outsideTheApiThereIsNothing() {
        assertThat(client.send("GET", "/_elsewhere", null).status()).isEqualTo(404);
        assertThat(server.shop()).isSameAs(shop);
        assertThat(server.apiUri()).isEqualTo(server.uri().resolve("/wp-json/wc/v3"));
    }
}
