package io.shopflow.laptop.runtime;

import io.shopflow.laptop.process.ChildProcess;
import io.shopflow.laptop.process.Progress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;

/** One execution environment: a process, with its own Runtime API. */
final class FunctionInstance implements AutoCloseable {

    private static final Duration LOOK = Duration.ofMillis(100);

    private final FunctionSettings settings;
    private final RuntimeApi api;
    private final ChildProcess process;
    private volatile boolean over;

    private FunctionInstance(FunctionSettings settings, RuntimeApi api, ChildProcess process) {
        this.settings = settings;
        this.api = api;
        this.process = process;
    }

    /**
     * Starts a process, without waiting for its first request for work.
     *
     * @param command the program and its arguments
     * @param onStart receives the function's name and its process
     */
    static FunctionInstance start(
            FunctionSettings settings,
            List<String> command,
            Path workingFolder,
            Path log,
            BiConsumer<String, ProcessHandle> onStart) {
        RuntimeApi api = RuntimeApi.start(settings);
        FunctionInstance instance;
        try {
            ChildProcess process =
                    ChildProcess.start(
                            "The function " + settings.name(),
                            command,
                            workingFolder,
                            log,
                            environment -> {
                                environment.clear();
                                environment.putAll(settings.environment());
                                environment.putAll(lambdaEnvironment(settings, api, workingFolder));
                            });
            instance = new FunctionInstance(settings, api, process);
        } catch (RuntimeException e) {
            api.close();
            throw e;
        }
        onStart.accept(settings.name(), instance.process.handle());
        CompletableFuture<Void> unused = instance.process.onExit().thenAccept(instance::ended);
        return instance;
    }

    /**
     * See <a href="https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html">Lambda
     * environment variables</a>.
     */
    private static Map<String, String> lambdaEnvironment(
            FunctionSettings settings, RuntimeApi api, Path workingFolder) {
        return Map.ofEntries(
                Map.entry("AWS_LAMBDA_RUNTIME_API", api.address()),
                Map.entry("AWS_LAMBDA_FUNCTION_NAME", settings.name()),
                Map.entry(
                        "AWS_LAMBDA_FUNCTION_MEMORY_SIZE",
                        Integer.toString(settings.memoryMegabytes())),
                Map.entry("AWS_LAMBDA_FUNCTION_VERSION", "$LATEST"),
                Map.entry("AWS_LAMBDA_INITIALIZATION_TYPE", "on-demand"),
                Map.entry("AWS_LAMBDA_LOG_GROUP_NAME", "/aws/lambda/" + settings.name()),
                Map.entry("AWS_LAMBDA_LOG_STREAM_NAME", settings.name()),
                Map.entry("AWS_EXECUTION_ENV", "AWS_Lambda_java21"),
                Map.entry("LAMBDA_TASK_ROOT", workingFolder.toString()),
                Map.entry("LAMBDA_RUNTIME_DIR", workingFolder.toString()),
                Map.entry("_HANDLER", "io.quarkus.funqy.lambda.FunqyStreamHandler::handleRequest"),
                Map.entry("TZ", ":UTC"));
    }

    /**
     * Waits until the process requests work for the first time. A laptop may be busy, so the wait
     * ends only if the process dies or makes no progress.
     *
     * @return the failure; empty after the first request
     */
    private Optional<InvocationResult.Failed> awaitStart() throws InterruptedException {
        Progress progress = process.progress(LOOK);
        while (true) {
            try {
                api.initialised().get(LOOK.toMillis(), TimeUnit.MILLISECONDS);
                return Optional.empty();
            } catch (TimeoutException e) {
                if (progress.stalled()) {
                    kill("Sandbox.Timedout", "the process hangs before its first event");
                }
            } catch (ExecutionException e) {
                return Optional.of(
                        new InvocationResult.Failed(
                                "Runtime.InitError",
                                String.valueOf(Objects.requireNonNull(e.getCause()).getMessage())));
            }
        }
    }

    /** Passes the event to the process, and kills the process after the timeout. */
    InvocationResult invoke(String event) throws InterruptedException {
        Optional<InvocationResult.Failed> failure = awaitStart();
        if (failure.isPresent()) {
            return failure.get();
        }
        CompletableFuture<InvocationResult> result = api.invoke(event);
        if (!process.isAlive()) {
            ended(process.onExit().join());
        }
        try {
            return result.get(settings.timeout().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            String message =
                    String.format(
                            Locale.ROOT,
                            "Task timed out after %.2f seconds",
                            settings.timeout().toMillis() / 1000.0);
            kill("Sandbox.Timedout", message);
            return new InvocationResult.Failed("Sandbox.Timedout", message);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Whether it can handle another event. */
    boolean usable() {
        return !over && process.isAlive() && !api.initialised().isCompletedExceptionally();
    }

    private void ended(int exitStatus) {
        over = true;
        api.fail("Runtime.ExitError", "the process ended with status " + exitStatus);
        api.close();
    }

    private void kill(String type, String message) {
        over = true;
        api.fail(type, message);
        process.kill();
        api.close();
    }

    /** Kills the process, like Lambda: every function tolerates that at any time. */
    @Override
    public void close() {
        over = true;
        process.kill();
        api.close();
    }
}
