package io.shopflow.laptop.commands;

import io.shopflow.core.source.SourceName;
import io.shopflow.laptop.folder.DataFolder;
import io.shopflow.laptop.runs.Backfill;
import io.shopflow.laptop.runs.BackfillOutcome;
import io.shopflow.laptop.runs.Screen;
import io.shopflow.laptop.runs.SourceConfigurations;
import io.shopflow.laptop.supervisor.BackfillProcess;
import io.shopflow.laptop.supervisor.Schedule;
import io.shopflow.laptop.supervisor.Stack;
import io.shopflow.laptop.supervisor.StackSettings;
import java.time.LocalDate;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Reads a range of days of a source again, in windows. */
@Command(
        name = "backfill",
        mixinStandardHelpOptions = true,
        description =
                "Reads what changed in a range of days once more, in windows that run side by side, and shows their ledger. The exit status is 0 only if all windows balance.",
        footer = {
            "",
            "The days are the shop's. Watermarks stay as they are. The stack is started where none is up, and stopped again."
        })
public class BackfillCommand implements Callable<Integer> {

    @Mixin DataOption data = new DataOption();

    @Option(names = "--source", paramLabel = "NAME", required = true, description = "The source.")
    String source = "";

    // Set by picocli before it calls anything.
    @SuppressWarnings("NullAway.Init")
    @Option(
            names = "--from",
            paramLabel = "DATE",
            required = true,
            description = "The first day (2026-01-31).")
    LocalDate from;

    @SuppressWarnings("NullAway.Init")
    @Option(
            names = "--until",
            paramLabel = "DATE",
            required = true,
            description = "The day after the last one.")
    LocalDate until;

    @Option(
            names = "--window",
            paramLabel = "DAYS",
            defaultValue = "31",
            description = "Days in a window (default: ${DEFAULT-VALUE}).")
    int window;

    @SuppressWarnings("NullAway.Init")
    @Spec
    CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        check();
        Screen screen = Screen.standard();
        DataFolder folder = data.folder();
        SourceConfigurations sources = SourceConfigurations.of(Home.path(), folder);
        sources.require(source);
        if (folder.record().running().isPresent()) {
            return backfill(folder, sources, screen);
        }
        screen.line("No stack is up; starting one for this backfill.");
        StackSettings settings =
                StackSettings.everything(Home.path(), folder).withoutDemo().withoutDashboard();
        try (Stack stack = new Stack(settings, Schedule.none(), screen::line)) {
            Runtime.getRuntime().addShutdownHook(new Thread(stack::close, "stop the stack"));
            stack.start();
            return backfill(folder, sources, screen);
        }
    }

    private void check() {
        try {
            SourceName.check(source);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
        if (!until.isAfter(from)) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--until %s is not after --from %s; the day --until is itself not read."
                            .formatted(until, from));
        }
        if (window < 1) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--window is %d; a window has at least one day.".formatted(window));
        }
    }

    private int backfill(DataFolder folder, SourceConfigurations sources, Screen screen)
            throws InterruptedException {
        try (StackConnection stack = StackConnection.open(data);
                BackfillProcess function = BackfillProcess.of(Home.path(), folder)) {
            Runtime.getRuntime().addShutdownHook(new Thread(function::close, "stop backfill"));
            sources.upload(stack.lake());
            BackfillOutcome outcome =
                    new Backfill(
                                    function,
                                    stack.requests(),
                                    stack.database(),
                                    stack.failures(),
                                    () -> folder.record().running().isPresent())
                            .run(source, from, until, window, screen);
            outcome.lines().forEach(screen::line);
            return outcome.accepted() ? 0 : 1;
        }
    }
}
