package io.shopflow.extract.woocommerce;

import com.fasterxml.jackson.databind.JsonNode;
import io.shopflow.core.stream.StreamName;
import io.shopflow.extract.api.Decimals;
import io.shopflow.extract.api.ListPage;
import io.shopflow.extract.api.RowCompletion;
import io.shopflow.extract.source.SourceUnavailableException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Reads orders again whose currency has more or fewer decimals than the shop's own: a list returns
 * all amounts with the same number of decimals, and lines add up to totals only with the currency's
 * own.
 */
final class ExactAmounts implements RowCompletion {

    private final WooCommerceClient client;
    private final Decimals decimals;
    private final Map<String, String> query;
    private final int pageSize;

    /**
     * For a list of orders.
     *
     * @param query parameters of each request for orders, among them the states
     */
    ExactAmounts(
            WooCommerceClient client, Decimals decimals, Map<String, String> query, int pageSize) {
        this.client = client;
        this.decimals = decimals;
        this.query = Map.copyOf(query);
        this.pageSize = pageSize;
    }

    @Override
    public List<JsonNode> complete(List<JsonNode> rows, Consumer<byte[]> archive)
            throws SourceUnavailableException {
        Map<Integer, List<JsonNode>> others = new TreeMap<>();
        for (JsonNode row : rows) {
            int own = decimals.of(row.path("currency").asText(""));
            if (own != decimals.ofShop()) {
                others.computeIfAbsent(own, number -> new ArrayList<>()).add(row);
            }
        }
        if (others.isEmpty()) {
            return rows;
        }
        Map<Long, JsonNode> exact = new HashMap<>();
        for (Map.Entry<Integer, List<JsonNode>> other : others.entrySet()) {
            Map<String, String> again = new TreeMap<>(query);
            again.put("dp", Integer.toString(other.getKey()));
            again.put("include", ids(other.getValue()));
            again.put("per_page", Integer.toString(pageSize));
            ListPage page = client.list(StreamName.ORDERS, "orders", again);
            archive.accept(page.body());
            page.rows().forEach(row -> exact.put(ListPage.idOf(row), row));
        }
        // An order that was deleted in between stays as first read.
        return rows.stream().map(row -> exact.getOrDefault(ListPage.idOf(row), row)).toList();
    }

    private static String ids(List<JsonNode> rows) {
        return rows.stream()
                .map(row -> Long.toString(ListPage.idOf(row)))
                .collect(Collectors.joining(","));
    }
}
