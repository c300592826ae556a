package io.shopflow.extract.woocommerce;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How often a request is tried, and how long to wait in between: twice as long each time, with
 * jitter so that several readers do not come back together.
 *
 * @param attempts in all, at least 1
 * @param first wait after the first attempt, before jitter
 * @param longest a wait that the shop asks for by {@code Retry-After} and that is longer than this
 *     is not waited for
 */
record Backoff(int attempts, Duration first, Duration longest) {

    /** Six attempts within about half a minute; a shop may ask for up to two minutes. */
    static final Backoff PATIENT = new Backoff(6, Duration.ofMillis(500), Duration.ofMinutes(2));

    /** The wait after this attempt, from 1: between half of the doubled time and all of it. */
    Duration after(int attempt, RandomGenerator random) {
        long doubled = first.toMillis() << Math.min(attempt - 1, 16);
        long limited = Math.min(doubled, longest.toMillis());
        return Duration.ofMillis(limited / 2 + random.nextLong(limited / 2 + 1));
    }
}
