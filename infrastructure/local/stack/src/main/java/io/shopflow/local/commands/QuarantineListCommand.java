package io.shopflow.local.commands;

import io.shopflow.core.run.RunId;
import io.shopflow.core.source.SourceName;
import io.shopflow.local.runs.Rejection;
import io.shopflow.local.runs.RejectionTable;
import io.shopflow.local.runs.RunDatabase;
import io.shopflow.local.runs.Screen;
import io.shopflow.local.runs.Warning;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Sums rejected rows up. */
@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        description =
                "Sums rejected rows up by source, run, stream, rule and field, each with one value and its place.",
        footer = {
            "",
            "Odd values rejected nothing: each was rounded, cut, masked or left empty, as its rule says.",
            "'still out' are those that no later run has loaded or replaced: they are missing from the figures."
        })
public class QuarantineListCommand implements Callable<Integer> {

    private static final int MOST = 100;

    @Mixin DataOption data = new DataOption();

    @Option(names = "--source", paramLabel = "NAME", description = "Only runs of this source.")
    @Nullable String source;

    @Option(names = "--run", paramLabel = "RUN", description = "Only this run.")
    @Nullable String run;

    // Set by picocli before it calls anything.
    @SuppressWarnings("NullAway.Init")
    @Spec
    CommandSpec spec;

    @Override
    public Integer call() {
        check();
        Screen screen = Screen.standard();
        try (StackConnection stack = StackConnection.open(data)) {
            List<Rejection> rejections = rejections(stack.database());
            RejectionTable.lines(rejections, MOST).forEach(screen::line);
            showWarnings(warnings(stack.database()), screen);
            stack.database()
                    .rowsStillOut()
                    .forEach(
                            (name, rows) -> {
                                if (source == null || source.equals(name)) {
                                    screen.line(
                                            String.format(
                                                    Locale.ROOT,
                                                    "%s: %,d rejected %s still out of the figures",
                                                    name,
                                                    rows,
                                                    rows == 1 ? "row is" : "rows are"));
                                }
                            });
        }
        return 0;
    }

    private List<Rejection> rejections(RunDatabase database) {
        if (run != null) {
            return database.rejections(new RunId(run)).stream()
                    .filter(rejection -> source == null || rejection.source().equals(source))
                    .toList();
        }
        return source == null
                ? database.rejections(MOST + 1)
                : database.rejectionsOf(source, MOST + 1);
    }

    private List<Warning> warnings(RunDatabase database) {
        if (run != null) {
            return database.warnings(new RunId(run)).stream()
                    .filter(warning -> source == null || warning.source().equals(source))
                    .toList();
        }
        return source == null ? database.warnings(MOST + 1) : database.warningsOf(source, MOST + 1);
    }

    private static void showWarnings(List<Warning> warnings, Screen screen) {
        if (warnings.isEmpty()) {
            return;
        }
        screen.line("Odd values in rows that count:");
        warnings.stream()
                .limit(MOST)
                .forEach(
                        warning ->
                                screen.line(
                                        "  %s %s, %s"
                                                .formatted(
                                                        warning.source(),
                                                        warning.runId(),
                                                        warning.described())));
        if (warnings.size() > MOST) {
            screen.line("  and more: name a --source or a --run");
        }
    }

    private void check() {
        try {
            if (source != null) {
                SourceName.check(source);
            }
            if (run != null) {
                new RunId(run);
            }
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }
}
