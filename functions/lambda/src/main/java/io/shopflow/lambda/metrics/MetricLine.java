package io.shopflow.lambda.metrics;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
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

    private static final JsonFactory JSON = new JsonFactory();

    private final FunctionName function;
    private final Map<Dimension, String> dimensions;
    private final Supplier<PrintStream> output;
    private final Clock clock;
    private final Map<Metric, Number> values = new EnumMap<>(Metric.class);
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
        return put(metric, Long.valueOf(value));
    }

    /** Adds a value with a fraction, on the same conditions. */
    public MetricLine put(Metric metric, double value) {
        return put(metric, Double.valueOf(value));
    }

    private MetricLine put(Metric metric, Number value) {
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
        // At least one millisecond, so that the rate is finite.
        return rows == 0 ? this : put(metric, rows * 1000.0 / Math.max(taken.toMillis(), 1));
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
        byte[] line = json();
        // In one write, so that output of other threads, or of processes with the same log file,
        // does not interleave, and Lambda's runtime makes one log event of it.
        PrintStream stream = output.get();
        stream.write(line, 0, line.length);
        stream.flush();
    }

    private byte[] json() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            json.writeStartObject();
            writeMetadata(json);
            for (Map.Entry<Dimension, String> dimension : dimensions.entrySet()) {
                json.writeStringField(dimension.getKey().metricName(), dimension.getValue());
            }
            for (Map.Entry<Metric, Number> value : values.entrySet()) {
                writeField(json, value.getKey().metricName(), value.getValue());
            }
            for (Map.Entry<String, String> property : properties.entrySet()) {
                json.writeStringField(property.getKey(), property.getValue());
            }
            json.writeEndObject();
            json.writeRaw('\n');
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private void writeMetadata(JsonGenerator json) throws IOException {
        json.writeObjectFieldStart("_aws");
        json.writeNumberField("Timestamp", clock.millis());
        json.writeArrayFieldStart("CloudWatchMetrics");
        for (Map.Entry<List<List<Dimension>>, List<Metric>> directive : directives().entrySet()) {
            json.writeStartObject();
            json.writeStringField("Namespace", Metrics.NAMESPACE);
            json.writeArrayFieldStart("Dimensions");
            for (List<Dimension> set : directive.getKey()) {
                json.writeStartArray();
                for (Dimension dimension : set) {
                    json.writeString(dimension.metricName());
                }
                json.writeEndArray();
            }
            json.writeEndArray();
            json.writeArrayFieldStart("Metrics");
            for (Metric metric : directive.getValue()) {
                json.writeStartObject();
                json.writeStringField("Name", metric.metricName());
                json.writeStringField("Unit", metric.unit().metricName());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
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

    private static void writeField(JsonGenerator json, String name, Number value)
            throws IOException {
        if (value instanceof Long whole) {
            json.writeNumberField(name, whole);
        } else {
            json.writeNumberField(name, value.doubleValue());
        }
    }
}
