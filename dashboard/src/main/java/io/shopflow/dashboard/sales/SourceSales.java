package io.shopflow.dashboard.sales;

import java.time.LocalDate;
import java.util.Currency;

/** What a source has sold in a currency. */
public record SourceSales(
        String source, Currency currency, LocalDate oldestOn, LocalDate newestOn, long orders) {}
