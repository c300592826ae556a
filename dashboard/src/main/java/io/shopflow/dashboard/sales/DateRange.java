package io.shopflow.dashboard.sales;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;

/** A range of business dates, both inclusive. */
public record DateRange(LocalDate from, LocalDate to) {

    /** Rejects a range that ends before it begins. */
    public DateRange {
        if (to.isBefore(from)) {
            throw new IllegalArgumentException(from + " is after " + to);
        }
    }

    /** Number of days. */
    public long days() {
        return ChronoUnit.DAYS.between(from, to) + 1;
    }

    /** The same number of days directly before this range. */
    public DateRange previous() {
        return new DateRange(from.minusDays(days()), from.minusDays(1));
    }
}
