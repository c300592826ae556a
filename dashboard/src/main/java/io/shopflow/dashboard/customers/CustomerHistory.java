package io.shopflow.dashboard.customers;

import io.shopflow.dashboard.sales.Money;
import io.shopflow.dashboard.sales.ProductKey;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a customer has ordered in a currency.
 *
 * @param value of all time; null without an order in the currency
 * @param otherCurrencies those of the customer's orders in others
 * @param standings the last one first; those of the newest months
 * @param range the orders of the range
 * @param orders a page of them, the newest first
 * @param products bought most in the range
 */
public record CustomerHistory(
        @Nullable Value value,
        List<String> otherCurrencies,
        List<Standing> standings,
        Orders range,
        List<Order> orders,
        long page,
        List<Bought> products) {

    /**
     * The customer's value.
     *
     * @param perOrder net sales of the orders that have a line, per order; null if none has
     * @param since the first order in any currency
     * @param daysSince from the last order in any currency to the newest day of the source
     * @param churned whether that is more than {@code churnDays}
     * @param atRisk whether it is {@code riskDays} or more, and the customer has not churned
     */
    public record Value(
            Money spent,
            long orders,
            @Nullable Money perOrder,
            LocalDate firstOrder,
            LocalDate lastOrder,
            LocalDate since,
            long daysSince,
            boolean churned,
            boolean atRisk,
            int churnDays,
            int riskDays) {}

    /**
     * What the customer had ordered by the end of a month, and the scores and the segment that this
     * would have today.
     *
     * @param until the newest day in the data if the month is not over then; else null
     * @param days since the last order, in any currency
     * @param orders all until then
     * @param spent net sales of these
     */
    public record Standing(
            YearMonth month,
            @Nullable LocalDate until,
            Segment segment,
            int recency,
            int frequency,
            int monetary,
            long days,
            long orders,
            Money spent) {}

    /** Orders of the range, added up. */
    public record Orders(long orders, Money gross, Money discount, Money refunded, Money net) {}

    /** An order that counts as a sale. */
    public record Order(
            String id,
            LocalDate day,
            String status,
            BigDecimal units,
            BigDecimal returned,
            Money gross,
            Money discount,
            Money refunded,
            Money net) {
        /** Whether any unit was returned. */
        public boolean hasReturned() {
            return returned.signum() > 0;
        }
    }

    /**
     * What the customer bought of a product.
     *
     * @param key null for a product that the shop has deleted
     */
    public record Bought(
            @Nullable ProductKey key, String name, BigDecimal units, long orders, Money net) {}

    /** The segment today; null without an order in the currency. */
    public @Nullable Standing now() {
        return standings.isEmpty() ? null : standings.getFirst();
    }

    /** The number of pages of orders. */
    public long pages() {
        return pages(range.orders());
    }

    static long pages(long orders) {
        return Math.max(1, (orders + CustomerOrders.ROWS - 1) / CustomerOrders.ROWS);
    }

    /** The number of the page's first order. */
    public long first() {
        return (page - 1) * CustomerOrders.ROWS + 1;
    }

    /** The number of its last one. */
    public long last() {
        return first() + orders.size() - 1;
    }
}
