package io.shopflow.shop.api;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Faults between a shop and its reader, on demand. They occur in the order of their calls, one per
 * request; a timed outage precedes all of them.
 */
public final class Faults {
    private final Deque<Fault> queue = new ArrayDeque<>();
    private long unavailableUntil = System.nanoTime();

    Faults() {}

    /** Answers the next requests with 429. */
    public void rateLimit(int requests, Duration retryAfter) {
        add(requests, new Fault(Kind.RATE_LIMIT, 429, retryAfter));
    }

    /** Answers the next requests with a status of 500 or above. */
    public void serverError(int requests, int status) {
        add(requests, new Fault(Kind.SERVER_ERROR, status, Duration.ZERO));
    }

    /** Answers every request with 503 for this duration from now. */
    public synchronized void outage(Duration duration) {
        unavailableUntil = System.nanoTime() + duration.toNanos();
    }

    /** Breaks the connection of the next answers in the middle of the body. */
    public void dropConnection(int requests) {
        add(requests, new Fault(Kind.DROP_CONNECTION, 200, Duration.ZERO));
    }

    /** Sends the next answers as complete HTTP responses whose JSON stops in the middle. */
    public void truncateJson(int requests) {
        add(requests, new Fault(Kind.TRUNCATE_JSON, 200, Duration.ZERO));
    }

    /** Answers the next requests with a proxy's HTML page and status 200. */
    public void html(int requests) {
        add(requests, new Fault(Kind.HTML, 200, Duration.ZERO));
    }

    /** Sends the next answers correctly except for a total of zero rows. */
    public void zeroTotals(int requests) {
        add(requests, new Fault(Kind.ZERO_TOTALS, 200, Duration.ZERO));
    }

    /** Ends all faults, including pending ones and an outage. */
    public synchronized void clear() {
        queue.clear();
        unavailableUntil = System.nanoTime();
    }

    private synchronized void add(int requests, Fault fault) {
        for (int i = 0; i < requests; i++) {
            queue.addLast(fault);
        }
    }

    synchronized Fault next() {
        if (unavailableUntil - System.nanoTime() > 0) {
            return new Fault(Kind.SERVER_ERROR, 503, Duration.ZERO);
        }
        @Nullable Fault fault = queue.pollFirst();
        return fault == null ? new Fault(Kind.NONE, 200, Duration.ZERO) : fault;
    }

    enum Kind {
        NONE,
        RATE_LIMIT,
        SERVER_ERROR,
        DROP_CONNECTION,
        TRUNCATE_JSON,
        HTML,
        ZERO_TOTALS
    }

    record Fault(Kind kind, int status, Duration time) {}
}
