package io.shopflow.dashboard.sales;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/** The change of a figure from the previous period, in percent of the earlier one. */
public record Change(BigDecimal percent) {

    /** Null if the earlier figure cannot be compared with. */
    public static @Nullable Change between(BigInteger before, BigInteger now) {
        if (before.signum() <= 0) {
            return null;
        }
        return new Change(
                new BigDecimal(now.subtract(before))
                        .movePointRight(2)
                        .divide(new BigDecimal(before), 1, RoundingMode.HALF_UP));
    }

    /** The direction of the page's arrow: up, down or level. */
    public String direction() {
        return direction(percent.signum());
    }

    /** The same of a difference. */
    static String direction(BigInteger difference) {
        return direction(difference.signum());
    }

    private static String direction(int sign) {
        return switch (sign) {
            case 1 -> "up";
            case -1 -> "down";
            default -> "level";
        };
    }
}
