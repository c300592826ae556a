package io.shopflow.extract.api;

import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The rate limit and the circuit breaker of one host.
 *
 * <p>The limit makes requests wait: a fifth of a minute's requests may be sent at once, the others
 * are evenly spaced, so that no minute has more than the limit and no wait is long.
 *
 * <p>The circuit opens when a request has failed with all its retries. Requests then fail without
 * being sent. After the pause, one is sent as a trial, and the others still fail until it succeeds.
 */
final class HostGate {

    private static final long MINUTE = Duration.ofMinutes(1).toNanos();

    private final long interval;
    private final long burst;
    private final long pause;
    private final LongSupplier nanoTime;

    /** When the next request is due if requests are evenly spaced. */
    private long due;

    private @Nullable String failure;
    private long openUntil;

    HostGate(int requestsPerMinute, Duration pause, LongSupplier nanoTime) {
        int atOnce = Math.max(1, requestsPerMinute / 5);
        this.interval = Math.ceilDiv(MINUTE, requestsPerMinute - atOnce + 1);
        this.burst = interval * (atOnce - 1);
        this.pause = pause.toNanos();
        this.nanoTime = nanoTime;
        this.due = nanoTime.getAsLong();
    }

    /** Reserves the next place for a request; returns how long to wait for it. */
    synchronized Duration reserve() {
        long now = nanoTime.getAsLong();
        if (due - now < 0) {
            due = now;
        }
        long wait = due - burst - now;
        due += interval;
        return Duration.ofNanos(Math.max(0, wait));
    }

    /** Why no request is sent now; null if one may be sent. */
    synchronized @Nullable String rejection() {
        if (failure == null) {
            return null;
        }
        long left = openUntil - nanoTime.getAsLong();
        if (left > 0) {
            return "received no request: the last one to its server failed (%s), so the next is sent in %d s"
                    .formatted(failure, Duration.ofNanos(left).toSeconds() + 1);
        }
        openUntil = nanoTime.getAsLong() + pause;
        return null;
    }

    /** Closes the circuit. */
    synchronized void answered() {
        failure = null;
    }

    /** Opens the circuit. */
    synchronized void failed(String reason) {
        failure = reason;
        openUntil = nanoTime.getAsLong() + pause;
    }
}
