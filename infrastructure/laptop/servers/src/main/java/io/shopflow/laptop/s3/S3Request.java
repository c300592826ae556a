package io.shopflow.laptop.s3;

import com.sun.net.httpserver.HttpExchange;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * What a request names, in path style.
 *
 * @param key empty where the request is about the bucket
 * @param parameters of the query, decoded; empty for those without a value
 */
record S3Request(String method, String bucket, String key, Map<String, String> parameters) {

    S3Request {
        parameters = Map.copyOf(parameters);
    }

    static S3Request of(HttpExchange exchange) {
        String[] names = exchange.getRequestURI().getRawPath().substring(1).split("/", 2);
        Map<String, String> parameters = new HashMap<>();
        String query = exchange.getRequestURI().getRawQuery();
        if (query != null) {
            for (String parameter : query.split("&")) {
                String[] nameAndValue = parameter.split("=", 2);
                parameters.put(
                        decoded(nameAndValue[0]),
                        nameAndValue.length > 1 ? decoded(nameAndValue[1]) : "");
            }
        }
        // The SDKs' name of the operation.
        parameters.remove("x-id");
        return new S3Request(
                exchange.getRequestMethod(),
                decoded(names[0]),
                names.length > 1 ? decoded(names[1]) : "",
                parameters);
    }

    boolean has(String parameter) {
        return parameters.containsKey(parameter);
    }

    String parameter(String name, String absent) {
        return parameters.getOrDefault(name, absent);
    }

    /** In a path, unlike in a form, a plus is a plus. */
    static String decoded(String path) {
        return URLDecoder.decode(path.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
