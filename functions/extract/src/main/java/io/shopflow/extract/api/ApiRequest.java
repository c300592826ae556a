package io.shopflow.extract.api;

import io.shopflow.core.stream.StreamName;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request for a document.
 *
 * @param stream that the document is for, to be named in problems; null: none
 * @param path below the API's address, without a leading slash
 * @param query names and values, not encoded
 * @param authorized whether the credentials are sent
 */
public record ApiRequest(
        @Nullable StreamName stream, String path, Map<String, String> query, boolean authorized) {

    public ApiRequest {
        query = Map.copyOf(query);
    }
}
