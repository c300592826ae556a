package io.shopflow.checks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.shopflow.lambda.metrics.Dimension;
import io.shopflow.lambda.metrics.Metric;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Reads documents of the embedded metric format like CloudWatch Logs.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html">Embedded
 *     metric format</a>
 */
final class EmbeddedMetrics {

    private static final Map<String, Metric> METRICS =
            Arrays.stream(Metric.values())
                    .collect(Collectors.toMap(Metric::metricName, metric -> metric));

    private EmbeddedMetrics() {}

    /** Fails if CloudWatch would extract no metric from the document, or a different one. */
    static void check(JsonNode document) {
        String text = document.toString();
        assertThat(text.length()).as(text).isLessThan(256 * 1024);
        JsonNode metadata = document.path("_aws");
        assertThat(Instant.ofEpochMilli(metadata.path("Timestamp").asLong()))
                .as(text)
                .isBetween(Instant.now().minus(Duration.ofHours(1)), Instant.now());
        assertThat(metadata.path("CloudWatchMetrics")).as(text).isNotEmpty();
        for (JsonNode directive : metadata.path("CloudWatchMetrics")) {
            assertThat(directive.path("Namespace").asText()).as(text).isEqualTo("ShopFlow");
            List<List<String>> sets = dimensionSets(directive);
            assertThat(sets).as(text).isNotEmpty().allMatch(set -> set.size() <= 30);
            for (String dimension : sets.stream().flatMap(List::stream).toList()) {
                assertThat(document.path(dimension).isTextual()).as(text).isTrue();
                assertThat(document.path(dimension).asText().length()).as(text).isBetween(1, 1024);
            }
            assertThat(directive.path("Metrics").size()).as(text).isBetween(1, 100);
            for (JsonNode definition : directive.path("Metrics")) {
                Metric metric = METRICS.get(definition.path("Name").asText());
                assertThat(metric).as(text).isNotNull();
                assertThat(definition.path("Unit").asText())
                        .as(text)
                        .isEqualTo(metric.unit().metricName());
                assertThat(document.path(metric.metricName()).isNumber()).as(text).isTrue();
                assertThat(sets).as(text).isEqualTo(dimensionSets(metric));
            }
        }
    }

    /** The metrics with a value in a document. */
    static List<String> names(JsonNode document) {
        return document.path("_aws").path("CloudWatchMetrics").findValuesAsText("Name");
    }

    /** A metric's values of a stream, added up. */
    static long sum(List<JsonNode> documents, String stream, String metric) {
        return documents.stream()
                .filter(document -> document.path("Stream").asText().equals(stream))
                .mapToLong(document -> document.path(metric).asLong())
                .sum();
    }

    private static List<List<String>> dimensionSets(JsonNode directive) {
        List<List<String>> sets = new ArrayList<>();
        for (JsonNode set : directive.path("Dimensions")) {
            List<String> names = new ArrayList<>();
            set.forEach(name -> names.add(name.asText()));
            sets.add(names);
        }
        return sets;
    }

    private static List<List<String>> dimensionSets(Metric metric) {
        return metric.dimensionSets().stream()
                .map(set -> set.stream().map(Dimension::metricName).toList())
                .toList();
    }
}
