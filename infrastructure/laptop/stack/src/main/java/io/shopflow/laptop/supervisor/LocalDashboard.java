package io.shopflow.laptop.supervisor;

import io.shopflow.laptop.files.StackException;
import io.shopflow.laptop.process.ChildProcess;
import io.shopflow.laptop.runtime.NativeExecutable;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** The dashboard as a process. */
final class LocalDashboard implements AutoCloseable {

    private static final String LARGEST_HEAP = "-Xmx256m";

    /**
     * A restart of the database may end the dashboard at its start; if it ends more often, it is
     * defective.
     */
    private static final int ATTEMPTS = 3;

    private final ChildProcess process;

    private LocalDashboard(ChildProcess process) {
        this.process = process;
    }

    /**
     * Starts it and waits until it answers.
     *
     * @param home the repository
     * @param environment its datasource
     * @param onStart receives the process
     * @param checkOpen throws if the stack is stopping meanwhile
     * @throws StackException if it was not built, ends, or makes no progress
     */
    static LocalDashboard start(
            Path home,
            int port,
            Map<String, String> environment,
            Path log,
            Consumer<ProcessHandle> onStart,
            Runnable checkOpen) {
        List<String> command = command(home);
        try (HttpClient client = HttpClient.newHttpClient()) {
            for (int attempt = 1; ; attempt++) {
                ChildProcess process =
                        ChildProcess.start(
                                "The dashboard",
                                command,
                                home,
                                log,
                                variables -> {
                                    variables
                                            .keySet()
                                            .removeIf(name -> name.startsWith("QUARKUS_"));
                                    variables.putAll(environment);
                                    variables.put("QUARKUS_HTTP_HOST", "127.0.0.1");
                                    variables.put("QUARKUS_HTTP_PORT", Integer.toString(port));
                                });
                onStart.accept(process.handle());
                try {
                    return new LocalDashboard(
                            process.awaitReady(
                                    () -> {
                                        checkOpen.run();
                                        return answers(client, port);
                                    }));
                } catch (StackException e) {
                    if (attempt == ATTEMPTS) {
                        throw e;
                    }
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StackException("The dashboard was interrupted while starting.", e);
        }
    }

    /**
     * The program and its arguments: the last build, native or for the JVM.
     *
     * @param home the repository
     * @throws StackException if neither was built
     */
    static List<String> command(Path home) {
        Path target = home.resolve("dashboard/target");
        Path jar = target.resolve("quarkus-app/quarkus-run.jar");
        Optional<Path> executable = NativeExecutable.in(target, jar);
        if (executable.isPresent()) {
            return List.of(executable.get().toString(), LARGEST_HEAP);
        }
        if (!Files.exists(jar)) {
            throw new StackException(
                    "%s was not built. Start with ./shopflow, which builds what is missing."
                            .formatted(jar));
        }
        return List.of(
                ChildProcess.java(),
                LARGEST_HEAP,
                "-XX:+UseSerialGC",
                "-Xshare:auto",
                "-jar",
                jar.toString());
    }

    private static boolean answers(HttpClient client, int port) {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/q/health/ready"))
                        .timeout(Duration.ofSeconds(5))
                        .build();
        try {
            return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() < 500;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    boolean isAlive() {
        return process.isAlive();
    }

    @Override
    public void close() {
        process.stop();
    }
}
