package io.shopflow.laptop.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.shopflow.laptop.runtime.InvocationResult.Failed;
import io.shopflow.laptop.runtime.InvocationResult.Succeeded;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Functions as processes: Lambda's guarantees, and the handling of misbehaving functions. */
class LocalFunctionTest {

    private static final Path JAVA_HOME = Path.of(System.getProperty("java.home"));

    @TempDir Path folder;

    private final List<ProcessHandle> started = new CopyOnWriteArrayList<>();
    private final List<LocalFunction> functions = new CopyOnWriteArrayList<>();

    @AfterEach
    void stop() {
        System.setProperty("java.home", JAVA_HOME.toString());
        functions.forEach(LocalFunction::close);
    }

    @Test
    void nothingRunsBeforeTheFirstEvent() throws Exception {
        function(1, Map.of());
        assertThat(started).isEmpty();
    }

    @Test
    void anEventIsAnswered() throws Exception {
        assertThat(function(1, Map.of()).invoke("{\"a\":1}")).isEqualTo(new Succeeded("{\"a\":1}"));
    }

    @Test
    void theProcessIsKeptWarm() throws Exception {
        LocalFunction function = function(2, Map.of());
        assertThat(function.invoke("pid")).isEqualTo(function.invoke("pid"));
        assertThat(started).hasSize(1);
    }

    @Test
    void twoEventsAtATimeGetTwoProcesses() throws Exception {
        LocalFunction function = function(2, Map.of());
        CompletableFuture<InvocationResult> first = invokeAsync(function, "sleep");
        await(() -> started.size() == 1);
        assertThat(function.invoke("pid")).isInstanceOf(Succeeded.class);
        assertThat(started).hasSize(2);
        function.close();
        assertThat(first.get(5, TimeUnit.MINUTES)).isInstanceOf(Failed.class);
    }

    @Test
    void anErrorOfTheFunctionLeavesTheProcessWarm() throws Exception {
        LocalFunction function = function(1, Map.of());
        assertThat(function.invoke("fail"))
                .isEqualTo(new Failed("IllegalArgumentException", "told to fail"));
        assertThat(function.invoke("{}")).isEqualTo(new Succeeded("{}"));
        assertThat(started).hasSize(1);
    }

    @Test
    void aProcessThatDiesFailsItsEventAndIsReplaced() throws Exception {
        LocalFunction function = function(1, Map.of());
        assertThat(function.invoke("crash"))
                .isEqualTo(new Failed("Runtime.ExitError", "the process ended with status 9"));
        assertThat(function.invoke("{}")).isEqualTo(new Succeeded("{}"));
        assertThat(started).hasSize(2);
    }

    @Test
    void aProcessThatIsKilledWhileIdleIsReplaced() throws Exception {
        LocalFunction function = function(1, Map.of());
        function.invoke("{}");
        started.getFirst().destroyForcibly();
        await(() -> !started.getFirst().isAlive());
        assertThat(function.invoke("{}")).isEqualTo(new Succeeded("{}"));
    }

    @Test
    void anEventThatTakesTooLongIsEndedWithItsProcess() throws Exception {
        LocalFunction function = function(1, Map.of(), Duration.ofSeconds(5));
        assertThat(function.invoke("sleep"))
                .isEqualTo(new Failed("Sandbox.Timedout", "Task timed out after 5.00 seconds"));
        await(() -> !started.getFirst().isAlive());
        assertThat(function.invoke("{}")).isEqualTo(new Succeeded("{}"));
    }

    @Test
    void aResponseOverSixMegabytesIsAnError() throws Exception {
        assertThat(function(1, Map.of()).invoke("large"))
                .isEqualTo(
                        new Failed("Function.ResponseSizeTooLarge", "the response is over 6 MB"));
    }

    @Test
    void aFunctionThatCannotStartSaysWhy() throws Exception {
        InvocationResult result = function(1, Map.of("SCRIPT", "init-error")).invoke("{}");
        assertThat(result).isInstanceOf(Failed.class);
        assertThat(((Failed) result).message()).contains("no such setting");
    }

    @Test
    void aProcessThatEndsBeforeItsFirstEventFailsIt() throws Exception {
        InvocationResult result = function(1, Map.of("SCRIPT", "exit")).invoke("{}");
        assertThat(((Failed) result).message()).contains("status 7");
    }

    @Test
    void theProcessSeesLambdasVariablesAndItsOwnButNotOurs() throws Exception {
        assertThat(function(1, Map.of("OWN", "value")).invoke("environment"))
                .isEqualTo(new Succeeded("scripted 128 value null"));
    }

    @Test
    void closingLeavesNoProcess() throws Exception {
        LocalFunction function = function(1, Map.of());
        function.invoke("{}");
        function.close();
        assertThat(started).noneMatch(ProcessHandle::isAlive);
        assertThat(function.invoke("{}")).isInstanceOf(Failed.class);
    }

    private LocalFunction function(int concurrency, Map<String, String> environment)
            throws IOException {
        return function(concurrency, environment, Duration.ofMinutes(5));
    }

    private LocalFunction function(
            int concurrency, Map<String, String> environment, Duration timeout) throws IOException {
        ScriptedFunction.executable(folder, "scripted", ScriptedFunction.class);
        return function(
                new FunctionSettings("scripted", 128, timeout, concurrency, environment),
                FunctionPackage.locate(folder, "scripted", folder.resolve("cache")));
    }

    private LocalFunction function(FunctionPackage built, Map<String, String> environment) {
        return function(
                new FunctionSettings("scripted", 128, Duration.ofMinutes(5), 1, environment),
                built);
    }

    private LocalFunction function(FunctionSettings settings, FunctionPackage built) {
        LocalFunction function =
                new LocalFunction(
                        settings,
                        built,
                        folder,
                        folder.resolve("scripted.log"),
                        (name, process) -> started.add(process));
        functions.add(function);
        return function;
    }

    private static CompletableFuture<InvocationResult> invokeAsync(
            LocalFunction function, String event) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return function.invoke(event);
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                });
    }

    private static void await(java.util.function.BooleanSupplier condition)
            throws InterruptedException {
        long deadline = System.nanoTime() + Duration.ofMinutes(10).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("in time").isLessThan(deadline);
            Thread.sleep(20);
        }
    }
}
