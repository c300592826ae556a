package io.shopflow.laptop.commands;

import io.shopflow.core.run.ExtractRequest;
import io.shopflow.core.run.RunId;
import io.shopflow.core.source.SourceName;
import io.shopflow.laptop.folder.DataFolder;
import io.shopflow.laptop.runs.RunFollower;
import io.shopflow.laptop.runs.RunOutcome;
import io.shopflow.laptop.runs.RunRequests;
import io.shopflow.laptop.runs.Screen;
import io.shopflow.laptop.runs.SourceConfigurations;
import io.shopflow.laptop.supervisor.Schedule;
import io.shopflow.laptop.supervisor.Stack;
import io.shopflow.laptop.supervisor.StackSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Runs a source once. */
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        description =
                "Extracts, transforms and loads a source now, and shows its ledger. The exit status is 0 only if the ledger balances.",
        footer = {
            "",
            "Sources are configured in sources/NAME.yaml. The stack is started where none is up, and stopped again."
        })
public class RunCommand implements Callable<Integer> {

    @Mixin DataOption data = new DataOption();

    @Option(names = "--source", paramLabel = "NAME", required = true, description = "The source.")
    String source = "";

    @Option(
            names = "--path",
            paramLabel = "DIR",
            description = "Reads the files in this folder instead of the configured one.")
    @Nullable Path path;

    @Option(
            names = "--since",
            paramLabel = "DATE",
            description = "Reads what changed from this day on (2026-01-31), in the shop's zone.")
    @Nullable LocalDate since;

    @Option(names = "--full", description = "Reads everything, not only what changed.")
    boolean full;

    // Set by picocli before it calls anything.
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
        if (folder.record().running().isEmpty()) {
            return withStackOfItsOwn(folder, screen);
        }
        try (StackConnection stack = StackConnection.open(data)) {
            RunFollower follower = stack.follower();
            follower.outlastingRestarts(() -> sources.upload(stack.lake(), source));
            return run(stack.requests(), follower, screen);
        }
    }

    private void check() {
        try {
            SourceName.check(source);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
        if (full && since != null) {
            throw new ParameterException(
                    spec.commandLine(), "--full and --since exclude each other.");
        }
        if (path != null && !Files.isDirectory(path)) {
            throw new ParameterException(
                    spec.commandLine(), "%s is no folder.".formatted(path.toAbsolutePath()));
        }
    }

    private int withStackOfItsOwn(DataFolder folder, Screen screen) throws InterruptedException {
        screen.line("No stack is up; starting one for this run.");
        StackSettings settings =
                StackSettings.everything(Home.path(), folder).withoutDemo().withoutDashboard();
        try (Stack stack = new Stack(settings, Schedule.none(), screen::line)) {
            Thread hook = new Thread(stack::close, "stop the stack");
            Runtime.getRuntime().addShutdownHook(hook);
            stack.start();
            return run(stack.requests(), stack.follower(), screen);
        }
    }

    private int run(RunRequests requests, RunFollower follower, Screen screen)
            throws InterruptedException {
        follower.awaitIdle(source, screen);
        RunId runId = RunId.create();
        ExtractRequest request =
                new ExtractRequest(
                        source,
                        runId,
                        path == null ? null : path.toAbsolutePath().normalize().toString(),
                        since,
                        full);
        follower.outlastingRestarts(() -> requests.submit(request));
        screen.line("Run %s of %s".formatted(runId, source));
        RunOutcome outcome = follower.follow(source, runId, screen);
        outcome.lines().forEach(screen::line);
        return outcome.balanced() ? 0 : 1;
    }
}
