package io.shopflow.dashboard.sales;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The days that a range is compared with. */
public enum Comparison {
    /** The days directly before the range, as many as it has. */
    DAYS_BEFORE("before", "Days before"),
    /**
     * The same days of the calendar a year earlier. The end of February stays the end of February,
     * whether it has 28 or 29 days.
     */
    YEAR_EARLIER("year", "A year earlier");

    private final String key;
    private final String label;

    Comparison(String key, String label) {
        this.key = key;
        this.label = label;
    }

    /** Its name in the URL. */
    public String key() {
        return key;
    }

    /** Its name on the page. */
    public String label() {
        return label;
    }

    static Optional<Comparison> named(String key) {
        return Arrays.stream(values()).filter(comparison -> comparison.key.equals(key)).findFirst();
    }

    /** The days to compare a range with; they overlap with it if it is longer than a year. */
    DateRange of(DateRange range) {
        return switch (this) {
            case DAYS_BEFORE -> range.previous();
            case YEAR_EARLIER ->
                    new DateRange(range.from().minusYears(1), lastDayOfYearEarlier(range.to()));
        };
    }

    /**
     * The days to compare a part of a range with; null if there are none, for 29 February within a
     * range of more days: those before it are compared with 28 February.
     */
    @Nullable DateRange of(DateRange part, DateRange range) {
        return switch (this) {
            case DAYS_BEFORE ->
                    new DateRange(
                            part.from().minusDays(range.days()), part.to().minusDays(range.days()));
            case YEAR_EARLIER -> {
                LocalDate from = part.from().minusYears(1);
                if (isLeapDay(part.from()) && !part.from().equals(range.from())) {
                    from = from.plusDays(1);
                }
                LocalDate to = lastDayOfYearEarlier(part.to());
                yield from.isAfter(to) ? null : new DateRange(from, to);
            }
        };
    }

    private static LocalDate lastDayOfYearEarlier(LocalDate day) {
        LocalDate earlier = day.minusYears(1);
        boolean endOfMonth = day.plusDays(1).getDayOfMonth() == 1;
        return endOfMonth ? earlier.withDayOfMonth(earlier.lengthOfMonth()) : earlier;
    }

    private static boolean isLeapDay(LocalDate day) {
        return day.getMonthValue() == 2 && day.getDayOfMonth() == 29;
    }
}
