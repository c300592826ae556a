package io.shopflow.core.money;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Currency;

/**
 * Amounts as whole minor units of ISO 4217 currencies: 1999 EUR is 19.99 euro, 1999 JPY is 1999
 * yen.
 */
public final class MinorUnits {

    private MinorUnits() {}

    /**
     * The minor units of an amount; more decimals than the currency has are rounded half up. Throws
     * {@link ArithmeticException} if too large.
     */
    public static long rounded(BigDecimal amount, Currency currency) {
        return amount.movePointRight(digits(currency))
                .setScale(0, RoundingMode.HALF_UP)
                .longValueExact();
    }

    private static int digits(Currency currency) {
        int digits = currency.getDefaultFractionDigits();
        if (digits < 0) {
            throw new IllegalArgumentException(
                    currency.getCurrencyCode() + " is not a currency for payments");
        }
        return digits;
    }
}
