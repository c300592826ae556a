package io.shopflow.dashboard.products;

import io.shopflow.dashboard.sales.Money;
import io.shopflow.dashboard.sales.ProductKey;
import io.shopflow.dashboard.sales.SalesFigures.Regions;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The figures of a product.
 *
 * @param sales of the orders of the range
 * @param refundedByRefundDate refunds that were made in the range, of orders of any day
 * @param months those that have a day in the range
 * @param history versions of the catalogue, the newest first
 * @param moreVersions number of older versions
 */
public record ProductFigures(
        Sales sales,
        Money refundedByRefundDate,
        List<Month> months,
        Regions regions,
        List<Version> history,
        long moreVersions,
        Together together) {

    /**
     * Sales of the product's lines.
     *
     * @param units including those that were returned
     */
    public record Sales(
            long orders, BigDecimal units, BigDecimal returned, ProductAmounts amounts) {}

    /**
     * A month, or the part of it within the range and the data.
     *
     * @param refunded of the orders of the month, whenever they were refunded
     * @param refundedByRefundDate refunds that were made in the month, of orders of any day
     * @param partialFrom first day if the month is cut; else null
     * @param partialTo last day if the month is cut; else null
     */
    public record Month(
            YearMonth month,
            long orders,
            BigDecimal units,
            Money gross,
            Money discount,
            Money refunded,
            Money net,
            Money refundedByRefundDate,
            @Nullable LocalDate partialFrom,
            @Nullable LocalDate partialTo) {
        /** Net sales with refunds by their own date. */
        public Money netByRefundDate() {
            return gross.minus(discount).minus(refundedByRefundDate);
        }
    }

    /**
     * A period in which the catalogue had the product unchanged.
     *
     * @param from null if it is not known since when
     * @param to null for the current version
     */
    public record Version(
            @Nullable Instant from,
            @Nullable Instant to,
            @Nullable String name,
            @Nullable String category,
            @Nullable Money price,
            @Nullable Money cost) {}

    /**
     * Products that were bought in the same orders.
     *
     * @param isSample whether only the newest orders with the product were compared
     * @param baskets those of the compared orders that have other products too
     * @param largest the most products that an order may have to be compared
     */
    public record Together(List<Partner> partners, boolean isSample, long baskets, long largest) {}

    /** A product that was bought with it. */
    public record Partner(ProductKey key, String name, long baskets) {}

    /** Whether nothing was sold or refunded in the range. */
    public boolean isEmpty() {
        return sales.orders() == 0 && refundedByRefundDate.minor().signum() == 0;
    }

    /** Whether a month is cut by the range or the data. */
    public boolean hasPartialMonth() {
        return months.stream().anyMatch(month -> month.partialFrom() != null);
    }

    /** Net sales with refunds by their own date. */
    public Money netByRefundDate() {
        return sales.amounts().beforeRefunds().minus(refundedByRefundDate);
    }
}
