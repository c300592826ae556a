package io.shopflow.dashboard.sales;

import java.time.LocalDate;
import java.util.Currency;

/**
 * The sales of a source in a currency.
 *
 * @param newestOn the newest business date of the source
 * @param lastSaleOn the last day with a sale: that of a standalone refund may be later than
 *     newestOn
 */
public record SourceSales(
        String source,
        Currency currency,
        LocalDate oldestOn,
        LocalDate newestOn,
        LocalDate lastSaleOn,
        long orders) {}
