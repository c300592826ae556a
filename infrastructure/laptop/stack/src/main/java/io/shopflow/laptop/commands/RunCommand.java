package io.shopflow.laptop.commands;

import io.shopflow.core.run.ExtractRequest;
import io.shopflow.core.run.RunId;
import io.shopflow.laptop.files.ShopflowHome;
import io.shopflow.laptop.runs.RunFollower;
import io.shopflow.laptop.runs.RunOutcome;
import io.shopflow.laptop.runs.Screen;
import io.shopflow.laptop.runs.SourceConfigurations;
import java.time.LocalDate;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs a source once. */
@Command(
        name = "run",
        description =
                "Extracts, transforms and loads a source now, and shows its ledger. The exit status is 0 only if the run is complete and its ledger balances.",
        footer = {
            "",
            "Sources are configured in sources/NAME.yaml. If no stack is up, one is started for this command."
        })
public class RunCommand extends StackCommand {

    @Option(
            names = "--source",
            paramLabel = "NAME",
            required = true,
            converter = Arguments.Source.class,
            description = "The source.")
    String source = "";

    @Mixin FilesOption files = new FilesOption();

    @Option(
            names = "--since",
            paramLabel = "DATE",
            description = "Reads what changed from this day on (2026-01-31), in the shop's zone.")
    @Nullable LocalDate since;

    @Option(names = "--full", description = "Reads everything, not only what changed.")
    boolean full;

    @Override
    public Integer call() throws InterruptedException {
        if (full && since != null) {
            throw usageError("--full and --since exclude each other.");
        }
        Optional<String> path = files.folder(this);
        Screen screen = Screen.standard();
        SourceConfigurations sources = SourceConfigurations.of(ShopflowHome.find(), data.folder());
        sources.require(source);
        return StackConnection.with(data, screen, stack -> run(stack, sources, path, screen));
    }

    private int run(
            StackConnection stack,
            SourceConfigurations sources,
            Optional<String> path,
            Screen screen)
            throws InterruptedException {
        RunFollower follower = stack.follower();
        follower.outlastingRestarts(() -> sources.upload(stack.clients().lake(), source));
        follower.awaitIdle(source, screen);
        RunId runId = RunId.create();
        ExtractRequest request = new ExtractRequest(source, runId, path.orElse(null), since, full);
        follower.outlastingRestarts(() -> stack.clients().requests().submit(request));
        screen.line("Run %s of %s".formatted(runId, source));
        RunOutcome outcome = follower.follow(source, runId, screen);
        outcome.lines().forEach(screen::line);
        return outcome.balanced() ? 0 : 1;
    }
}
