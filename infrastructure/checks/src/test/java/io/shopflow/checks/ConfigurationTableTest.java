package io.shopflow.checks;

import static org.assertj.core.api.Assertions.assertThat;

import io.shopflow.checks.ConfigurationSource.Setting;
import io.shopflow.core.source.SourceName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * docs/reference/configuration.md describes each variable like the typed configuration, and no page
 * names a variable that no code reads.
 */
class ConfigurationTableTest {

    private static final Path HOME = RepositoryFiles.HOME;
    private static final MadeTables TABLES =
            new MadeTables(
                    "docs/reference/configuration.md",
                    "<!-- of the interfaces with @ConfigMapping, by ConfigurationTableTest -->");

    private static final Pattern VARIABLE =
            Pattern.compile("\\b(?:SHOPFLOW|QUARKUS|AWS_ENDPOINT)_[A-Z0-9_]*[A-Z0-9]\\b");

    private static final Pattern PROPERTY =
            Pattern.compile("@ConfigProperty\\(\\s*name = \"(shopflow[a-z.-]+)\"");

    @Test
    void theTablesAreThoseOfTheTypedConfiguration() throws IOException {
        TABLES.check(tables());
    }

    @Test
    void everyVariableThatAPageNamesIsReadBySomething() throws IOException {
        Set<String> read = new TreeSet<>();
        settings().values().forEach(list -> list.forEach(setting -> read.add(setting.variable())));
        read.addAll(
                named(
                        file ->
                                file.matches(
                                                "(functions|dashboard|infrastructure)/.*/src/main/.*\\.(java|properties)")
                                        || file.matches("shopflow|\\.mvn/jdk\\.sh")
                                        || file.matches("\\.ci/[^/]+")
                                        || file.matches("(functions|dashboard)/.*benchmark")
                                        || file.matches("infrastructure/terraform/[^/.]+")
                                        || file.matches("sources/.*\\.yaml")));
        // Single settings are injected by their property's name.
        for (Path file : files()) {
            if (file.toString().matches(".*/src/main/.*\\.java")) {
                PROPERTY.matcher(Files.readString(file))
                        .results()
                        .map(property -> property.group(1))
                        .map(name -> name.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_"))
                        .forEach(read::add);
            }
        }
        Set<String> missing = new TreeSet<>();
        // Quarkus reads all of its own properties; those named must be on the page.
        for (String variable : named(file -> file.matches("(docs/.*|README)\\.md"))) {
            if (!read.contains(variable) && !variable.matches("(QUARKUS|AWS_ENDPOINT)_.*")) {
                missing.add(variable);
            }
        }
        assertThat(missing).isEmpty();
    }

    @Test
    void whatTerraformSetsIsOnThePage() throws IOException {
        Set<String> missing = named(file -> file.matches("infrastructure/terraform/.*\\.tf"));
        missing.removeAll(named(file -> file.equals("docs/reference/configuration.md")));
        assertThat(missing).isEmpty();
    }

    /** The variables of a source with such a name would be settings. */
    @Test
    void noSourceCanBeCalledLikeASetting() throws IOException {
        Set<String> words = new TreeSet<>();
        settings()
                .values()
                .forEach(
                        list ->
                                list.forEach(
                                        setting ->
                                                words.add(
                                                        setting.variable()
                                                                .split("_")[1]
                                                                .toLowerCase(Locale.ROOT))));
        assertThat(SourceName.reserved()).containsExactlyInAnyOrderElementsOf(words);
    }

    private static Set<String> named(Predicate<String> files) throws IOException {
        Set<String> variables = new TreeSet<>();
        for (Path file : files()) {
            if (files.test(HOME.relativize(file).toString())) {
                VARIABLE.matcher(Files.readString(file))
                        .results()
                        .map(MatchResult::group)
                        .forEach(variables::add);
            }
        }
        return variables;
    }

    private static List<Path> files() throws IOException {
        return RepositoryFiles.all().stream()
                .map(HOME::resolve)
                .filter(Files::isRegularFile)
                .toList();
    }

    /** The settings by the part that reads them. */
    private static Map<String, List<Setting>> settings() throws IOException {
        Map<String, List<Setting>> settings = new TreeMap<>();
        for (Path file : files()) {
            String name = HOME.relativize(file).toString();
            if (name.contains("/src/main/")
                    && name.endsWith(".java")
                    && Files.readString(file).contains("@ConfigMapping(")) {
                String part = name.replaceFirst("/src/main/.*", "").replaceFirst("functions/", "");
                settings.computeIfAbsent(part, key -> new ArrayList<>()).addAll(read(file));
            }
        }
        assertThat(settings.keySet())
                .contains("extract", "transform", "load", "migrate", "backfill");
        return settings;
    }

    private static List<Setting> read(Path file) {
        try {
            return ConfigurationSource.settings(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String tables() throws IOException {
        StringBuilder text = new StringBuilder();
        settings()
                .forEach(
                        (part, settings) -> {
                            text.append("## ").append(heading(part)).append("\n\n");
                            text.append("| variable | value | default | meaning |\n");
                            text.append("| --- | --- | --- | --- |\n");
                            settings.stream()
                                    .sorted(Comparator.comparing(Setting::variable))
                                    .forEach(setting -> text.append(row(setting)));
                            text.append('\n');
                        });
        return text.toString().strip();
    }

    /** Settings that processes share have their own heading. */
    private static String heading(String part) {
        return switch (part) {
            case "lambda" -> "each function";
            case "secrets" -> "load, migrate, backfill, dashboard: the login";
            default -> part;
        };
    }

    private static String row(Setting setting) {
        String limits = String.join(", ", setting.limits());
        return "| `%s` | %s%s | %s | %s |%n"
                .formatted(
                        setting.variable(),
                        type(setting),
                        limits.isEmpty() ? "" : ", " + limits,
                        setting.defaultValue()
                                .map(value -> "`" + value + "`")
                                .orElse(
                                        setting.type().startsWith("Optional")
                                                ? "none"
                                                : "required"),
                        setting.description());
    }

    /** The format of values of this type. */
    private static String type(Setting setting) {
        return switch (setting.type().replaceFirst("^Optional<(.*)>$", "$1")) {
            case "String" -> "text";
            case "List<String>", "Set<String>" -> "texts, separated by commas";
            // The last word is the unit: PART_ROWS, PART_BYTES, REQUESTS_PER_MINUTE.
            case "int", "long", "Integer", "Long" ->
                    "number of "
                            + setting.variable()
                                    .replaceFirst("_PER_.*", "")
                                    .replaceFirst(".*_", "")
                                    .toLowerCase(Locale.ROOT);
            case "boolean", "Boolean" -> "`true`, `false`";
            case "double", "Double" -> "number";
            case "Duration" -> "duration: `20S`, `5M`, `24H`";
            case "ZoneId" -> "time zone: `Europe/London`";
            case "URI" -> "address";
            case "NotifiedRuns" -> "`all`, `problems`, `none`";
            default ->
                    throw new AssertionError(
                            "say in ConfigurationTableTest how a value of type %s is written"
                                    .formatted(setting.type()));
        };
    }
}
