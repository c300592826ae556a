package io.shopflow.dashboard.sales;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the change of net sales from the days before is made of: the same change by category,
 * product and region.
 */
public record SalesChanges(
        Contributions categories, Contributions products, Contributions regions) {

    /**
     * Net sales of the days before and of the range.
     *
     * @param before of the days that the cards compare with
     */
    public record Compared(Money before, Money now) {
        /** By how much net sales changed. */
        public Money difference() {
            return now.minus(before);
        }

        /** The direction of the page's arrow: up, down or level. */
        public String direction() {
            return Change.direction(difference().minor());
        }
    }

    /**
     * A category, product or region.
     *
     * @param name of a product that the shop has deleted, the name that it had
     * @param group the category of a product, the country of a region; empty for a category
     * @param key of a product; null for others, and for a product that the shop has deleted
     */
    public record Contribution(String name, String group, @Nullable ProductKey key, Compared net) {}

    /**
     * The change by one kind of thing. The differences of top, others and ofNoLine add up to that
     * of all.
     *
     * @param top the largest differences, of either sign
     * @param otherCount number of other things that were sold in the range or before
     * @param ofNoLine what belongs to no line and so to no product; null if nothing does
     * @param all net sales as on their card
     */
    public record Contributions(
            List<Contribution> top,
            long otherCount,
            Compared others,
            @Nullable Compared ofNoLine,
            Compared all) {}
}
