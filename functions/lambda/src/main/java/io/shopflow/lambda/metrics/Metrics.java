package io.shopflow.lambda.metrics;

import java.io.PrintStream;
import java.time.Clock;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Writes a function's metrics to standard output in CloudWatch's embedded metric format, from which
 * CloudWatch Logs extracts metrics, without a call or a wait. One line for each part or run, never
 * for a row.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html">Embedded
 *     metric format</a>
 */
public final class Metrics {

    /** The namespace of all metrics. */
    public static final String NAMESPACE = "ShopFlow";

    private final FunctionName function;
    private final String environment;
    private final Supplier<PrintStream> output;
    private final Clock clock;

    /**
     * The metrics of one function, on standard output.
     *
     * @param environment the deployment's name
     */
    public Metrics(FunctionName function, String environment) {
        // Read each time: Lambda's runtime replaces the stream after its start.
        this(function, environment, () -> System.out, Clock.systemUTC());
    }

    /** The metrics of one function, with the given output and clock. */
    public Metrics(
            FunctionName function, String environment, Supplier<PrintStream> output, Clock clock) {
        this.function = function;
        this.environment = environment;
        this.output = output;
        this.clock = clock;
    }

    /** A line about a source. */
    public MetricLine ofSource(String source) {
        return line(Map.of(Dimension.SOURCE, source));
    }

    /** A line about a source's stream. */
    public MetricLine ofStream(String source, String stream) {
        return line(Map.of(Dimension.SOURCE, source, Dimension.STREAM, stream));
    }

    /** A line about the function itself. */
    public MetricLine ofFunction() {
        return line(Map.of(Dimension.FUNCTION, function.canonicalName()));
    }

    private MetricLine line(Map<Dimension, String> values) {
        Map<Dimension, String> dimensions = new EnumMap<>(values);
        dimensions.put(Dimension.ENVIRONMENT, environment);
        return new MetricLine(function, dimensions, output, clock);
    }
}
