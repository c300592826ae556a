package io.shopflow.dashboard.customers;

import io.shopflow.dashboard.sales.PathId;

/**
 * A customer of a source.
 *
 * @param id the shop's id, or the pseudonym of a guest's e-mail address
 */
public record CustomerKey(String source, String id) {

    /** The customer of a page's address. */
    static CustomerKey ofPath(String source, String id) {
        return new CustomerKey(source, PathId.ofPath(id));
    }

    /** The address of the customer's page. */
    public String path() {
        return PathId.path("/customers/", source, id);
    }
}
