package io.shopflow.dashboard.sales;

import io.shopflow.dashboard.sales.SalesFigures.Average;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/**
 * The customers of a range, and what they spent.
 *
 * @param returning those with an order before, or more than one in the range
 * @param perCustomer net sales of the customers who ordered something
 * @param previous of the same number of days before; null if the data does not reach back that far
 */
public record Spending(
        long customers, long returning, Average perCustomer, @Nullable Earlier previous) {

    /** The earlier figures for comparison. */
    public record Earlier(long customers, Average perCustomer) {}

    /** Change of the number of customers; null if no comparison is possible. */
    public @Nullable Change customerChange() {
        return previous == null
                ? null
                : Change.between(
                        BigInteger.valueOf(previous.customers()), BigInteger.valueOf(customers));
    }

    /** Change of the average customer spend; null if no comparison is possible. */
    public @Nullable Change averageChange() {
        return previous == null
                ? null
                : Change.between(minor(previous.perCustomer()), minor(perCustomer));
    }

    private static BigInteger minor(Average average) {
        Money value = average.value();
        return value == null ? BigInteger.ZERO : value.minor();
    }
}
