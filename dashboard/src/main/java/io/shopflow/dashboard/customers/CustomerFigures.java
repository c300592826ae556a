package io.shopflow.dashboard.customers;

import io.shopflow.dashboard.sales.Churn;
import io.shopflow.dashboard.sales.Money;
import io.shopflow.dashboard.sales.Spending;
import java.math.BigInteger;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The figures of the page of customers. All but spending and months are the same for any range.
 *
 * @param spending of the range
 * @param months those that have a day in the range
 * @param top the customers with the highest net sales of all
 * @param atRisk those of the customers at risk
 * @param churned those of the customers who have churned
 */
public record CustomerFigures(
        Spending spending,
        Churn churn,
        Segments segments,
        Retention retention,
        List<Month> months,
        List<Customer> top,
        List<Customer> atRisk,
        List<Customer> churned) {

    private static final Set<Segment> BEST = Set.of(Segment.CHAMPIONS, Segment.LOYAL);

    /** Customers of a segment, and what they spent at any time. */
    public record SegmentSales(Segment segment, long customers, Money spent) {}

    /** The segments that have customers. */
    public record Segments(List<SegmentSales> rows, Money zero) {
        /** Customers of all segments. */
        public long customers() {
            return rows.stream().mapToLong(SegmentSales::customers).sum();
        }

        /** What they spent. */
        public Money spent() {
            return spent(row -> true);
        }

        /** Customers of the two best segments. */
        public long bestCustomers() {
            return rows.stream()
                    .filter(row -> BEST.contains(row.segment()))
                    .mapToLong(SegmentSales::customers)
                    .sum();
        }

        /** What these spent. */
        public Money bestSpent() {
            return spent(row -> BEST.contains(row.segment()));
        }

        /** The length of the bar of a segment's customers, of 100 for the largest one. */
        public int customersBar(SegmentSales row) {
            return bar(
                    BigInteger.valueOf(row.customers()),
                    largest(other -> BigInteger.valueOf(other.customers())));
        }

        /** The same of what they spent; less than 0 has none. */
        public int spentBar(SegmentSales row) {
            return bar(row.spent().minor(), largest(other -> other.spent().minor()));
        }

        private BigInteger largest(Function<SegmentSales, BigInteger> figure) {
            return rows.stream().map(figure).reduce(BigInteger.ZERO, BigInteger::max);
        }

        private Money spent(Predicate<SegmentSales> chosen) {
            return rows.stream().filter(chosen).map(SegmentSales::spent).reduce(zero, Money::plus);
        }
    }

    /**
     * Sales of a month by whether customers had ordered before it.
     *
     * @param newCustomers whose first order is in the month
     * @param until the newest day in the data if the month ends later; else null
     */
    public record Month(
            YearMonth month,
            long newCustomers,
            Money newNet,
            long returningCustomers,
            Money returningNet,
            long unknownOrders,
            Money unknownNet,
            @Nullable LocalDate until) {

        /** Net sales to known customers. */
        public Money knownNet() {
            return newNet.plus(returningNet);
        }

        /** The length of the bar of net sales to returning customers, of 100. */
        public int returningBar() {
            return bar(returningNet.minor(), knownNet().minor());
        }
    }

    /**
     * A customer of a list.
     *
     * @param id the shop's id, or the pseudonym of a guest's e-mail address
     * @param daysSince from the last order to the newest day of the source
     */
    public record Customer(
            String source,
            String id,
            long orders,
            Money spent,
            LocalDate since,
            LocalDate lastOrder,
            long daysSince) {
        /** Its page. */
        public CustomerKey key() {
            return new CustomerKey(source, id);
        }
    }

    /** Whether any order names no customer. */
    public boolean hasUnknown() {
        return months.stream().anyMatch(month -> month.unknownOrders() > 0);
    }

    /** Whether the data ends within one of the months. */
    public boolean hasPartialMonth() {
        return months.stream().anyMatch(month -> month.until() != null);
    }

    private static int bar(BigInteger part, BigInteger whole) {
        return part.signum() <= 0 || whole.signum() <= 0
                ? 0
                : part.multiply(BigInteger.valueOf(100)).divide(whole).intValue();
    }
}
