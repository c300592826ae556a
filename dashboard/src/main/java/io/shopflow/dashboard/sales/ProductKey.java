package io.shopflow.dashboard.sales;

import jakarta.persistence.Tuple;
import org.jspecify.annotations.Nullable;

/**
 * A product of a source.
 *
 * @param id the shop's id, of any characters
 */
public record ProductKey(String source, String id) {

    /** The product of a row of a query; null for one that the shop has deleted. */
    public static @Nullable ProductKey of(Tuple row) {
        String id = row.get("product_id", String.class);
        return id == null ? null : new ProductKey(row.get("source", String.class), id);
    }

    /** The product of a page's address. */
    public static ProductKey ofPath(String source, String id) {
        return new ProductKey(source, PathId.ofPath(id));
    }

    /** The address of the product's page. */
    public String path() {
        return PathId.path("/products/", source, id);
    }
}
