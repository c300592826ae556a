package io.shopflow.dashboard.sales;

import java.time.LocalDate;
import java.util.Currency;
import java.util.List;

/**
 * The sources whose sales are shown together, in one currency: amounts of different currencies are
 * never added up.
 *
 * @param oldestOn the first day with a sale
 * @param newestOn the newest business date in the data
 * @param lastSaleOn the last day with a sale: that of a standalone refund may be later than
 *     newestOn
 */
public record Scope(
        List<String> sources,
        Currency currency,
        LocalDate oldestOn,
        LocalDate newestOn,
        LocalDate lastSaleOn) {

    /**
     * The currency's code for pages. For a template that uses {@link Currency} itself, Qute
     * generates a class that names all its methods, including new ones of the JDK in the build,
     * which the native compiler of an older JDK does not support.
     */
    public String currencyCode() {
        return currency.getCurrencyCode();
    }
}
