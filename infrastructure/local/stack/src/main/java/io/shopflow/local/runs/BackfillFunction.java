package io.shopflow.local.runs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** The function that plans and judges backfills, asked as the state machine asks it in AWS. */
@FunctionalInterface
public interface BackfillFunction {

    /**
     * Its answer to a question.
     *
     * @throws io.shopflow.local.folder.StackException where it fails, also when asked again
     */
    JsonNode ask(ObjectNode question) throws InterruptedException;
}
