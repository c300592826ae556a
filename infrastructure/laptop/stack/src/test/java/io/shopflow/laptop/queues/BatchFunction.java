package io.shopflow.laptop.queues;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.shopflow.laptop.runtime.ScriptedFunction;
import java.io.IOException;

/** A function that fails exactly the messages that request it. */
public final class BatchFunction {

    private static final ObjectMapper JSON = new ObjectMapper();

    private BatchFunction() {}

    /** The process. */
    public static void main(String[] arguments) throws IOException {
        ScriptedFunction.serve(BatchFunction::answer);
    }

    private static String answer(String event) {
        try {
            ObjectNode response = JSON.createObjectNode();
            var failures = response.putArray("batchItemFailures");
            for (JsonNode message : JSON.readTree(event).get("Records")) {
                String subject = EventSubject.of(message.get("body").asText()).subject();
                boolean first =
                        message.at("/attributes/ApproximateReceiveCount").asText().equals("1");
                if (!message.get("eventSource").asText().equals("aws:sqs")) {
                    return "no event source";
                }
                if (subject.equals("crash_once") && first) {
                    Runtime.getRuntime().halt(3);
                }
                if (subject.isEmpty()) {
                    return "nonsense";
                }
                if (subject.equals("bad")) {
                    failures.addObject().put("itemIdentifier", message.get("messageId").asText());
                }
            }
            return response.toString();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
