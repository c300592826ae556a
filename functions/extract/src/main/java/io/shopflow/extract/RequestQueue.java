package io.shopflow.extract;

import io.shopflow.core.run.ExtractRequest;
import java.time.Duration;

/** Where requests go that must come again. */
interface RequestQueue {

    /** Sends a request, to arrive after the delay. */
    void send(ExtractRequest request, Duration delay);
}
