package io.shopflow.local.commands;

import io.shopflow.local.folder.StackException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Stops the stack. */
@Command(
        name = "down",
        mixinStandardHelpOptions = true,
        description = "Stops the stack and waits until no process is left. The data stays.")
public class DownCommand implements Runnable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Mixin DataOption data = new DataOption();

    @Override
    public void run() {
        System.out.println(
                stop(data)
                        ? "The stack in %s is stopped.".formatted(data.folder().root())
                        : "No stack was up in %s.".formatted(data.folder().root()));
    }

    /** Stops the stack if one is up; returns whether one was. */
    static boolean stop(DataOption data) {
        Optional<ProcessHandle> running = data.folder().record().running();
        if (running.isEmpty()) {
            return false;
        }
        ProcessHandle stack = running.get();
        stack.destroy();
        try {
            stack.onExit().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            return true;
        } catch (TimeoutException | ExecutionException e) {
            throw new StackException(
                    "The stack (process %d) has not stopped within %d s; see %s."
                            .formatted(stack.pid(), PATIENCE.toSeconds(), data.folder().logs()),
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }
}
