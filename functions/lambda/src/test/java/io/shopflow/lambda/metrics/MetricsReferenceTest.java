package io.shopflow.lambda.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Compares the reference of metrics with the code. */
class MetricsReferenceTest {

    private static final Path REFERENCE =
            Path.of(System.getProperty("shopflow.home"), "docs", "reference", "metrics.md");

    @Test
    void theReferenceListsEveryMetricAndNoOther() throws IOException {
        List<String> documented =
                Files.readAllLines(REFERENCE).stream()
                        .filter(line -> line.matches("\\| `[A-Z].*"))
                        .toList();

        assertThat(documented).hasSameSizeAs(Metric.values());
        for (Metric metric : Metric.values()) {
            assertThat(documented.get(metric.ordinal()))
                    .startsWith(row(metric))
                    .matches(line -> line.length() > row(metric).length() + 10, "has a meaning");
        }
    }

    private static String row(Metric metric) {
        return "| `%s` | %s | %s | %s | "
                .formatted(
                        metric.metricName(),
                        metric.unit().metricName(),
                        metric.dimensionSets().stream()
                                .map(MetricsReferenceTest::dimensions)
                                .collect(Collectors.joining("; ")),
                        metric.functions().stream()
                                .sorted()
                                .map(FunctionName::canonicalName)
                                .collect(Collectors.joining(", ")));
    }

    /** Without the environment, which every metric has. */
    private static String dimensions(List<Dimension> set) {
        return set.stream()
                .filter(dimension -> dimension != Dimension.ENVIRONMENT)
                .map(Dimension::metricName)
                .collect(Collectors.joining(" + "));
    }
}
