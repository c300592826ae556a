package io.shopflow.laptop.commands;

import io.shopflow.core.run.PartId;
import io.shopflow.core.run.RunId;
import io.shopflow.laptop.folder.StackException;
import io.shopflow.laptop.runs.QuarantinedRows;
import io.shopflow.laptop.runs.Screen;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Shows rejected rows. */
@Command(
        name = "show",
        mixinStandardHelpOptions = true,
        description =
                "Shows rejected rows of a run, each with its position, the reason and its values. Personal values are masked.")
public class QuarantineShowCommand implements Callable<Integer> {

    @Mixin DataOption data = new DataOption();

    @Option(names = "--run", paramLabel = "RUN", required = true, description = "The run.")
    String run = "";

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

    // Set by picocli before it calls anything.
    @SuppressWarnings("NullAway.Init")
    @Spec
    CommandSpec spec;

    @Override
    public Integer call() {
        RunId runId = runId();
        Screen screen = Screen.standard();
        try (StackConnection stack = StackConnection.open(data)) {
            if (stack.database().read(ledger -> ledger.run(runId)).isEmpty()) {
                throw new StackException(
                        "There is no run %s. ./shopflow quarantine list shows the runs with rejected rows."
                                .formatted(runId));
            }
            List<PartId> parts =
                    stack.database().read(ledger -> ledger.quarantinedParts(runId)).stream()
                            .filter(
                                    part ->
                                            stream == null
                                                    || part.stream().canonicalName().equals(stream))
                            .toList();
            QuarantinedRows quarantined = new QuarantinedRows(stack.lake(), rule, field);
            List<String> lines = quarantined.lines(parts, rows);
            if (lines.isEmpty()) {
                screen.line("No such row was rejected in run %s.".formatted(runId));
            }
            lines.forEach(screen::line);
        }
        return 0;
    }

    private RunId runId() {
        if (rows < 1) {
            throw new ParameterException(spec.commandLine(), "--rows is at least 1.");
        }
        try {
            return new RunId(run);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }
}
