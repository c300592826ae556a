package io.shopflow.extract.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** One page of a list. */
public final class ListPage {

    private final byte[] body;
    private final List<JsonNode> rows;
    private final long total;
    private final long pages;

    /**
     * A page.
     *
     * @param body the response body
     * @param rows its objects, each with a whole number {@code id}
     * @param total the number of rows on all pages
     * @param pages the number of pages
     */
    public ListPage(byte[] body, List<JsonNode> rows, long total, long pages) {
        this.body = body;
        this.rows = List.copyOf(rows);
        this.total = total;
        this.pages = pages;
    }

    /** The response body exactly as received. */
    public byte[] body() {
        return body;
    }

    /** Its objects, each with a whole number {@code id}. */
    public List<JsonNode> rows() {
        return rows;
    }

    /** The number of rows on all pages at the time of this response. */
    public long total() {
        return total;
    }

    /** The number of pages. */
    public long pages() {
        return pages;
    }

    /** The id of a row. */
    public static long idOf(JsonNode row) {
        return row.path("id").longValue();
    }
}
