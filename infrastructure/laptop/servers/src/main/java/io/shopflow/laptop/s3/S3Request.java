package io.shopflow.laptop.s3;

import com.sun.net.httpserver.HttpExchange;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * The bucket, key and parameters of a request in path style.
 *
 * @param key empty if the request is for the bucket
 * @param parameters of the query, decoded; empty for those without a value
 */
record S3Request(String method, String bucket, String key, Map<String, String> parameters) {

    /**
     * See <a href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-keys.html">Naming
     * objects</a>.
     */
    private static final int MAX_KEY_BYTES = 1024;

    S3Request {
        parameters = Map.copyOf(parameters);
    }

    /**
     * Reads a request.
     *
     * @throws S3Exception if a name is not UTF-8, or the key is too long
     */
    static S3Request of(HttpExchange exchange) throws S3Exception {
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
        String key = names.length > 1 ? decoded(names[1]) : "";
        if (key.getBytes(StandardCharsets.UTF_8).length > MAX_KEY_BYTES) {
            throw new S3Exception(S3Error.KEY_TOO_LONG);
        }
        return new S3Request(exchange.getRequestMethod(), decoded(names[0]), key, parameters);
    }

    boolean has(String parameter) {
        return parameters.containsKey(parameter);
    }

    String parameter(String name, String absent) {
        return parameters.getOrDefault(name, absent);
    }

    /** Decodes a part of a path, in which, unlike in a form, a plus sign is not a space. */
    private static String decoded(String path) throws S3Exception {
        // In ISO 8859-1, each byte becomes the character of its number.
        byte[] bytes =
                URLDecoder.decode(path.replace("+", "%2B"), StandardCharsets.ISO_8859_1)
                        .getBytes(StandardCharsets.ISO_8859_1);
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            throw new S3Exception(S3Error.INVALID_URI);
        }
    }
}
