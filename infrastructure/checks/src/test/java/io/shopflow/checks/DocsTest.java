package io.shopflow.checks;

import static org.assertj.core.api.Assertions.assertThat;

import io.shopflow.checks.MarkdownPage.Fence;
import io.shopflow.checks.MarkdownPage.Made;
import java.io.File;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Everything that the pages name exists: files, anchors, tests, commands, and output of commands.
 */
class DocsTest {

    private static final Path HOME = RepositoryFiles.HOME;

    /** Parts of names of files that using the repository creates. */
    private static final Pattern MADE_BY_USE =
            Pattern.compile("(^|/)(target|\\.shopflow|\\.env)(/|$)");

    private static final Pattern TEST_NAME = Pattern.compile("[A-Z]\\w*(?:Test|IT)");

    private static final Pattern COMMAND = Pattern.compile("\\./shopflow((?: +[^\\s|;&)#`]+)*)");

    /** A word that is no option. */
    private static final String PARAMETER = "";

    /** In a command's help, the line of a parameter: {@code NAME} or {@code FILE...}. */
    private static final Pattern PARAMETERS = Pattern.compile("(?m)^ +[A-Z]+(\\.\\.\\.)? +[A-Z]");

    private static final Pattern OPTION = Pattern.compile("(--[a-z][a-z-]*)(=\\S+)?");

    private static final Set<String> DIAGRAMS =
            Set.of("flowchart", "sequenceDiagram", "stateDiagram-v2", "erDiagram");

    private static List<Path> files = List.of();
    private static List<MarkdownPage> pages = List.of();

    @BeforeAll
    static void readEverything() throws IOException {
        files = RepositoryFiles.all();
        pages =
                files.stream()
                        .filter(file -> file.toString().endsWith(".md"))
                        .map(file -> MarkdownPage.read(HOME.resolve(file)))
                        .toList();
        assertThat(pages).hasSizeGreaterThan(10);
    }

    @Test
    void linksLeadSomewhere() {
        Map<Path, MarkdownPage> byPath =
                pages.stream().collect(Collectors.toMap(MarkdownPage::path, page -> page));
        Set<String> broken = new TreeSet<>();
        for (MarkdownPage page : pages) {
            for (String link : page.links()) {
                if (link.matches("[a-z]+:.*")) {
                    continue;
                }
                Path target = target(page, link);
                MarkdownPage linked = byPath.get(target);
                String anchor = link.contains("#") ? link.substring(link.indexOf('#') + 1) : "";
                if (!Files.exists(target)
                        || !target.startsWith(HOME)
                        || (!anchor.isEmpty()
                                && (linked == null || !linked.anchors().contains(anchor)))) {
                    broken.add(HOME.relativize(page.path()) + ": " + link);
                }
            }
        }
        assertThat(broken).isEmpty();
    }

    private static Path target(MarkdownPage page, String link) {
        String file = link.replaceFirst("#.*", "");
        if (file.isEmpty()) {
            return page.path();
        }
        return page.path()
                .resolveSibling(URLDecoder.decode(file, StandardCharsets.UTF_8))
                .normalize();
    }

    @Test
    void everyPageIsTwoClicksFromTheReadme() {
        Map<Path, Set<Path>> links = new HashMap<>();
        for (MarkdownPage page : pages) {
            links.put(
                    page.path(),
                    page.links().stream()
                            .filter(link -> !link.matches("[a-z]+:.*"))
                            .map(link -> target(page, link))
                            .collect(Collectors.toSet()));
        }
        Set<Path> near = new HashSet<>(links.getOrDefault(HOME.resolve("README.md"), Set.of()));
        for (Path page : Set.copyOf(near)) {
            near.addAll(links.getOrDefault(page, Set.of()));
        }
        assertThat(near)
                .containsAll(
                        pages.stream()
                                .map(MarkdownPage::path)
                                .filter(path -> path.startsWith(HOME.resolve("docs")))
                                .toList());
    }

    @Test
    void filesThatAreNamedExist() {
        Set<String> tops =
                files.stream()
                        .filter(file -> file.getNameCount() == 1)
                        .map(Path::toString)
                        .collect(Collectors.toSet());
        Set<String> missing = new TreeSet<>();
        for (MarkdownPage page : pages) {
            for (String span : page.codeSpans()) {
                String name = span.replaceFirst("^\\./", "");
                boolean path = name.matches("[\\w.<>*{},/-]+") && name.contains("/");
                if (path
                        && tops.contains(name.substring(0, name.indexOf('/')))
                        && !MADE_BY_USE.matcher(name).find()
                        && !exists(name)) {
                    missing.add(HOME.relativize(page.path()) + ": " + span);
                }
            }
        }
        assertThat(missing).isEmpty();
    }

    /** Placeholders, as in {@code sources/<name>.yaml}, stand for any name. */
    private static boolean exists(String name) {
        String glob = name.replaceFirst("/$", "").replaceAll("<[^>]*>", "*");
        if (glob.matches("[\\w./-]+")) {
            return Files.exists(HOME.resolve(glob));
        }
        PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + glob);
        return files.stream().anyMatch(matcher::matches);
    }

    @Test
    void testsThatAreNamedExist() {
        Set<String> tests =
                files.stream()
                        .map(file -> file.getFileName().toString())
                        .filter(file -> file.endsWith(".java"))
                        .map(file -> file.substring(0, file.length() - ".java".length()))
                        .collect(Collectors.toSet());
        Set<String> missing = new TreeSet<>();
        for (MarkdownPage page : pages) {
            for (String span : page.codeSpans()) {
                if (TEST_NAME.matcher(span).matches() && !tests.contains(span)) {
                    missing.add(HOME.relativize(page.path()) + ": " + span);
                }
            }
        }
        assertThat(missing).isEmpty();
    }

    @Test
    void commandsOfTheLaptopExistWithTheirOptions() throws Exception {
        Map<String, Map<String, Boolean>> options = new TreeMap<>();
        Set<String> wrong = new TreeSet<>();
        int checked = 0;
        for (MarkdownPage page : pages) {
            Stream<String> texts =
                    Stream.concat(
                            page.codeSpans().stream(), page.fences().stream().map(Fence::text));
            for (String text : texts.toList()) {
                Matcher command = COMMAND.matcher(text.replace("\\\n", " "));
                while (command.find()) {
                    List<String> words = List.of(command.group(1).strip().split(" +"));
                    String name = words.getFirst();
                    if (name.matches("[a-z]+")) {
                        int named = words.size() > 1 && words.get(1).matches("[a-z]+") ? 2 : 1;
                        List<String> path = words.subList(0, named);
                        String whole = String.join(" ", path);
                        if (!options.containsKey(whole)) {
                            options.put(whole, options(path));
                        }
                        if (!name.equals("verify")
                                && !fits(words.subList(named, words.size()), options.get(whole))) {
                            wrong.add(HOME.relativize(page.path()) + ": " + command.group());
                        }
                        checked++;
                    }
                }
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(checked).isGreaterThan(10);
    }

    /**
     * The options that the command's help lists, and whether they take a value; and {@link
     * #PARAMETER} if the command has parameters.
     */
    private static Map<String, Boolean> options(List<String> command) throws Exception {
        List<String> call =
                new ArrayList<>(
                        List.of(
                                java(),
                                "-XX:TieredStopAtLevel=1",
                                "-Dshopflow.home=" + HOME,
                                "-jar",
                                "infrastructure/laptop/stack/target/shopflow-runner.jar"));
        call.addAll(command);
        call.add("--help");
        String help = output(call.toArray(String[]::new));
        assertThat(help).contains("Usage: shopflow " + String.join(" ", command));
        Map<String, Boolean> options = new HashMap<>();
        Matcher option = OPTION.matcher(help);
        while (option.find()) {
            options.merge(option.group(1), option.group(2) != null, Boolean::logicalOr);
        }
        if (PARAMETERS.matcher(help).find()) {
            options.put(PARAMETER, false);
        }
        return options;
    }

    private static boolean fits(List<String> words, Map<String, Boolean> options) {
        boolean value = false;
        for (String word : words) {
            if (value) {
                value = false;
                continue;
            }
            Boolean takesValue =
                    options.get(word.startsWith("-") ? word.replaceFirst("=.*", "") : PARAMETER);
            if (takesValue == null) {
                return false;
            }
            value = takesValue && !word.contains("=");
        }
        return !value;
    }

    @Test
    void diagramsAreWellFormed() {
        int diagrams = 0;
        for (MarkdownPage page : pages) {
            for (Fence fence : page.fences()) {
                if (fence.language().equals("mermaid")) {
                    diagrams++;
                    String name = HOME.relativize(page.path()).toString();
                    assertThat(fence.text().split("\\s", 2)[0]).as(name).isIn(DIAGRAMS);
                    for (String line : fence.text().lines().toList()) {
                        assertThat(unbalanced(line)).as("%s: %s", name, line).isFalse();
                    }
                }
            }
        }
        assertThat(diagrams).isGreaterThanOrEqualTo(5);
    }

    private static boolean unbalanced(String line) {
        // In a diagram of entities, braces are ends of lines, and an entity's go over several.
        String shapes =
                line.replaceAll("\"[^\"]*\"", "").replaceAll("\\}o--|^ *\\w+ \\{$|^ *\\}$", "");
        return shapes.contains("\"")
                || Stream.of("[]", "()", "{}")
                        .anyMatch(
                                pair ->
                                        shapes.chars().filter(c -> c == pair.charAt(0)).count()
                                                != shapes.chars()
                                                        .filter(c -> c == pair.charAt(1))
                                                        .count());
    }

    @Test
    void figuresAreWhatTheirCommandPrints() throws Exception {
        int made = 0;
        for (MarkdownPage page : pages) {
            for (Made block : page.made()) {
                made++;
                List<String> command = new ArrayList<>(List.of(block.command().split(" ")));
                if (command.getFirst().equals("java")) {
                    command.set(0, java());
                }
                assertThat(output(command.toArray(String[]::new)).strip())
                        .as(
                                "%s: put in what '%s' prints",
                                HOME.relativize(page.path()), block.command())
                        .isEqualTo(block.text());
            }
        }
        assertThat(made).isPositive();
    }

    private static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    private static String output(String... command) throws IOException, InterruptedException {
        File output = File.createTempFile("docs", ".out");
        try {
            Process process =
                    new ProcessBuilder(command)
                            .directory(HOME.toFile())
                            .redirectErrorStream(true)
                            .redirectOutput(output)
                            .start();
            if (!process.waitFor(10, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                throw new AssertionError(String.join(" ", command) + " does not end");
            }
            String text = Files.readString(output.toPath());
            assertThat(process.exitValue()).as(text).isZero();
            return text;
        } finally {
            Files.delete(output.toPath());
        }
    }
}
