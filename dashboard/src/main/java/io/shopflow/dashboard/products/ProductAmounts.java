package io.shopflow.dashboard.products;

import io.shopflow.dashboard.sales.Money;
import io.shopflow.dashboard.sales.SalesFigures.Coverage;
import org.jspecify.annotations.Nullable;

/**
 * The amounts of the lines of a product, or of several.
 *
 * @param coverage which share of net sales is of lines whose cost is known
 * @param earnings null if no cost is known
 */
public record ProductAmounts(
        Money gross,
        Money discount,
        Money refunded,
        Money net,
        Coverage coverage,
        @Nullable Earnings earnings) {

    /**
     * Profit of the lines whose cost is known.
     *
     * @param net of these lines
     */
    public record Earnings(Money profit, Money net) {
        /** Whether there are net sales of which the profit is a share. */
        public boolean hasMargin() {
            return net.minor().signum() > 0;
        }
    }

    /** Net sales before refunds, of which refunds are a share. */
    public Money beforeRefunds() {
        return gross.minus(discount);
    }

    /** Whether anything was sold that could be refunded. */
    public boolean hasRefundedShare() {
        return beforeRefunds().minor().signum() > 0;
    }

    /** Whether the cost of some of the lines is not known. */
    public boolean isPartlyCovered() {
        return !coverage.covered().minor().equals(coverage.all().minor());
    }
}
