package io.shopflow.laptop.queues;

import static org.assertj.core.api.Assertions.assertThat;

import io.shopflow.core.run.ExtractRequest;
import io.shopflow.core.run.RunId;
import io.shopflow.laptop.runtime.FunctionPackage;
import io.shopflow.laptop.runtime.FunctionSettings;
import io.shopflow.laptop.runtime.LocalFunction;
import io.shopflow.laptop.runtime.ScriptedFunction;
import io.shopflow.laptop.servers.LocalQueues;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Queue to function, with a real queue server for each test. */
class EventSourceMappingTest {

    @TempDir Path folder;

    private final List<FailedEvent> failures = new CopyOnWriteArrayList<>();
    private LocalQueues server;
    private Queues queues;
    private LocalFunction function;
    private EventSourceMapping mapping;
    private FailureJournal journal;

    @BeforeEach
    void start() throws IOException {
        server =
                LocalQueues.start(
                        folder.resolve("queues"),
                        0,
                        List.of(new LocalQueues.Queue("requests", Duration.ofMinutes(10), 2)));
        queues = new Queues(server.endpoint());
        ScriptedFunction.executable(folder, "batch", BatchFunction.class);
        function =
                new LocalFunction(
                        new FunctionSettings("batch", 128, Duration.ofMinutes(5), 2, Map.of()),
                        FunctionPackage.locate(folder, "batch", folder.resolve("cache")),
                        folder,
                        folder.resolve("batch.log"),
                        (name, process) -> {});
        journal = new FailureJournal(folder.resolve("failures.jsonl"));
        mapping =
                EventSourceMapping.start(
                        new EventSourceMapping.Settings(
                                "requests", 3, 2, 2, Duration.ofMinutes(10)),
                        queues,
                        function,
                        journal,
                        failures::add);
    }

    @AfterEach
    void stop() {
        mapping.close();
        function.close();
        queues.close();
        server.close();
    }

    @Test
    void whatFailsIsHiddenLongerEachTimeButNoLongerThanTheQueueHidesMessages() {
        Duration visibility = Duration.ofSeconds(15);

        assertThat(
                        IntStream.rangeClosed(1, 5)
                                .mapToObj(n -> EventSourceMapping.backOff(n, visibility)))
                .containsExactly(
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(3),
                        Duration.ofSeconds(10),
                        visibility,
                        visibility);
    }

    @Test
    void whatSucceedsIsDeletedAndWhatFailsComesAgainUntilItIsGivenUp() throws Exception {
        RunId runId = RunId.create();
        queues.send("requests", body("good", RunId.create()));
        queues.send("requests", body("bad", runId));
        await(() -> queues.depth("requests-dead-letters").waiting() == 1);
        await(() -> queues.depth("requests").equals(new Queues.Depth(0, 0)));
        assertThat(failures)
                .filteredOn(failure -> failure.subject().equals("bad"))
                .extracting(FailedEvent::receives, FailedEvent::givenUp)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(1, false),
                        org.assertj.core.groups.Tuple.tuple(2, true));
        assertThat(failures).noneMatch(failure -> failure.subject().equals("good"));
        assertThat(journal.givenUp(runId)).hasSize(1);
        assertThat(journal.lastGivenUp(1)).hasSize(1);
        journal.forget(List.of(runId));
        assertThat(journal.givenUp(runId)).isEmpty();
    }

    @Test
    void aCrashFailsTheMessagesAndTheyComeAgain() throws Exception {
        queues.send("requests", body("crash_once", RunId.create()));
        await(
                () ->
                        failures.stream()
                                .anyMatch(
                                        failure ->
                                                failure.subject().equals("crash_once")
                                                        && failure.reason()
                                                                .contains("Runtime.ExitError")));
        await(() -> queues.depth("requests").equals(new Queues.Depth(0, 0)));
    }

    @Test
    void anAnswerThatCannotBeReadFailsTheBatch() throws Exception {
        queues.send("requests", "nonsense");
        await(() -> failures.stream().anyMatch(failure -> failure.subject().isEmpty()));
        assertThat(failures)
                .filteredOn(failure -> failure.subject().isEmpty())
                .allSatisfy(
                        failure ->
                                assertThat(failure.abandoned())
                                        .contains(" on an unreadable message of requests after "));
    }

    private static String body(String source, RunId runId) {
        return new String(
                io.shopflow.core.run.RunJson.write(
                        new ExtractRequest(source, runId, null, null, false)),
                java.nio.charset.StandardCharsets.UTF_8);
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        long deadline = System.nanoTime() + Duration.ofMinutes(10).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("in time").isLessThan(deadline);
            Thread.sleep(100);
        }
    }
}
