package io.shopflow.laptop.callers;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** An HTTP server on 127.0.0.1 that handles each request in its own thread. */
public final class LoopbackServer implements AutoCloseable {

    private static final int BACKLOG = 1024;
    private static final ObjectMapper JSON = new ObjectMapper();

    static {
        // The JDK's server reads these once. A client may keep its connection during a long
        // pause, and more than 200 clients theirs: each request beyond would find its connection
        // closed. An answer in two packets must not wait for Nagle's timer, 40 ms.
        setDefault("sun.net.httpserver.idleInterval", "7200");
        setDefault("sun.net.httpserver.maxIdleConnections", "100000");
        setDefault("sun.net.httpserver.nodelay", "true");
    }

    private final HttpServer server;
    private final ExecutorService threads;

    private LoopbackServer(HttpServer server, ExecutorService threads) {
        this.server = server;
        this.threads = threads;
    }

    /**
     * Starts a server.
     *
     * @param name of its threads
     * @param port 0 takes a free one
     * @throws UncheckedIOException if it cannot listen on the port
     */
    public static LoopbackServer start(String name, int port, HttpHandler handler) {
        try {
            HttpServer server =
                    HttpServer.create(
                            new InetSocketAddress(
                                    InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port),
                            BACKLOG);
            // Not virtual threads: on JDK 21, each that waits inside a lock of the server or a
            // library keeps one of the few carrier threads.
            ExecutorService threads =
                    Executors.newCachedThreadPool(
                            Thread.ofPlatform().daemon().name(name + " ", 1).factory());
            server.createContext("/", handler);
            server.setExecutor(threads);
            server.start();
            return new LoopbackServer(server, threads);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void setDefault(String property, String value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, value);
        }
    }

    /** The port on which it listens. */
    public int port() {
        return server.getAddress().getPort();
    }

    /** Its address. */
    public URI uri() {
        return URI.create("http://127.0.0.1:" + port());
    }

    /** Sends a response with this value as JSON. */
    public static void sendJson(HttpExchange exchange, int status, String type, Object value)
            throws IOException {
        byte[] body = JSON.writeValueAsBytes(value);
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }

    /** Stops at once, including the requests in progress. */
    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
