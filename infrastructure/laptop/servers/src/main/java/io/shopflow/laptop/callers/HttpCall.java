package io.shopflow.laptop.callers;

import com.sun.net.httpserver.HttpExchange;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A request as sent, without its body.
 *
 * @param path as sent, encoded
 * @param query as sent, encoded; null if there is none
 * @param headers by name, in any case; several values of one name are joined by commas
 */
public record HttpCall(
        String method, String path, @Nullable String query, Map<String, String> headers) {

    /** Looks headers up without case. */
    public HttpCall {
        Map<String, String> any = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        any.putAll(headers);
        headers = any;
    }

    /** The request of an exchange of the JDK's server. */
    public static HttpCall of(HttpExchange exchange) {
        Map<String, String> headers = new HashMap<>();
        exchange.getRequestHeaders()
                .forEach((name, values) -> headers.put(name, String.join(",", values)));
        return new HttpCall(
                exchange.getRequestMethod(),
                exchange.getRequestURI().getRawPath(),
                exchange.getRequestURI().getRawQuery(),
                headers);
    }

    /** The value of a header; null if there is none. */
    public @Nullable String header(String name) {
        return headers.get(name);
    }
}
