package io.shopflow.laptop.queues;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import io.shopflow.laptop.callers.AwsCalls;
import io.shopflow.laptop.callers.Callers;
import io.shopflow.laptop.callers.Callers.Refusal;
import io.shopflow.laptop.callers.HttpCall;
import io.shopflow.laptop.callers.LoopbackServer;
import io.shopflow.laptop.callers.Signature;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The queue server as functions see it: hands their requests on, and records who called what. Only
 * functions that send messages call it, a few times a run.
 */
public final class RecordedQueues implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String TARGET = "X-Amz-Target";
    private static final String SERVICE = "AmazonSQS.";
    private static final List<String> PASSED_ON = List.of("Content-Type", TARGET, "Authorization");
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI queues;
    private final Callers callers;
    private final AwsCalls calls;
    private final LoopbackServer server;

    private RecordedQueues(URI queues, Callers callers, AwsCalls calls) {
        this.queues = queues;
        this.callers = callers;
        this.calls = calls;
        this.server = LoopbackServer.start("queues", 0, this::handle);
    }

    /** Starts a proxy of the queue server at this address, for these callers. */
    public static RecordedQueues start(URI queues, Callers callers, AwsCalls calls) {
        return new RecordedQueues(queues, callers, calls);
    }

    /** Its address. */
    public URI endpoint() {
        return server.uri().resolve(queues.getPath());
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            Optional<Refusal> refusal = callers.refusal(HttpCall.of(exchange), body, "sqs");
            if (refusal.isPresent()) {
                LoopbackServer.sendJson(
                        exchange,
                        403,
                        "application/x-amz-json-1.0",
                        Map.of("__type", refusal.get().code(), "Message", refusal.get().message()));
                return;
            }
            record(exchange, body);
            HttpRequest.Builder request =
                    HttpRequest.newBuilder(queues.resolve(exchange.getRequestURI()))
                            .timeout(PATIENCE)
                            .POST(BodyPublishers.ofByteArray(body));
            for (String name : PASSED_ON) {
                String value = exchange.getRequestHeaders().getFirst(name);
                if (value != null) {
                    request.header(name, value);
                }
            }
            HttpResponse<byte[]> answer = client.send(request.build(), BodyHandlers.ofByteArray());
            answer.headers()
                    .firstValue("Content-Type")
                    .ifPresent(type -> exchange.getResponseHeaders().set("Content-Type", type));
            exchange.sendResponseHeaders(
                    answer.statusCode(), answer.body().length == 0 ? -1 : answer.body().length);
            exchange.getResponseBody().write(answer.body());
        } catch (InterruptedException e) {
            // The stack stops, and the caller with it.
            Thread.currentThread().interrupt();
        }
    }

    private void record(HttpExchange exchange, byte[] body) throws IOException {
        String target = exchange.getRequestHeaders().getFirst(TARGET);
        if (target != null && target.startsWith(SERVICE)) {
            String queue = JSON.readTree(body).path("QueueUrl").asText();
            calls.add(
                    Signature.accessKeyId(exchange.getRequestHeaders().getFirst("Authorization")),
                    "sqs:" + target.substring(SERVICE.length()),
                    queue.substring(queue.lastIndexOf('/') + 1));
        }
    }

    @Override
    public void close() {
        server.close();
        client.close();
    }
}
