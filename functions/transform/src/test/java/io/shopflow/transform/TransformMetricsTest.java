package io.shopflow.transform;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.shopflow.core.lake.PartMetadata.CleanCounts;
import io.shopflow.core.run.PartId;
import io.shopflow.core.run.RunId;
import io.shopflow.core.stream.StreamName;
import io.shopflow.lambda.metrics.FunctionName;
import io.shopflow.lambda.metrics.Metrics;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The metrics of a part's transformation. */
class TransformMetricsTest {

    private static final PartId PART = new PartId("shop", RunId.create(), StreamName.ORDERS, 1);
    private static final CleanCounts COUNTS = new CleanCounts(100, 88, 2, 10);

    private final ByteArrayOutputStream written = new ByteArrayOutputStream();

    @Test
    void aPartReportsItsRows() throws Exception {
        JsonNode line = told(false);

        assertThat(line.path("Source").asText()).isEqualTo("shop");
        assertThat(line.path("Stream").asText()).isEqualTo("orders");
        assertThat(line.path("RowsTransformed").asLong()).isEqualTo(100);
        assertThat(line.path("RowsDuplicate").asLong()).isEqualTo(2);
        assertThat(line.path("RowsQuarantined").asLong()).isEqualTo(10);
        assertThat(line.path("TransformRate").asDouble()).isEqualTo(50);
        assertThat(line.path("run_id").asText()).isEqualTo(PART.runId().value());
        assertThat(line.path("key").asText()).isEqualTo(PART.rawKey());
    }

    /**
     * Incident: the dirty rows of a backfill's old years fired the quality alarm of the daily run;
     * the backfill has its own limit for them.
     */
    @Test
    void aPartOfAWindowWritesNoMetricOfTheQualityAlarm() throws Exception {
        JsonNode line = told(true);

        assertThat(line.has("RowsTransformed")).isFalse();
        assertThat(line.has("RowsQuarantined")).isFalse();
        assertThat(line.has("RowsDuplicate")).isFalse();
        assertThat(line.path("TransformRate").asDouble()).isEqualTo(50);
    }

    private JsonNode told(boolean window) throws Exception {
        PrintStream output = new PrintStream(written, true, StandardCharsets.UTF_8);
        new TransformMetrics(
                        new Metrics(FunctionName.TRANSFORM, "dev", () -> output, Clock.systemUTC()))
                .transformed(PART, COUNTS, Duration.ofSeconds(2), window);
        return new ObjectMapper().readTree(written.toString(StandardCharsets.UTF_8));
    }
}
