package io.shopflow.core.stream;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * The canonical order states. Sources map their own onto these; an unknown state is quarantined,
 * not guessed.
 */
public enum OrderStatus {
    PENDING,
    PROCESSING,
    COMPLETED,
    CANCELLED,
    FAILED,
    REFUNDED;

    /** The name in clean files and in the warehouse: lower case. */
    public String canonicalName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The state with this {@link #canonicalName()}; empty if there is none. */
    public static Optional<OrderStatus> ofCanonicalName(String name) {
        return Arrays.stream(values())
                .filter(status -> status.canonicalName().equals(name))
                .findFirst();
    }
}
