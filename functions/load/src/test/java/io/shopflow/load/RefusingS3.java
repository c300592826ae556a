package io.shopflow.load;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** In front of an S3 server: passes all calls, or refuses to write notifications. */
final class RefusingS3 implements AutoCloseable {

    /** Set by the HTTP client itself. */
    private static final Set<String> OWN =
            Set.of("host", "content-length", "connection", "expect", "upgrade");

    /** A property, since the test and its servers are in different class loaders. */
    private static final String SWITCH = "load.test.refuses-notifications";

    private static final byte[] DENIED =
            "<Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>"
                    .getBytes(StandardCharsets.UTF_8);

    private final URI server;
    private final HttpServer front;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    RefusingS3(URI server) {
        this.server = server;
        try {
            front =
                    HttpServer.create(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        front.setExecutor(threads);
        front.createContext("/", this::answer);
        front.start();
    }

    URI endpoint() {
        return URI.create("http://127.0.0.1:" + front.getAddress().getPort());
    }

    /** Refuses to write notifications while the work lasts. */
    static void refuseWhile(Runnable work) {
        System.setProperty(SWITCH, "true");
        try {
            work.run();
        } finally {
            System.clearProperty(SWITCH);
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            if (Boolean.getBoolean(SWITCH)
                    && exchange.getRequestMethod().equals("PUT")
                    && exchange.getRequestURI().getPath().contains("/notifications/")) {
                exchange.sendResponseHeaders(403, DENIED.length);
                exchange.getResponseBody().write(DENIED);
                return;
            }
            HttpRequest.Builder request =
                    HttpRequest.newBuilder(server.resolve(exchange.getRequestURI()))
                            .method(
                                    exchange.getRequestMethod(),
                                    HttpRequest.BodyPublishers.ofByteArray(body));
            exchange.getRequestHeaders()
                    .forEach(
                            (name, values) -> {
                                if (!OWN.contains(name.toLowerCase(Locale.ROOT))) {
                                    values.forEach(value -> request.header(name, value));
                                }
                            });
            HttpResponse<byte[]> response =
                    client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
            response.headers()
                    .map()
                    .forEach(
                            (name, values) -> {
                                if (!OWN.contains(name.toLowerCase(Locale.ROOT))) {
                                    exchange.getResponseHeaders().put(name, values);
                                }
                            });
            byte[] answered = response.body();
            exchange.sendResponseHeaders(
                    response.statusCode(), answered.length == 0 ? -1 : answered.length);
            if (answered.length > 0) {
                exchange.getResponseBody().write(answered);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        front.stop(0);
        threads.close();
        client.close();
    }
}
