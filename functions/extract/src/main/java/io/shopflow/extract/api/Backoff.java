package io.shopflow.extract.api;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * The number of attempts for a request, and the waits between them: they double each time, with
 * jitter so that several readers do not retry at once.
 *
 * @param attempts in total, at least 1
 * @param first wait after the first attempt, before jitter
 * @param longest the longest {@code Retry-After} that is respected; a longer one ends the attempts
 */
public record Backoff(int attempts, Duration first, Duration longest) {

    /** Six attempts within about half a minute; a {@code Retry-After} of up to two minutes. */
    public static final Backoff PATIENT =
            new Backoff(6, Duration.ofMillis(500), Duration.ofMinutes(2));

    /**
     * The wait after this attempt, counted from 1: between half of the doubled time and all of it.
     */
    Duration after(int attempt, RandomGenerator random) {
        long doubled = first.toMillis() << Math.min(attempt - 1, 16);
        long limited = Math.min(doubled, longest.toMillis());
        return Duration.ofMillis(limited / 2 + random.nextLong(limited / 2 + 1));
    }
}
