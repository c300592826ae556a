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
        if (table.ofOrders() || !table.isUnique(id.get())) {
            products.repeatedIds();
        }
        if (table.hasGaps(id.get())) {
            products.whereFilled(id.get());
        }
        products.field("id", YamlText.of(id.get()));
        products.column("name", table.has(Role.PRODUCT_NAME) ? Role.PRODUCT_NAME : Role.NAME);
        products.column("sku", Role.SKU);
        products.column("category", Role.CATEGORY);
        if (!table.ofOrders()) {
            products.column("price", Role.LIST_PRICE);
            products.column("unit_cost", Role.UNIT_COST);
            products.column("currency", Role.CURRENCY);
            products.column("created_at", Role.CREATED_AT);
        }
        return Optional.of(products);
    }
}
