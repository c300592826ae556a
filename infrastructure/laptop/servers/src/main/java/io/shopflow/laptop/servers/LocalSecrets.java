package io.shopflow.laptop.servers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import io.shopflow.laptop.callers.Callers;
import io.shopflow.laptop.callers.Callers.Refusal;
import io.shopflow.laptop.callers.HttpCall;
import io.shopflow.laptop.callers.LoopbackServer;
import io.shopflow.laptop.callers.Signature;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;

/**
 * The part of AWS Secrets Manager's protocol that ShopFlow uses, {@code GetSecretValue}, on
 * 127.0.0.1, in this process. Secrets are kept in memory only.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_GetSecretValue.html">GetSecretValue</a>
 */
public final class LocalSecrets implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String GET = "secretsmanager.GetSecretValue";

    private final LoopbackServer server;
    private final Map<String, String> secrets = new ConcurrentHashMap<>();
    private final Callers callers;
    private final BiConsumer<String, String> onRead;

    private LocalSecrets(Callers callers, BiConsumer<String, String> onRead) {
        this.callers = callers;
        this.onRead = onRead;
        this.server = LoopbackServer.start("secrets", 0, this::handle);
    }

    /**
     * Starts without any secret, on a free port, for all programs of this machine.
     *
     * @param onRead receives the access key id and the secret's name of each request
     */
    public static LocalSecrets start(BiConsumer<String, String> onRead) {
        return start(Callers.programs(), onRead);
    }

    /** The same, for these callers. */
    public static LocalSecrets start(Callers callers, BiConsumer<String, String> onRead) {
        return new LocalSecrets(callers, onRead);
    }

    /** Its address. */
    public URI endpoint() {
        return server.uri();
    }

    /** The system properties with which the AWS SDK finds it; any key and region are accepted. */
    public Map<String, String> clientProperties() {
        return Map.of(
                "aws.endpointUrlSecretsManager", endpoint().toString(),
                "aws.region", "eu-west-2",
                "aws.accessKeyId", "any",
                "aws.secretAccessKey", "any");
    }

    /** Creates a secret, or rotates it. */
    public void put(String name, Map<String, String> fields) {
        put(name, JSON.valueToTree(fields).toString());
    }

    /** Creates or changes a secret with this text. */
    public void put(String name, String text) {
        secrets.put(name, text);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            HttpCall call = HttpCall.of(exchange);
            Optional<Refusal> refusal = callers.refusal(call, body, "secretsmanager");
            if (refusal.isPresent()) {
                answer(
                        exchange,
                        403,
                        Map.of("__type", refusal.get().code(), "Message", refusal.get().message()));
                return;
            }
            JsonNode request = JSON.readTree(body);
            if (!GET.equals(exchange.getRequestHeaders().getFirst("X-Amz-Target"))) {
                refuse(exchange, "UnknownOperationException", "Only GetSecretValue is supported.");
                return;
            }
            String name = request.path("SecretId").asText();
            onRead.accept(Signature.accessKeyId(call.header("Authorization")), name);
            String text = secrets.get(name);
            if (text == null) {
                refuse(
                        exchange,
                        "ResourceNotFoundException",
                        "Secrets Manager can't find the specified secret.");
            } else {
                answer(exchange, 200, Map.of("Name", name, "SecretString", text));
            }
        }
    }

    private static void refuse(HttpExchange exchange, String type, String message)
            throws IOException {
        answer(exchange, 400, Map.of("__type", type, "Message", message));
    }

    private static void answer(HttpExchange exchange, int status, Map<String, String> json)
            throws IOException {
        LoopbackServer.sendJson(exchange, status, "application/x-amz-json-1.1", json);
    }

    @Override
    public void close() {
        server.close();
    }
}
