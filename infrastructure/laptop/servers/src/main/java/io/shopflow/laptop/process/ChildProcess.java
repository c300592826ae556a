package io.shopflow.laptop.process;

import io.shopflow.laptop.files.StackException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * A process that this one has started. Its standard input stays open as long as this process lives,
 * and its output goes to a log.
 */
public final class ChildProcess {

    private static final Duration STOP_PATIENCE = Duration.ofSeconds(5);
    private static final Duration LOOK = Duration.ofMillis(20);
    private static final long LARGEST_LOG = 10L << 20;
    private static final int TAIL_LINES = 15;

    private final String name;
    private final Process process;
    private final Path log;

    private ChildProcess(String name, Process process, Path log) {
        this.name = name;
        this.process = process;
        this.log = log;
    }

    /**
     * Starts a program.
     *
     * @param name of the program in messages
     * @param command the program and its arguments
     * @param folder the working folder
     * @param log appended to; a large one is renamed first, replacing the previous one
     * @param environment changes the variables, which it inherits from this process
     * @throws StackException if it cannot be started
     */
    public static ChildProcess start(
            String name,
            List<String> command,
            Path folder,
            Path log,
            Consumer<Map<String, String>> environment) {
        try {
            if (Files.exists(log) && Files.size(log) > LARGEST_LOG) {
                Files.move(
                        log,
                        log.resolveSibling(
                                log.getFileName().toString().replaceFirst("\\.log$", ".1.log")),
                        StandardCopyOption.REPLACE_EXISTING);
            }
            ProcessBuilder builder =
                    new ProcessBuilder(inOwnSession(command))
                            .directory(folder.toFile())
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
            environment.accept(builder.environment());
            return new ChildProcess(name, builder.start(), log);
        } catch (IOException e) {
            throw new StackException("%s cannot be started: %s".formatted(name, e.getMessage()), e);
        }
    }

    /** The same with the variables of this process. */
    public static ChildProcess start(String name, List<String> command, Path folder, Path log) {
        return start(name, command, folder, log, variables -> {});
    }

    /** The program {@code java} of the JDK that runs this process. */
    public static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    /**
     * Ctrl-C in a terminal reaches every process of the session's foreground group; these must not
     * receive it, since they are stopped in order, after their clients. Without setsid (macOS) they
     * do receive it.
     */
    private static List<String> inOwnSession(List<String> command) {
        List<String> all = new ArrayList<>();
        Stream.of("/usr/bin/setsid", "/bin/setsid")
                .filter(setsid -> Files.isExecutable(Path.of(setsid)))
                .findFirst()
                .ifPresent(all::add);
        all.addAll(command);
        return all;
    }

    /**
     * Waits until the program answers; kills it if it does not.
     *
     * @return this
     * @throws StackException if it ends, or makes no progress
     */
    public ChildProcess awaitReady(BooleanSupplier ready) throws InterruptedException {
        Progress progress = progress(LOOK);
        boolean answers = false;
        try {
            while (!ready.getAsBoolean()) {
                if (awaitExit(LOOK)) {
                    throw failed("ended with status " + process.exitValue());
                }
                if (progress.stalled()) {
                    throw failed(
                            "has neither answered nor done anything for %d s"
                                    .formatted(Progress.STANDSTILL.toSeconds()));
                }
            }
            answers = true;
            return this;
        } finally {
            if (!answers) {
                kill();
            }
        }
    }

    private StackException failed(String what) {
        return new StackException(
                "%s %s while starting. The end of its log, %s:%n%s"
                        .formatted(name, what, log, tail(log)));
    }

    /** The last lines of a log, without stack frames; for messages. */
    public static String tail(Path log) {
        try (Stream<String> lines = Files.lines(log)) {
            List<String> all = lines.filter(line -> !line.startsWith("\tat ")).toList();
            return String.join(
                    System.lineSeparator(),
                    all.subList(Math.max(0, all.size() - TAIL_LINES), all.size()));
        } catch (IOException | UncheckedIOException e) {
            return "(no log: " + e.getMessage() + ")";
        }
    }

    /** Whether it still makes progress. */
    public Progress progress(Duration lookEvery) {
        return Progress.of(process.toHandle(), log, lookEvery);
    }

    /**
     * Whether it runs. Java learns of an exit later than the operating system, on a busy machine.
     */
    public boolean isAlive() {
        return process.isAlive() && handle().isAlive();
    }

    /** The process itself. */
    public ProcessHandle handle() {
        return process.toHandle();
    }

    /** Completes with its exit status. */
    public CompletableFuture<Integer> onExit() {
        return process.onExit().thenApply(Process::exitValue);
    }

    /** Waits for its end, at most this long; returns whether it has ended. */
    public boolean awaitExit(Duration time) throws InterruptedException {
        return process.waitFor(time.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Closes its input, which makes it end; kills it if it does not end within some seconds. */
    public void closeInput() {
        try {
            process.getOutputStream().close();
        } catch (IOException e) {
            // It has ended already, or will be killed.
        }
        awaitEnd();
    }

    /** Sends it the signal to end; kills it if it does not end within some seconds. */
    public void stop() {
        process.destroy();
        awaitEnd();
    }

    /** Sends it a signal, and waits for its end; kills it if it makes no progress. */
    public void stop(String signal) {
        if (isAlive()) {
            send(signal, process.pid());
            waitFor();
        }
    }

    /** Kills it. */
    public void kill() {
        process.destroyForcibly();
        awaitEnd();
    }

    private void awaitEnd() {
        try {
            if (!awaitExit(STOP_PATIENCE)) {
                process.destroyForcibly();
                awaitExit(STOP_PATIENCE);
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Waits for its end; kills it if it makes no progress.
     *
     * @return its exit status
     */
    public int waitFor() {
        Progress progress = progress(LOOK);
        try {
            while (!awaitExit(LOOK)) {
                if (progress.stalled()) {
                    return process.destroyForcibly().waitFor();
                }
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            return -1;
        }
    }

    /** Sends a signal, as {@code kill} names it, to a process. */
    public static void send(String signal, long pid) {
        try {
            new ProcessBuilder("kill", "-" + signal, Long.toString(pid))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot send a signal to " + pid, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
