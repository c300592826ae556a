package io.shopflow.local.commands;

import static org.assertj.core.api.Assertions.assertThat;

import io.shopflow.core.run.ExtractRequest;
import io.shopflow.core.run.RunId;
import io.shopflow.local.folder.DataFolder;
import io.shopflow.local.runs.RunOutcome;
import io.shopflow.local.runs.Screen;
import io.shopflow.local.supervisor.Schedule;
import io.shopflow.local.supervisor.ScriptedPipeline;
import io.shopflow.local.supervisor.Stack;
import io.shopflow.local.supervisor.StackSettings;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is told of a stack from outside. */
class StatusReportTest {

    @TempDir Path temporary;

    @Test
    void itTellsProcessesRunsWatermarksAndQueues() throws Exception {
        Path home = ScriptedPipeline.home(temporary.resolve("home"));
        DataOption data = new DataOption();
        data.path = temporary.resolve("data");
        StackSettings settings =
                StackSettings.everything(home, DataFolder.at(data.path))
                        .withoutDemo()
                        .withoutDashboard();
        try (Stack stack = Stack.start(settings, Schedule.none(), line -> {});
                StackConnection connection = StackConnection.open(data)) {
            assertThat(stack.isUp()).isTrue();
            assertThat(new StatusReport(connection, 3).lines())
                    .contains("The stack is up", "  none yet")
                    .anyMatch(line -> line.matches("  PostgreSQL {2}\\d+"))
                    .anyMatch(line -> line.matches("  raw-events +0 +0 +0"));

            RunId runId = RunId.create();
            ByteArrayOutputStream printed = new ByteArrayOutputStream();
            Screen screen =
                    new Screen(new PrintStream(printed, true, StandardCharsets.UTF_8), true, 100);
            connection.follower().awaitIdle("quiet", screen);
            connection.requests().submit(new ExtractRequest("quiet", runId, null, null, false));
            RunOutcome outcome = connection.follower().follow("quiet", runId, screen);
            assertThat(outcome.balanced()).isTrue();
            assertThat(printed.toString(StandardCharsets.UTF_8))
                    .containsPattern("extract +\\[#+] 12 rows")
                    .containsPattern("load +\\[#+] 12 rows");

            List<String> lines = new StatusReport(connection, 3).lines();
            assertThat(lines)
                    .anyMatch(line -> line.startsWith("  " + runId + " of quiet: complete, closed"))
                    .anyMatch(line -> line.matches(" +orders +12 +12 .*yes"))
                    .anyMatch(line -> line.matches("  quiet orders +2026-01-31T00:00:00Z"));
        }
    }
}
