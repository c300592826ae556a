package io.shopflow.extract.woocommerce;

import java.util.Currency;

/**
 * How many decimals amounts have. A shop's setting says only how many it shows, so each request
 * says how many it wants: those of the shop's currency.
 */
final class Decimals {

    private final int ofShop;

    Decimals(String shopCurrency) {
        this.ofShop = digits(shopCurrency, 2);
    }

    int ofShop() {
        return ofShop;
    }

    /** Those of a currency; the shop's where there is no such currency. */
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
