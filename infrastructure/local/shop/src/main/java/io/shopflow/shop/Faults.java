package io.shopflow.shop;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * What goes wrong between a shop and its reader, on demand. Faults are served in the order in which
 * they were asked for, one a request; an outage by the clock comes before all of them.
 */
public final class Faults {
    private final Deque<Fault> queue = new ArrayDeque<>();
    private long unavailableUntil = System.nanoTime();

    Faults() {}

    /** The next so many requests are answered 429. */
    public void rateLimit(int requests, Duration retryAfter) {
        add(requests, new Fault(Kind.RATE_LIMIT, 429, retryAfter));
    }

    /** The next so many requests are answered with a status of 500 or above. */
    public void serverError(int requests, int status) {
        add(requests, new Fault(Kind.SERVER_ERROR, status, Duration.ZERO));
    }

    /** Everything is answered 503 for a while from now. */
    public synchronized void outage(Duration duration) {
        unavailableUntil = System.nanoTime() + duration.toNanos();
    }

    /** The next so many answers come late. */
    public void slow(int requests, Duration delay) {
        add(requests, new Fault(Kind.SLOW, 200, delay));
    }

    /** The connection of the next so many answers breaks in the middle of the body. */
    public void dropConnection(int requests) {
        add(requests, new Fault(Kind.DROP_CONNECTION, 200, Duration.ZERO));
    }

    /** The next so many answers are whole on the wire, but their JSON stops in the middle. */
    public void truncateJson(int requests) {
        add(requests, new Fault(Kind.TRUNCATE_JSON, 200, Duration.ZERO));
    }

    /** The next so many answers are a friendly page of a proxy, with status 200. */
    public void html(int requests) {
        add(requests, new Fault(Kind.HTML, 200, Duration.ZERO));
    }

    /** The next so many answers are right, but say that there are no rows at all. */
    public void zeroTotals(int requests) {
        add(requests, new Fault(Kind.ZERO_TOTALS, 200, Duration.ZERO));
    }

    /** The next so many requests are answered as they should be: puts a gap between faults. */
    public void none(int requests) {
        add(requests, new Fault(Kind.NONE, 200, Duration.ZERO));
    }

    /** Ends all faults, those to come and an outage. */
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
        SLOW,
        DROP_CONNECTION,
        TRUNCATE_JSON,
        HTML,
        ZERO_TOTALS
    }

    record Fault(Kind kind, int status, Duration time) {}
}
