package io.shopflow.laptop.supervisor;

import io.shopflow.laptop.process.Progress;
import io.shopflow.laptop.runtime.ChildProcesses;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** The dashboard as a separate process, restarted when it dies. */
final class DashboardProcess implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(DashboardProcess.class);
    private static final Duration PAUSE = Duration.ofMillis(300);
    private static final Duration LONG_PAUSE = Duration.ofSeconds(5);
    private static final Duration HEALTHY = Duration.ofSeconds(3);
    private static final Duration LOOK = Duration.ofMillis(100);

    /** A restart of the database may end the dashboard at its start; more ends are a defect. */
    private static final int MOST_ENDS = 3;

    private static final Duration GRACE = Duration.ofSeconds(4);

    private final List<String> command;
    private final int port;
    private final Map<String, String> environment;
    private final Path log;
    private final ChildProcesses children;
    private final Runnable onRestart;
    private @Nullable Process process;
    private volatile boolean closed;

    private DashboardProcess(
            List<String> command,
            int port,
            Map<String, String> environment,
            Path log,
            ChildProcesses children,
            Runnable onRestart) {
        this.command = List.copyOf(command);
        this.port = port;
        this.environment = Map.copyOf(environment);
        this.log = log;
        this.children = children;
        this.onRestart = onRestart;
    }

    /**
     * Starts it without waiting until it answers.
     *
     * @param environment its datasource
     */
    static DashboardProcess start(
            Path home,
            int port,
            Map<String, String> environment,
            Path log,
            ChildProcesses children,
            Runnable onRestart) {
        DashboardProcess dashboard =
                new DashboardProcess(
                        DashboardPackage.command(home),
                        port,
                        environment,
                        log,
                        children,
                        onRestart);
        dashboard.launch();
        return dashboard;
    }

    private synchronized void launch() {
        if (closed) {
            return;
        }
        ProcessBuilder builder =
                new ProcessBuilder(ChildProcesses.inSessionOfItsOwn(command))
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().keySet().removeIf(name -> name.startsWith("QUARKUS_"));
        builder.environment().putAll(environment);
        builder.environment().put("QUARKUS_HTTP_HOST", "127.0.0.1");
        builder.environment().put("QUARKUS_HTTP_PORT", Integer.toString(port));
        try {
            Process started = builder.start();
            process = started;
            children.started("dashboard", started.toHandle());
            long startedAt = System.nanoTime();
            CompletableFuture<Void> unused =
                    started.onExit().thenAccept(ended -> ended(System.nanoTime() - startedAt));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void ended(long livedNanos) {
        // A dashboard that cannot start must not use all of the processor.
        Duration pause = livedNanos > HEALTHY.toNanos() ? PAUSE : LONG_PAUSE;
        Thread.ofPlatform()
                .daemon()
                .start(
                        () -> {
                            try {
                                Thread.sleep(pause);
                                if (!closed) {
                                    launch();
                                    onRestart.run();
                                }
                            } catch (InterruptedException e) {
                                Thread.currentThread().interrupt();
                            } catch (RuntimeException e) {
                                LOG.error("the dashboard could not be started again", e);
                            }
                        });
    }

    /**
     * Waits until it answers, as long as it makes progress.
     *
     * @return the failure; empty if it answers
     */
    Optional<String> awaitReady() throws InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/q/health/ready"))
                        .timeout(Duration.ofSeconds(5))
                        .build();
        Process watched = null;
        Progress progress = null;
        int ends = 0;
        try (HttpClient client = HttpClient.newHttpClient()) {
            while (!closed) {
                Process now = current();
                if (now != watched) {
                    watched = now;
                    progress = Progress.of(now.toHandle(), log, LOOK);
                    ends++;
                }
                if (!now.isAlive() && ends == MOST_ENDS) {
                    return Optional.of("ended with status " + now.exitValue());
                }
                try {
                    if (client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode()
                            < 500) {
                        return Optional.empty();
                    }
                } catch (IOException e) {
                    LOG.debug("the dashboard does not answer yet", e);
                }
                if (now.isAlive() && progress != null && progress.stalled()) {
                    return Optional.of(
                            "has neither answered nor done anything for %d s"
                                    .formatted(Progress.STANDSTILL.toSeconds()));
                }
                Thread.sleep(LOOK);
            }
        }
        return Optional.of("was stopped");
    }

    private synchronized Process current() {
        return Objects.requireNonNull(process);
    }

    @Override
    public void close() {
        Process running;
        synchronized (this) {
            closed = true;
            running = process;
        }
        if (running == null) {
            return;
        }
        running.destroy();
        try {
            if (!running.waitFor(GRACE.toMillis(), TimeUnit.MILLISECONDS)) {
                running.destroyForcibly().waitFor(GRACE.toMillis(), TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException e) {
            running.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
