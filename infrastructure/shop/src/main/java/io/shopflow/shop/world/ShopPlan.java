package io.shopflow.shop.world;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * The plan of a simulated shop. With the time, it determines everything about the shop except
 * manual changes.
 *
 * @param customers registered customers at the end of the history; guests are additional
 * @param products products at the end of the history, without variations
 * @param orders orders of the history, of every state
 * @param foundedAt when the history begins, to the second
 * @param history its length; afterwards events follow the clock
 * @param pace one event (an order, a payment, a price change, …) this often, about a third of them
 *     new orders; zero: no events. All of them are kept in memory: at 10 s, a year is a million
 *     orders and a gigabyte
 */
public record ShopPlan(
        long seed,
        int customers,
        int products,
        int orders,
        Instant foundedAt,
        Duration history,
        Duration pace) {

    /** Two years. */
    public static final Duration DEFAULT_HISTORY = Duration.ofDays(730);

    /** Checks the numbers. */
    public ShopPlan {
        if (customers < 1 || products < 1 || orders < 0) {
            throw new IllegalArgumentException(
                    "A shop has at least 1 customer and 1 product, and no fewer than 0 orders; not %d, %d, %d"
                            .formatted(customers, products, orders));
        }
        if (history.toDays() < 1 || pace.isNegative()) {
            throw new IllegalArgumentException(
                    "The history lasts at least a day and the pace is not negative; not %s, %s"
                            .formatted(history, pace));
        }
        foundedAt = foundedAt.truncatedTo(ChronoUnit.SECONDS);
    }

    /**
     * A shop of the default size: 1,000 customers, 500 products, 5,000 orders over the two years
     * before.
     */
    public static ShopPlan ofDefaultSize(long seed, Instant livesFrom, Duration pace) {
        return of(seed, 1000, 500, 5000, livesFrom, pace);
    }

    /** A shop whose history of two years ends at an instant. */
    public static ShopPlan of(
            long seed, int customers, int products, int orders, Instant livesFrom, Duration pace) {
        return new ShopPlan(
                seed,
                customers,
                products,
                orders,
                livesFrom.minus(DEFAULT_HISTORY),
                DEFAULT_HISTORY,
                pace);
    }

    /** When the history ends and events begin to follow the clock. */
    public Instant livesFrom() {
        return foundedAt.plus(history);
    }

    /** {@link #foundedAt} in epoch seconds. */
    public long start() {
        return foundedAt.getEpochSecond();
    }

    /** {@link #livesFrom} in epoch seconds. */
    public long end() {
        return livesFrom().getEpochSecond();
    }
}
