package io.shopflow.laptop.supervisor;

import io.shopflow.laptop.queues.FailedEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** Selects the failures to report: a repeated one is not reported. */
final class FailureNews {

    private static final Duration QUIET = Duration.ofMinutes(1);

    private final Map<String, Instant> lastTold = new HashMap<>();

    /** Whether this function has not failed for this reason recently. */
    synchronized boolean isNews(FailedEvent event) {
        String failure = event.function() + " " + event.reason();
        Instant last = lastTold.getOrDefault(failure, Instant.EPOCH);
        if (Duration.between(last, event.at()).compareTo(QUIET) < 0) {
            return false;
        }
        lastTold.put(failure, event.at());
        return true;
    }
}
