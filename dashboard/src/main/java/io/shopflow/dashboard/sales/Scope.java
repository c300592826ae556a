package io.shopflow.dashboard.sales;

import java.time.LocalDate;
import java.util.Currency;
import java.util.List;

/**
 * The sources whose sales are looked at together, in one currency: amounts of different currencies
 * are never added up.
 *
 * @param oldestOn the first day with a sale
 * @param newestOn the newest business date in the data
 */
public record Scope(
        List<String> sources, Currency currency, LocalDate oldestOn, LocalDate newestOn) {

    /**
     * What pages show of the currency. A template that asked {@link Currency} itself would have
     * Qute write a class that names all its methods, those of the JDK that builds too: a native
     * compiler of an older JDK then knows them not.
     */
    public String currencyCode() {
        return currency.getCurrencyCode();
    }
}
