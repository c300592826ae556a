package io.shopflow.extract;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.shopflow.core.run.Problem;
import io.shopflow.core.run.RunKeys;
import io.shopflow.core.run.RunManifest;
import io.shopflow.core.run.StreamExtract;
import io.shopflow.core.stream.StreamName;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Values at their limit are read; a value over it is lost and reported, and the run still ends. */
@QuarkusTest
@WithTestResource(LakeResource.class)
class LimitsTest {

    private static final int MEBI = 1 << 20;

    Lake lake;

    @TempDir Path folder;

    @Test
    void aNumberOfThousandsOfDigitsIsARowLikeOthers() throws Exception {
        assertThat(
                        ids(
                                json(
                                        "[{\"id\": 1, \"city\": "
                                                + "7".repeat(5000)
                                                + "},\n{\"id\": 2, \"city\": \"a\"}]")))
                .containsExactly("1", "2");
        assertThat(ids(json("{\"id\": 1, \"city\": " + "7".repeat(5000) + "}\n{\"id\": 2}\n")))
                .containsExactly("1", "2");
    }

    @Test
    void valuesOfNoColumnMayBeAsLongAndDeepAsTheyAre() throws Exception {
        String deep = "[".repeat(2000) + "]".repeat(2000);
        try (Writer out = Files.newBufferedWriter(folder.resolve("sellers.json"))) {
            out.append("[{\"id\": 1, \"deep\": ").append(deep).append(", \"long\": \"");
            for (int i = 0; i < 24; i++) {
                out.append("x".repeat(MEBI));
            }
            out.append("\", \"city\": \"a\"}, {\"id\": 2, \"city\": \"b\"}]");
        }

        assertThat(ids(run())).containsExactly("1", "2");
    }

    @Test
    void aNestingOfAHundredThousandEndsItsFileWithAMessage() throws Exception {
        // The array and its object are two of them.
        assertThat(json(nested(99_998)).problems()).isEmpty();
        assertThat(json(nested(100_001)).problems())
                .extracting(Problem::rule, Problem::line)
                .containsExactly(org.assertj.core.api.Assertions.tuple("json_limit", 2L));
    }

    private static String nested(int depth) {
        return "[{\"id\": 1, \"city\": \"a\"},\n{\"deep\": "
                + "[".repeat(depth)
                + "]".repeat(depth)
                + "}]";
    }

    @Test
    void aValueOfAMebibyteIsReadAndALongerOneEndsItsFileWithAMessage() throws Exception {
        assertThat(ids(json("[{\"id\": 1, \"city\": \"" + "x".repeat(MEBI) + "\"}]")))
                .containsExactly("1");
        RunManifest over =
                json(
                        "[{\"id\": 1, \"city\": \"a\"},\n{\"id\": 2, \"city\": \""
                                + "x".repeat(MEBI + 1)
                                + "\"}]");
        assertThat(ids(over)).containsExactly("1");
        assertThat(over.problems())
                .extracting(Problem::rule, Problem::line)
                .containsExactly(org.assertj.core.api.Assertions.tuple("json_limit", 2L));
        assertThat(over.problems().getFirst().message()).contains("" + MEBI).hasSizeLessThan(300);
    }

    @Test
    void aLineOfJsonIsReadUpToAMebibyte() throws Exception {
        String line = "{\"id\": 1, \"city\": \"\"}";
        String at = line.replace("\"\"", '"' + "x".repeat(MEBI - line.length()) + '"');
        RunManifest manifest = json(at + "\n" + at.replace("x\"", "xx\"") + "\n{\"id\": 3}\n");

        assertThat(manifest.problems()).isEmpty();
        assertThat(rows(manifest, "_defect").stream().map(text -> text.replaceAll(":.*", "")))
                .containsExactly("", "record_too_long", "");
    }

    @Test
    void tenThousandColumnsAreAHeaderAndMoreAreNot() throws Exception {
        assertThat(ids(csv(header(10_000) + "\n1" + ",x".repeat(9_999) + "\n")))
                .containsExactly("1");
        RunManifest wide = csv(header(10_001) + "\n1" + ",x".repeat(10_000) + "\n");
        assertThat(wide.problems())
                .extracting(Problem::rule, Problem::line)
                .containsExactly(org.assertj.core.api.Assertions.tuple("header_too_wide", 1L));
        RunManifest missing = csv(header(10_000).replace("id,", "key,") + "\n");
        assertThat(missing.problems().getFirst().message()).hasSizeLessThan(2000);
    }

    private static String header(int columns) {
        return IntStream.range(2, columns)
                .mapToObj(i -> "column" + i)
                .collect(Collectors.joining(",", "id,city,", ""));
    }

    @Test
    void aConfigurationIsNestedFiftyTimesAtMost() {
        assertThat(rules(deep(48))).containsExactly("mapping_unknown_key");
        assertThat(rules(deep(50))).containsExactly("mapping_limit");
        assertThat(rules("a: " + "[".repeat(3000) + "]".repeat(3000)))
                .containsExactly("mapping_limit");
        assertThat(rules("- ".repeat(3000) + "a")).containsExactly("mapping_limit");
    }

    private static String deep(int depth) {
        return "kind: files\nzone: UTC\nmore: "
                + "[".repeat(depth)
                + "]".repeat(depth)
                + "\nstreams: {sellers: {file: a, fields: {id: id}}}\n";
    }

    @Test
    void aConfigurationThatRefersToItselfOrRepeatsItselfIsRefused() {
        assertThat(rules("a: &a [*a]")).containsExactly("mapping_limit");
        assertThat(rules("&a kind: &b {x: *b}")).containsExactly("mapping_limit");
        StringBuilder laughs = new StringBuilder("a0: &a0 [x]\n");
        for (int i = 1; i < 20; i++) {
            laughs.append("a%d: &a%d [%s]\n".formatted(i, i, ("*a" + (i - 1) + ", ").repeat(9)));
        }
        assertThat(rules(laughs.toString())).containsExactly("mapping_limit");
    }

    @Test
    void aConfigurationIsAMebibyteAtMost() {
        String good =
                "kind: files\nzone: UTC\nstreams: {sellers: {file: a.csv, fields: {id: id}}}\n#";
        assertThat(rules(good + "x".repeat(MEBI - good.length()))).containsExactly("file_missing");
        assertThat(rules(good + "x".repeat(MEBI))).containsExactly("mapping_limit");
    }

    @Test
    void ofManyMistakesSomeAreReported() {
        StringBuilder yaml = new StringBuilder("kind: files\nzone: UTC\n");
        for (int i = 0; i < 5000; i++) {
            yaml.append("key").append(i).append(": x\n");
        }
        assertThat(rules(yaml.toString())).hasSize(51).endsWith("mapping_mistakes");
        assertThat(rules("kind: files\nzone: UTC\n" + "k".repeat(900) + ": x\n")).isNotEmpty();
    }

    private List<String> rules(String yaml) {
        String source = lake.source(yaml);
        RunManifest manifest = lake.run(source, folder.toString());
        assertThat(manifest.problems())
                .allSatisfy(problem -> assertThat(problem.message()).hasSizeLessThan(600));
        assertThat(
                        new String(
                                lake.store().read(RunKeys.state(source)).orElseThrow(),
                                StandardCharsets.UTF_8))
                .contains("\"lease\" : null");
        return manifest.problems().stream().map(Problem::rule).toList();
    }

    private RunManifest json(String content) throws Exception {
        Files.writeString(folder.resolve("sellers.json"), content);
        return run();
    }

    private RunManifest run() {
        return lake.run(
                lake.source(
                        """
                        kind: files
                        zone: UTC
                        streams:
                          sellers:
                            file: sellers.json
                            format: {type: json}
                            fields: {id: id, city: city}
                        """),
                folder.toString());
    }

    private RunManifest csv(String content) throws Exception {
        Files.writeString(folder.resolve("sellers.csv"), content);
        return lake.run(
                lake.source(
                        """
                        kind: files
                        zone: UTC
                        streams:
                          sellers:
                            file: sellers.csv
                            fields: {id: id, city: city}
                        """),
                folder.toString());
    }

    private List<String> ids(RunManifest manifest) {
        assertThat(manifest.streams()).extracting(StreamExtract::stream).containsExactly("sellers");
        return rows(manifest, "id");
    }

    private List<String> rows(RunManifest manifest, String field) {
        return lake.rows(manifest.source(), manifest.runId(), StreamName.SELLERS).stream()
                .map(row -> row.get(field))
                .toList();
    }
}
