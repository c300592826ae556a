package io.shopflow.checks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.shopflow.core.lake.ObjectStore.StoredObject;
import io.shopflow.core.run.RunId;
import io.shopflow.lambda.metrics.FunctionName;
import io.shopflow.lambda.metrics.Metric;
import io.shopflow.shop.api.ShopServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A run of the simulated shop through the packaged stack, and all its results. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ShopRunTest {

    /** Shorter texts occur in other words. */
    private static final int SHORTEST = 5;

    private static final Set<String> PERSONAL_FIELDS =
            Set.of(
                    "first_name",
                    "last_name",
                    "company",
                    "email",
                    "username",
                    "phone",
                    "address_1",
                    "address_2",
                    "reviewer",
                    "reviewer_email",
                    "customer_note",
                    "customer_ip_address");

    private LaptopStack stack;

    @BeforeAll
    void run(@TempDir Path folder) {
        stack = new LaptopStack(folder.resolve("data"));
        stack.command("up", "--detach", "--port", "0");
        // The stack is up when the run is closed in the warehouse; its log reports it next.
        stack.await("the metrics of a closed run", this::hasToldOfAClosedRun);
    }

    private boolean hasToldOfAClosedRun() {
        try {
            return FunctionLog.of(stack, "load").metrics().stream()
                    .anyMatch(line -> line.has("RunsComplete"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @AfterAll
    void stop() {
        stack.close();
    }

    /**
     * Searches everything after the transform for every name, e-mail address, telephone number and
     * street of the shop's people.
     */
    @Test
    void nothingOfAPersonPassesTheTransform() throws Exception {
        Set<String> personal = personalTexts(stack);
        assertThat(personal).hasSizeGreaterThan(5_000);

        Map<String, String> documents = stack.documents();
        assertThat(documents.keySet()).anyMatch(name -> name.startsWith("clean/customers/"));
        assertThat(documents.get("warehouse.dim_customers")).isNotBlank();

        Set<String> found = new TreeSet<>();
        documents.forEach(
                (name, text) ->
                        found(personal, text).forEach(hit -> found.add(hit + " in " + name)));
        assertThat(found).isEmpty();

        // Checks that the search works.
        StoredObject raw =
                stack.lake().list("raw/").stream()
                        .filter(object -> object.key().contains("/customers/"))
                        .findFirst()
                        .orElseThrow();
        assertThat(found(personal, stack.text(raw))).hasSizeGreaterThan(1_000);
    }

    @ParameterizedTest
    @EnumSource(
            value = FunctionName.class,
            names = {"EXTRACT", "TRANSFORM", "LOAD", "MIGRATE"})
    void everyMetricOfAFunctionIsWritten(FunctionName function) throws Exception {
        FunctionLog log = FunctionLog.of(stack, function.canonicalName());
        boolean hasProc = Files.exists(Path.of("/proc/self/status"));

        log.metrics().forEach(EmbeddedMetrics::check);
        assertThat(log.metrics())
                .allMatch(line -> line.path("Environment").asText().equals("laptop"));
        Set<String> written =
                log.metrics().stream()
                        .flatMap(line -> EmbeddedMetrics.names(line).stream())
                        .collect(Collectors.toSet());
        assertThat(written)
                .isEqualTo(
                        Arrays.stream(Metric.values())
                                .filter(metric -> metric.functions().contains(function))
                                .map(Metric::metricName)
                                .filter(name -> hasProc || !name.equals("MemoryUsed"))
                                .collect(Collectors.toSet()));
    }

    /** The first run's metrics, added up over its parts, match its ledger. */
    @Test
    void metricsAddUpToTheLedger() throws Exception {
        String run = firstRun();
        Map<String, List<Long>> told = new TreeMap<>();
        List<JsonNode> extracted = FunctionLog.of(stack, "extract").metricsOf(run);
        List<JsonNode> transformed = FunctionLog.of(stack, "transform").metricsOf(run);
        List<JsonNode> loaded = FunctionLog.of(stack, "load").metricsOf(run);
        Map<String, List<Long>> ledger = new TreeMap<>();
        try (Connection database = stack.database();
                Statement statement = database.createStatement();
                ResultSet rows =
                        statement.executeQuery(
                                """
                                select stream, counted, extracted, duplicate, quarantined, inserted, updated, unchanged
                                from etl.run_ledger
                                where run_id = '%s' and extracted > 0
                                """
                                        .formatted(run))) {
            while (rows.next()) {
                String stream = rows.getString(1);
                ledger.put(
                        stream,
                        List.of(
                                rows.getLong(2),
                                rows.getLong(3),
                                rows.getLong(3),
                                rows.getLong(4),
                                rows.getLong(5),
                                rows.getLong(6),
                                rows.getLong(7),
                                rows.getLong(8)));
                told.put(
                        stream,
                        List.of(
                                EmbeddedMetrics.sum(extracted, stream, "RowsCounted"),
                                EmbeddedMetrics.sum(extracted, stream, "RowsExtracted"),
                                EmbeddedMetrics.sum(transformed, stream, "RowsTransformed"),
                                EmbeddedMetrics.sum(transformed, stream, "RowsDuplicate"),
                                EmbeddedMetrics.sum(transformed, stream, "RowsQuarantined"),
                                EmbeddedMetrics.sum(loaded, stream, "RowsInserted"),
                                EmbeddedMetrics.sum(loaded, stream, "RowsUpdated"),
                                EmbeddedMetrics.sum(loaded, stream, "RowsUnchanged")));
            }
        }
        assertThat(ledger).isNotEmpty();
        assertThat(told).isEqualTo(ledger);
    }

    /**
     * The fields by which the log is filtered: {@code mdc.run_id}, or {@code run_id} of metrics.
     */
    @ParameterizedTest
    @ValueSource(strings = {"extract", "transform", "load"})
    void everyLineAboutARunNamesIt(String function) throws Exception {
        FunctionLog log = FunctionLog.of(stack, function);

        assertThat(log.others()).as("lines that are no JSON").isEmpty();
        List<JsonNode> ours =
                log.records().stream()
                        .filter(
                                record ->
                                        record.path("loggerName")
                                                .asText()
                                                .startsWith("io.shopflow."))
                        .toList();
        assertThat(ours)
                .isNotEmpty()
                .allMatch(record -> RunId.isValid(record.path("mdc").path("run_id").asText()));
        assertThat(log.metrics())
                .filteredOn(line -> line.has("Source"))
                .isNotEmpty()
                .allMatch(line -> RunId.isValid(line.path("run_id").asText()));
    }

    private String firstRun() throws Exception {
        try (Connection database = stack.database();
                Statement statement = database.createStatement();
                ResultSet rows =
                        statement.executeQuery(
                                "select run_id from etl.runs where status = 'complete' order by run_id limit 1")) {
            rows.next();
            return rows.getString(1);
        }
    }

    private static Set<String> personalTexts(LaptopStack stack) throws Exception {
        Set<String> texts = new HashSet<>();
        URI api = URI.create("http://127.0.0.1:" + stack.port("shop") + "/wp-json/wc/v3/");
        for (String list :
                List.of(
                        "customers?role=all&",
                        "orders?status=pending,processing,on-hold,completed,cancelled,refunded,failed,trash&",
                        "products/reviews?status=all&")) {
            for (int page = 1; ; page++) {
                JsonNode rows = get(api.resolve(list + "per_page=100&page=" + page));
                if (rows.isEmpty()) {
                    break;
                }
                collect(rows, texts);
            }
        }
        return texts;
    }

    private static JsonNode get(URI address) throws Exception {
        String login = ShopServer.READ_KEY + ":" + ShopServer.CONSUMER_SECRET;
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<String> answer =
                    client.send(
                            HttpRequest.newBuilder(address)
                                    .header(
                                            "Authorization",
                                            "Basic "
                                                    + Base64.getEncoder()
                                                            .encodeToString(
                                                                    login.getBytes(
                                                                            StandardCharsets
                                                                                    .UTF_8)))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            return new ObjectMapper().readTree(answer.body());
        }
    }

    private static void collect(JsonNode node, Set<String> texts) {
        node.properties()
                .forEach(
                        field -> {
                            String text = field.getValue().asText("").strip();
                            if (PERSONAL_FIELDS.contains(field.getKey())
                                    && text.length() >= SHORTEST) {
                                texts.add(text);
                            }
                        });
        node.forEach(child -> collect(child, texts));
    }

    /** The texts that the document contains. */
    private static Set<String> found(Set<String> texts, String document) {
        Map<String, List<String>> index = new HashMap<>();
        texts.forEach(
                text ->
                        index.computeIfAbsent(text.substring(0, SHORTEST), key -> new ArrayList<>())
                                .add(text));
        Set<String> found = new TreeSet<>();
        for (int i = 0; i + SHORTEST <= document.length(); i++) {
            List<String> candidates = index.get(document.substring(i, i + SHORTEST));
            if (candidates != null) {
                for (String candidate : candidates) {
                    if (document.startsWith(candidate, i)) {
                        found.add(candidate);
                    }
                }
            }
        }
        return found;
    }
}
