package io.shopflow.laptop.commands;

import io.shopflow.core.run.PartId;
import io.shopflow.core.run.RunId;
import io.shopflow.laptop.files.StackException;
import io.shopflow.laptop.runs.QuarantinedRows;
import io.shopflow.laptop.runs.Screen;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Shows rejected rows. */
@Command(
        name = "show",
        description =
                "Shows rejected rows of a run, each with its position, the reason and its values. Personal values are masked.")
public class QuarantineShowCommand extends StackCommand {

    // Set by picocli before it calls anything.
    @SuppressWarnings("NullAway.Init")
    @Option(
            names = "--run",
            paramLabel = "RUN",
            required = true,
            converter = Arguments.Run.class,
            description = "The run.")
    RunId run;

    @Option(names = "--stream", paramLabel = "NAME", description = "Only rows of this stream.")
    @Nullable String stream;

    @Option(
            names = "--rule",
            paramLabel = "NAME",
            description = "Only rows that this rule rejected.")
    @Nullable String rule;

    @Option(
            names = "--field",
            paramLabel = "NAME",
            description = "Only rows with this field at fault.")
    @Nullable String field;

    @Option(
            names = "--rows",
            paramLabel = "N",
            defaultValue = "20",
            description = "How many rows to show (default: 20).")
    int rows;

    @Override
    public Integer call() {
        if (rows < 1) {
            throw usageError("--rows is at least 1.");
        }
        Screen screen = Screen.standard();
        try (StackConnection stack = StackConnection.open(data)) {
            if (stack.clients().database().read(ledger -> ledger.run(run)).isEmpty()) {
                throw new StackException(
                        "There is no run %s. ./shopflow quarantine list shows the runs with rejected rows."
                                .formatted(run));
            }
            List<PartId> parts =
                    stack.clients().database().read(ledger -> ledger.quarantinedParts(run)).stream()
                            .filter(
                                    part ->
                                            stream == null
                                                    || part.stream().canonicalName().equals(stream))
                            .toList();
            QuarantinedRows quarantined = new QuarantinedRows(stack.clients().lake(), rule, field);
            List<String> lines = quarantined.lines(parts, rows);
            if (lines.isEmpty()) {
                screen.line("No such row was rejected in run %s.".formatted(run));
            }
            lines.forEach(screen::line);
        }
        return 0;
    }
}
