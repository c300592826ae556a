package io.shopflow.local.servers;

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
 * A child process. Its standard input stays open as long as this process lives, which is how it
 * knows when to end. Its output goes to a log in its data folder.
 */
final class ServerProcess {

    private static final Duration STOP_PATIENCE = Duration.ofSeconds(5);

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

    /** The command of a Java server of ours, from its module's build folder. */
    static List<String> java(
            String module, List<String> options, String mainClass, List<String> arguments) {
        Path target = ShopflowHome.find().resolve("infrastructure/local/" + module + "/target");
        if (!Files.isDirectory(target.resolve("classes"))
                || !Files.isDirectory(target.resolve("lib"))) {
            throw new ServerStartException(
                    "%s is not built: %s lacks it. Run ./mvnw -pl infrastructure/local/%s package."
                            .formatted(module, target, module));
        }
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        // C1 and one collector thread: these servers move bytes, and must start fast.
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-XX:-UsePerfData"));
        command.addAll(
                List.of("-cp", target.resolve("classes") + ":" + target.resolve("lib") + "/*"));
        command.add(mainClass);
        command.addAll(arguments);
        return command;
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
        await();
    }

    /** Sends it a signal; kills it when it does not end within some seconds. */
    void stop(String signal) {
        if (isAlive()) {
            send(signal, pid());
            await();
        }
    }

    private void await() {
        try {
            if (!process.waitFor(STOP_PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
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
        await();
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
