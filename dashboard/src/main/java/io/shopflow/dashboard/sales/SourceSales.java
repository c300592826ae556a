package io.shopflow.dashboard.sales;

import java.time.LocalDate;
import java.util.Currency;

/** The sales of a source in a currency. */
public record SourceSales(
        String source, Currency currency, LocalDate oldestOn, LocalDate newestOn, long orders) {}
