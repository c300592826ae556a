package io.shopflow.dashboard.sales;

import io.shopflow.dashboard.sales.SalesFigures.Month;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The sales of a range by day, week or month, each beside as many of the days before.
 *
 * @param grain that of the periods
 * @param tooFine the chosen grain, if it would have too many periods; else null
 * @param comparedWith the days before; null if the data does not reach back that far
 * @param periods from the range's or the data's first day on, including those without sales; empty
 *     if no day of the range has data
 * @param months every month from the range's or the data's first day on
 */
public record SalesOverTime(
        Grain grain,
        @Nullable TooFine tooFine,
        @Nullable DateRange comparedWith,
        List<Period> periods,
        List<Month> months) {

    /** A grain with more periods than are shown. */
    public record TooFine(Grain grain, long periods) {}

    /**
     * A day, a week or a month, or the part of it within the range and the data.
     *
     * @param days those of the part
     * @param partial whether it is only a part
     * @param before the days before at the same position; null if nothing can be compared
     */
    public record Period(
            Grain grain,
            DateRange days,
            boolean partial,
            long orders,
            Money gross,
            Money net,
            @Nullable Before before) {}

    /** Net sales of the days that a period is compared with. */
    public record Before(DateRange days, Money net) {}

    /** Whether the range or the data covers a period only in part. */
    public boolean hasPartial() {
        return periods.stream().anyMatch(Period::partial);
    }

    /** The days of all periods, of which there is at least one. */
    public DateRange shown() {
        return new DateRange(periods.getFirst().days().from(), periods.getLast().days().to());
    }

    /** Whether the periods are of several years, so that a day needs its year. */
    public boolean isOfSeveralYears() {
        return shown().from().getYear() != shown().to().getYear();
    }
}
