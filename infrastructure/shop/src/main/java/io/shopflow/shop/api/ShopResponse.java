package io.shopflow.shop.api;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * A response of the API.
 *
 * @param total rows in all pages; −1: not a list
 * @param link the {@code Link} header; null: the API's own
 */
record ShopResponse(int status, JsonNode body, int total, int pages, @Nullable String link) {
    ShopResponse(int status, JsonNode body) {
        this(status, body, -1, -1, null);
    }

    static ShopResponse of(JsonNode body) {
        return new ShopResponse(200, body);
    }
}
