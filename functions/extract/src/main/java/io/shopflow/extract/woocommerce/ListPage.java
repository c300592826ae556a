package io.shopflow.extract.woocommerce;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * One page of a list.
 *
 * @param body exactly as received
 * @param rows its objects, each with a whole number {@code id}
 * @param total how many rows the list has on all pages, at the time of this answer
 * @param pages how many pages that is
 */
record ListPage(byte[] body, List<JsonNode> rows, long total, long pages) {

    /** The id of a row. */
    static long idOf(JsonNode row) {
        return row.path("id").longValue();
    }
}
