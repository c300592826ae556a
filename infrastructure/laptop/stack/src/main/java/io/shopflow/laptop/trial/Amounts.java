package io.shopflow.laptop.trial;

import java.math.BigDecimal;
import java.util.Currency;

/** Minor units as people write amounts. */
final class Amounts {

    private Amounts() {}

    /** The amount in whole units with the currency's decimals: {@code 19.99}. */
    static String formatted(String minor, String currency) {
        int digits = Math.max(0, Currency.getInstance(currency).getDefaultFractionDigits());
        return new BigDecimal(minor).movePointLeft(digits).setScale(digits).toPlainString();
    }
}
