package io.shopflow.extract.api;

import java.util.Currency;

/** The number of decimals that amounts of a currency have. */
public final class Decimals {

    private final int ofShop;

    /** For a shop with this currency. */
    public Decimals(String shopCurrency) {
        this.ofShop = digits(shopCurrency, 2);
    }

    /** The decimals of the shop's currency. */
    public int ofShop() {
        return ofShop;
    }

    /** The decimals of a currency; those of the shop's currency if there is no such currency. */
    public int of(String currency) {
        return digits(currency, ofShop);
    }

    private static int digits(String currency, int otherwise) {
        try {
            return Math.max(0, Currency.getInstance(currency).getDefaultFractionDigits());
        } catch (IllegalArgumentException e) {
            return otherwise;
        }
    }
}
