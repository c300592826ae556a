package io.shopflow.dashboard.sales;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.Optional;

/** A range that moves with the newest business date in the data. */
public enum Preset {
    /** The newest day and the 29 before. */
    DAYS_30("30d", "30 days"),
    /** The newest day and the 89 before. */
    DAYS_90("90d", "90 days"),
    /** The newest month so far and the eleven before: whole months can be compared. */
    MONTHS_12("12m", "12 months"),
    /** Everything. */
    ALL("all", "All time");

    private final String key;
    private final String label;

    Preset(String key, String label) {
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

    static Optional<Preset> of(String key) {
        return Arrays.stream(values()).filter(preset -> preset.key.equals(key)).findFirst();
    }

    DateRange range(LocalDate oldest, LocalDate newest) {
        return switch (this) {
            case DAYS_30 -> new DateRange(newest.minusDays(29), newest);
            case DAYS_90 -> new DateRange(newest.minusDays(89), newest);
            case MONTHS_12 -> new DateRange(newest.withDayOfMonth(1).minusMonths(11), newest);
            case ALL -> new DateRange(oldest, newest);
        };
    }
}
