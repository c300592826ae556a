package io.shopflow.load;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.shopflow.core.run.Problem;
import io.shopflow.core.stream.StreamName;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the function writes on standard output beside its log. */
@QuarkusTest
@QuarkusTestResource(LoadTestServers.class)
class LoadMetricsTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void aPartReportsTheOutcomeOfItsRows() {
        TestRun run = new TestRun("metrics_of_a_part");
        String part = run.part(StreamName.ORDERS, order("1"), order("2"));

        List<JsonNode> lines = delivered(part);

        JsonNode line = about("RowsInserted", lines).getFirst();
        assertThat(line.path("Environment").asText()).isEqualTo("laptop");
        assertThat(line.path("Source").asText()).isEqualTo("metrics_of_a_part");
        assertThat(line.path("Stream").asText()).isEqualTo("orders");
        assertThat(line.path("RowsInserted").asLong()).isEqualTo(2);
        assertThat(line.path("RowsUpdated").asLong()).isZero();
        assertThat(line.path("RowsUnchanged").asLong()).isZero();
        assertThat(line.path("LoadRate").asDouble()).isPositive();
        assertThat(line.path("run_id").asText()).isEqualTo(run.id.value());
        assertThat(line.path("key").asText()).isEqualTo(part);
    }

    @Test
    void aRunIsCountedOnceWhenItIsClosed() {
        TestRun run = new TestRun("metrics_of_a_run");
        String part = run.part(StreamName.ORDERS, order("1"));
        String manifest = run.manifest();

        List<JsonNode> lines = delivered(part, manifest, part, manifest);

        assertThat(about("RowsInserted", lines)).hasSize(1);
        JsonNode closed = about("RunsComplete", lines).getFirst();
        assertThat(about("RunsComplete", lines)).hasSize(1);
        assertThat(closed.path("Source").asText()).isEqualTo("metrics_of_a_run");
        assertThat(closed.has("Stream")).isFalse();
        assertThat(closed.path("RunsComplete").asInt()).isEqualTo(1);
        assertThat(closed.path("RunsIncomplete").asInt()).isZero();
        assertThat(closed.path("RunDuration").asLong()).isBetween(0L, 60_000L);
        assertThat(closed.path("run_id").asText()).isEqualTo(run.id.value());
    }

    @Test
    void aWindowOfABackfillIsNoRunThatTheAlarmsAskFor() {
        TestRun run = new TestRun("metrics_of_a_window");
        String part = run.part(StreamName.ORDERS, order("1"));

        List<JsonNode> lines = delivered(part, run.manifestOfWindow(LocalDate.parse("2026-02-01")));

        assertThat(about("RowsInserted", lines)).hasSize(1);
        assertThat(about("RunsComplete", lines)).isEmpty();
    }

    @Test
    void aRunWithAProblemIsIncomplete() {
        TestRun run = new TestRun("metrics_incomplete");
        String manifest =
                run.manifest(new Problem(null, null, null, null, "file_missing", "no file"));

        JsonNode closed = about("RunsIncomplete", delivered(manifest)).getFirst();

        assertThat(closed.path("RunsIncomplete").asInt()).isEqualTo(1);
        assertThat(closed.path("RunsComplete").asInt()).isZero();
    }

    @Test
    void anInvocationWritesItsMetricsAtItsEnd() {
        List<JsonNode> lines = delivered("clean/orders/no-part.csv", "runs/x/manifest.json");

        JsonNode last = lines.getLast();
        assertThat(lines).hasSize(1);
        assertThat(last.path("Function").asText()).isEqualTo("load");
        assertThat(last.path("MessagesFailed").asInt()).isEqualTo(2);
        assertThat(last.has("ColdStart")).isTrue();
    }

    private static CleanRow order(String id) {
        return CleanRow.of(StreamName.ORDERS, id);
    }

    static List<JsonNode> about(String metric, List<JsonNode> lines) {
        return lines.stream().filter(line -> line.has(metric)).toList();
    }

    /** The lines that are written while the events are handled. */
    static List<JsonNode> delivered(String... keys) {
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        PrintStream before = System.out;
        System.setOut(new PrintStream(written, true, StandardCharsets.UTF_8));
        try {
            TestRun.deliver(keys);
        } finally {
            System.setOut(before);
        }
        List<JsonNode> lines = new ArrayList<>();
        for (String line : written.toString(StandardCharsets.UTF_8).lines().toList()) {
            if (line.startsWith("{\"_aws\"")) {
                lines.add(parsed(line));
            }
        }
        return lines;
    }

    private static JsonNode parsed(String line) {
        try {
            return JSON.readTree(line);
        } catch (JsonProcessingException e) {
            throw new AssertionError(line, e);
        }
    }
}
