package io.shopflow.laptop.supervisor;

import static org.assertj.core.api.Assertions.assertThat;

import io.shopflow.laptop.queues.EventSourceMapping;
import io.shopflow.laptop.supervisor.StackSettings.Conditions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The settings of the functions in {@link Deployment} are those of Terraform. */
class DeploymentTest {

    private static final Pattern FUNCTION =
            Pattern.compile(
                    "(?ms)^    (\\w+) = \\{\\n.*?^      size +=\\s\\{ (.*?) \\}\\n      queue +=\\s(null|\\{ name = \"([\\w-]+)\".*?\\})$");

    private static final Pattern FIGURE = Pattern.compile("(\\w+) = (\\d+)");

    private record InAws(@Nullable String queue, Map<String, Integer> figures) {
        int figure(String name) {
            return figures.getOrDefault(name, 0);
        }
    }

    private static final Map<String, InAws> FUNCTIONS = new TreeMap<>();

    @BeforeAll
    static void readTerraform() throws IOException {
        String text =
                Files.readString(
                        Path.of(
                                System.getProperty("shopflow.home"),
                                "infrastructure/terraform/modules/stack/functions.tf"));
        FUNCTION.matcher(text)
                .results()
                .forEach(
                        function -> {
                            Map<String, Integer> figures = new TreeMap<>();
                            FIGURE.matcher(function.group(2))
                                    .results()
                                    .forEach(
                                            figure ->
                                                    figures.put(
                                                            figure.group(1),
                                                            Integer.parseInt(figure.group(2))));
                            FUNCTIONS.put(function.group(1), new InAws(function.group(4), figures));
                        });
    }

    @Test
    void theFunctionsAreTheSame() {
        TreeSet<String> here = new TreeSet<>(Deployment.FUNCTIONS);
        here.add(Deployment.BACKFILL);

        assertThat(FUNCTIONS.keySet()).isEqualTo(here);
    }

    @Test
    void eachHasTheSameMemory() {
        FUNCTIONS.forEach(
                (name, inAws) ->
                        assertThat(Deployment.memoryMegabytes(name))
                                .as(name)
                                .isEqualTo(inAws.figure("memory_megabytes")));
    }

    /** A busy laptop is slower than AWS. */
    @Test
    void noneHasLessTime() {
        FUNCTIONS.forEach(
                (name, inAws) ->
                        assertThat(Deployment.TIMEOUT)
                                .as(name)
                                .isGreaterThanOrEqualTo(
                                        Duration.ofSeconds(inAws.figure("timeout_seconds"))));
    }

    /** A laptop has fewer processors. */
    @Test
    void eachReadsTheSameQueueInTheSameBatchesAndNoMoreOfThemAtATime() {
        Map<String, EventSourceMapping.Settings> here = Deployment.mappings(Conditions.normal());

        FUNCTIONS.forEach(
                (name, inAws) -> {
                    EventSourceMapping.Settings mapping = here.get(name);
                    assertThat(mapping == null ? null : mapping.queue())
                            .as(name)
                            .isEqualTo(inAws.queue());
                    if (mapping != null) {
                        assertThat(mapping.batchSize())
                                .as(name)
                                .isEqualTo(inAws.figure("batch_size"));
                        assertThat(mapping.concurrency())
                                .as(name)
                                .isBetween(1, inAws.figure("maximum_concurrency"));
                    }
                });
    }
}
