package io.shopflow.lambda.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.shopflow.lambda.event.SqsBatchResponse;
import io.shopflow.lambda.event.SqsBatchResponse.BatchItemFailure;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The lines as CloudWatch Logs reads them. */
class MetricsTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Clock CLOCK =
            Clock.fixed(Instant.parse("2026-06-01T02:00:00.250Z"), ZoneOffset.UTC);

    private final ByteArrayOutputStream output = new ByteArrayOutputStream();
    private final List<Integer> writes = new ArrayList<>();

    @TempDir Path folder;

    @Test
    void aLineIsADocumentOfTheEmbeddedMetricFormat() throws Exception {
        metrics(FunctionName.TRANSFORM)
                .ofStream("shop", "orders")
                .put(Metric.ROWS_TRANSFORMED, 25_000)
                .put(Metric.ROWS_QUARANTINED, 0)
                .putRate(Metric.TRANSFORM_RATE, 25_000, Duration.ofMillis(375))
                .property("run_id", "01JZ")
                .write();

        assertThat(JSON.readTree(only()))
                .isEqualTo(
                        JSON.readTree(
                                """
                                {
                                  "_aws": {
                                    "Timestamp": 1780279200250,
                                    "CloudWatchMetrics": [
                                      {
                                        "Namespace": "ShopFlow",
                                        "Dimensions": [["Environment", "Source"], ["Environment", "Source", "Stream"]],
                                        "Metrics": [
                                          {"Name": "RowsTransformed", "Unit": "Count"},
                                          {"Name": "RowsQuarantined", "Unit": "Count"}
                                        ]
                                      },
                                      {
                                        "Namespace": "ShopFlow",
                                        "Dimensions": [["Environment", "Source"]],
                                        "Metrics": [{"Name": "TransformRate", "Unit": "Count/Second"}]
                                      }
                                    ]
                                  },
                                  "Environment": "dev",
                                  "Source": "shop",
                                  "Stream": "orders",
                                  "RowsTransformed": 25000,
                                  "RowsQuarantined": 0,
                                  "TransformRate": 66666.67,
                                  "run_id": "01JZ"
                                }"""));
    }

    /** Lambda's runtime makes a log event of each write, and CloudWatch reads whole events only. */
    @Test
    void aLineIsWrittenAtOnceHoweverLongItIs() {
        metrics(FunctionName.LOAD)
                .ofStream("shop", "orders")
                .put(Metric.ROWS_INSERTED, 1)
                .property("key", "k".repeat(20_000))
                .write();

        assertThat(writes).hasSize(1);
        assertThat(only()).hasSizeGreaterThan(20_000);
    }

    @Test
    void aLineWithoutValuesIsNotWritten() {
        metrics(FunctionName.LOAD)
                .ofSource("shop")
                .putRate(Metric.LOAD_RATE, 0, Duration.ofSeconds(1))
                .property("run_id", "01JZ")
                .write();

        assertThat(lines()).isEmpty();
    }

    @Test
    void whatTookNoTimeHasAFiniteRate() throws Exception {
        metrics(FunctionName.LOAD)
                .ofSource("shop")
                .putRate(Metric.LOAD_RATE, 7, Duration.ZERO)
                .write();

        assertThat(JSON.readTree(only()).path("LoadRate").asDouble()).isEqualTo(7_000);
    }

    @Test
    void whatCannotBeAMetricHereIsRefused() {
        Metrics metrics = metrics(FunctionName.LOAD);

        assertThatThrownBy(() -> metrics.ofSource("shop").put(Metric.ROWS_EXTRACTED, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("RowsExtracted is not a metric of load");
        assertThatThrownBy(() -> metrics.ofSource("shop").put(Metric.ROWS_INSERTED, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("RowsInserted has other dimensions than");
        assertThatThrownBy(
                        () ->
                                metrics.ofSource("shop")
                                        .put(Metric.RUNS_COMPLETE, 1)
                                        .put(Metric.RUNS_COMPLETE, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("RunsComplete is in this line already");
    }

    @Test
    void theFirstInvocationOfAProcessIsItsColdStart() throws Exception {
        Path status = folder.resolve("status");
        Files.writeString(
                status, "Name:\tbootstrap\nVmHWM:\t  99999 kB\nVmRSS:\t   46080 kB\nThreads:\t4\n");
        InvocationMetrics invocations =
                new InvocationMetrics(metrics(FunctionName.MIGRATE), status);

        invocations.ended();
        invocations.ended();

        assertThat(lines()).hasSize(2);
        JsonNode first = JSON.readTree(lines().get(0));
        assertThat(first.path("ColdStart").asInt()).isEqualTo(1);
        assertThat(first.path("MemoryUsed").asDouble()).isEqualTo(45);
        assertThat(first.path("Function").asText()).isEqualTo("migrate");
        assertThat(first.has("MessagesFailed")).isFalse();
        assertThat(JSON.readTree(lines().get(1)).path("ColdStart").isIntegralNumber()).isTrue();
        assertThat(JSON.readTree(lines().get(1)).path("ColdStart").asInt()).isZero();
    }

    @Test
    void anInvocationCountsTheMessagesThatFailed() throws Exception {
        InvocationMetrics invocations =
                new InvocationMetrics(metrics(FunctionName.LOAD), folder.resolve("missing"));
        SqsBatchResponse response =
                new SqsBatchResponse(
                        List.of(new BatchItemFailure("m1"), new BatchItemFailure("m2")));

        assertThat(invocations.ended(response)).isSameAs(response);

        JsonNode line = JSON.readTree(only());
        assertThat(line.path("MessagesFailed").asInt()).isEqualTo(2);
        assertThat(line.has("MemoryUsed")).isFalse();
    }

    /** The process's own metrics, if the system provides them. */
    @Test
    void metricsGoToStandardOutput() throws IOException {
        PrintStream before = System.out;
        System.setOut(stream());
        try {
            new InvocationMetrics(new Metrics(FunctionName.LOAD, "dev")).ended();
        } finally {
            System.setOut(before);
        }

        JsonNode line = JSON.readTree(only());
        assertThat(line.path("_aws").path("Timestamp").asLong())
                .isCloseTo(
                        System.currentTimeMillis(), org.assertj.core.data.Offset.offset(60_000L));
        assertThat(line.has("MemoryUsed")).isEqualTo(Files.exists(Path.of("/proc/self/status")));
    }

    /** The format allows 100 metrics per line; a line has each metric once. */
    @Test
    void allMetricsTogetherFitIntoALine() {
        assertThat(Metric.values()).hasSizeLessThanOrEqualTo(100);
        assertThat(Arrays.stream(Metric.values()).map(Metric::metricName))
                .doesNotHaveDuplicates()
                .allMatch(name -> name.matches("[A-Z][A-Za-z]+"));
        assertThat(Metric.values())
                .allSatisfy(
                        metric ->
                                assertThat(metric.dimensionSets())
                                        .allMatch(set -> set.contains(Dimension.ENVIRONMENT)));
    }

    private Metrics metrics(FunctionName function) {
        PrintStream stream = stream();
        return new Metrics(function, "dev", () -> stream, CLOCK);
    }

    private PrintStream stream() {
        return new PrintStream(
                new ByteArrayOutputStream() {
                    @Override
                    public synchronized void write(byte[] bytes, int from, int length) {
                        writes.add(length);
                        output.write(bytes, from, length);
                    }
                },
                false,
                StandardCharsets.UTF_8);
    }

    private List<String> lines() {
        return output.toString(StandardCharsets.UTF_8).lines().toList();
    }

    private String only() {
        assertThat(lines()).hasSize(1);
        assertThat(output.toString(StandardCharsets.UTF_8)).endsWith("}\n");
        return lines().getFirst();
    }
}
