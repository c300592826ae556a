package io.shopflow.local.commands;

import io.shopflow.core.run.ExtractRequest;
import io.shopflow.core.run.RunId;
import io.shopflow.local.folder.DataFolder;
import io.shopflow.local.folder.StackException;
import io.shopflow.local.process.Progress;
import io.shopflow.local.runs.RunOutcome;
import io.shopflow.local.runs.Screen;
import io.shopflow.local.runs.SourceConfigurations;
import io.shopflow.local.supervisor.Schedule;
import io.shopflow.local.supervisor.Stack;
import io.shopflow.local.supervisor.StackSettings;
import io.shopflow.shop.CsvExport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;

/**
 * Runs small data through a stack of its own, whose functions leave what makes later ones start
 * faster. The launcher calls it once after a build.
 */
@Command(
        name = "prepare",
        hidden = true,
        mixinStandardHelpOptions = true,
        description = "Makes functions start faster, by a training run. The launcher calls it.")
public class PrepareCommand implements Callable<Integer> {

    private static final String SOURCE = "generated";
    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final int CUSTOMERS = 4_000;
    private static final int PRODUCTS = 1_000;
    private static final int ORDERS = 15_000;
    private static final double DIRTY_PERCENT = 1;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Path folder = Home.path().resolve("target/prepare");
        deleteLeft(folder);
        Path temporary = Files.createTempDirectory(Files.createDirectories(folder), "run");
        try {
            return train(temporary);
        } finally {
            delete(temporary);
        }
    }

    private static int train(Path temporary) throws IOException, InterruptedException {
        Screen screen = Screen.standard();
        Path shop = temporary.resolve("shop");
        CsvExport.write(new CsvExport.Request(CUSTOMERS, PRODUCTS, ORDERS, 1, shop, DIRTY_PERCENT));
        DataFolder folder = DataFolder.at(temporary.resolve("data"));
        // The simulated shop too: its protocol has classes of its own.
        StackSettings settings =
                StackSettings.everything(Home.path(), folder).withoutDashboard().inTraining();
        Stack stack = new Stack(settings, Schedule.none(), screen::line);
        Runtime.getRuntime()
                .addShutdownHook(new Thread(() -> leaveNothing(stack, temporary), "clean up"));
        Thread standstill = closeAtStandstill(stack);
        try {
            stack.start();
            SourceConfigurations.of(Home.path(), folder).upload(stack.lake());
            RunId runId = RunId.create();
            stack.requests()
                    .submit(new ExtractRequest(SOURCE, runId, shop.toString(), null, false));
            RunOutcome outcome = stack.follower().follow(SOURCE, runId, screen);
            outcome.lines().forEach(screen::line);
            screen.line("Trained: " + String.join(", ", stack.endTraining()));
            if (!outcome.balanced()) {
                throw new StackException("The training run is incomplete.");
            }
        } finally {
            standstill.interrupt();
            standstill.join();
            stack.close();
        }
        return 0;
    }

    /** Nobody must wait for ever for what only saves seconds. */
    private static Thread closeAtStandstill(Stack stack) {
        Progress progress = Progress.of(ProcessHandle.current(), null, LOOK);
        return Thread.ofPlatform()
                .daemon()
                .name("standstill")
                .start(
                        () -> {
                            try {
                                while (!progress.stalled()) {
                                    Thread.sleep(LOOK);
                                }
                                stack.close();
                            } catch (InterruptedException e) {
                                Thread.currentThread().interrupt();
                            }
                        });
    }

    /** What a killed training left is deleted by the next one. */
    private static void deleteLeft(Path folder) {
        try {
            delete(folder);
        } catch (IOException | UncheckedIOException e) {
            // Its last process has not ended yet.
        }
    }

    /** Ctrl-C ends the training anywhere. */
    private static void leaveNothing(Stack stack, Path temporary) {
        stack.close();
        try {
            delete(temporary);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : (Iterable<Path>) files.sorted(Comparator.reverseOrder())::iterator) {
                Files.deleteIfExists(file);
            }
        }
    }
}
