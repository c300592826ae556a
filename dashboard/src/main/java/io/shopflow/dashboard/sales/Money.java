package io.shopflow.dashboard.sales;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Currency;

/**
 * Money in the currency's ISO 4217 minor unit: 1999 EUR is 19.99 euro. Sums of many rows may be
 * larger than any one row's amount can be.
 */
public record Money(BigInteger minor, Currency currency) {

    /** An amount that fits into a long. */
    public Money(long minor, Currency currency) {
        this(BigInteger.valueOf(minor), currency);
    }

    /** The amount in major units, with the currency's decimals. */
    public BigDecimal amount() {
        return new BigDecimal(minor, Math.max(0, currency.getDefaultFractionDigits()));
    }

    /** The mean per thing, rounded half up to a minor unit. */
    public Money per(long things) {
        return new Money(
                new BigDecimal(minor)
                        .divide(BigDecimal.valueOf(things), 0, RoundingMode.HALF_UP)
                        .toBigInteger(),
                currency);
    }

    /** The sum with an amount of the same currency. */
    public Money plus(Money other) {
        return new Money(minor.add(ofSameCurrency(other)), currency);
    }

    /** The difference to a smaller or larger amount of the same currency. */
    public Money minus(Money other) {
        return new Money(minor.subtract(ofSameCurrency(other)), currency);
    }

    private BigInteger ofSameCurrency(Money other) {
        if (!currency.equals(other.currency)) {
            throw new IllegalArgumentException("%s and %s".formatted(currency, other.currency));
        }
        return other.minor;
    }
}
