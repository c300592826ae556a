package io.shopflow.checks;

import static org.assertj.core.api.Assertions.assertThat;

import io.shopflow.checks.LaptopStack.Output;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What {@code source check} shows of small files. A case is a folder of {@code source-checks/}:
 * {@code source.yaml}, {@code files} and {@code expected.txt}, with the exit {@code status:}, lines
 * that the output has ({@code says:}) and texts that it does not have ({@code never:}).
 */
class SourceCheckTest {

    private static final Path CASES = Path.of("src/test/resources/source-checks");

    static List<String> cases() throws IOException {
        try (Stream<Path> folders = Files.list(CASES)) {
            return folders.map(folder -> folder.getFileName().toString()).sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void aCheckShowsWhatARunWouldLoadAndLoadsNothing(String name, @TempDir Path folder)
            throws Exception {
        Path own = CASES.resolve(name);
        Path data = folder.resolve("data");
        Files.createDirectories(data.resolve("sources"));
        Files.copy(
                own.resolve("source.yaml"),
                data.resolve("sources/checked.yaml"),
                StandardCopyOption.REPLACE_EXISTING);
        try (LaptopStack stack = new LaptopStack(data)) {
            Output check =
                    stack.output(
                            "source",
                            "check",
                            "checked",
                            "--path",
                            own.resolve("files").toString());

            for (String line : Files.readAllLines(own.resolve("expected.txt"))) {
                String[] parts = line.split(": ", 2);
                switch (parts[0]) {
                    case "status" ->
                            assertThat(check.status())
                                    .as(check.text())
                                    .isEqualTo(Integer.parseInt(parts[1]));
                    case "says" ->
                            assertThat(check.text().lines().map(SourceCheckTest::oneBlank))
                                    .as(check.text())
                                    .anyMatch(shown -> shown.contains(parts[1]));
                    case "never" -> assertThat(check.text()).doesNotContain(parts[1]);
                    default -> assertThat(line).startsWith("#");
                }
            }
            assertThat(data.resolve("trial")).as("what was tried").doesNotExist();
            assertThat(data.resolve("postgres")).as("a warehouse").doesNotExist();
        }
    }

    /** Columns of tables are padded. */
    private static String oneBlank(String line) {
        return line.strip().replaceAll(" +", " ");
    }
}
