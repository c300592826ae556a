package io.shopflow.dashboard.sales;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Currency;

/** Money in the currency's ISO 4217 minor unit: 1999 EUR is 19.99 euro. */
public record Money(long minor, Currency currency) {

    /** The amount in major units, with the currency's decimals. */
    public BigDecimal amount() {
        return BigDecimal.valueOf(minor, Math.max(0, currency.getDefaultFractionDigits()));
    }

    /** The mean over a number of things, rounded half up to a minor unit. */
    public Money per(long things) {
        long mean =
                BigDecimal.valueOf(minor)
                        .divide(BigDecimal.valueOf(things), 0, RoundingMode.HALF_UP)
                        .longValueExact();
        return new Money(mean, currency);
    }

    /** The difference to a smaller or larger amount of the same currency. */
    public Money minus(Money other) {
        if (!currency.equals(other.currency)) {
            throw new IllegalArgumentException("%s - %s".formatted(currency, other.currency));
        }
        return new Money(Math.subtractExact(minor, other.minor), currency);
    }
}
