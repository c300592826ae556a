package io.shopflow.laptop.commands;

import static org.assertj.core.api.Assertions.assertThat;

import io.shopflow.core.run.ExtractRequest;
import io.shopflow.core.run.RunId;
import io.shopflow.core.run.RunKeys;
import io.shopflow.laptop.folder.DataFolder;
import io.shopflow.laptop.runs.RunOutcome;
import io.shopflow.laptop.runs.Screen;
import io.shopflow.laptop.supervisor.Schedule;
import io.shopflow.laptop.supervisor.ScriptedPipeline;
import io.shopflow.laptop.supervisor.Stack;
import io.shopflow.laptop.supervisor.StackSettings;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The report on a stack from another process. */
class StatusReportTest {

    @TempDir Path temporary;

    @Test
    void itShowsProcessesRunsWatermarksAndQueues() throws Exception {
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
            connection
                    .clients()
                    .requests()
                    .submit(new ExtractRequest("quiet", runId, null, null, false));
            RunOutcome outcome = connection.follower().follow("quiet", runId, screen);
            assertThat(outcome.balanced()).isTrue();
            assertThat(printed.toString(StandardCharsets.UTF_8))
                    .containsPattern("extract +\\[#+] 12 rows")
                    .containsPattern("load +\\[#+] 12 rows");

            List<String> lines = new StatusReport(connection, 3).lines();
            assertThat(lines)
                    .anyMatch(line -> line.startsWith("  " + runId + " of quiet: complete, closed"))
                    .anyMatch(line -> line.matches(" +orders +12 +12 .*yes"))
                    .anyMatch(line -> line.matches("  quiet orders +2026-01-31T00:00:00Z"))
                    .contains(
                            "  quiet: 3 rejected rows are still out of the figures: ./shopflow quarantine list --source quiet");
            rejectedRowsAreSummedUpAndShown(data, runId);
            anExtractionThatHasStoppedIsNotSaidToGoOn(connection);
        }
    }

    private static void rejectedRowsAreSummedUpAndShown(DataOption data, RunId runId) {
        assertThat(printed("quarantine", "list", "--data", data.path.toString()))
                .containsExactly(
                        "source  run                         stream  rule           field  rows  still out  value  place",
                        "quiet   "
                                + runId
                                + "  orders  number_format  total     3          3  12$    orders.csv:1",
                        "Warnings in rows that were loaded:",
                        "  quiet "
                                + runId
                                + ", orders, country_unknown of ship_country: 6 rows, for example 'Utopia' at orders.csv:1",
                        "quiet: 3 rejected rows are still out of the figures");
        assertThat(
                        printed(
                                "quarantine",
                                "show",
                                "--data",
                                data.path.toString(),
                                "--run",
                                runId.value(),
                                "--rule",
                                "number_format",
                                "--rows",
                                "2"))
                .containsExactly(
                        "orders orders.csv:1: number_format of total: The value is not a number.",
                        "  id=1, total=12 [31m$, currency=EUR",
                        "orders orders.csv:2: number_format of total: The value is not a number.",
                        "  id=2, total=12 [31m$, currency=EUR",
                        "and 1 more: --rows 3 shows all");
        assertThat(
                        printed(
                                "quarantine",
                                "show",
                                "--data",
                                data.path.toString(),
                                "--run",
                                runId.value(),
                                "--stream",
                                "refunds"))
                .containsExactly("No such row was rejected in run %s.".formatted(runId));
        assertThat(
                        printed(
                                "quarantine",
                                "list",
                                "--data",
                                data.path.toString(),
                                "--source",
                                "other"))
                .containsExactly("No row was rejected.");
    }

    private static void anExtractionThatHasStoppedIsNotSaidToGoOn(StackConnection connection) {
        RunId dead = RunId.create();
        connection
                .clients()
                .lake()
                .put(
                        RunKeys.state("dead"),
                        """
                        {"watermarks":{},"lease":{"runId":"%s","expiresAt":"2026-01-01T00:00:00Z"}}
                        """
                                .formatted(dead)
                                .getBytes(StandardCharsets.UTF_8),
                        "application/json",
                        Map.of());
        assertThat(new StatusReport(connection, 3).lines())
                .contains(
                        "  dead is not being extracted any more: run %s has stopped, its lease ended at 2026-01-01T00:00:00Z. The next run begins where it began."
                                .formatted(dead));
    }

    /** The output of a command. */
    private static List<String> printed(String... arguments) {
        PrintStream out = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        try (PrintStream stream = new PrintStream(printed, true, StandardCharsets.UTF_8)) {
            System.setOut(stream);
            assertThat(CommandLineMain.run(arguments)).isZero();
            return printed.toString(StandardCharsets.UTF_8).lines().toList();
        } finally {
            System.setOut(out);
        }
    }
}
