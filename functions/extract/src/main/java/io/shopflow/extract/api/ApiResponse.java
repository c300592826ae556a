package io.shopflow.extract.api;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;

/** A response as received. */
public final class ApiResponse {

    /** The most bytes of a body; a page of a hundred orders has about one megabyte. */
    public static final int MAX_BYTES = 32 * 1024 * 1024;

    private final int status;
    private final MultivaluedMap<String, String> headers;
    private final byte[] body;
    private final ErrorAdvice advice;

    ApiResponse(Response response, ErrorAdvice advice) {
        byte @Nullable [] received = response.readEntity(byte[].class);
        this.status = response.getStatus();
        this.headers = response.getStringHeaders();
        this.body = received == null ? new byte[0] : received;
        this.advice = advice;
    }

    /** The HTTP status. */
    public int status() {
        return status;
    }

    /** The body, exactly as received. */
    public byte[] body() {
        return body;
    }

    /** The first header of a name; null if there is none. */
    public @Nullable String header(String name) {
        return headers.getFirst(name);
    }

    /**
     * The body as a JSON object or array with bounded values, see {@link BoundedJson}.
     *
     * @throws InvalidResponseException if it is something else
     */
    public JsonNode json() throws InvalidResponseException {
        if (body.length == 0) {
            throw InvalidResponseException.malformed("returns an empty body");
        }
        if (body.length > MAX_BYTES) {
            throw InvalidResponseException.refused(
                    "page_size",
                    "returns more than %d MB: lower the property page_size, and look for a row with an outsized value in the shop"
                            .formatted(MAX_BYTES >> 20));
        }
        try {
            JsonNode node = BoundedJson.read(body);
            if (!node.isContainerNode()) {
                throw InvalidResponseException.malformed("returns something other than JSON");
            }
            return node;
        } catch (IOException e) {
            // The parser's message quotes the body, which may contain personal data.
            throw InvalidResponseException.malformed(advice.notJson(body));
        }
    }

    /** A header as an instant; null if there is none or it is no HTTP date. */
    @Nullable Instant date(String header) {
        String value = header(header);
        if (value == null) {
            return null;
        }
        try {
            return ZonedDateTime.parse(value.strip(), DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
        } catch (DateTimeParseException e) {
            return null;
        }
    }
}
