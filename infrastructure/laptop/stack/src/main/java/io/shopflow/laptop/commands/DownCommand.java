package io.shopflow.laptop.commands;

import io.shopflow.laptop.files.StackException;
import io.shopflow.laptop.folder.ProcessRecord;
import io.shopflow.laptop.process.Progress;
import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.Command;

/** Stops the stack. */
@Command(
        name = "down",
        description = "Stops the stack and waits until no process is left. The data stays.")
public class DownCommand extends StackCommand {

    private static final Duration LOOK = Duration.ofMillis(50);

    @Override
    public Integer call() {
        System.out.println(
                stop(data)
                        ? "The stack in %s is stopped.".formatted(data.folder().root())
                        : "No stack was up in %s.".formatted(data.folder().root()));
        return 0;
    }

    /** Stops the stack if one is up; returns whether one was. */
    static boolean stop(DataOption data) {
        ProcessRecord record = data.folder().record().process();
        Optional<ProcessHandle> running =
                Optional.ofNullable(record).flatMap(ProcessRecord::running);
        if (record == null || running.isEmpty()) {
            return false;
        }
        ProcessHandle stack = running.get();
        Progress progress = Progress.of(stack, data.folder().logs().resolve("stack.log"), LOOK);
        stack.destroy();
        try {
            while (record.running().isPresent()) {
                if (progress.stalled()) {
                    throw new StackException(
                            "The stack (process %d) hangs instead of stopping; see %s."
                                    .formatted(stack.pid(), data.folder().logs()));
                }
                Thread.sleep(LOOK);
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }
}
