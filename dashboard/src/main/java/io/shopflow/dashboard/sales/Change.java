package io.shopflow.dashboard.sales;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/** How much a figure differs from the one of the period before, in percent of that one. */
public record Change(BigDecimal percent) {

    /** Null where the earlier figure is no base to compare with. */
    public static @Nullable Change between(BigInteger before, BigInteger now) {
        if (before.signum() <= 0) {
            return null;
        }
        return new Change(
                new BigDecimal(now.subtract(before))
                        .movePointRight(2)
                        .divide(new BigDecimal(before), 1, RoundingMode.HALF_UP));
    }

    /** up, down or level: the page's arrow. */
    public String direction() {
        return switch (percent.signum()) {
            case 1 -> "up";
            case -1 -> "down";
            default -> "level";
        };
    }
}
