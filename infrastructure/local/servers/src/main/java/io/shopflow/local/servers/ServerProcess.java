package io.shopflow.local.servers;

import io.shopflow.local.jvm.ClassArchive;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/**
 * A child process. Its standard input stays open as long as this process lives, which is how it
 * knows when to end. Its output goes to a log in its data folder.
 */
final class ServerProcess {

    private static final Duration STOP_PATIENCE = Duration.ofSeconds(5);
    private static final Duration TRAINING_PATIENCE = Duration.ofSeconds(60);

    private static final long MOST_LOG_BYTES = 10L << 20;

    private final String server;
    private final Process process;
    private final DataFolder folder;
    private final String log;
    private final Optional<ClassArchive> writes;

    private ServerProcess(
            String server,
            Process process,
            DataFolder folder,
            String log,
            Optional<ClassArchive> writes) {
        this.server = server;
        this.process = process;
        this.folder = folder;
        this.log = log;
        this.writes = writes;
    }

    static ServerProcess start(String server, List<String> command, DataFolder folder, String log) {
        return start(server, command, folder, log, Optional.empty());
    }

    /**
     * The process of a server of ours.
     *
     * @param arguments those of the program
     */
    static ServerProcess start(
            String server,
            JavaServer program,
            List<String> arguments,
            ServerStart start,
            DataFolder folder,
            String log) {
        return start(
                server,
                program.command(arguments, start),
                folder,
                log,
                start == ServerStart.TRAINING ? Optional.of(program.archive()) : Optional.empty());
    }

    private static ServerProcess start(
            String server,
            List<String> command,
            DataFolder folder,
            String log,
            Optional<ClassArchive> writes) {
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
            return new ServerProcess(server, process, folder, log, writes);
        } catch (IOException e) {
            throw new ServerStartException(
                    "%s cannot be started: %s".formatted(server, e.getMessage()), e);
        }
    }

    /**
     * Ctrl-C in a terminal goes to every process of the session's foreground group; the servers
     * must not hear it, since they are stopped in order, after what uses them. Where there is no
     * setsid (macOS), they do hear it.
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

    /** Waits until the server answers; stops it and throws when it ends or takes too long. */
    void awaitReady(BooleanSupplier ready, Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        while (!ready.getAsBoolean()) {
            if (!process.isAlive()) {
                throw failed("ended with status " + process.exitValue());
            }
            if (System.nanoTime() > deadline) {
                stop();
                throw failed("did not answer within " + patience.toSeconds() + " s");
            }
            try {
                Thread.sleep(20);
            } catch (InterruptedException e) {
                stop();
                Thread.currentThread().interrupt();
                throw failed("was interrupted");
            }
        }
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

    /** Asks it to end by ending its input; kills it when it does not within some seconds. */
    void stop() {
        try {
            process.getOutputStream().close();
        } catch (IOException e) {
            // It is gone already, or will be killed.
        }
        await(writes.isPresent() ? TRAINING_PATIENCE : STOP_PATIENCE);
        writes.ifPresent(ClassArchive::publish);
    }

    /** Sends it a signal; kills it when it does not end within some seconds. */
    void stop(String signal) {
        if (isAlive()) {
            send(signal, pid());
            await(STOP_PATIENCE);
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

    /** Ends it without asking. */
    void kill() {
        process.destroyForcibly();
        await(STOP_PATIENCE);
    }

    /** Waits for its end; kills it when it takes too long. Returns its exit status. */
    int waitFor(Duration patience) {
        try {
            if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                return process.destroyForcibly().waitFor();
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            return -1;
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
