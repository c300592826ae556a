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
        List<String> sources, Currency currency, LocalDate oldestOn, LocalDate newestOn) {}
