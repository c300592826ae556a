package io.shopflow.dashboard.sales;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The length of the periods into which sales over time are divided. */
public enum Grain {
    /** Single days. */
    DAY("day", "Day", ChronoUnit.DAYS),
    /** Weeks of ISO 8601, from Monday. */
    WEEK("week", "Week", ChronoUnit.WEEKS),
    /** Calendar months. */
    MONTH("month", "Month", ChronoUnit.MONTHS);

    /** The most periods by day or week: more columns could not be told apart. */
    public static final int MOST_PERIODS = 400;

    private static final int LONGEST_BY_DAY = 31;
    private static final int LONGEST_BY_WEEK = 26 * 7;

    private final String key;
    private final String label;
    private final ChronoUnit unit;

    Grain(String key, String label, ChronoUnit unit) {
        this.key = key;
        this.label = label;
        this.unit = unit;
    }

    /** Its name in the URL, in {@code date_trunc} and within a sentence. */
    public String key() {
        return key;
    }

    /** Its name on the page. */
    public String label() {
        return label;
    }

    static Optional<Grain> named(String key) {
        return Arrays.stream(values()).filter(grain -> grain.key.equals(key)).findFirst();
    }

    /** The chosen one, else one that suits the length; a coarser one if it has too many periods. */
    static Grain of(@Nullable Grain chosen, DateRange range) {
        Grain grain = chosen == null ? suiting(range.days()) : chosen;
        while (grain != MONTH && grain.periods(range) > MOST_PERIODS) {
            grain = grain == DAY ? WEEK : MONTH;
        }
        return grain;
    }

    private static Grain suiting(long days) {
        if (days <= LONGEST_BY_DAY) {
            return DAY;
        }
        return days <= LONGEST_BY_WEEK ? WEEK : MONTH;
    }

    /** The number of periods that have a day of the range. */
    long periods(DateRange range) {
        return unit.between(first(range.from()), first(range.to())) + 1;
    }

    /** The first day of the period that has this day. */
    LocalDate first(LocalDate day) {
        return switch (this) {
            case DAY -> day;
            case WEEK -> day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
            case MONTH -> day.withDayOfMonth(1);
        };
    }

    /** The last day of the period that has this day. */
    LocalDate last(LocalDate day) {
        return first(day).plus(1, unit).minusDays(1);
    }
}
