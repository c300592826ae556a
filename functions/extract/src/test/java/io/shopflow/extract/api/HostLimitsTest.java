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
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The rate limit and the circuit breaker that all clients of a host share. */
@QuarkusTest
@TestProfile(NoServersProfile.class)
class HostLimitsTest {

    private static final Duration PAUSE = Duration.ofSeconds(30);

    private final AtomicLong now = new AtomicLong();
    private final AtomicInteger requests = new AtomicInteger();
    private volatile int status = 200;
    private HttpServer server;

    @BeforeEach
    void open() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(
                "/",
                exchange -> {
                    requests.incrementAndGet();
                    byte[] body = "{}".getBytes(StandardCharsets.UTF_8);
                    exchange.sendResponseHeaders(status, body.length);
                    exchange.getResponseBody().write(body);
                    exchange.close();
                });
        server.start();
    }

    @AfterEach
    void close() {
        server.stop(0);
    }

    @Test
    void clientsOfOneHostShareItsLimit() throws Exception {
        HostLimits hosts = new HostLimits(100, PAUSE);
        long begin = System.nanoTime();
        try (ApiClient first = client(hosts);
                ApiClient second = client(hosts);
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Integer>> both = List.of(() -> get(first, 11), () -> get(second, 11));
            for (Future<Integer> each : threads.invokeAll(both)) {
                each.get();
            }
        }

        assertThat(requests).hasValue(22);
        // Twenty at once, and two intervals of 60 s / 81.
        assertThat(Duration.ofNanos(System.nanoTime() - begin))
                .isGreaterThan(Duration.ofMillis(1_400));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 100, 1000})
    void noMinuteHasMoreRequestsThanTheLimitHoweverTheyArrive(int limit) {
        HostGate gate = new HostGate(limit, PAUSE, now::get);
        Random random = new Random(limit);
        Deque<Long> lastMinute = new ArrayDeque<>();
        for (int i = 0; i < 20 * limit; i++) {
            now.addAndGet(random.nextLong(Duration.ofMinutes(2).toNanos() / limit));
            if (random.nextInt(limit) == 0) {
                now.addAndGet(Duration.ofMinutes(5).toNanos());
            }
            long sent = now.get() + gate.reserve().toNanos();
            // Time stops while others arrive, and advances for one that waits.
            if (random.nextBoolean()) {
                now.set(sent);
            }
            lastMinute.add(sent);
            while (lastMinute.getFirst() <= sent - Duration.ofMinutes(1).toNanos()) {
                lastMinute.removeFirst();
            }
            assertThat(lastMinute).hasSizeLessThanOrEqualTo(limit);
        }
    }

    @Test
    void afterAFailureNothingIsSentUntilThePauseIsOverAndOneTrialSucceeds() throws Exception {
        HostLimits hosts = new HostLimits(100, PAUSE, now::get);
        try (ApiClient client = client(hosts);
                ApiClient other = client(hosts)) {
            status = 503;
            assertThatThrownBy(() -> get(client, 1)).hasMessageContaining("2 attempts");
            status = 200;
            now.addAndGet(PAUSE.minusSeconds(1).toNanos());
            assertThatThrownBy(() -> get(other, 1))
                    .isInstanceOf(SourceUnavailableException.class)
                    .hasMessageContaining("returns 503")
                    .hasMessageContaining("the next is sent in");
            assertThat(requests).hasValue(2);

            now.addAndGet(Duration.ofSeconds(1).toNanos());
            assertThat(get(other, 1) + get(client, 1)).isZero();
            assertThat(requests).hasValue(4);
        }
    }

    @Test
    void aTrialThatFailsOpensTheCircuitAgain() throws Exception {
        HostLimits hosts = new HostLimits(100, PAUSE, now::get);
        try (ApiClient client = client(hosts)) {
            status = 503;
            assertThatThrownBy(() -> get(client, 1)).hasMessageContaining("2 attempts");
            now.addAndGet(PAUSE.toNanos());
            assertThatThrownBy(() -> get(client, 1)).hasMessageContaining("2 attempts");

            assertThatThrownBy(() -> get(client, 1)).hasMessageContaining("received no request");
            assertThat(requests).hasValue(4);
        }
    }

    @Test
    void whileTheTrialLastsTheOthersAreNotSent() {
        HostGate gate = new HostGate(100, PAUSE, now::get);
        gate.failed("returns 503");
        now.addAndGet(PAUSE.toNanos());

        assertThat(gate.rejection()).isNull();
        assertThat(gate.rejection()).contains("returns 503");
        gate.answered();
        assertThat(gate.rejection()).isNull();
    }

    @Test
    void aRefusalIsAnAnswerAndKeepsTheCircuitClosed() throws Exception {
        HostLimits hosts = new HostLimits(100, PAUSE, now::get);
        try (ApiClient client = client(hosts)) {
            status = 401;
            assertThatThrownBy(() -> get(client, 1)).hasMessageContaining("one attempt");
            status = 200;

            assertThat(get(client, 1)).isZero();
        }
    }

    private ApiClient client(HostLimits hosts) {
        return new ApiClient(
                URI.create("http://127.0.0.1:" + server.getAddress().getPort()),
                "Bearer token",
                Duration.ofSeconds(10),
                new Backoff(2, Duration.ofMillis(1), Duration.ofSeconds(1)),
                hosts,
                new NoAdvice());
    }

    private static int get(ApiClient client, int times) throws SourceUnavailableException {
        int found = 0;
        for (int i = 0; i < times; i++) {
            ApiRequest request = new ApiRequest(null, "things", Map.of(), true);
            found += client.get(request, ApiResponse::json).size();
        }
        return found;
    }
}
