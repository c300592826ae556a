package io.shopflow.laptop.runtime;

import java.time.Duration;
import java.util.Map;

/**
 * The configuration of a function; in AWS, its Lambda configuration.
 *
 * @param memoryMegabytes memory limit of one execution environment
 * @param timeout after which an invocation is ended and its process killed
 * @param concurrency the most execution environments at a time
 * @param environment the function's own variables
 */
public record FunctionSettings(
        String name,
        int memoryMegabytes,
        Duration timeout,
        int concurrency,
        Map<String, String> environment) {

    public FunctionSettings {
        environment = Map.copyOf(environment);
    }

    /** The function's name in events and logs. */
    String arn() {
        return "arn:aws:lambda:local:000000000000:function:" + name;
    }
}
