package io.shopflow.laptop.supervisor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.shopflow.core.run.ExtractRequest;
import io.shopflow.core.run.RunId;
import io.shopflow.laptop.files.StackException;
import io.shopflow.laptop.folder.DataFolder;
import io.shopflow.laptop.queues.FailureJournal;
import io.shopflow.laptop.runs.Backfill;
import io.shopflow.laptop.runs.BackfillOutcome;
import io.shopflow.laptop.runs.RunFollower;
import io.shopflow.laptop.runs.RunOutcome;
import io.shopflow.laptop.runs.Screen;
import io.shopflow.laptop.runs.SourceProgress;
import io.shopflow.laptop.servers.LocalPostgres;
import io.shopflow.ledger.RowCounts;
import io.shopflow.ledger.StreamLedger;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The stack with real servers and functions in miniature. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StackTest {

    @TempDir static Path temporary;

    private final List<String> announced = new CopyOnWriteArrayList<>();
    private Stack stack;
    private DataFolder folder;

    @BeforeAll
    void start() throws Exception {
        Path home = ScriptedPipeline.home(temporary.resolve("home"));
        folder = DataFolder.at(temporary.resolve("data"));
        stack = Stack.start(settings(home), Schedule.none(), announced::add);
    }

    @AfterAll
    void stop() {
        stack.close();
    }

    @Test
    void aRunGoesThroughAllFunctionsAndBalances() throws Exception {
        RunOutcome outcome = run("all_new");
        assertThat(outcome.balanced()).isTrue();
        assertThat(outcome.ledger())
                .containsExactly(
                        new StreamLedger(
                                outcome.runId(),
                                "orders",
                                12L,
                                new RowCounts(12, 9, 0, 0, 0, 3),
                                0,
                                true));
        assertThat(outcome.lines())
                .contains(
                        "  rejected: orders, number_format of total: 3 rows, for example '12$' at orders.csv:1",
                        "  warning: orders, country_unknown of ship_country: 6 rows, for example 'Utopia' at orders.csv:1",
                        "  The rows: ./shopflow quarantine show --run " + outcome.runId());
        assertThat(outcome.lines())
                .last()
                .asString()
                .endsWith("is complete and balanced; 3 rows rejected.");
        // Requests that other tests abandoned stay pending.
        assertThat(stack.clients().requests().pending())
                .extracting(ExtractRequest::source)
                .doesNotContain("all_new");
    }

    @Test
    void aRunThatChangesNothingReportsIt() throws Exception {
        assertThat(run("quiet").lines()).last().asString().contains("no row changed");
    }

    @Test
    void aRunWithProblemsIsIncompleteAndNamesThem() throws Exception {
        RunOutcome outcome = run("broken");
        assertThat(outcome.balanced()).isFalse();
        assertThat(outcome.lines())
                .contains(
                        "  problem: orders, orders.csv, line 7, total, file_ragged: Row 7 has too few fields.")
                .last()
                .asString()
                .contains("incomplete");
    }

    @Test
    void aNotificationOfARunIsWrittenToAFileAndAnnounced() throws Exception {
        RunOutcome outcome = run("broken");
        stack.clients()
                .lake()
                .put(
                        "notifications/broken/%s.json".formatted(outcome.runId()),
                        "{\"subject\": \"broken: incomplete\", \"text\": \"Row by row.\\n\"}"
                                .getBytes(StandardCharsets.UTF_8),
                        "application/json",
                        Map.of());
        try (Connection warehouse =
                        DriverManager.getConnection(
                                LocalPostgres.jdbcUrl(folder.record().ports().postgres()),
                                LocalPostgres.USER,
                                LocalPostgres.PASSWORD);
                PreparedStatement sent =
                        warehouse.prepareStatement(
                                "insert into etl.run_notifications (run_id, sent_at) values (?, now())")) {
            sent.setString(1, outcome.runId().value());
            sent.execute();
        }

        Path file = folder.root().resolve("notifications/broken/%s.txt".formatted(outcome.runId()));
        await(() -> Files.exists(file));
        assertThat(file).hasContent("broken: incomplete\n\nRow by row.\n");
        await(() -> announced.contains("notification: broken: incomplete: " + file));
    }

    @Test
    void anEventThatFailsTooOftenIsGivenUpAndTheRunIsIncomplete() throws Exception {
        RunOutcome outcome = run("hopeless");
        assertThat(outcome.balanced()).isFalse();
        assertThat(outcome.givenUp()).hasSize(1);
        assertThat(outcome.givenUp().getFirst().function()).isEqualTo("transform");
        assertThat(outcome.lines()).anyMatch(line -> line.contains("gave up on raw/"));
        assertThat(announced).anyMatch(line -> line.contains("gave up on raw/"));
    }

    /** The source stayed "being extracted" until its lease expired, and no other run began. */
    @Test
    void aRunThatExtractGaveUpGivesItsSourceBack() throws Exception {
        RunOutcome outcome = run("doomed");
        assertThat(outcome.givenUp()).hasSize(1);
        await(() -> SourceProgress.read(stack.clients().lake(), "doomed").leasedBy() == null);
        assertThat(outcome.lines()).anyMatch(line -> line.contains("extract gave up on doomed"));
    }

    @Test
    void aBackfillGoesThroughItsWindowsAndAddsTheirLedgersUp() throws Exception {
        BackfillOutcome outcome = backfill("all_new", "2026-01-01", "2026-01-07");

        assertThat(outcome.accepted()).isTrue();
        assertThat(outcome.windows()).isEqualTo(6);
        assertThat(outcome.ledger())
                .extracting(
                        StreamLedger::stream,
                        StreamLedger::counted,
                        StreamLedger::rows,
                        StreamLedger::balanced)
                .containsExactly(tuple("orders", 72L, new RowCounts(72, 54, 0, 0, 0, 18), true));
        assertThat(outcome.lines()).last().asString().contains("6 of 6 windows");
        // Requests that other tests abandoned stay pending.
        assertThat(stack.clients().requests().pending())
                .extracting(ExtractRequest::source)
                .doesNotContain("all_new");
    }

    @Test
    void aBackfillWithAWindowThatIsIncompleteOrGivenUpIsNotAccepted() throws Exception {
        assertThat(backfill("broken", "2026-01-01", "2026-01-02").reasons())
                .containsExactly("2026-01-01 is incomplete");
        BackfillOutcome outcome = backfill("hopeless", "2026-01-01", "2026-01-02");
        assertThat(outcome.accepted()).isFalse();
        assertThat(outcome.lines()).last().asString().contains("0 of 1 window.");
    }

    @Test
    void aBackfillThatTheFunctionRefusesSaysWhy() {
        assertThatThrownBy(() -> backfill("all_new", "2026-01-01", "2026-02-01"))
                .isInstanceOf(StackException.class)
                .hasMessage("too many windows");
    }

    @Test
    void everyProcessMayBeKilledDuringARun() throws Exception {
        RunId runId = RunId.create();
        stack.clients().requests().submit(new ExtractRequest("slow", runId, null, null, false));
        CompletableFuture<RunOutcome> outcome =
                CompletableFuture.supplyAsync(() -> follow("slow", runId));
        for (String name : List.of("extract", "PostgreSQL", "queues", "S3", "transform")) {
            await(() -> kill(name));
        }
        assertThat(outcome.get(10, TimeUnit.MINUTES).balanced()).isTrue();
        assertThat(announced).anyMatch(line -> line.contains("PostgreSQL died"));
    }

    /** A `run` that began during a restart of PostgreSQL ended with an error. */
    @Test
    void aRunRequestedWhileServersRestartWaitsForThem() throws Exception {
        for (String name : List.of("PostgreSQL", "queues", "S3")) {
            await(() -> kill(name));
        }
        RunId runId = RunId.create();
        Screen screen = screen();
        RunFollower follower = stack.clients().follower(stack::isUp);
        follower.awaitIdle("quiet", screen);
        follower.outlastingRestarts(
                () ->
                        stack.clients()
                                .requests()
                                .submit(new ExtractRequest("quiet", runId, null, null, false)));
        assertThat(follower.follow("quiet", runId, screen).balanced()).isTrue();
    }

    @Test
    void aSecondStackInTheSameFolderIsRefused() {
        assertThatThrownBy(
                        () ->
                                Stack.start(
                                        settings(temporary.resolve("home")),
                                        Schedule.none(),
                                        line -> {}))
                .isInstanceOf(StackException.class)
                .hasMessageContaining("already up")
                .hasMessageContaining("./shopflow down");
        assertThat(folder.record().running()).isPresent();
    }

    private StackSettings settings(Path home) {
        return StackSettings.everything(home, folder).withoutDemo().withoutDashboard();
    }

    private BackfillOutcome backfill(String source, String from, String until)
            throws InterruptedException {
        Screen screen =
                new Screen(
                        new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8),
                        false,
                        100);
        try (BackfillProcess function = BackfillProcess.of(temporary.resolve("home"), folder)) {
            return new Backfill(
                            function,
                            stack.clients().requests(),
                            stack.clients().database(),
                            new FailureJournal(folder.logs().resolve("failed-events.jsonl")),
                            stack::isUp)
                    .run(source, LocalDate.parse(from), LocalDate.parse(until), 1, screen);
        }
    }

    private RunOutcome run(String source) {
        RunId runId = RunId.create();
        stack.clients().requests().submit(new ExtractRequest(source, runId, null, null, false));
        return follow(source, runId);
    }

    private RunOutcome follow(String source, RunId runId) {
        try {
            return stack.clients().follower(stack::isUp).follow(source, runId, screen());
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Screen screen() {
        return new Screen(
                new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8),
                true,
                100);
    }

    private boolean kill(String name) {
        return folder.record().children().stream()
                .filter(child -> child.name().equals(name))
                .flatMap(child -> child.running().stream())
                .map(ProcessHandle::destroyForcibly)
                .findFirst()
                .orElse(false);
    }

    static void await(BooleanSupplier condition) throws InterruptedException {
        long deadline = System.nanoTime() + Duration.ofMinutes(10).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("in time").isLessThan(deadline);
            Thread.sleep(100);
        }
    }
}
