package io.shopflow.shop.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.shopflow.shop.api.Query.Storage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * A list of rows. A response has one page of it, with the totals and the {@code Link} header.
 *
 * @param url the list's own address
 * @param storage a list of {@link Storage#ORDERS} reports a total of zero beyond its end
 * @param statusByName whether {@code Link} always names the states
 * @param defaults parameters that {@code Link} names though the request does not
 * @param json the JSON of a row
 */
record Listing<T>(
        String url,
        Storage storage,
        boolean statusByName,
        Map<String, String> defaults,
        Function<T, ObjectNode> json) {

    /** A list of rows in WordPress's tables. */
    Listing(String url, Function<T, ObjectNode> json) {
        this(url, Storage.POSTS, false, Map.of(), json);
    }

    /** The requested page of the rows that match the request. */
    ShopResponse page(Query query, List<T> rows) {
        int page = query.page();
        int size = query.perPage();
        query.check();
        long from = (long) (page - 1) * size;
        boolean beyond = from >= rows.size();
        int total = beyond && storage == Storage.ORDERS ? 0 : rows.size();
        int pages = (total + size - 1) / size;
        ArrayNode body = JsonNodeFactory.instance.arrayNode();
        rows.stream()
                .skip(from)
                .limit(size)
                .forEach(row -> body.add(query.select(json.apply(row))));
        Map<String, String> added = beyond ? Map.of() : defaults;
        List<String> links = new ArrayList<>();
        if (page > 1) {
            links.add(link(Math.min(page - 1, pages), "prev", query, added));
        }
        if (page < pages) {
            links.add(link(page + 1, "next", query, added));
        }
        return new ShopResponse(
                200, body, total, pages, links.isEmpty() ? null : String.join(", ", links));
    }

    private String link(int page, String relation, Query query, Map<String, String> added) {
        return "<%s%s>; rel=\"%s\""
                .formatted(url, query.forPage(page, statusByName, added), relation);
    }
}
