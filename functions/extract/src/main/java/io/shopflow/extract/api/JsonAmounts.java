package io.shopflow.extract.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.Optional;

/** Exact amounts of JSON values, which APIs write as texts or as numbers. */
public final class JsonAmounts {

    private JsonAmounts() {}

    /** The amount; empty if it is missing ({@code ""}, null) or not a number. */
    public static Optional<BigDecimal> of(JsonNode value) {
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
    public static BigDecimal orZero(JsonNode value) {
        return of(value).orElse(BigDecimal.ZERO);
    }

    /** Without trailing zeros and without exponent. */
    public static String text(BigDecimal amount) {
        return amount.stripTrailingZeros().toPlainString();
    }
}
