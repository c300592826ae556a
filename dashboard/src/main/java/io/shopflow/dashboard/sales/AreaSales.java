package io.shopflow.dashboard.sales;

import io.shopflow.dashboard.sales.SalesFigures.Average;
import org.jspecify.annotations.Nullable;

/**
 * Sales of an area of a map by the order's shipping address.
 *
 * @param area its code
 * @param customers distinct known customers
 * @param perOrder net sales of the orders that have a line
 * @param earlier net sales of the same number of days before; null if the data does not reach back
 *     that far
 */
public record AreaSales(
        String area,
        long orders,
        long customers,
        Money net,
        Average perOrder,
        @Nullable Money earlier) {
    /** Figures of fewer customers could identify a person. */
    public static final int FEWEST_CUSTOMERS = 5;

    /** Whether it has too few customers to be shown. */
    public boolean hasFewCustomers() {
        return customers < FEWEST_CUSTOMERS;
    }

    /** The change of net sales; null if no comparison is possible. */
    public @Nullable Change growth() {
        return earlier == null ? null : Change.between(earlier.minor(), net.minor());
    }
}
