package io.shopflow.extract.woocommerce;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
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
 * Adds the currency of their orders to refunds, which the shop returns without one. If that
 * currency has other decimals than the shop's own, the refund is read again with those. Costs one
 * request per page for the orders' currencies, and one for each refund in such a currency.
 */
final class RefundCurrencies implements RowCompletion {

    private final WooCommerceClient client;
    private final Decimals decimals;
    private final Map<String, String> query;

    /**
     * For the list of all refunds.
     *
     * @param query parameters of each request for orders, among them the states
     */
    RefundCurrencies(WooCommerceClient client, Decimals decimals, Map<String, String> query) {
        this.client = client;
        this.decimals = decimals;
        this.query = Map.copyOf(query);
    }

    @Override
    public List<JsonNode> complete(List<JsonNode> rows, Consumer<byte[]> archive)
            throws SourceUnavailableException {
        Map<Long, String> currencies = currencies(rows);
        List<JsonNode> complete = new ArrayList<>();
        for (JsonNode row : rows) {
            String currency = currencies.get(row.path("parent_id").asLong());
            ObjectNode refund = (ObjectNode) row;
            if (currency != null && decimals.of(currency) != decimals.ofShop()) {
                refund = exact(refund, decimals.of(currency), archive);
            }
            complete.add(currency == null ? refund : refund.put("currency", currency));
        }
        return complete;
    }

    /** Currencies by order; a deleted order has none. */
    private Map<Long, String> currencies(List<JsonNode> refunds) throws SourceUnavailableException {
        Map<String, String> parameters = new TreeMap<>(query);
        parameters.put("_fields", "id,currency");
        parameters.put("per_page", Integer.toString(WooCommerceSettings.MAX_PAGE_SIZE));
        parameters.put(
                "include",
                refunds.stream()
                        .map(refund -> Long.toString(refund.path("parent_id").asLong()))
                        .distinct()
                        .collect(Collectors.joining(",")));
        Map<Long, String> currencies = new HashMap<>();
        for (JsonNode order : client.list(StreamName.REFUNDS, "orders", parameters).rows()) {
            currencies.put(ListPage.idOf(order), order.path("currency").asText(""));
        }
        return currencies;
    }

    private ObjectNode exact(ObjectNode refund, int digits, Consumer<byte[]> archive)
            throws SourceUnavailableException {
        String resource =
                "orders/%d/refunds/%d"
                        .formatted(refund.path("parent_id").asLong(), ListPage.idOf(refund));
        // One that was deleted in between stays as first read.
        return client.optionalDocument(resource, Map.of("dp", Integer.toString(digits)), archive)
                .filter(JsonNode::isObject)
                .map(ObjectNode.class::cast)
                .map(exact -> exact.<ObjectNode>set("parent_id", refund.path("parent_id")))
                .orElse(refund);
    }
}
