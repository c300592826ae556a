package io.shopflow.checks;

import static org.assertj.core.api.Assertions.assertThat;

import io.shopflow.lambda.metrics.FunctionName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * {@link FunctionName} lists all functions. Scripts, workflows, Terraform, builds and pages list
 * them again, each in its own language; a list that misses one means that it is not built, checked,
 * released or rolled back.
 */
class FunctionListsTest {

    private static final Path HOME = RepositoryFiles.HOME;

    private static final Set<String> FUNCTIONS =
            Arrays.stream(FunctionName.values())
                    .map(FunctionName::canonicalName)
                    .collect(Collectors.toCollection(TreeSet::new));

    private static final Pattern FUNCTION =
            Pattern.compile("\\b(?:%s)\\b".formatted(String.join("|", FUNCTIONS)));

    /** All but one of them in a row: a list of that many is meant to have all. */
    private static final Pattern LIST =
            Pattern.compile(
                    "%1$s(?:[\"'`,| ]+%1$s){%2$d,}".formatted(FUNCTION, FUNCTIONS.size() - 2));

    /** Lists that leave a function out, and why. */
    private static final Map<String, String> LEAVES_OUT =
            Map.of(
                    // The schema is not rolled back.
                    ".ci/rollback",
                    "migrate",
                    // It has nothing to do with the bucket.
                    "docs/reference/configuration.md",
                    "migrate",
                    // SnapStart is not for the function that a deployment invokes at once.
                    "infrastructure/terraform/modules/stack/tests/edge.tftest.hcl",
                    "migrate",
                    // The command that makes a backfill starts its function.
                    "infrastructure/laptop/stack/src/main/java/io/shopflow/laptop/supervisor/Deployment.java",
                    "backfill");

    @Test
    void eachListNamesEveryFunction() throws IOException {
        Map<String, Set<String>> missing = new TreeMap<>();
        int lists = 0;
        for (Path path : RepositoryFiles.all()) {
            String file = path.toString();
            if (!Files.isRegularFile(HOME.resolve(file)) || !isSearched(file)) {
                continue;
            }
            for (MatchResult list :
                    LIST.matcher(Files.readString(HOME.resolve(file))).results().toList()) {
                lists++;
                Set<String> left = new TreeSet<>(FUNCTIONS);
                FUNCTION.matcher(list.group()).results().forEach(name -> left.remove(name.group()));
                left.remove(LEAVES_OUT.getOrDefault(file, ""));
                if (!left.isEmpty()) {
                    missing.put(file, left);
                }
            }
        }

        assertThat(missing).isEmpty();
        assertThat(lists).as("lists that were found").isGreaterThan(10);
    }

    @Test
    void eachFunctionIsAModuleWithABudget() throws IOException {
        String modules = Files.readString(HOME.resolve("functions/pom.xml"));
        String budget = Files.readString(HOME.resolve(".ci/native-budget"));
        for (String function : FUNCTIONS) {
            assertThat(modules).contains("<module>%s</module>".formatted(function));
            assertThat(budget).containsPattern("(?m)^%s \\d+ \\d+$".formatted(function));
            assertThat(
                            HOME.resolve("functions")
                                    .resolve(function)
                                    .resolve("src/main/resources/application.properties"))
                    .content()
                    .contains("quarkus.application.name=" + function);
        }
        assertThat(
                        budget.lines()
                                .filter(line -> !line.startsWith("#"))
                                .map(line -> line.replaceFirst(" .*", "")))
                .containsExactlyElementsOf(FUNCTIONS);
    }

    private static boolean isSearched(String file) {
        return file.matches(
                "(shopflow|.*\\.(java|md|tf|hcl|yml)|\\.ci/[^/]+|infrastructure/terraform/[^/.]+)");
    }
}
