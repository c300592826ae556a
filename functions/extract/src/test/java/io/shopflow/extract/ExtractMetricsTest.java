package io.shopflow.extract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.shopflow.core.run.Problem;
import io.shopflow.core.run.RunId;
import io.shopflow.core.run.RunManifest;
import io.shopflow.core.run.StreamExtract;
import io.shopflow.lambda.metrics.FunctionName;
import io.shopflow.lambda.metrics.Metrics;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The metrics at the end of a run. */
class ExtractMetricsTest {

    private static final RunId RUN = RunId.create();
    private static final Instant BEGIN = Instant.parse("2026-06-01T02:00:00Z");

    private final ByteArrayOutputStream written = new ByteArrayOutputStream();

    @Test
    void aRunReportsItsRowsByStreamAndItsPace() throws Exception {
        List<JsonNode> lines =
                told(
                        List.of(
                                new StreamExtract("orders", 300L, 300, null, null, List.of()),
                                new StreamExtract("order_items", null, 500, null, null, List.of())),
                        List.of());

        assertThat(lines).hasSize(3).allMatch(line -> line.path("Source").asText().equals("shop"));
        assertThat(lines).allMatch(line -> line.path("run_id").asText().equals(RUN.value()));
        JsonNode orders = lines.get(0);
        assertThat(orders.path("Stream").asText()).isEqualTo("orders");
        assertThat(orders.path("RowsCounted").asLong()).isEqualTo(300);
        assertThat(orders.path("RowsExtracted").asLong()).isEqualTo(300);
        JsonNode items = lines.get(1);
        assertThat(items.has("RowsCounted")).isFalse();
        assertThat(items.path("RowsExtracted").asLong()).isEqualTo(500);
        JsonNode source = lines.get(2);
        assertThat(source.path("ExtractRate").asDouble()).isEqualTo(200);
        assertThat(source.path("ExtractProblems").asInt()).isZero();
        assertThat(source.path("SourceUnavailable").asInt()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "source_unavailable, 1",
        "source_malformed, 1",
        "source_refused, 1",
        "file_missing, 0",
        "configuration, 0",
    })
    void anUnavailableSourceIsDistinguishedFromAWrongOne(String rule, int unavailable)
            throws Exception {
        JsonNode source =
                told(List.of(), List.of(new Problem(null, null, null, null, rule, "what to do")))
                        .getLast();

        assertThat(source.path("ExtractProblems").asInt()).isEqualTo(1);
        assertThat(source.path("SourceUnavailable").asInt()).isEqualTo(unavailable);
        assertThat(source.has("ExtractRate")).isFalse();
    }

    /**
     * Incident: while a backfill read years of a shop that was down, the alarm of the daily run
     * fired for windows that the backfill itself retries and verifies.
     */
    @Test
    void aWindowOfABackfillWritesNoMetricOfTheDailyRunsAlarms() throws Exception {
        List<JsonNode> lines =
                told(
                        List.of(new StreamExtract("orders", 300L, 200, null, null, List.of())),
                        List.of(new Problem(null, null, null, null, "source_unavailable", "wait")),
                        LocalDate.parse("2020-02-01"));

        assertThat(lines).hasSize(2);
        assertThat(lines.getFirst().path("RowsExtracted").asLong()).isEqualTo(200);
        assertThat(lines.getLast().path("ExtractRate").asDouble()).isEqualTo(50);
        assertThat(lines.getLast().has("SourceUnavailable")).isFalse();
        assertThat(lines.getLast().has("ExtractProblems")).isFalse();
    }

    private List<JsonNode> told(List<StreamExtract> streams, List<Problem> problems)
            throws Exception {
        return told(streams, problems, null);
    }

    private List<JsonNode> told(
            List<StreamExtract> streams, List<Problem> problems, @Nullable LocalDate until)
            throws Exception {
        PrintStream output = new PrintStream(written, true, StandardCharsets.UTF_8);
        new ExtractMetrics(
                        new Metrics(FunctionName.EXTRACT, "dev", () -> output, Clock.systemUTC()))
                .ended(
                        new RunManifest(
                                "shop",
                                RUN,
                                BEGIN,
                                BEGIN.plusSeconds(4),
                                until == null,
                                streams,
                                problems,
                                until,
                                List.of()));
        List<JsonNode> lines = new ArrayList<>();
        for (String line : written.toString(StandardCharsets.UTF_8).lines().toList()) {
            lines.add(new ObjectMapper().readTree(line));
        }
        return lines;
    }
}
