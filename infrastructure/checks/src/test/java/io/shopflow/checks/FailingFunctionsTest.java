package io.shopflow.checks;

import static org.assertj.core.api.Assertions.assertThat;

import io.shopflow.laptop.runtime.FunctionPackage;
import io.shopflow.laptop.runtime.FunctionSettings;
import io.shopflow.laptop.runtime.InvocationResult;
import io.shopflow.laptop.runtime.InvocationResult.Failed;
import io.shopflow.laptop.runtime.LocalFunction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The built packages, native if they are, with an invalid event and an unavailable database. A
 * native process used to end at such an invocation without a reason.
 */
class FailingFunctionsTest {

    private static final Path HOME = Path.of(System.getProperty("shopflow.home"));
    private static final String NO_EVENT = "[\"no event\"]";

    @TempDir Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"extract", "transform", "load", "migrate", "backfill"})
    void anInvocationThatThrowsIsAnsweredWithItsErrorAndTheSameProcessServesTheNext(String name)
            throws Exception {
        List<ProcessHandle> processes = new ArrayList<>();
        try (LocalFunction function =
                new LocalFunction(
                        settings(name),
                        FunctionPackage.locate(HOME, name, folder.resolve("cache")),
                        folder,
                        folder.resolve(name + ".log"),
                        (ignored, process) -> processes.add(process))) {
            InvocationResult first = function.invoke(NO_EVENT);
            InvocationResult second = function.invoke(NO_EVENT);

            assertThat(first).isInstanceOf(Failed.class).isEqualTo(second);
            Failed failed = (Failed) first;
            assertThat(failed.type()).endsWith("Exception").doesNotStartWith("Runtime.");
            assertThat(failed.message()).isNotBlank().isNotEqualTo("no message");
            assertThat(processes).hasSize(1);
        }
    }

    private static FunctionSettings settings(String name) {
        Map<String, String> environment = new HashMap<>();
        environment.put("PATH", System.getenv("PATH"));
        environment.put("AWS_REGION", "eu-west-2");
        environment.put("AWS_ACCESS_KEY_ID", "any");
        environment.put("AWS_SECRET_ACCESS_KEY", "any");
        environment.put("SHOPFLOW_EXTRACT_REQUESTS_QUEUE_URL", "http://127.0.0.1:9/1/requests");
        environment.put("QUARKUS_DATASOURCE_JDBC_URL", "jdbc:postgresql://127.0.0.1:9/shopflow");
        environment.put("QUARKUS_DATASOURCE_USERNAME", "any");
        environment.put("QUARKUS_DATASOURCE_PASSWORD", "any");
        environment.put("QUARKUS_FLYWAY_CONNECT_RETRIES", "0");
        environment.put("SHOPFLOW_PSEUDONYM_KEY_ID", "k");
        environment.put(
                "SHOPFLOW_PSEUDONYM_KEY",
                Base64.getEncoder()
                        .encodeToString(
                                "a key of thirty-two bytes or so."
                                        .getBytes(StandardCharsets.UTF_8)));
        return new FunctionSettings(name, 512, Duration.ofSeconds(60), 1, environment);
    }
}
