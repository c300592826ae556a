package io.shopflow.extract;

import io.shopflow.core.run.ExtractRequest;
import io.shopflow.core.run.RunId;
import java.time.Duration;

/** Where requests go that must come again. */
interface RequestQueue {

    /** Sends a request as one of this run, to arrive after the delay. */
    void send(ExtractRequest request, RunId runId, Duration delay);
}
