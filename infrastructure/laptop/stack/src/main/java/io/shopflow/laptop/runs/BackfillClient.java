package io.shopflow.laptop.runs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** The function that plans and verifies backfills, invoked like the state machine does in AWS. */
@FunctionalInterface
public interface BackfillClient {

    /**
     * Invokes the function and returns its response.
     *
     * @throws io.shopflow.laptop.files.StackException if it fails after retries
     */
    JsonNode invoke(ObjectNode request) throws InterruptedException;
}
