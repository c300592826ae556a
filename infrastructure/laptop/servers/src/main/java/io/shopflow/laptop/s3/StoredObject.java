package io.shopflow.laptop.s3;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An object of the bucket.
 *
 * @param id the name of the file with its content
 * @param entityTag without quotes
 * @param modified in milliseconds since 1970
 * @param headers of the put that reads return: content type and the like, and those that begin with
 *     {@code x-amz-meta-}; names in lower case
 * @param event the name of the event that the put sends; null if it sends none
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record StoredObject(
        String id,
        String key,
        long size,
        String entityTag,
        long modified,
        Map<String, String> headers,
        @Nullable String event) {

    StoredObject {
        headers = Map.copyOf(headers);
    }

    Instant modifiedAt() {
        return Instant.ofEpochMilli(modified);
    }
}
