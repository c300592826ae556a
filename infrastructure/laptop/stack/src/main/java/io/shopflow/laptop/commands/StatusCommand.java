package io.shopflow.laptop.commands;

import io.shopflow.laptop.runs.Screen;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows the stack's status. */
@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        description =
                "Shows the runs with their ledgers, watermarks, queues, dead letters, processes.")
public class StatusCommand implements Callable<Integer> {

    @Mixin DataOption data = new DataOption();

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
