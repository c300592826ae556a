package io.shopflow.extract.woocommerce;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.shopflow.extract.api.HostLimits;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

/** A shop of a few lists whose next answers can be scripted, like those of a failing shop. */
final class ScriptedShop implements AutoCloseable {

    /** For tests that send many requests, or retry at once. */
    static final HostLimits UNLIMITED = new HostLimits(1_000_000, Duration.ZERO);

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Writes an answer, or breaks it. */
    interface Answer {
        void send(HttpExchange exchange) throws IOException;
    }

    private final HttpServer server;
    private final Map<String, List<JsonNode>> lists = new ConcurrentHashMap<>();
    private final Map<String, String> documents = new ConcurrentHashMap<>();
    private final Map<String, Deque<Answer>> dictated = new ConcurrentHashMap<>();
    private final Map<String, Answer> always = new ConcurrentHashMap<>();
    private final Map<String, String> raw = new ConcurrentHashMap<>();
    private final Map<String, Long> hidden = new ConcurrentHashMap<>();
    final List<String> requests = new CopyOnWriteArrayList<>();
    final List<String> authorizations = new CopyOnWriteArrayList<>();

    ScriptedShop() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
        document("data/currencies/current", "{\"code\":\"GBP\"}");
        document(
                "reports/orders/totals",
                "[{\"slug\":\"completed\",\"total\":1},{\"slug\":\"checkout-draft\",\"total\":6}]");
        document(
                "settings/general",
                "[{\"id\":\"x\",\"value\":1},{\"id\":\"woocommerce_default_country\",\"value\":\"GB:LND\"}]");
        document("", "{\"timezone_string\":\"Europe/London\",\"gmt_offset\":0}");
        for (String list :
                List.of(
                        "customers",
                        "products",
                        "products/categories",
                        "orders",
                        "refunds",
                        "products/reviews")) {
            lists.put(list, new CopyOnWriteArrayList<>());
        }
    }

    WooCommerceSettings settings() {
        return settingsIn(null);
    }

    WooCommerceSettings settingsIn(ZoneId zone) {
        return new WooCommerceSettings(
                url(),
                "ck_key",
                "cs_secret",
                zone,
                Duration.ofMinutes(5),
                2,
                Duration.ofSeconds(2),
                Map.of());
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    void document(String resource, String json) {
        documents.put(resource, json);
    }

    void add(String list, String json) {
        try {
            lists.get(list).add(JSON.readTree(json));
        } catch (IOException e) {
            throw new IllegalArgumentException(json, e);
        }
    }

    /** Writes a row of a list as this text, whatever it is. */
    void raw(String list, long id, String json) {
        raw.put(list + "/" + id, json);
    }

    void remove(String list, long id) {
        lists.get(list).removeIf(row -> row.path("id").asLong() == id);
    }

    /** Counts a row, but omits it from all pages except those with ids only. */
    void hide(String list, long id) {
        hidden.put(list, id);
    }

    /** Scripts the next answers of a resource. */
    void next(String resource, Answer... answers) {
        dictated.computeIfAbsent(resource, key -> new ArrayDeque<>()).addAll(List.of(answers));
    }

    /** Scripts all answers of a resource. */
    void always(String resource, Answer answer) {
        always.put(resource, answer);
    }

    void recover(String resource) {
        always.remove(resource);
    }

    static Answer status(int status, String... headers) {
        return exchange -> {
            for (int i = 0; i < headers.length; i += 2) {
                exchange.getResponseHeaders().set(headers[i], headers[i + 1]);
            }
            send(exchange, status, "{\"code\":\"some_error\",\"message\":\"secret@example.test\"}");
        };
    }

    static Answer text(String body) {
        return exchange -> {
            exchange.getResponseHeaders().set("X-WP-Total", "1");
            exchange.getResponseHeaders().set("X-WP-TotalPages", "1");
            send(exchange, 200, body);
        };
    }

    /** A page of rows of a list with this total, one row per page. */
    static void rows(HttpExchange exchange, int total, String body) throws IOException {
        exchange.getResponseHeaders().set("X-WP-Total", Integer.toString(total));
        exchange.getResponseHeaders().set("X-WP-TotalPages", Integer.toString(total));
        send(exchange, 200, body);
    }

    static Answer without(String header, String body) {
        return exchange -> {
            exchange.getResponseHeaders().set("X-WP-Total", "1");
            exchange.getResponseHeaders().set("X-WP-TotalPages", "1");
            exchange.getResponseHeaders().remove(header);
            send(exchange, 200, body);
        };
    }

    /** Promises more bytes than it sends. */
    static Answer truncated() {
        return exchange -> {
            exchange.getResponseHeaders().set("X-WP-Total", "1");
            exchange.getResponseHeaders().set("X-WP-TotalPages", "1");
            exchange.sendResponseHeaders(200, 1000);
            exchange.getResponseBody().write("[{\"id\":1,".getBytes(StandardCharsets.UTF_8));
            exchange.getResponseBody().flush();
            exchange.close();
        };
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String resource = path.equals("/wp-json/") ? "" : path.replaceFirst("^/wp-json/wc/v3/", "");
        requests.add(exchange.getRequestURI().toString());
        String authorization = exchange.getRequestHeaders().getFirst("Authorization");
        if (authorization != null) {
            authorizations.add(authorization);
        }
        Deque<Answer> queue = dictated.getOrDefault(resource, new ArrayDeque<>());
        if (always.containsKey(resource)) {
            always.get(resource).send(exchange);
        } else if (!queue.isEmpty()) {
            queue.poll().send(exchange);
        } else if (lists.containsKey(resource)) {
            list(exchange, resource, query(exchange));
        } else if (documents.containsKey(resource)) {
            send(exchange, 200, documents.get(resource));
        } else {
            status(404).send(exchange);
        }
    }

    private void list(HttpExchange exchange, String resource, Map<String, String> query)
            throws IOException {
        String time =
                query.getOrDefault("orderby", "modified").equals("date")
                                || !resource.matches("orders|products")
                        ? "date_created_gmt"
                        : "date_modified_gmt";
        List<Predicate<JsonNode>> filters = new ArrayList<>();
        for (String after : List.of("after", "modified_after")) {
            if (query.containsKey(after)) {
                filters.add(row -> row.path(time).asText().compareTo(query.get(after)) > 0);
            }
        }
        for (String before : List.of("before", "modified_before")) {
            if (query.containsKey(before)) {
                filters.add(row -> row.path(time).asText().compareTo(query.get(before)) < 0);
            }
        }
        Comparator<JsonNode> byId = Comparator.comparing(row -> row.path("id").asLong());
        Comparator<JsonNode> order =
                query.getOrDefault("orderby", "id").equals("id")
                        ? byId
                        : Comparator.<JsonNode, String>comparing(row -> row.path(time).asText())
                                .thenComparing(byId);
        List<JsonNode> rows =
                lists.get(resource).stream()
                        .filter(row -> filters.stream().allMatch(filter -> filter.test(row)))
                        .sorted(order)
                        .toList();
        int size = Integer.parseInt(query.getOrDefault("per_page", "10"));
        int page = Integer.parseInt(query.getOrDefault("page", "1"));
        List<JsonNode> shown =
                rows.stream()
                        .skip((long) size * (page - 1))
                        .limit(size)
                        .filter(
                                row ->
                                        query.containsKey("_fields")
                                                || row.path("id").asLong()
                                                        != hidden.getOrDefault(resource, -1L))
                        .toList();
        exchange.getResponseHeaders().set("X-WP-Total", Integer.toString(rows.size()));
        exchange.getResponseHeaders()
                .set("X-WP-TotalPages", Integer.toString((rows.size() + size - 1) / size));
        List<String> texts = new ArrayList<>();
        for (JsonNode row : shown) {
            String given = raw.get(resource + "/" + row.path("id").asLong());
            texts.add(given == null ? JSON.writeValueAsString(row) : given);
        }
        send(exchange, 200, "[" + String.join(",", texts) + "]");
    }

    private static Map<String, String> query(HttpExchange exchange) {
        Map<String, String> query = new HashMap<>();
        String raw = exchange.getRequestURI().getRawQuery();
        for (String pair : raw == null ? new String[0] : raw.split("&")) {
            String[] parts = pair.split("=", 2);
            query.put(
                    URLDecoder.decode(parts[0], StandardCharsets.UTF_8),
                    URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
        }
        return query;
    }

    static void send(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
