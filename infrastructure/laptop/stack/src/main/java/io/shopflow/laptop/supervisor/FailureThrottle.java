package io.shopflow.laptop.supervisor;

import io.shopflow.laptop.queues.FailedEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** Selects the failures to report: the same one at most once a minute. */
final class FailureThrottle {

    private static final Duration QUIET = Duration.ofMinutes(1);

    private final Map<String, Instant> lastReported = new HashMap<>();

    /** Whether this function has not failed for this reason recently. */
    synchronized boolean permits(FailedEvent event) {
        String failure = event.function() + " " + event.reason();
        Instant last = lastReported.getOrDefault(failure, Instant.EPOCH);
        if (Duration.between(last, event.at()).compareTo(QUIET) < 0) {
            return false;
        }
        lastReported.put(failure, event.at());
        return true;
    }
}
