package io.shopflow.checks;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;

/**
 * The output of a function so far.
 *
 * @param metrics the lines of the embedded metric format
 * @param records the lines of the log
 * @param others the lines that are not JSON
 */
record FunctionLog(List<JsonNode> metrics, List<JsonNode> records, List<String> others) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** The log of a function of the stack. */
    static FunctionLog of(LaptopStack stack, String function) throws IOException {
        FunctionLog log = new FunctionLog(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        String text = Files.readString(stack.data().resolve("logs").resolve(function + ".log"));
        // The stack is still running: its last line may be incomplete.
        text.substring(0, text.lastIndexOf('\n') + 1).lines().forEach(log::add);
        return log;
    }

    /** The metrics of a run. */
    List<JsonNode> metricsOf(String run) {
        return metrics.stream().filter(line -> line.path("run_id").asText().equals(run)).toList();
    }

    private void add(String line) {
        try {
            JsonNode json = JSON.readTree(line);
            (json.has("_aws") ? metrics : records).add(json);
        } catch (JsonProcessingException e) {
            others.add(line);
        }
    }
}
