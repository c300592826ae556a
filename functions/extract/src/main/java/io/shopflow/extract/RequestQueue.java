package io.shopflow.extract;

import io.shopflow.core.run.ExtractRequest;
import java.time.Duration;

/** The queue for requests that must be delivered again. */
interface RequestQueue {

    /** Sends a request that is delivered after the delay. */
    void send(ExtractRequest request, Duration delay);
}
