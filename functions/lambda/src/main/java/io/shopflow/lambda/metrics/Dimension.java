package io.shopflow.lambda.metrics;

import java.util.List;

/** The dimensions of metrics. Each has few values, since every combination is a billed metric. */
public enum Dimension {
    /** The deployment, e.g. {@code prod}; {@code laptop} if none is configured. */
    ENVIRONMENT("Environment"),
    /** The source's name, e.g. {@code shop}. */
    SOURCE("Source"),
    /** A stream's canonical name, e.g. {@code orders}. */
    STREAM("Stream"),
    /** See {@link FunctionName}. */
    FUNCTION("Function");

    /** A metric of the whole source. */
    static final List<List<Dimension>> BY_SOURCE = List.of(List.of(ENVIRONMENT, SOURCE));

    /** A metric of each stream, and of the source as their sum. */
    static final List<List<Dimension>> BY_STREAM =
            List.of(List.of(ENVIRONMENT, SOURCE), List.of(ENVIRONMENT, SOURCE, STREAM));

    /** A metric of a function, across all sources. */
    static final List<List<Dimension>> BY_FUNCTION = List.of(List.of(ENVIRONMENT, FUNCTION));

    private final String metricName;

    Dimension(String metricName) {
        this.metricName = metricName;
    }

    /** The name in CloudWatch. */
    public String metricName() {
        return metricName;
    }
}
