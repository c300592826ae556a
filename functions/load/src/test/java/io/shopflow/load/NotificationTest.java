package io.shopflow.load;

import static io.shopflow.load.LoadFunctionTest.order;
import static io.shopflow.load.LoadFunctionTest.status;
import static io.shopflow.load.TestRun.deliver;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.shopflow.core.lake.PartMetadata.CleanCounts;
import io.shopflow.core.run.Problem;
import io.shopflow.core.run.RunNote;
import io.shopflow.core.stream.StreamName;
import io.shopflow.load.TestRun.RejectedRow;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The notifications of closed runs, as the data bucket has them. */
@QuarkusTest
@QuarkusTestResource(LoadTestServers.class)
class NotificationTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final Problem UNAVAILABLE =
            new Problem(null, null, null, null, "source_unavailable", "It does not answer.");

    @Test
    void anIncompleteRunIsNotifiedWithItsReasonAndItsLedger() {
        TestRun run = new TestRun("notified_incomplete");
        run.note(new RunNote("orders", "rows_gone", 2, "rows are gone", false));
        deliver(
                run.part(StreamName.ORDERS, new CleanCounts(4, 2, 1, 1), order("1"), order("2")),
                run.part(StreamName.PRODUCTS, CleanRow.of(StreamName.PRODUCTS, "1")),
                run.manifest(3));

        JsonNode notification = notification(run).orElseThrow();

        LocalDate day = run.id.requestedAt().atZone(ZoneOffset.UTC).toLocalDate();
        assertThat(notification.path("runId").asText()).isEqualTo(run.id.value());
        assertThat(notification.path("source").asText()).isEqualTo("notified_incomplete");
        assertThat(notification.path("environment").asText()).isEqualTo("laptop");
        assertThat(notification.path("status").asText()).isEqualTo("incomplete");
        assertThat(notification.path("subject").asText())
                .isEqualTo(
                        "notified_incomplete %s: incomplete, run %s (laptop)"
                                .formatted(day, run.id));
        assertThat(notification.path("text").asText())
                .isEqualTo(
                        """
                        The run is incomplete: the source counted 7 rows of orders, but returned 4; the source counted 4 rows of products, but returned 1; rejected_share of orders: 1 row.
                        Nothing is lost. Correct the cause, then run the source again: ./shopflow run --source notified_incomplete

                        Ledger
                        - orders: 4 of 7 read, 2 clean (2 inserted, 0 updated, 0 unchanged), 1 duplicate, 1 rejected; not balanced
                        - products: 1 of 4 read, 1 clean (1 inserted, 0 updated, 0 unchanged), 0 duplicate, 0 rejected; not balanced
                        - all: 5 of 11 read, 3 clean (3 inserted, 0 updated, 0 unchanged), 1 duplicate, 1 rejected; not balanced

                        Findings
                        - rejected_share of orders: 1 row, fails the run
                        - rows_gone of orders: 2 rows, puts figures in doubt

                        Rejected rows
                        - report_missing of orders: 1 row
                        """);
    }

    @Test
    void chatsGetTheSameInTheFormThatTheyShow() {
        TestRun run = new TestRun("notified_chat");
        deliver(run.part(StreamName.ORDERS, order("1")), run.manifest(1));

        JsonNode notification = notification(run).orElseThrow();

        JsonNode chat = notification.path("chat");
        assertThat(chat.path("version").asText()).isEqualTo("1.0");
        assertThat(chat.path("source").asText()).isEqualTo("custom");
        assertThat(chat.path("id").asText()).isEqualTo(run.id.value());
        JsonNode content = chat.path("content");
        assertThat(content.path("textType").asText()).isEqualTo("client-markdown");
        assertThat(content.path("title")).isEqualTo(notification.path("subject"));
        assertThat(content.path("description").asText())
                .isEqualTo(
                        """
                        The run is incomplete: the source counted 2 rows of orders, but returned 1.

                        Ledger
                        - orders: 1 of 2 read, 1 clean (1 inserted, 0 updated, 0 unchanged), 0 duplicate, 0 rejected; not balanced""");
        assertThat(content.path("nextSteps"))
                .extracting(JsonNode::asText)
                .containsExactly(
                        "Nothing is lost. Correct the cause, then run the source again: `./shopflow run --source notified_chat`");
        assertThat(chat.path("metadata").path("additionalContext").path("runId").asText())
                .isEqualTo(run.id.value());
    }

    @Test
    void aRunThatReadNothingIsNotifiedAsFailed() {
        TestRun run = new TestRun("notified_failed");

        deliver(run.manifest(UNAVAILABLE));

        JsonNode notification = notification(run).orElseThrow();
        assertThat(status(run)).isEqualTo("incomplete");
        assertThat(notification.path("status").asText()).isEqualTo("failed");
        assertThat(notification.path("subject").asText()).contains(": failed, run ");
        assertThat(notification.path("text").asText())
                .isEqualTo(
                        """
                        The run failed, no row was read: source_unavailable.
                        Nothing is lost: the next run catches up. To run the source now: ./shopflow run --source notified_failed
                        """);
    }

    @Test
    void ofCompleteRunsOnlyTheFirstAfterAProblemIsNotified() {
        TestRun first = complete("notified_after");
        TestRun broken = new TestRun("notified_after");
        deliver(broken.manifest(UNAVAILABLE));
        TestRun repaired = complete("notified_after");
        TestRun usual = complete("notified_after");

        assertThat(notification(first)).isEmpty();
        assertThat(notification(broken)).isPresent();
        JsonNode notification = notification(repaired).orElseThrow();
        assertThat(notification(usual)).isEmpty();
        assertThat(notification.path("status").asText()).isEqualTo("complete");
        assertThat(notification.path("text").asText())
                .isEqualTo(
                        """
                        Every row is accounted for: 1 row read, 1 loaded, 0 duplicate, 0 rejected.
                        Nothing needs to be done.

                        Ledger
                        - orders: 1 of 1 read, 1 clean (0 inserted, 0 updated, 1 unchanged), 0 duplicate, 0 rejected; balanced
                        """);
    }

    @Test
    void aCompleteRunIsNotifiedAfterOneThatWasRequestedEarlierAndClosedLater() {
        TestRun earlier = new TestRun("notified_order");
        TestRun later = complete("notified_order");
        deliver(earlier.manifest(UNAVAILABLE));
        TestRun repaired = complete("notified_order");

        assertThat(notification(later)).isEmpty();
        assertThat(notification(earlier)).isPresent();
        assertThat(notification(repaired)).isPresent();
    }

    @Test
    void aWindowOfABackfillIsNotNotified() {
        TestRun run = new TestRun("notified_window");
        deliver(run.part(StreamName.ORDERS, new CleanCounts(4, 0, 0, 4)));
        deliver(run.manifestOfWindow(LocalDate.parse("2026-02-01")));

        assertThat(notification(run)).isEmpty();
    }

    /** The state after a kill between the commit of the close and the put. */
    @Test
    void whatIsDueIsSentByTheNextInvocationAsItWouldHaveBeen() {
        TestRun undisturbed = new TestRun("notified_late");
        deliver(undisturbed.part(StreamName.ORDERS, order("1")), undisturbed.manifest(1));
        TestRun run = new TestRun("notified_late");
        String part = run.part(StreamName.ORDERS, order("1").at("2026-03-01T00:00:00Z"));
        String manifest = run.manifest(1);
        RefusingS3.refuseWhile(() -> deliver(part, manifest));
        assertThat(status(run)).isEqualTo("incomplete");
        assertThat(notification(run)).isEmpty();

        complete("another_source");

        assertThat(text(run).orElseThrow())
                .isEqualTo(
                        text(undisturbed)
                                .orElseThrow()
                                .replace(undisturbed.id.value(), run.id.value())
                                .replace("1 inserted, 0 updated", "0 inserted, 1 updated"));
        assertThat(due(run)).isEmpty();
    }

    /** The state after a kill between the put and the commit that marks it as sent. */
    @Test
    void anotherPutOfTheSameNotificationChangesNothing() {
        TestRun run = new TestRun("notified_twice");
        deliver(run.manifest(UNAVAILABLE));
        String before = text(run).orElseThrow();
        Database.execute(
                "update etl.run_notifications set sent_at = null where run_id = '%s'"
                        .formatted(run.id));
        // Another put would replace it.
        String key = key(run);
        TestRun.LAKE.put(key, "as it was".getBytes(StandardCharsets.UTF_8), "text/plain", Map.of());

        assertThat(deliver(run.manifest(UNAVAILABLE))).isEmpty();

        assertThat(text(run)).contains("as it was");
        assertThat(before).contains("failed");
        assertThat(due(run)).isEmpty();
    }

    @Test
    void aRefusedNotificationFailsNoMessageAndIsCounted() {
        TestRun run = new TestRun("notified_refused");
        String manifest = run.manifest(UNAVAILABLE);

        RefusingS3.refuseWhile(
                () -> {
                    List<JsonNode> lines =
                            LoadMetricsTest.about(
                                    "NotificationsFailed", LoadMetricsTest.delivered(manifest));
                    assertThat(lines)
                            .anyMatch(
                                    line ->
                                            line.path("NotificationsFailed").asInt() > 0
                                                    && line.path("Function")
                                                            .asText()
                                                            .equals("load"));
                    assertThat(deliver(manifest)).isEmpty();
                });
        assertThat(status(run)).isEqualTo("incomplete");
        assertThat(due(run)).hasSize(1);

        List<JsonNode> lines =
                LoadMetricsTest.about("NotificationsFailed", LoadMetricsTest.delivered(manifest));
        assertThat(lines).hasSize(1);
        assertThat(lines.getFirst().path("NotificationsFailed").asInt()).isZero();
        assertThat(notification(run)).isPresent();
        assertThat(due(run)).isEmpty();
    }

    @Test
    void noValueOfARowAndNoTextOfAMessageIsInIt() {
        TestRun run = new TestRun("notified_private");
        run.note(new RunNote("orders", "rows_gone", 1, "rows of Grace Hopper are gone", false));
        deliver(
                run.part(
                        StreamName.ORDERS,
                        List.of(
                                new RejectedRow(
                                        "id-of-ada",
                                        "number_format",
                                        "total",
                                        "12 Ada Street",
                                        "ada.csv:2"),
                                new RejectedRow(
                                        "id-of-bob",
                                        "number_format",
                                        "total",
                                        "12 Bob Street",
                                        "ada.csv:3")),
                        order("kept")),
                run.manifest(
                        new Problem(
                                "orders",
                                "ada-lovelace.csv",
                                7L,
                                "Ada",
                                "column_unknown",
                                "'Ada Lovelace' is no column.")));

        String text = text(run).orElseThrow();

        assertThat(
                        Database.rows(
                                "select message from etl.run_findings where run_id = '%s'"
                                        .formatted(run.id)))
                .anyMatch(message -> message.contains("12 Ada Street"));
        assertThat(text)
                .contains(
                        "column_unknown of orders",
                        "number_format of orders: 2 rows",
                        "rejected_share of orders")
                .doesNotContain("Ada", "ada.csv", "ada-lovelace", "id-of", "Bob", "Hopper");
    }

    @Test
    void aNotificationStaysReadableHoweverMuchWentWrong() {
        TestRun run = new TestRun("a_source_with_a_name_of_31_chars");
        deliver(
                run.manifest(
                        Stream.iterate(1, number -> number + 1)
                                .limit(50)
                                .map(number -> Problem.of("rule_" + number, "It is wrong."))
                                .toArray(Problem[]::new)));

        JsonNode notification = notification(run).orElseThrow();

        assertThat(notification.path("subject").asText()).hasSizeLessThan(100);
        assertThat(notification.path("text").asText()).contains("and 45 more causes.");
    }

    private static TestRun complete(String source) {
        TestRun run = new TestRun(source);
        deliver(run.part(StreamName.ORDERS, order("1").at("2026-01-01T00:00:00Z")), run.manifest());
        assertThat(status(run)).isEqualTo("complete");
        return run;
    }

    private static String key(TestRun run) {
        return "notifications/%s/%s.json".formatted(run.source, run.id);
    }

    private static Optional<String> text(TestRun run) {
        return TestRun.LAKE.read(key(run)).map(json -> new String(json, StandardCharsets.UTF_8));
    }

    static Optional<JsonNode> notification(TestRun run) {
        return text(run)
                .map(
                        json -> {
                            try {
                                return JSON.readTree(json);
                            } catch (IOException e) {
                                throw new UncheckedIOException(e);
                            }
                        });
    }

    private static List<String> due(TestRun run) {
        return Database.rows(
                "select run_id from etl.run_notifications where sent_at is null and run_id = '%s'"
                        .formatted(run.id));
    }
}
