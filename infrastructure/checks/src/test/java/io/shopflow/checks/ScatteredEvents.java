package io.shopflow.checks;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import io.shopflow.laptop.callers.LoopbackServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A proxy between the S3 server, which sends events of objects, and the queues. It delays and
 * doubles the events, so that they also arrive in another order.
 */
final class ScatteredEvents implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final List<String> PASSED_ON = List.of("Content-Type", "X-Amz-Target");

    /** SQS delays by whole seconds. */
    private static final int LONGEST_DELAY_SECONDS = 4;

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final AtomicLong lastDueNanos = new AtomicLong(System.nanoTime());
    private final LoopbackServer server = LoopbackServer.start("events", 0, this::handle);
    private OptionalLong seed = OptionalLong.empty();
    private SplittableRandom random = new SplittableRandom(0);
    private volatile int port;

    /** Its address. */
    URI endpoint() {
        return server.uri();
    }

    /** Sets the port of the queues. */
    void connect(int queuesPort) {
        this.port = queuesPort;
    }

    /** Delays and doubles events from now on; passes them on unchanged if there is no seed. */
    synchronized void begin(OptionalLong newSeed) {
        seed = newSeed;
        random = new SplittableRandom(newSeed.orElse(0));
    }

    /** Whether all delayed events can be received by now. */
    boolean delivered() {
        return System.nanoTime() - lastDueNanos.get() > 0;
    }

    /** The delays of the next event, one for each of its copies. */
    private synchronized List<Integer> delays() {
        if (seed.isEmpty()) {
            return List.of(0);
        }
        int delay = 1 + random.nextInt(LONGEST_DELAY_SECONDS);
        return switch (random.nextInt(4)) {
            case 0 -> List.of(0);
            case 1 -> List.of(delay);
            case 2 -> List.of(0, 0);
            default -> List.of(0, delay);
        };
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            ObjectNode message = (ObjectNode) JSON.readTree(exchange.getRequestBody());
            HttpResponse<byte[]> answer = null;
            for (int delay : delays()) {
                if (answer == null || answer.statusCode() == 200) {
                    answer = send(exchange, message.deepCopy().put("DelaySeconds", delay));
                    long dueNanos = System.nanoTime() + Duration.ofSeconds(delay).toNanos();
                    lastDueNanos.accumulateAndGet(
                            dueNanos, (last, next) -> next - last > 0 ? next : last);
                }
            }
            if (answer != null) {
                exchange.sendResponseHeaders(answer.statusCode(), answer.body().length);
                exchange.getResponseBody().write(answer.body());
            }
        } catch (InterruptedException e) {
            // The stack stops, and the sender with it.
            Thread.currentThread().interrupt();
        }
    }

    private HttpResponse<byte[]> send(HttpExchange exchange, ObjectNode message)
            throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(
                                URI.create("http://127.0.0.1:" + port)
                                        .resolve(exchange.getRequestURI()))
                        .timeout(PATIENCE)
                        .POST(BodyPublishers.ofByteArray(JSON.writeValueAsBytes(message)));
        for (String name : PASSED_ON) {
            String value = exchange.getRequestHeaders().getFirst(name);
            if (value != null) {
                request.header(name, value);
            }
        }
        return client.send(request.build(), BodyHandlers.ofByteArray());
    }

    @Override
    public void close() {
        server.close();
        client.shutdownNow();
    }
}
