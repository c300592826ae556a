package io.shopflow.laptop.runtime;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import io.shopflow.laptop.callers.Callers;
import io.shopflow.laptop.callers.Callers.Refusal;
import io.shopflow.laptop.callers.HttpCall;
import io.shopflow.laptop.callers.LoopbackServer;
import io.shopflow.laptop.files.SecretFile;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Lambda's Runtime API for one execution environment, on 127.0.0.1: the process requests the next
 * invocation and posts its response or error.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html">Using the Lambda
 *     runtime API</a>
 */
public final class RuntimeApi implements AutoCloseable {

    private static final String ROOT = "/2018-06-01/runtime/";
    private static final int LARGEST_RESPONSE = 6 << 20;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final String secretPath = "/" + SecretFile.unsaved();
    private final FunctionSettings settings;
    private final BlockingQueue<Invocation> waiting = new ArrayBlockingQueue<>(1);
    private final AtomicReference<@Nullable Invocation> current = new AtomicReference<>();
    private final CompletableFuture<Void> initialised = new CompletableFuture<>();

    private final LoopbackServer server;

    private RuntimeApi(FunctionSettings settings) {
        this.settings = settings;
        this.server = LoopbackServer.start(settings.name(), 0, this::handle);
    }

    /** Starts it on a free port. */
    public static RuntimeApi start(FunctionSettings settings) {
        return new RuntimeApi(settings);
    }

    /**
     * The value of {@code AWS_LAMBDA_RUNTIME_API}. In Lambda no other process can reach the
     * address; here a random path prefix protects it.
     */
    public String address() {
        return "127.0.0.1:" + server.port() + secretPath;
    }

    /**
     * Completes when the process first requests work; fails when it reports an error at its start.
     */
    CompletableFuture<Void> initialised() {
        return initialised;
    }

    /**
     * Passes an event to the process at its next request. One at a time, like Lambda.
     *
     * @return completes with the response or the error that the process posts
     */
    CompletableFuture<InvocationResult> invoke(String event) {
        Invocation invocation =
                new Invocation(
                        UUID.randomUUID().toString(),
                        event,
                        Instant.now().plus(settings.timeout()),
                        new CompletableFuture<>());
        if (!current.compareAndSet(null, invocation) || !waiting.offer(invocation)) {
            throw new IllegalStateException(
                    settings.name() + " received two events at the same time");
        }
        return invocation.result();
    }

    /** Ends the current invocation, if there is one: its process has ended or is about to end. */
    void fail(String type, String message) {
        initialised.completeExceptionally(new IllegalStateException(message));
        Invocation invocation = current.getAndSet(null);
        if (invocation != null) {
            waiting.remove(invocation);
            invocation.result().complete(new InvocationResult.Failed(type, message));
        }
    }

    @Override
    public void close() {
        // This also ends the thread that waits for the next event.
        server.close();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            Optional<Refusal> refusal = Callers.pageRefusal(HttpCall.of(exchange));
            String path = exchange.getRequestURI().getPath();
            if (refusal.isPresent() || !path.startsWith(secretPath + "/")) {
                exchange.getRequestBody().readAllBytes();
                answer(
                        exchange,
                        403,
                        "AccessDenied",
                        refusal.map(Refusal::message)
                                .orElse("Only the function's own process may call."));
                return;
            }
            path = path.substring(secretPath.length());
            String method = exchange.getRequestMethod();
            if (method.equals("GET") && path.equals(ROOT + "invocation/next")) {
                next(exchange);
            } else if (method.equals("POST") && path.equals(ROOT + "init/error")) {
                initError(exchange);
            } else if (method.equals("POST") && path.startsWith(ROOT + "invocation/")) {
                invocationResult(exchange, path.substring((ROOT + "invocation/").length()));
            } else {
                exchange.getRequestBody().readAllBytes();
                answer(exchange, 404, "NotFound", "no such operation: " + method + " " + path);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void next(HttpExchange exchange) throws IOException, InterruptedException {
        initialised.complete(null);
        Invocation invocation = waiting.take();
        var headers = exchange.getResponseHeaders();
        headers.set("Content-Type", "application/json");
        headers.set("Lambda-Runtime-Aws-Request-Id", invocation.requestId());
        headers.set(
                "Lambda-Runtime-Deadline-Ms", Long.toString(invocation.deadline().toEpochMilli()));
        headers.set("Lambda-Runtime-Invoked-Function-Arn", settings.arn());
        headers.set("Lambda-Runtime-Trace-Id", traceId());
        byte[] event = invocation.event().getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, event.length);
        exchange.getResponseBody().write(event);
    }

    private void initError(HttpExchange exchange) throws IOException {
        InvocationResult.Failed failed = error(exchange);
        answer(exchange, 202, null, "OK");
        fail(failed.type(), failed.message());
    }

    private void invocationResult(HttpExchange exchange, String idAndOperation) throws IOException {
        int slash = idAndOperation.indexOf('/');
        String requestId = slash < 0 ? idAndOperation : idAndOperation.substring(0, slash);
        String operation = slash < 0 ? "" : idAndOperation.substring(slash + 1);
        Invocation invocation = current.get();
        if (invocation == null || !invocation.requestId().equals(requestId)) {
            exchange.getRequestBody().readAllBytes();
            answer(exchange, 400, "InvalidRequestID", "no such invocation: " + requestId);
            return;
        }
        InvocationResult result;
        switch (operation) {
            case "response" -> {
                byte[] payload = exchange.getRequestBody().readNBytes(LARGEST_RESPONSE + 1);
                if (payload.length > LARGEST_RESPONSE) {
                    exchange.getRequestBody().transferTo(OutputStream.nullOutputStream());
                    answer(exchange, 413, "RequestEntityTooLarge", "over 6 MB");
                    result =
                            new InvocationResult.Failed(
                                    "Function.ResponseSizeTooLarge", "the response is over 6 MB");
                } else {
                    answer(exchange, 202, null, "OK");
                    result =
                            new InvocationResult.Succeeded(
                                    new String(payload, StandardCharsets.UTF_8));
                }
            }
            case "error" -> {
                result = error(exchange);
                answer(exchange, 202, null, "OK");
            }
            default -> {
                exchange.getRequestBody().readAllBytes();
                answer(exchange, 404, "NotFound", "no such operation: " + operation);
                return;
            }
        }
        // The next event is accepted only after this one is cleared.
        if (current.compareAndSet(invocation, null)) {
            invocation.result().complete(result);
        }
    }

    private static InvocationResult.Failed error(HttpExchange exchange) throws IOException {
        String header = exchange.getRequestHeaders().getFirst("Lambda-Runtime-Function-Error-Type");
        byte[] body = exchange.getRequestBody().readAllBytes();
        JsonNode error;
        try {
            error = JSON.readTree(body);
        } catch (JsonProcessingException e) {
            error = JSON.createObjectNode();
        }
        String type = error.path("errorType").asText(header == null ? "Unhandled" : header);
        return new InvocationResult.Failed(type, error.path("errorMessage").asText("no message"));
    }

    private static void answer(
            HttpExchange exchange, int status, @Nullable String errorType, String message)
            throws IOException {
        LoopbackServer.sendJson(
                exchange,
                status,
                "application/json",
                errorType == null
                        ? Map.of("status", message)
                        : Map.of("errorType", errorType, "errorMessage", message));
    }

    /**
     * Sampled if the function has the address of X-Ray's daemon.
     *
     * @see <a href="https://docs.aws.amazon.com/xray/latest/devguide/xray-concepts.html">X-Ray</a>
     */
    private String traceId() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        return String.format(
                Locale.ROOT,
                "Root=1-%08x-%08x%016x;Parent=%016x;Sampled=%d",
                Instant.now().getEpochSecond(),
                random.nextInt(),
                random.nextLong(),
                random.nextLong(),
                settings.environment().containsKey("AWS_XRAY_DAEMON_ADDRESS") ? 1 : 0);
    }

    private record Invocation(
            String requestId,
            String event,
            Instant deadline,
            CompletableFuture<InvocationResult> result) {}
}
