package io.shopflow.extract.woocommerce;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.Optional;

/**
 * Amounts as WooCommerce writes them: mostly text with two decimals; costs and prices as numbers.
 */
final class Amounts {

    private Amounts() {}

    /** The amount; empty if it is missing ({@code ""}, null) or not a number. */
    static Optional<BigDecimal> of(JsonNode value) {
        if (value.isNumber()) {
            return Optional.of(value.decimalValue());
        }
        try {
            String text = value.asText("").strip();
            return text.isEmpty() ? Optional.empty() : Optional.of(new BigDecimal(text));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** As {@link #of}, but 0 if there is none. */
    static BigDecimal orZero(JsonNode value) {
        return of(value).orElse(BigDecimal.ZERO);
    }

    /** Without trailing zeros and without exponent. */
    static String text(BigDecimal amount) {
        return amount.stripTrailingZeros().toPlainString();
    }
}
