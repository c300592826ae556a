package io.shopflow.shop.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** Uses a shop like a connector: over HTTP, with the key in the header. */
final class ShopClient implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final ShopServer server;

    ShopClient(ShopServer server) {
        this.server = server;
    }

    record Reply(int status, java.net.http.HttpHeaders headers, String body) {
        JsonNode json() {
            try {
                return JSON.readTree(body);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        List<Long> ids() {
            List<Long> ids = new ArrayList<>();
            json().forEach(row -> ids.add(row.path("id").asLong()));
            return ids;
        }

        int total() {
            return Integer.parseInt(headers.firstValue("X-WP-Total").orElse("-1"));
        }

        int pages() {
            return Integer.parseInt(headers.firstValue("X-WP-TotalPages").orElse("-1"));
        }

        String link() {
            return headers.firstValue("Link").orElse("");
        }
    }

    Reply get(String path) {
        return send("GET", path, null);
    }

    Reply send(String method, String path, String body) {
        return sendAs(method, path, body, ShopServer.READ_KEY + ":" + ShopServer.CONSUMER_SECRET);
    }

    Reply sendAs(String method, String path, String body, String credentials) {
        try {
            return sendOnce(method, path, body, credentials);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Reply sendOnce(String method, String path, String body, String credentials) throws IOException {
        boolean ofSite = path.startsWith("/_") || path.startsWith("/wp-json");
        String address = ofSite ? server.uri() + path : server.apiUri() + path;
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(address))
                        .method(
                                method,
                                body == null
                                        ? BodyPublishers.noBody()
                                        : BodyPublishers.ofString(body));
        if (credentials != null) {
            request.header(
                    "Authorization",
                    "Basic "
                            + Base64.getEncoder()
                                    .encodeToString(credentials.getBytes(StandardCharsets.UTF_8)));
        }
        try {
            HttpResponse<String> response = http.send(request.build(), BodyHandlers.ofString());
            return new Reply(response.statusCode(), response.headers(), response.body());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** All rows of a list, page by page until there is no next one. */
    List<JsonNode> all(String pathWithQuery) {
        List<JsonNode> rows = new ArrayList<>();
        int page = 1;
        while (true) {
            Reply reply = get(pathWithQuery + "&per_page=100&page=" + page);
            reply.json().forEach(rows::add);
            if (!reply.link().contains("rel=\"next\"")) {
                return rows;
            }
            page++;
        }
    }

    @Override
    public void close() {
        http.close();
    }
}
