package io.shopflow.shop.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.shopflow.shop.api.ShopClient.Reply;
import io.shopflow.shop.world.Shop;
import io.shopflow.shop.world.ShopPlan;
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

/** The faults that a test can inject. */
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

    /** Otherwise, any web page in the user's browser could read the shop's customers. */
    @Test
    void aPageIsRefused() throws Exception {
        HttpRequest page =
                HttpRequest.newBuilder(URI.create(server.apiUri() + "/orders?per_page=1"))
                        .header("Origin", "https://evil.example")
                        .header("Authorization", "Basic " + key())
                        .build();
        try (HttpClient browser = HttpClient.newHttpClient()) {
            assertThat(browser.send(page, HttpResponse.BodyHandlers.discarding()).statusCode())
                    .isEqualTo(403);
        }
    }

    private static String key() {
        return Base64.getEncoder()
                .encodeToString(
                        (ShopServer.READ_KEY + ":" + ShopServer.CONSUMER_SECRET)
                                .getBytes(StandardCharsets.UTF_8));
    }

    private void assertThatRequestsSucceed() {
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
        assertThatRequestsSucceed();
    }

    @Test
    void anOutageLastsUntilItIsOver() {
        server.faults().outage(Duration.ofHours(1));
        assertThat(client.get("/orders").status()).isEqualTo(503);
        assertThat(client.get("/customers").status()).isEqualTo(503);
        server.faults().clear();
        assertThatRequestsSucceed();
    }

    @Test
    void serverErrorsAreReturnedInTheRequestedOrder() {
        server.faults().serverError(1, 502);
        server.faults().serverError(1, 504);
        assertThat(client.get("/orders").status()).isEqualTo(502);
        assertThat(client.get("/orders").status()).isEqualTo(504);
        assertThatRequestsSucceed();
    }

    @Test
    void aConnectionBreaksInTheMiddleOfTheBody() {
        server.faults().dropConnection(1);
        assertThatThrownBy(() -> client.get("/orders?per_page=100"))
                .isInstanceOf(UncheckedIOException.class)
                .hasCauseInstanceOf(IOException.class);
        assertThatRequestsSucceed();
    }

    @Test
    void jsonStopsInTheMiddle() {
        server.faults().truncateJson(1);
        Reply reply = client.get("/orders?per_page=100");
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.total()).isPositive();
        assertThatThrownBy(reply::json).isInstanceOf(UncheckedIOException.class);
        assertThatRequestsSucceed();
    }

    @Test
    void aProxyAnswersInHtml() {
        server.faults().html(1);
        Reply reply = client.get("/orders");
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.headers().firstValue("Content-Type")).hasValue("text/html; charset=UTF-8");
        assertThat(reply.body()).startsWith("<!DOCTYPE html>");
        assertThatRequestsSucceed();
    }

    @Test
    void totalsAreZeroAlthoughThereAreRows() {
        server.faults().zeroTotals(1);
        Reply reply = client.get("/orders?per_page=100");
        assertThat(reply.json()).hasSize(100);
        assertThat(reply.total()).isZero();
        assertThat(reply.pages()).isZero();
        assertThatRequestsSucceed();
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

    @Test
    void anyValueOfAnOrderCanBeWrong() {
        long order = shop.orderIds().getFirst();
        shop.corruptOrder(order, "/line_items/0", TextNode.valueOf("broken"));
        shop.corruptOrder(order, "/line_items/99", TextNode.valueOf("not there"));
        shop.corruptOrder(order, "/billing/email", TextNode.valueOf(""));
        JsonNode json = client.get("/orders/" + order).json();
        assertThat(json.at("/line_items/0").asText()).isEqualTo("broken");
        assertThat(json.at("/billing/email").asText()).isEmpty();
        assertThat(
                        client.get("/orders?dates_are_gmt=true&modified_after=2026-01-20T11:59:59")
                                .ids())
                .containsExactly(order);
    }

    @Test
    void aPortInUseIsReported() {
        int port = server.uri().getPort();
        assertThatThrownBy(() -> ShopServer.start(port, shop))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("cannot listen on port " + port);
    }

    @Test
    void pathsOutsideTheApiAreNotFound() {
        assertThat(client.send("GET", "/_elsewhere", null).status()).isEqualTo(404);
        assertThat(server.shop()).isSameAs(shop);
        assertThat(server.apiUri()).isEqualTo(server.uri().resolve("/wp-json/wc/v3"));
    }
}
