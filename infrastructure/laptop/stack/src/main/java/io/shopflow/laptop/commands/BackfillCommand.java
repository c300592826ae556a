package io.shopflow.laptop.commands;

import io.shopflow.laptop.files.ShopflowHome;
import io.shopflow.laptop.runs.Backfill;
import io.shopflow.laptop.runs.BackfillOutcome;
import io.shopflow.laptop.runs.Screen;
import io.shopflow.laptop.runs.SourceConfigurations;
import io.shopflow.laptop.supervisor.BackfillProcess;
import io.shopflow.laptop.supervisor.StackClients;
import java.time.LocalDate;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Reads a range of days of a source again, in windows. */
@Command(
        name = "backfill",
        description =
                "Reads the changes of a range of days again, in concurrent windows, and shows their ledger. The exit status is 0 only if all windows are complete and balance.",
        footer = {
            "",
            "Days are in the shop's time zone. Watermarks do not change. If no stack is up, one is started for this command."
        })
public class BackfillCommand extends StackCommand {

    @Option(
            names = "--source",
            paramLabel = "NAME",
            required = true,
            converter = Arguments.Source.class,
            description = "The source.")
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

    @Override
    public Integer call() throws InterruptedException {
        check();
        Screen screen = Screen.standard();
        SourceConfigurations sources = SourceConfigurations.of(ShopflowHome.find(), data.folder());
        sources.require(source);
        return StackConnection.with(data, screen, stack -> backfill(stack, sources, screen));
    }

    private void check() {
        if (!until.isAfter(from)) {
            throw usageError(
                    "--until %s is not after --from %s; the day --until is itself not read."
                            .formatted(until, from));
        }
        if (window < 1) {
            throw usageError("--window is %d; a window has at least one day.".formatted(window));
        }
    }

    private int backfill(StackConnection stack, SourceConfigurations sources, Screen screen)
            throws InterruptedException {
        StackClients clients = stack.clients();
        try (BackfillProcess function = BackfillProcess.of(ShopflowHome.find(), data.folder())) {
            Runtime.getRuntime().addShutdownHook(new Thread(function::close, "stop backfill"));
            sources.upload(clients.lake(), source);
            BackfillOutcome outcome =
                    new Backfill(
                                    function,
                                    clients.requests(),
                                    clients.database(),
                                    clients.failures(),
                                    stack::isUp)
                            .run(source, from, until, window, screen);
            outcome.lines().forEach(screen::line);
            return outcome.accepted() ? 0 : 1;
        }
    }
}
