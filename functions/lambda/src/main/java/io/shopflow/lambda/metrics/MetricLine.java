package io.shopflow.lambda.metrics;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.NumericNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * One line of metrics that share their dimensions, with other properties to search the log by.
 * Nothing is written before {@link #write}.
 */
public final class MetricLine {

    private final FunctionName function;
    private final Map<Dimension, String> dimensions;
    private final Supplier<PrintStream> output;
    private final Clock clock;
    private final Map<Metric, NumericNode> values = new EnumMap<>(Metric.class);
    private final Map<String, String> properties = new LinkedHashMap<>();

    MetricLine(
            FunctionName function,
            Map<Dimension, String> dimensions,
            Supplier<PrintStream> output,
            Clock clock) {
        this.function = function;
        this.dimensions = dimensions;
        this.output = output;
        this.clock = clock;
    }

    /**
     * Adds a value. Throws {@link IllegalArgumentException} if the metric is not this function's,
     * lacks one of its dimensions here, or was already added.
     */
    public MetricLine put(Metric metric, long value) {
        return put(metric, LongNode.valueOf(value));
    }

    /** Adds a value with a fraction, on the same conditions. */
    public MetricLine put(Metric metric, double value) {
        return put(metric, DoubleNode.valueOf(value));
    }

    private MetricLine put(Metric metric, NumericNode value) {
        if (!metric.functions().contains(function)) {
            throw new IllegalArgumentException(
                    "%s is not a metric of %s"
                            .formatted(metric.metricName(), function.canonicalName()));
        }
        if (!metric.dimensionSets().stream().allMatch(dimensions.keySet()::containsAll)) {
            throw new IllegalArgumentException(
                    "%s has other dimensions than %s"
                            .formatted(metric.metricName(), dimensions.keySet()));
        }
        if (values.putIfAbsent(metric, value) != null) {
            throw new IllegalArgumentException(metric.metricName() + " is in this line already");
        }
        return this;
    }

    /** Adds a rate in rows per second; nothing if there were no rows, which have no rate. */
    public MetricLine putRate(Metric metric, long rows, Duration taken) {
        if (rows == 0) {
            return this;
        }
        // At least one millisecond, so that the rate is finite.
        double rate = rows * 1000.0 / Math.max(taken.toMillis(), 1);
        // Two decimals: more digits, such as 111.11111111111111, look like identity numbers.
        return put(metric, Math.round(rate * 100) / 100.0);
    }

    /** Adds a property to search by: a key, a run. It is not a metric. */
    public MetricLine property(String name, String value) {
        properties.put(name, value);
        return this;
    }

    /** Writes the line; nothing if it has no value. */
    public void write() {
        if (values.isEmpty()) {
            return;
        }
        byte[] line = (json() + "\n").getBytes(StandardCharsets.UTF_8);
        // In one write, so that output of other threads, or of processes with the same log file,
        // does not interleave, and Lambda's runtime makes one log event of it.
        PrintStream stream = output.get();
        stream.write(line, 0, line.length);
        stream.flush();
    }

    private ObjectNode json() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        ArrayNode directives =
                json.putObject("_aws")
                        .put("Timestamp", clock.millis())
                        .putArray("CloudWatchMetrics");
        directives()
                .forEach(
                        (sets, metrics) -> {
                            ObjectNode directive =
                                    directives.addObject().put("Namespace", Metrics.NAMESPACE);
                            ArrayNode dimensionSets = directive.putArray("Dimensions");
                            for (List<Dimension> set : sets) {
                                ArrayNode names = dimensionSets.addArray();
                                set.forEach(dimension -> names.add(dimension.metricName()));
                            }
                            ArrayNode definitions = directive.putArray("Metrics");
                            for (Metric metric : metrics) {
                                definitions
                                        .addObject()
                                        .put("Name", metric.metricName())
                                        .put("Unit", metric.unit().metricName());
                            }
                        });
        dimensions.forEach((dimension, value) -> json.put(dimension.metricName(), value));
        values.forEach((metric, value) -> json.set(metric.metricName(), value));
        properties.forEach(json::put);
        return json;
    }

    /** The metrics by their sets of dimensions, each of which becomes a directive. */
    private Map<List<List<Dimension>>, List<Metric>> directives() {
        Map<List<List<Dimension>>, List<Metric>> directives = new LinkedHashMap<>();
        for (Metric metric : values.keySet()) {
            directives
                    .computeIfAbsent(metric.dimensionSets(), sets -> new ArrayList<>())
                    .add(metric);
        }
        return directives;
    }
}
