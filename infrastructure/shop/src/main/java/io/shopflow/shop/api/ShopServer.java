package io.shopflow.shop.api;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.shopflow.laptop.callers.Callers;
import io.shopflow.laptop.callers.Callers.Refusal;
import io.shopflow.laptop.callers.HttpCall;
import io.shopflow.shop.world.Shop;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The simulated shop on 127.0.0.1, with the read requests of WooCommerce's REST API v3 below {@code
 * /wp-json/wc/v3}.
 *
 * <p>It differs from a real one deliberately in one point: basic authentication works over plain
 * http, because a laptop has no certificate.
 */
public final class ShopServer implements AutoCloseable {
    /** The consumer key, which may only read. */
    public static final String READ_KEY = "ck_5131a7ed0000000000000000000000000000beef";

    /** Secret of {@link #READ_KEY}. */
    public static final String CONSUMER_SECRET = "cs_5131a7ed0000000000000000000000000000cafe";

    private static final String API = "/wp-json/wc/v3";
    private static final String SITE = "/wp-json/";
    private static final String HTML =
            "<!DOCTYPE html><html><head><title>Just a moment...</title></head><body><h1>Checking your"
                    + " browser</h1></body></html>";

    private final HttpServer server;
    private final ExecutorService workers;
    private final Faults faults = new Faults();
    private final List<Consumer<ShopRequest>> hooks = new CopyOnWriteArrayList<>();
    private final Shop shop;
    private final Routes routes;

    private ShopServer(HttpServer server, Shop shop) {
        this.server = server;
        this.shop = shop;
        this.routes = new Routes(shop, apiUri().toString());
        this.workers = Executors.newVirtualThreadPerTaskExecutor();
        server.setExecutor(workers);
        server.createContext("/", this::handle);
        server.start();
    }

    /**
     * Starts the server.
     *
     * @param port 0 takes a free one
     * @throws UncheckedIOException if the port is taken
     */
    public static ShopServer start(int port, Shop shop) {
        try {
            InetSocketAddress address =
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
            return new ShopServer(HttpServer.create(address, 0), shop);
        } catch (IOException e) {
            throw new UncheckedIOException("The simulated shop cannot listen on port " + port, e);
        }
    }

    /** The shop's address for a connector: without the API's path. */
    public URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** The API's address. */
    public URI apiUri() {
        return uri().resolve(API);
    }

    /** The served shop. */
    public Shop shop() {
        return shop;
    }

    /** The faults of the server. */
    public Faults faults() {
        return faults;
    }

    /**
     * Runs something before each request to the API is answered, in the order of registration: a
     * test can change the shop while a reader pages through it.
     */
    public void onRequest(Consumer<ShopRequest> hook) {
        hooks.add(hook);
    }

    @Override
    public void close() {
        server.stop(0);
        workers.shutdownNow();
    }

    /** A request, before it is answered; {@code path} is below the API's base. */
    public record ShopRequest(String method, String path, @Nullable String query) {}

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            Optional<Refusal> refusal = Callers.pageRefusal(HttpCall.of(exchange));
            if (refusal.isPresent()) {
                page(exchange, 403, "<h1>403 Forbidden</h1><p>" + refusal.get().message());
                return;
            }
            String path = exchange.getRequestURI().getPath();
            serve(exchange, path.startsWith(API) ? path.substring(API.length()) : "");
        }
    }

    private void serve(HttpExchange exchange, String path) throws IOException {
        String method = exchange.getRequestMethod();
        String rawQuery = exchange.getRequestURI().getRawQuery();
        hooks.forEach(hook -> hook.accept(new ShopRequest(method, path, rawQuery)));
        Faults.Fault fault = faults.next();
        Headers headers = exchange.getResponseHeaders();
        switch (fault.kind()) {
            case RATE_LIMIT -> {
                headers.set("Retry-After", Long.toString(fault.time().toSeconds()));
                page(exchange, fault.status(), "<h1>429 Too Many Requests</h1>");
                return;
            }
            case SERVER_ERROR -> {
                page(exchange, fault.status(), "<h1>" + fault.status() + "</h1>");
                return;
            }
            case HTML -> {
                page(exchange, 200, HTML);
                return;
            }
            case NONE, DROP_CONNECTION, TRUNCATE_JSON, ZERO_TOTALS -> {}
        }
        ShopResponse answer = answer(exchange, method, path, Query.of(rawQuery, shop));
        byte[] body = WooJson.MAPPER.writeValueAsBytes(answer.body());
        headers.set("X-Powered-By", "PHP/8.2.35");
        headers.set("Content-Type", "application/json; charset=UTF-8");
        headers.set("X-Robots-Tag", "noindex");
        headers.set("X-Content-Type-Options", "nosniff");
        headers.set("Access-Control-Expose-Headers", "X-WP-Total, X-WP-TotalPages, Link");
        headers.set("Cache-Control", "no-cache, must-revalidate, max-age=0, no-store, private");
        headers.set(
                "Link",
                answer.link() == null
                        ? "<" + uri() + "/wp-json/>; rel=\"https://api.w.org/\""
                        : answer.link());
        if (answer.total() >= 0) {
            boolean zero = fault.kind() == Faults.Kind.ZERO_TOTALS;
            headers.set("X-WP-Total", Integer.toString(zero ? 0 : answer.total()));
            headers.set("X-WP-TotalPages", Integer.toString(zero ? 0 : answer.pages()));
        }
        switch (fault.kind()) {
            case DROP_CONNECTION -> send(exchange, answer.status(), half(body), body.length);
            case TRUNCATE_JSON -> send(exchange, answer.status(), half(body), body.length / 2);
            case NONE, RATE_LIMIT, SERVER_ERROR, HTML, ZERO_TOTALS ->
                    send(exchange, answer.status(), body, body.length);
        }
    }

    private static byte[] half(byte[] body) {
        return Arrays.copyOf(body, body.length / 2);
    }

    private ShopResponse answer(HttpExchange exchange, String method, String path, Query query)
            throws IOException {
        try {
            if (exchange.getRequestURI().getPath().equals(SITE)) {
                return routes.site(query);
            }
            if (!exchange.getRequestURI().getPath().startsWith(API)) {
                throw ApiError.noRoute();
            }
            authenticate(exchange.getRequestHeaders().getFirst("Authorization"), query);
            return routes.answer(method, path, query);
        } catch (ApiError e) {
            return e.response();
        }
    }

    private static void authenticate(@Nullable String authorization, Query query) {
        String key = query.text("consumer_key");
        String secret = query.text("consumer_secret");
        if (authorization != null && authorization.startsWith("Basic ")) {
            String[] given = decoded(authorization.substring("Basic ".length())).split(":", 2);
            key = given[0];
            secret = given.length > 1 ? given[1] : "";
        }
        if (!READ_KEY.equals(key)) {
            throw ApiError.cannotView();
        }
        if (!CONSUMER_SECRET.equals(secret)) {
            throw ApiError.notAuthenticated("Consumer secret is invalid.");
        }
    }

    private static String decoded(String base64) {
        try {
            return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    private static void page(HttpExchange exchange, int status, String html) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "text/html; charset=UTF-8");
        byte[] body = html.getBytes(StandardCharsets.UTF_8);
        send(exchange, status, body, body.length);
    }

    /** Sends the bytes, and the connection breaks if more were announced. */
    private static void send(HttpExchange exchange, int status, byte[] body, int announced)
            throws IOException {
        if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.sendResponseHeaders(status, -1);
            return;
        }
        exchange.sendResponseHeaders(status, announced == 0 ? -1 : announced);
        OutputStream out = exchange.getResponseBody();
        out.write(body);
        if (body.length == announced) {
            out.close();
        } else {
            out.flush();
        }
    }
}
