package io.shopflow.core.stream;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * A canonical stream: one kind of row, the same for every source. Its shape is {@link
 * StreamSchema#of}.
 */
public enum StreamName {
    CUSTOMERS,
    PRODUCTS,
    SELLERS,
    ORDERS,
    ORDER_ITEMS,
    PAYMENTS,
    REFUNDS,
    REVIEWS;

    /** The name in keys, mappings and tables: lower case. */
    public String canonicalName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The stream with this {@link #canonicalName()}; empty if there is none. */
    public static Optional<StreamName> ofCanonicalName(String name) {
        return Arrays.stream(values())
                .filter(stream -> stream.canonicalName().equals(name))
                .findFirst();
    }
}
