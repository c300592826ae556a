package io.shopflow.extract.woocommerce;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** One page of a list. */
final class ListPage {

    private final byte[] body;
    private final List<JsonNode> rows;
    private final long total;
    private final long pages;

    ListPage(byte[] body, List<JsonNode> rows, long total, long pages) {
        this.body = body;
        this.rows = List.copyOf(rows);
        this.total = total;
        this.pages = pages;
    }

    /** The response body exactly as received. */
    byte[] body() {
        return body;
    }

    /** Its objects, each with a whole number {@code id}. */
    List<JsonNode> rows() {
        return rows;
    }

    /** The number of rows on all pages at the time of this answer. */
    long total() {
        return total;
    }

    /** The number of pages. */
    long pages() {
        return pages;
    }

    /** The id of a row. */
    static long idOf(JsonNode row) {
        return row.path("id").longValue();
    }
}
