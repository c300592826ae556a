package io.shopflow.lambda.metrics;

/**
 * Units as CloudWatch spells them.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_MetricDatum.html">MetricDatum</a>
 */
public enum Unit {
    COUNT("Count"),
    COUNT_PER_SECOND("Count/Second"),
    MILLISECONDS("Milliseconds"),
    /** Of 1,048,576 bytes, as Lambda counts a function's memory. */
    MEGABYTES("Megabytes");

    private final String metricName;

    Unit(String metricName) {
        this.metricName = metricName;
    }

    /** The name in CloudWatch. */
    public String metricName() {
        return metricName;
    }
}
