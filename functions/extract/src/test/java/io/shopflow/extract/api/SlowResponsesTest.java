package io.shopflow.extract.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.shopflow.extract.NoServersProfile;
import io.shopflow.extract.source.SourceUnavailableException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The time-out limits the wait for the next bytes, not the whole response. */
@QuarkusTest
@TestProfile(NoServersProfile.class)
class SlowResponsesTest {

    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile Duration wait = Duration.ZERO;
    private HttpServer server;

    @BeforeEach
    void open() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(
                "/",
                exchange -> {
                    exchange.sendResponseHeaders(200, 0);
                    for (String part : new String[] {"[1", ",2", ",3]"}) {
                        exchange.getResponseBody().write(part.getBytes(StandardCharsets.UTF_8));
                        exchange.getResponseBody().flush();
                        waitOrEnd();
                    }
                    exchange.close();
                });
        server.start();
    }

    private void waitOrEnd() {
        try {
            boolean unused = ended.await(wait.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @AfterEach
    void close() {
        ended.countDown();
        server.stop(0);
    }

    @Test
    void aSlowResponseIsReadAsLongAsBytesArrive() throws Exception {
        wait = Duration.ofMillis(1_500);

        assertThat(size(Duration.ofSeconds(3))).isEqualTo(3);
    }

    @Test
    void aResponseThatStopsIsUnavailable() {
        wait = Duration.ofMinutes(5);

        assertThatThrownBy(() -> size(Duration.ofMillis(300)))
                .isInstanceOf(SourceUnavailableException.class)
                .hasMessageContaining("nothing was received for 300 ms (one attempt)");
    }

    private int size(Duration timeout) throws SourceUnavailableException {
        try (ApiClient client =
                new ApiClient(
                        URI.create("http://127.0.0.1:" + server.getAddress().getPort()),
                        "Bearer token",
                        timeout,
                        new Backoff(1, Duration.ofMillis(1), Duration.ofSeconds(1)),
                        new HostLimits(100, Duration.ZERO),
                        new NoAdvice())) {
            return client.get(new ApiRequest(null, "things", Map.of(), true), ApiResponse::json)
                    .size();
        }
    }
}
