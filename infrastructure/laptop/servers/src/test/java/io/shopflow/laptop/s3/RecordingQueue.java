package io.shopflow.laptop.s3;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import io.shopflow.laptop.callers.LoopbackServer;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Takes messages as SQS does, and can be out of order. */
final class RecordingQueue implements AutoCloseable {

    private final LoopbackServer server;
    private final ObjectMapper json = new ObjectMapper();
    private final List<JsonNode> events = new CopyOnWriteArrayList<>();
    private volatile boolean outOfOrder;

    RecordingQueue() {
        server = LoopbackServer.start("recording queue", 0, this::answer);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            JsonNode request = json.readTree(exchange.getRequestBody().readAllBytes());
            boolean message =
                    "AmazonSQS.SendMessage"
                                    .equals(exchange.getRequestHeaders().getFirst("X-Amz-Target"))
                            && url().toString().equals(request.path("QueueUrl").asText());
            if (message && !outOfOrder) {
                events.add(
                        json.readTree(request.path("MessageBody").asText())
                                .path("Records")
                                .path(0));
            }
            exchange.sendResponseHeaders(message && !outOfOrder ? 200 : 500, -1);
        }
    }

    void outOfOrder(boolean is) {
        outOfOrder = is;
    }

    URI url() {
        return URI.create("http://127.0.0.1:%d/000000000000/events".formatted(server.port()));
    }

    List<JsonNode> events() {
        return List.copyOf(events);
    }

    List<String> keys() {
        return events.stream()
                .map(event -> event.path("s3").path("object").path("key").asText())
                .toList();
    }

    @Override
    public void close() {
        server.close();
    }
}
