package io.shopflow.dashboard.sales;

/**
 * A product of a source.
 *
 * @param id the shop's id, of any characters
 */
public record ProductKey(String source, String id) {

    /** The product of a page's address. */
    public static ProductKey ofPath(String source, String id) {
        return new ProductKey(source, PathId.ofPath(id));
    }

    /** The address of the product's page. */
    public String path() {
        return PathId.path("/products/", source, id);
    }
}
