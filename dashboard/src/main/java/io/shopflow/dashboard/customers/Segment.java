package io.shopflow.dashboard.customers;

import java.util.Arrays;

/**
 * The segments of {@code analytics.customer_segment}, those who are worth most to the shop first.
 */
public enum Segment {
    /** Recent, frequent, and spend most. */
    CHAMPIONS("Champions", "Ordered most recently, and are among those who order and spend most."),
    /** Frequent, and spend much. */
    LOYAL("Loyal", "Order and spend more than most, and not long ago."),
    /** May become loyal. */
    POTENTIAL_LOYALISTS(
            "Potential loyalists", "Ordered recently, and have begun to order or spend more."),
    /** Just arrived. */
    NEW("New", "Ordered most recently, but little so far."),
    /** Recent, little spent. */
    PROMISING("Promising", "Ordered recently, but little so far."),
    /** Average in all. */
    NEEDS_ATTENTION("Needs attention", "In the middle by the last order and by what they spent."),
    /** Become inactive. */
    ABOUT_TO_SLEEP("About to sleep", "In the middle by the last order, and have spent little."),
    /** Spent much, long ago. */
    AT_RISK("At risk", "Used to order or spend a good deal, but not recently."),
    /** Spent most, long ago. */
    CANNOT_LOSE("Cannot lose", "Were among those who order and spend most, but not recently."),
    /** Little, long ago. */
    HIBERNATING("Hibernating", "Have not ordered for long, and have spent little."),
    /** Least, longest ago. */
    LOST("Lost", "Ordered longest ago, and least.");

    private final String label;
    private final String meaning;

    Segment(String label, String meaning) {
        this.label = label;
        this.meaning = meaning;
    }

    /** Its name on the page. */
    public String label() {
        return label;
    }

    /** What its customers have in common. */
    public String meaning() {
        return meaning;
    }

    /** The segment by its name in the warehouse. */
    static Segment of(String name) {
        return Arrays.stream(values())
                .filter(segment -> segment.label.equalsIgnoreCase(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no segment " + name));
    }
}
