package io.shopflow.laptop.commands;

import io.shopflow.laptop.runs.Screen;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Shows the stack's status. */
@Command(
        name = "status",
        description =
                "Shows the runs with their ledgers, watermarks, queues, dead letters, processes.")
public class StatusCommand extends StackCommand {

    @Option(
            names = "--runs",
            paramLabel = "N",
            defaultValue = "3",
            description = "How many of the newest runs to show (default: 3).")
    int runs;

    @Override
    public Integer call() {
        Screen screen = Screen.standard();
        try (StackConnection stack = StackConnection.open(data)) {
            new StatusReport(stack, runs).lines().forEach(screen::line);
        }
        return 0;
    }
}
