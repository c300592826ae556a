package io.shopflow.laptop.supervisor;

import static org.assertj.core.api.Assertions.assertThat;

import io.shopflow.core.run.ExtractRequest;
import io.shopflow.core.run.RunId;
import io.shopflow.laptop.folder.DataFolder;
import io.shopflow.laptop.folder.ProcessRecord;
import io.shopflow.ledger.Run;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The state that a stopped stack leaves behind, and its use by the next one. */
class StackRestartTest {

    @TempDir Path temporary;

    @Test
    void anInterruptedRunContinuesAtTheNextStartAndNoProcessIsLeft() throws Exception {
        Path home = ScriptedPipeline.home(temporary.resolve("home"));
        DataFolder folder = DataFolder.at(temporary.resolve("data"));
        StackSettings settings =
                StackSettings.everything(home, folder).withoutDemo().withoutDashboard();
        RunId runId = RunId.create();
        List<ProcessRecord> children = new CopyOnWriteArrayList<>();
        try (Stack stack = Stack.start(settings, Schedule.none(), line -> {})) {
            stack.clients().requests().submit(new ExtractRequest("slow", runId, null, null, false));
            StackTest.await(
                    () ->
                            folder.record().children().stream()
                                    .anyMatch(child -> child.name().equals("transform")));
            children.addAll(folder.record().children());
        }
        assertThat(children).hasSizeGreaterThan(4);
        assertThat(children).noneMatch(child -> child.running().isPresent());
        assertThat(folder.record().running()).isEmpty();
        String key = Files.readString(folder.file("pseudonym.key"));
        assertThat(key).hasSize(44);
        assertThat(
                        PosixFilePermissions.toString(
                                Files.getPosixFilePermissions(folder.file("pseudonym.key"))))
                .isEqualTo("rw-------");

        List<String> announced = new CopyOnWriteArrayList<>();
        Schedule schedule =
                (name, interval, task) -> {
                    assertThat(interval).isEqualTo(Duration.ofSeconds(1));
                    task.run();
                    return () -> {};
                };
        StackSettings withDemo =
                StackSettings.everything(home, folder)
                        .withoutDashboard()
                        .withDemoInterval(Duration.ofSeconds(1));
        try (Stack stack = Stack.start(withDemo, schedule, announced::add)) {
            StackTest.await(
                    () ->
                            stack.clients()
                                    .database()
                                    .read(ledger -> ledger.run(runId))
                                    .filter(Run::complete)
                                    .isPresent());
            assertThat(announced).anyMatch(line -> line.contains("continuing 1 interrupted"));
            assertThat(announced).anyMatch(line -> line.contains("first extraction is loaded"));
            StackTest.await(() -> stack.clients().requests().pending().isEmpty());
        }
        assertThat(Files.readString(folder.file("pseudonym.key"))).isEqualTo(key);
    }
}
