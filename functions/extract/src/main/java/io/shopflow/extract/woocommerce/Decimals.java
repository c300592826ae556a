package io.shopflow.extract.woocommerce;

import java.util.Currency;

/**
 * The number of decimals of amounts. A shop's setting only controls how many it displays, so each
 * request names the number it needs: that of the shop's currency.
 */
final class Decimals {

    private final int ofShop;

    Decimals(String shopCurrency) {
        this.ofShop = digits(shopCurrency, 2);
    }

    int ofShop() {
        return ofShop;
    }

    /** The decimals of a currency; those of the shop's currency if there is no such currency. */
    int of(String currency) {
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
