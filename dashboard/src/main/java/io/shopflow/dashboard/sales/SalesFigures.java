package io.shopflow.dashboard.sales;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Comparator;
import java.util.Currency;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The figures of one page.
 *
 * @param previous the figures of the compared days; null if there are none
 * @param changes what the change of net sales is made of; null as previous
 */
public record SalesFigures(
        Headline now,
        @Nullable Earlier previous,
        @Nullable SalesChanges changes,
        Profit profit,
        Regions regions,
        Products products,
        Churn churn) {

    /**
     * Orders, money and customers.
     *
     * @param returning customers with an order before, or more than one in the range, in any
     *     currency and category
     * @param anonymousOrders orders that name no customer
     * @param perOrder net sales of the orders that have a line
     * @param perCustomer net sales of the known customers who ordered something
     */
    public record Headline(
            long orders,
            Money gross,
            Refunds refunds,
            Money net,
            long customers,
            long returning,
            long anonymousOrders,
            Average perOrder,
            Average perCustomer) {

        /**
         * Gross sales less the refunds that were made in the range, and all discounts; null as
         * these.
         */
        public @Nullable Money netByRefundDate() {
            Money byRefundDate = refunds.byRefundDate();
            return byRefundDate == null
                    ? null
                    : net.plus(refunds.byOrderDate()).minus(byRefundDate);
        }

        /** Discounts and refunds. */
        public Money reductions() {
            return gross.minus(net);
        }

        /** Orders without any line, which averages leave out. */
        public long ordersWithoutLines() {
            return orders - perOrder.things();
        }
    }

    /**
     * Refunds of goods.
     *
     * @param byOrderDate of the orders of the range, whenever they were made
     * @param byRefundDate that were made in the range, of orders of any date; null for a category
     */
    public record Refunds(Money byOrderDate, @Nullable Money byRefundDate) {}

    /**
     * An average.
     *
     * @param things number of orders or customers
     * @param money their total
     */
    public record Average(long things, Money money) {
        /** Money per thing; null without things. */
        public @Nullable Money value() {
            return things == 0 ? null : money.per(things);
        }
    }

    /**
     * The earlier figures for comparison.
     *
     * @param profit null if the cost of no line is known
     */
    public record Earlier(
            long orders,
            Money net,
            long customers,
            @Nullable Money profit,
            Average perOrder,
            Average perCustomer) {}

    /**
     * Profit of the lines whose cost is known.
     *
     * @param coverage the share of sales that these lines have
     * @param known whether the cost of any line is known
     */
    public record Profit(Money profit, Coverage coverage, boolean known) {}

    /**
     * Which share of the sales the profit covers. Each line's net sales count without their sign: a
     * line of less than 0 would hide another of unknown cost.
     *
     * @param covered net sales of the lines whose cost is known
     * @param all net sales of all lines
     */
    public record Coverage(Money covered, Money all) {}

    /**
     * A month, or the part of it within the range and the data.
     *
     * @param partialFrom first day if the month is cut; else null
     * @param partialTo last day if the month is cut; else null
     */
    public record Month(
            YearMonth month,
            long orders,
            Money gross,
            Money net,
            @Nullable LocalDate partialFrom,
            @Nullable LocalDate partialTo) {}

    /** Net sales of a region by the order's shipping address. */
    public record Region(String country, String region, long orders, Money net) {}

    /**
     * The regions with the highest net sales.
     *
     * @param otherCount number of other regions
     */
    public record Regions(List<Region> top, long otherCount, long otherOrders, Money otherNet) {
        /** Those with the highest net sales of all. */
        public static Regions top(int rows, List<Region> all, Currency currency) {
            return top(rows, all, List.of(), currency);
        }

        /**
         * Those with the highest net sales.
         *
         * @param more others, whatever their net sales are
         */
        static Regions top(
                int rows, List<Region> candidates, List<Region> more, Currency currency) {
            List<Region> ranked =
                    candidates.stream()
                            .sorted(
                                    Comparator.comparing((Region region) -> region.net().minor())
                                            .reversed()
                                            .thenComparing(Region::country)
                                            .thenComparing(Region::region))
                            .toList();
            int top = Math.min(ranked.size(), rows);
            List<Region> others = Stream.concat(more.stream(), ranked.stream().skip(top)).toList();
            return new Regions(
                    ranked.subList(0, top),
                    others.size(),
                    others.stream().mapToLong(Region::orders).sum(),
                    others.stream().map(Region::net).reduce(new Money(0, currency), Money::plus));
        }
    }

    /**
     * The sales of a product.
     *
     * @param key null for a product that the shop has deleted
     * @param profit of the units whose cost is known; null if there are none
     * @param coverage of its lines by those whose cost is known
     */
    public record Product(
            @Nullable ProductKey key,
            String name,
            String category,
            BigDecimal units,
            Money net,
            Coverage coverage,
            @Nullable Money profit) {}

    /**
     * Rankings.
     *
     * @param sold products sold in the range
     * @param catalogue number of products today
     * @param unsold number of these without sales in the range
     */
    public record Products(
            List<Product> most,
            List<Product> least,
            List<Product> profitable,
            long sold,
            long catalogue,
            long unsold) {}
}
