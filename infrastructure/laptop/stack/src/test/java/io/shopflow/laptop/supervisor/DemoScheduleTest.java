package io.shopflow.laptop.supervisor;

import static org.assertj.core.api.Assertions.assertThat;

import io.shopflow.core.run.ExtractRequest;
import io.shopflow.core.run.RunId;
import io.shopflow.laptop.folder.DataFolder;
import io.shopflow.laptop.queues.FailureJournal;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When the simulated shop is extracted. */
class DemoScheduleTest {

    @TempDir Path temporary;

    @Test
    void theDemoWaitsForRequestedRunsButNotForThoseGivenUp() throws Exception {
        Path home = ScriptedPipeline.home(temporary.resolve("home"));
        DataFolder folder = DataFolder.at(temporary.resolve("data"));
        FailureJournal failures = new FailureJournal(folder.logs().resolve("failed-events.jsonl"));
        StackSettings settings = StackSettings.everything(home, folder).withoutDashboard();
        AtomicReference<Runnable> tick = new AtomicReference<>(() -> {});
        Schedule schedule =
                (name, interval, task) -> {
                    tick.set(task);
                    return () -> {};
                };
        try (Stack stack = Stack.start(settings, schedule, line -> {})) {
            StackTest.await(() -> stack.clients().requests().pending().isEmpty());

            RunId hopeless = request(stack, "hopeless");
            tick.get().run();
            assertThat(sources(stack)).containsExactly("hopeless");
            StackTest.await(() -> !failures.givenUp(hopeless).isEmpty());

            tick.get().run();
            assertThat(sources(stack)).contains("shop");
        }
    }

    private static RunId request(Stack stack, String source) {
        RunId runId = RunId.create();
        stack.clients().requests().submit(new ExtractRequest(source, runId, null, null, false));
        return runId;
    }

    private static Iterable<String> sources(Stack stack) {
        return stack.clients().requests().pending().stream().map(ExtractRequest::source).toList();
    }
}
