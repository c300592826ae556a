package io.shopflow.extract.api;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * What all connectors of a process together may send to each host: a number of requests per minute,
 * and none for a while after requests have failed.
 */
public final class HostLimits {

    private final int requestsPerMinute;
    private final Duration pause;
    private final LongSupplier nanoTime;
    private final Map<String, HostGate> gates = new ConcurrentHashMap<>();

    /**
     * The same limits for each host.
     *
     * @param requestsPerMinute at least 1; a fifth of them may be sent at once, the others are
     *     evenly spaced
     * @param pause how long nothing is sent to a host after a request has failed with all its
     *     retries
     */
    public HostLimits(int requestsPerMinute, Duration pause) {
        this(requestsPerMinute, pause, System::nanoTime);
    }

    HostLimits(int requestsPerMinute, Duration pause, LongSupplier nanoTime) {
        this.requestsPerMinute = requestsPerMinute;
        this.pause = pause;
        this.nanoTime = nanoTime;
    }

    HostGate of(URI url) {
        return gates.computeIfAbsent(
                url.getHost() + ":" + url.getPort(),
                host -> new HostGate(requestsPerMinute, pause, nanoTime));
    }
}
