package io.shopflow.shop.world;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Every state an order can be in, in the order in which WooCommerce names them. */
public enum OrderState {
    TRASH("trash"),
    AUTO_DRAFT("auto-draft"),
    PENDING("pending"),
    PROCESSING("processing"),
    ON_HOLD("on-hold"),
    COMPLETED("completed"),
    CANCELLED("cancelled"),
    REFUNDED("refunded"),
    FAILED("failed"),
    CHECKOUT_DRAFT("checkout-draft");

    private final String wireName;

    OrderState(String wireName) {
        this.wireName = wireName;
    }

    /** The name on the wire, without {@code wc-}. */
    public String wireName() {
        return wireName;
    }

    /** The state with this name. */
    public static Optional<OrderState> named(String name) {
        return Arrays.stream(values()).filter(state -> state.wireName.equals(name)).findFirst();
    }

    /** The names of all states. */
    public static List<String> wireNames() {
        return Arrays.stream(values()).map(OrderState::wireName).toList();
    }

    /** The states that {@code status=any} includes. */
    public static Set<OrderState> any() {
        return Arrays.stream(values())
                .filter(OrderState::isAny)
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(OrderState.class)));
    }

    /** Whether {@code status=any} includes it; it excludes the trash and unsubmitted drafts. */
    public boolean isAny() {
        return this != TRASH && this != AUTO_DRAFT && this != CHECKOUT_DRAFT;
    }

    /** Whether the order counts as a sale. */
    public boolean isPaid() {
        return this == PROCESSING || this == COMPLETED || this == REFUNDED;
    }
}
