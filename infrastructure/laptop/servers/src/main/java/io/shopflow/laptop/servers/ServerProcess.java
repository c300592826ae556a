package io.shopflow.laptop.servers;

import io.shopflow.laptop.process.Progress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/**
 * A child process. Its standard input stays open as long as this process lives; its end makes the
 * child end. Its output goes to a log in its data folder.
 */
final class ServerProcess {

    private static final Duration STOP_PATIENCE = Duration.ofSeconds(5);
    private static final Duration LOOK = Duration.ofMillis(20);

    private static final long MOST_LOG_BYTES = 10L << 20;

    private final String server;
    private final Process process;
    private final DataFolder folder;
    private final String log;

    private ServerProcess(String server, Process process, DataFolder folder, String log) {
        this.server = server;
        this.process = process;
        this.folder = folder;
        this.log = log;
    }

    static ServerProcess start(String server, List<String> command, DataFolder folder, String log) {
        try {
            Path file = folder.resolve(log);
            if (Files.exists(file) && Files.size(file) > MOST_LOG_BYTES) {
                Files.delete(file);
            }
            Process process =
                    new ProcessBuilder(inSessionOfItsOwn(command))
                            .directory(folder.path().toFile())
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.appendTo(file.toFile()))
                            .start();
            return new ServerProcess(server, process, folder, log);
        } catch (IOException e) {
            throw new ServerStartException(
                    "%s cannot be started: %s".formatted(server, e.getMessage()), e);
        }
    }

    /**
     * Ctrl-C in a terminal reaches every process of the session's foreground group; the servers
     * must not receive it, since they are stopped in order, after their clients. Without setsid
     * (macOS) they do receive it.
     */
    private static List<String> inSessionOfItsOwn(List<String> command) {
        List<String> all = new ArrayList<>();
        Stream.of("/usr/bin/setsid", "/bin/setsid")
                .filter(setsid -> Files.isExecutable(Path.of(setsid)))
                .findFirst()
                .ifPresent(all::add);
        all.addAll(command);
        return all;
    }

    /**
     * Waits until the server answers; stops it and throws if it ends or makes no progress.
     *
     * @return this
     */
    ServerProcess awaitReady(BooleanSupplier ready) {
        Progress progress = Progress.of(process.toHandle(), folder.resolve(log), LOOK);
        while (!ready.getAsBoolean()) {
            if (!process.isAlive()) {
                throw failed("ended with status " + process.exitValue());
            }
            if (progress.stalled()) {
                kill();
                throw failed(
                        "has neither answered nor done anything for %d s"
                                .formatted(Progress.STANDSTILL.toSeconds()));
            }
            try {
                Thread.sleep(LOOK);
            } catch (InterruptedException e) {
                stop();
                Thread.currentThread().interrupt();
                throw failed("was interrupted");
            }
        }
        return this;
    }

    private ServerStartException failed(String what) {
        return new ServerStartException(
                "%s %s while starting. The end of its log, %s:%n%s"
                        .formatted(server, what, folder.resolve(log), folder.tail(log)));
    }

    boolean isAlive() {
        return process.isAlive();
    }

    long pid() {
        return process.pid();
    }

    /** Closes its input, which makes it end; kills it if it does not end within some seconds. */
    void stop() {
        try {
            process.getOutputStream().close();
        } catch (IOException e) {
            // It has ended already, or will be killed.
        }
        await(STOP_PATIENCE);
    }

    /** Sends it a signal, and waits for its end; kills it if it makes no progress. */
    void stop(String signal) {
        if (isAlive()) {
            send(signal, pid());
            endsByItself();
        }
    }

    private void await(Duration patience) {
        try {
            if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    /** Kills it. */
    void kill() {
        process.destroyForcibly();
        await(STOP_PATIENCE);
    }

    /** Waits for its end; kills it if it makes no progress. Returns its exit status. */
    int waitFor() {
        return endsByItself() ? process.exitValue() : -1;
    }

    /** Waits for its end; kills it and returns false if it makes no progress. */
    private boolean endsByItself() {
        Progress progress = Progress.of(process.toHandle(), folder.resolve(log), LOOK);
        try {
            while (!process.waitFor(LOOK.toMillis(), TimeUnit.MILLISECONDS)) {
                if (progress.stalled()) {
                    kill();
                    return false;
                }
            }
            return true;
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            return false;
        }
    }

    static void send(String signal, long pid) {
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
