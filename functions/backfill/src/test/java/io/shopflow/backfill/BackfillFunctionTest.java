package io.shopflow.backfill;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.shopflow.core.run.RunId;
import io.shopflow.lambda.tests.AnswersFailures;
import io.shopflow.lambda.tests.AnswersSmokeTest;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** The requests of the state machine, as JSON. */
@QuarkusTest
@QuarkusTestResource(BackfillTestServers.class)
class BackfillFunctionTest implements AnswersFailures, AnswersSmokeTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String LONGEST_NAME = "s".repeat(31);

    @BeforeEach
    void configureSources() {
        configure("shop", "kind: woocommerce\nurl: ${URL}\n");
        configure("olist", "# kind: woocommerce\nkind:  files\n");
    }

    @Test
    void theDaysFallIntoWindowsThatMeet() {
        JsonNode plan = plan("shop", "2026-01-15", "2026-04-01", 31);

        assertThat(plan.path("accepted").asBoolean()).isTrue();
        assertThat(plan.path("operation").asText()).isEqualTo("plan");
        assertThat(plan.path("source").asText()).isEqualTo("shop");
        assertThat(texts(plan.path("windows"), "from"))
                .containsExactly("2026-01-15", "2026-02-15", "2026-03-18");
        assertThat(texts(plan.path("windows"), "until"))
                .containsExactly("2026-02-15", "2026-03-18", "2026-04-01");
        assertThat(texts(plan.path("windows"), "source")).containsOnly("shop");
        assertThat(texts(plan.path("windows"), "wholeLists"))
                .containsExactly("false", "false", "true");
        assertThat(plan.path("reasons")).isEmpty();
    }

    @Test
    void aMonthIsTheUsualWindow() {
        ObjectNode asked = asked("shop", "2026-01-01", "2026-03-01", 1);
        asked.remove("windowDays");

        assertThat(texts(post(asked).path("windows"), "from"))
                .containsExactly("2026-01-01", "2026-02-01");
    }

    @Test
    void aRepeatedPlanNamesTheSameRunsAndAnotherExecutionOthers() {
        ObjectNode asked = asked("shop", "2026-01-01", "2026-03-01", 7);
        List<String> runs = texts(post(asked).path("windows"), "runId");

        assertThat(texts(post(asked).path("windows"), "runId")).isEqualTo(runs);
        assertThat(runs).doesNotHaveDuplicates().isSorted().allMatch(RunId::isValid);
        ((ObjectNode) asked.path("execution")).put("name", "another");
        assertThat(texts(post(asked).path("windows"), "runId")).doesNotContainAnyElementsOf(runs);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "nowhere|2026-01-01|2026-02-01|7|is not configured: there is no config/sources/nowhere.yaml",
                "Not A Name|2026-01-01|2026-02-01|7|Not A Name",
                "olist|2026-01-01|2026-02-01|7|reads files, which have no windows",
                "shop|1 March|2026-02-01|7|from is '1 March', not a day",
                "shop|2026-01-01|2026-02-30|7|until is '2026-02-30', not a day",
                "shop|2026-02-01|2026-02-01|7|until=2026-02-01 is not after from=2026-02-01",
                "shop|2026-01-01|2999-01-01|3650|until=2999-01-01 is in the future",
                "shop|2026-01-01|2026-02-01|0|windowDays is 0",
                "shop|2020-01-01|2025-12-31|2|1,096 windows; at most 1,000 are possible. Set windowDays to 3",
            })
    void aMistakeIsSaidWithWhatToChange(
            String source, String from, String until, int days, String says) {
        JsonNode plan = plan(source, from, until, days);

        assertThat(plan.path("accepted").asBoolean()).isFalse();
        assertThat(plan.path("windows")).isEmpty();
        assertThat(plan.path("reasons")).hasSize(1);
        assertThat(plan.path("reasons").path(0).asText()).contains(says);
    }

    @Test
    void allMistakesAreSaidAtOnce() {
        JsonNode plan = post(JSON.createObjectNode().put("operation", "plan"));

        assertThat(plan.path("accepted").asBoolean()).isFalse();
        assertThat(plan.path("reasons"))
                .extracting(JsonNode::asText)
                .satisfiesExactly(
                        source -> assertThat(source).contains("no source"),
                        from -> assertThat(from).contains("no from"),
                        until -> assertThat(until).contains("no until"),
                        execution -> assertThat(execution).contains("no execution"));
    }

    @Test
    void aThousandWindowsFitThroughAStateMachine() throws Exception {
        configure(LONGEST_NAME, "kind: woocommerce\n");
        LocalDate until = LocalDate.parse("2026-01-01");

        JsonNode plan = plan(LONGEST_NAME, until.minusDays(1_000).toString(), until.toString(), 1);

        assertThat(plan.path("windows")).hasSize(1_000);
        // https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html
        assertThat(JSON.writeValueAsBytes(plan).length).isLessThan(256 * 1024);
    }

    @Test
    void aRunIsUnknownThenRunningThenComplete() {
        RunId run = RunId.create();
        assertThat(progress(run).path("status").asText()).isEqualTo("unknown");

        run(run, "shop", "running");
        stream(run, "orders", 10, 4);
        assertThat(progress(run).path("status").asText()).isEqualTo("running");

        part(run, "orders", 2, 6, 1);
        close(run, "complete");
        JsonNode complete = progress(run);
        assertThat(complete.path("status").asText()).isEqualTo("complete");
        assertThat(complete.path("runId").asText()).isEqualTo(run.value());
        assertThat(complete.path("rows").path("extracted").asLong()).isEqualTo(10);
        assertThat(complete.path("rows").path("inserted").asLong()).isEqualTo(9);
        assertThat(complete.path("rows").path("quarantined").asLong()).isEqualTo(1);
        assertThat(complete.path("problems")).isEmpty();
    }

    @Test
    void anIncompleteRunNamesItsProblemsAndTheRunToAskForNext() {
        RunId run = RunId.create();
        run(run, "shop", "running");
        problem(run, 1, "source_unavailable");
        problem(run, 2, "source_unavailable");
        close(run, "incomplete");

        JsonNode progress = progress(run);

        assertThat(progress.path("status").asText()).isEqualTo("incomplete");
        assertThat(progress.path("problems"))
                .extracting(JsonNode::asText)
                .containsExactly("source_unavailable");
        RunId next = new RunId(progress.path("nextRunId").asText());
        assertThat(next).isEqualTo(Window.again(run)).isNotEqualTo(run);
    }

    @Test
    void completeWindowsAreAccepted() {
        List<Window> windows = windows(3);
        for (Window window : windows) {
            complete(window.runId(), 10, 0);
        }

        JsonNode verified = verify(windows, 2);

        assertThat(verified.path("accepted").asBoolean()).isTrue();
        assertThat(verified.path("reasons")).isEmpty();
        assertThat(verified.path("windows").asInt()).isEqualTo(3);
        assertThat(verified.path("complete").asInt()).isEqualTo(3);
        assertThat(verified.path("rows").path("extracted").asLong()).isEqualTo(30);
        assertThat(verified.path("quarantinedPercent").asDouble()).isZero();
    }

    @Test
    void aWindowWithoutRowsIsCompleteToo() {
        List<Window> windows = windows(1);
        run(windows.getFirst().runId(), "shop", "running");
        close(windows.getFirst().runId(), "complete");

        assertThat(verify(windows, 0).path("accepted").asBoolean()).isTrue();
    }

    @Test
    void aRetriedWindowCountsByItsLastRun() {
        List<Window> windows = windows(1);
        RunId first = windows.getFirst().runId();
        run(first, "shop", "running");
        problem(first, 1, "source_unavailable");
        close(first, "incomplete");
        complete(Window.again(first), 10, 0);

        assertThat(verify(windows, 2).path("accepted").asBoolean()).isTrue();
        JsonNode withoutRetries = verify(windows, 0);
        assertThat(withoutRetries.path("accepted").asBoolean()).isFalse();
        assertThat(withoutRetries.path("reasons").path(0).asText())
                .contains(first.value(), "incomplete", "source_unavailable");
    }

    @Test
    void eachWindowThatIsNotThereIsNamed() {
        List<Window> windows = windows(4);
        complete(windows.get(0).runId(), 10, 0);
        run(windows.get(1).runId(), "shop", "running");
        run(windows.get(2).runId(), "shop", "running");
        close(windows.get(2).runId(), "incomplete");

        JsonNode verified = verify(windows, 2);

        assertThat(verified.path("accepted").asBoolean()).isFalse();
        assertThat(verified.path("complete").asInt()).isEqualTo(1);
        assertThat(verified.path("reasons"))
                .extracting(JsonNode::asText)
                .satisfiesExactly(
                        open -> assertThat(open).contains("2026-01-02", "not closed yet"),
                        incomplete ->
                                assertThat(incomplete).contains("2026-01-03", "does not balance"),
                        missing ->
                                assertThat(missing)
                                        .contains("2026-01-04", "never reached the warehouse"));
    }

    @Test
    void aRunThatCallsItselfCompleteButDoesNotBalanceIsNotTaken() {
        List<Window> windows = windows(1);
        RunId run = windows.getFirst().runId();
        run(run, "shop", "running");
        // Counted and extracted differ.
        stream(run, "orders", 10, 10);
        execute("update etl.run_streams set counted = 11 where run_id = ?", run.value());
        part(run, "orders", 1, 10, 0);
        close(run, "complete");

        assertThat(verify(windows, 0).path("accepted").asBoolean()).isFalse();
    }

    @Test
    void aRunOfAnotherSourceIsNotTaken() {
        List<Window> windows = windows(1);
        run(windows.getFirst().runId(), "other", "running");
        close(windows.getFirst().runId(), "complete");

        assertThat(verify(windows, 0).path("reasons").path(0).asText()).contains("source 'other'");
    }

    @ParameterizedTest
    @CsvSource({"5, true", "6, false"})
    void moreThanFiveRowsOfAHundredInQuarantineAreTooMany(int quarantined, boolean accepted) {
        List<Window> windows = windows(2);
        complete(windows.get(0).runId(), 50, 0);
        complete(windows.get(1).runId(), 50, quarantined);

        JsonNode verified = verify(windows, 0);

        assertThat(verified.path("accepted").asBoolean()).isEqualTo(accepted);
        assertThat(verified.path("complete").asInt()).isEqualTo(2);
        assertThat(verified.path("quarantinedPercent").asDouble()).isEqualTo(quarantined);
        if (!accepted) {
            assertThat(verified.path("reasons").path(0).asText())
                    .contains("6 of 100 rows", "6.0 %", "5.0 %");
        }
    }

    @Test
    void manyReasonsAreShortened() {
        JsonNode verified = verify(windows(30), 0);

        assertThat(verified.path("reasons")).hasSize(21);
        assertThat(verified.path("reasons").path(20).asText()).isEqualTo("and 10 more");
    }

    @Test
    void nothingIsNoBackfill() {
        assertThat(verify(List.of(), 0).path("accepted").asBoolean()).isFalse();
    }

    @Override
    public String function() {
        return "backfill";
    }

    @Override
    public String usableEvent() {
        return asked("shop", "2026-01-15", "2026-04-01", 31).toString();
    }

    // ---------------------------------------------------------------- asking

    private static ObjectNode asked(String source, String from, String until, int windowDays) {
        ObjectNode asked = JSON.createObjectNode();
        asked.put("operation", "plan").put("source", source).put("from", from);
        asked.put("until", until).put("windowDays", windowDays);
        asked.putObject("execution").put("name", "e1").put("startedAt", "2026-05-01T10:00:00.123Z");
        return asked;
    }

    private static JsonNode plan(String source, String from, String until, int windowDays) {
        return post(asked(source, from, until, windowDays));
    }

    private static JsonNode progress(RunId run) {
        return post(
                JSON.createObjectNode()
                        .put("operation", "progress")
                        .put("source", "shop")
                        .put("runId", run.value()));
    }

    private static JsonNode verify(List<Window> windows, int retries) {
        return post(
                JSON.valueToTree(
                        Map.of("operation", "verify", "windows", windows, "retries", retries)));
    }

    private static JsonNode post(JsonNode request) {
        String reply =
                given().contentType("application/json")
                        .body(request.toString())
                        .post("/")
                        .then()
                        .statusCode(200)
                        .extract()
                        .asString();
        try {
            return JSON.readTree(reply);
        } catch (java.io.IOException e) {
            throw new IllegalStateException(reply, e);
        }
    }

    private static List<String> texts(JsonNode list, String field) {
        List<String> texts = new ArrayList<>();
        list.forEach(entry -> texts.add(entry.path(field).asText()));
        return texts;
    }

    // ---------------------------------------------------------------- what is there

    /** Windows of a day, from the first of January. */
    private static List<Window> windows(int number) {
        LocalDate first = LocalDate.parse("2026-01-01");
        return IntStream.range(0, number)
                .mapToObj(
                        i ->
                                new Window(
                                        "shop",
                                        first.plusDays(i).toString(),
                                        first.plusDays(i + 1).toString(),
                                        RunId.create(),
                                        i == number - 1))
                .toList();
    }

    private static void complete(RunId run, long rows, long quarantined) {
        run(run, "shop", "running");
        stream(run, "orders", rows, rows);
        part(run, "orders", 1, rows, quarantined);
        close(run, "complete");
    }

    private static void run(RunId run, String source, String status) {
        execute(
                "insert into etl.runs (run_id, source, status, started_at) values (?, ?, ?, now())",
                run.value(),
                source,
                status);
    }

    private static void close(RunId run, String status) {
        execute(
                "update etl.runs set status = ?, closed_at = now() where run_id = ?",
                status,
                run.value());
    }

    /** A stream of two parts at most; the first of them is loaded where it has all rows not. */
    private static void stream(RunId run, String stream, long rows, long firstPart) {
        execute(
                "insert into etl.run_streams (run_id, stream, counted, extracted, parts) values (?, ?, ?, ?, 1)",
                run.value(),
                stream,
                rows,
                rows);
        if (firstPart < rows) {
            part(run, stream, 1, firstPart, 0);
        }
    }

    private static void part(RunId run, String stream, int part, long rows, long quarantined) {
        execute(
                "insert into etl.run_parts (run_id, stream, part, raw_key, rows) values (?, ?, ?, 'raw', ?)",
                run.value(),
                stream,
                part,
                rows);
        execute(
                """
                insert into etl.part_ledger (
                    run_id, stream, part, source, bucket, object_key, object_version, extracted, inserted,
                    updated, unchanged, duplicate, quarantined, pseudonym_key_id, loaded_at, load_millis
                )
                values (?, ?, ?, 'shop', 'b', 'k', 'v', ?, ?, 0, 0, 0, ?, 'key', now(), 1)
                """,
                run.value(),
                stream,
                part,
                rows,
                rows - quarantined,
                quarantined);
    }

    private static void problem(RunId run, int ordinal, String rule) {
        execute(
                "insert into etl.run_problems (run_id, ordinal, rule, message) values (?, ?, ?, 'away')",
                run.value(),
                ordinal,
                rule);
    }

    private static void execute(String sql, Object... parameters) {
        try (Connection connection =
                        DriverManager.getConnection(
                                System.getProperty("backfill.test.database"),
                                "postgres",
                                "postgres");
                PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            statement.execute();
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    private static void configure(String source, String yaml) {
        try (S3Client s3 =
                S3Client.builder()
                        .endpointOverride(
                                java.net.URI.create(System.getProperty("backfill.test.s3")))
                        .forcePathStyle(true)
                        .region(Region.EU_WEST_2)
                        .credentialsProvider(
                                StaticCredentialsProvider.create(
                                        AwsBasicCredentials.create("any", "any")))
                        .httpClientBuilder(UrlConnectionHttpClient.builder())
                        .build()) {
            s3.putObject(
                    request ->
                            request.bucket(BackfillTestServers.BUCKET)
                                    .key("config/sources/" + source + ".yaml"),
                    RequestBody.fromBytes(yaml.getBytes(StandardCharsets.UTF_8)));
        }
    }
}
