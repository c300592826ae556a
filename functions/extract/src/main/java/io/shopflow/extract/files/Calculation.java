package io.shopflow.extract.files;

import io.shopflow.extract.files.FieldMapping.Operation;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Computes in decimal, exactly except for quotients, which have 34 digits. */
final class Calculation {

    /** A quotient's digits; the transform reads numbers of at most 60 characters. */
    private static final MathContext DIGITS = MathContext.DECIMAL128;

    private static final int MAX_DECIMALS = 12;

    private Calculation() {}

    /**
     * The result; null if a divisor is 0.
     *
     * @param decimals to which it is rounded half up; null: to 12 if it has more
     */
    static @Nullable BigDecimal of(
            Operation operation, List<BigDecimal> numbers, @Nullable Integer decimals) {
        BigDecimal result = numbers.getFirst();
        for (BigDecimal number : numbers.subList(1, numbers.size())) {
            if (operation == Operation.DIVIDE && number.signum() == 0) {
                return null;
            }
            result =
                    switch (operation) {
                        case ADD -> result.add(number, DIGITS);
                        case SUBTRACT -> result.subtract(number, DIGITS);
                        case MULTIPLY -> result.multiply(number, DIGITS);
                        case DIVIDE -> result.divide(number, DIGITS);
                    };
        }
        if (decimals != null) {
            return result.setScale(decimals, RoundingMode.HALF_UP);
        }
        BigDecimal shortened =
                result.scale() > MAX_DECIMALS
                        ? result.setScale(MAX_DECIMALS, RoundingMode.HALF_UP)
                        : result;
        return shortened.signum() == 0 ? BigDecimal.ZERO : shortened.stripTrailingZeros();
    }
}
