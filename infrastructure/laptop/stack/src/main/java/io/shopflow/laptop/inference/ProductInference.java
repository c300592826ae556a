package io.shopflow.laptop.inference;

import java.util.Optional;

/** Infers the mapping of {@code products}. */
final class ProductInference {

    private ProductInference() {}

    /** Of products, or of lines of orders that name them; none if nothing identifies a product. */
    static Optional<StreamMapping> of(Table table, Tables tables) {
        Optional<String> id = table.find(Role.PRODUCT_ID).or(() -> table.find(Role.ID));
        if (id.isEmpty()) {
            return Optional.empty();
        }
        StreamMapping products = new StreamMapping(table, tables);
        if (table.hasOrders() || !table.isUnique(id.get())) {
            products.allowRepeatedIds();
        }
        if (table.hasGaps(id.get())) {
            products.requireValue(id.get());
        }
        products.mapField("id", YamlText.of(id.get()));
        products.mapColumn("name", table.has(Role.PRODUCT_NAME) ? Role.PRODUCT_NAME : Role.NAME);
        products.mapColumn("sku", Role.SKU);
        products.mapColumn("category", Role.CATEGORY);
        if (!table.hasOrders()) {
            products.mapColumn("price", Role.LIST_PRICE);
            products.mapColumn("unit_cost", Role.UNIT_COST);
            products.mapColumn("currency", Role.CURRENCY);
            products.mapColumn("created_at", Role.CREATED_AT);
        }
        return Optional.of(products);
    }
}
