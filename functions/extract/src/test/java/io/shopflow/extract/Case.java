package io.shopflow.extract;

import static org.assertj.core.api.Assertions.assertThat;

import io.shopflow.core.run.Problem;
import io.shopflow.core.run.RunJson;
import io.shopflow.core.run.RunManifest;
import io.shopflow.core.run.RunNote;
import io.shopflow.core.run.StreamExtract;
import io.shopflow.core.stream.StreamName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * A case: {@code expected.yaml} has a list {@code runs}, and each run
 *
 * <ul>
 *   <li>{@code configuration}: the file with the configuration, {@code source.yaml} unless given
 *   <li>{@code files}: names in the run's folder, to the file of the case that is put there, or to
 *       {@code base64: …}; null removes one. Default: all files of the case. A folder becomes a ZIP
 *       archive of this name: the parts of a workbook, for instance
 *   <li>{@code rows}: by stream, the relevant fields of each row, {@code _defect} by its beginning;
 *       a stream's rows are exactly these
 *   <li>{@code problems} and {@code notes}: each one's rule, stream, file, line and field, and what
 *       it {@code says}, of a note also its {@code rows} and whether it {@code informs} only;
 *       exactly these
 *   <li>{@code never}: texts that no message contains
 * </ul>
 */
final class Case {

    private static final Path FOLDER = Path.of("src/test/resources/cases");

    private final Path folder;
    private final Map<?, ?> expected;

    private Case(Path folder) throws IOException {
        this.folder = folder;
        this.expected = (Map<?, ?>) yaml(folder.resolve("expected.yaml"));
    }

    static List<String> names() throws IOException {
        try (var folders = Files.list(FOLDER)) {
            return folders.map(folder -> folder.getFileName().toString()).sorted().toList();
        }
    }

    static Case of(String name) throws IOException {
        return new Case(FOLDER.resolve(name));
    }

    /** Runs the source on files in a folder, once per run of the case. */
    void check(Lake lake, Path place) throws IOException {
        String source = null;
        for (Object item : (List<?>) expected.get("runs")) {
            Map<?, ?> run = (Map<?, ?>) item;
            put(run, place);
            Object file = run.get("configuration");
            String configuration =
                    Files.readString(folder.resolve(file == null ? "source.yaml" : (String) file));
            if (source == null) {
                source = lake.source(configuration);
            } else {
                lake.configure(source, configuration);
            }
            RunManifest manifest = lake.run(source, place.toString());
            check(lake, manifest, run);
        }
    }

    private void put(Map<?, ?> run, Path place) throws IOException {
        if (!(run.get("files") instanceof Map<?, ?> files)) {
            try (var all = Files.list(folder)) {
                for (Path file : all.toList()) {
                    if (!file.toString().endsWith(".yaml")) {
                        copy(file, place.resolve(file.getFileName()));
                    }
                }
            }
            return;
        }
        for (Map.Entry<?, ?> file : files.entrySet()) {
            Path target = place.resolve((String) file.getKey());
            if (file.getValue() == null) {
                Files.deleteIfExists(target);
            } else if (((String) file.getValue()).startsWith("base64: ")) {
                String base64 = ((String) file.getValue()).substring("base64: ".length());
                Files.write(target, Base64.getDecoder().decode(base64));
            } else {
                copy(folder.resolve((String) file.getValue()), target);
            }
        }
    }

    /** A folder of the case is packed into an archive. */
    private static void copy(Path file, Path target) throws IOException {
        if (Files.isDirectory(file)) {
            pack(file, target);
            return;
        }
        Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING);
    }

    private static void pack(Path folder, Path target) throws IOException {
        try (var files = Files.walk(folder);
                ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(target))) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                zip.putNextEntry(new ZipEntry(folder.relativize(file).toString()));
                Files.copy(file, zip);
            }
        }
    }

    private void check(Lake lake, RunManifest manifest, Map<?, ?> run) {
        String told = new String(RunJson.write(manifest), StandardCharsets.UTF_8);
        checkProblems("problems of " + folder, manifest.problems(), run.get("problems"));
        checkNotes(manifest.notes(), list(run.get("notes")));
        for (Object secret : list(run.get("never"))) {
            assertThat(told).doesNotContain(secret.toString());
        }
        for (StreamExtract stream : manifest.streams()) {
            assertThat(stream.counted()).as(stream.stream()).isIn(null, stream.extracted());
        }
        if (!(run.get("rows") instanceof Map<?, ?> streams)) {
            return;
        }
        streams.forEach(
                (name, rows) -> {
                    StreamName stream = StreamName.ofCanonicalName((String) name).orElseThrow();
                    checkRows(lake.rows(manifest.source(), manifest.runId(), stream), list(rows));
                });
    }

    private void checkRows(List<Map<String, String>> rows, List<?> wanted) {
        List<Map<String, String>> got = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            Map<?, ?> fields = i < wanted.size() ? (Map<?, ?>) wanted.get(i) : Map.of();
            Map<String, String> row = new java.util.TreeMap<>();
            Map<String, String> found = rows.get(i);
            fields.keySet().forEach(field -> row.put((String) field, found.get(field)));
            String defect = found.get("_defect");
            Object begin = fields.get("_defect");
            row.put(
                    "_defect",
                    begin != null && defect.startsWith((String) begin) ? (String) begin : defect);
            got.add(row);
        }
        List<Map<String, String>> want = new ArrayList<>();
        for (Object item : wanted) {
            Map<String, String> row = new java.util.TreeMap<>(Map.of("_defect", ""));
            ((Map<?, ?>) item).forEach((field, value) -> row.put((String) field, text(value)));
            want.add(row);
        }
        assertThat(got).as("rows of " + folder).isEqualTo(want);
    }

    private static void checkProblems(String what, List<Problem> problems, Object expected) {
        List<?> wanted = list(expected);
        assertThat(problems).as(what).hasSameSizeAs(wanted);
        for (int i = 0; i < wanted.size(); i++) {
            Map<?, ?> want = (Map<?, ?>) wanted.get(i);
            Problem problem = problems.get(i);
            assertThat(problem.rule()).as(problem.message()).isEqualTo(want.get("rule"));
            if (want.containsKey("stream")) {
                assertThat(problem.stream()).isEqualTo(want.get("stream"));
            }
            if (want.containsKey("file")) {
                assertThat(problem.file()).isEqualTo(want.get("file"));
            }
            if (want.containsKey("line")) {
                assertThat(problem.line()).isEqualTo(((Number) want.get("line")).longValue());
            }
            if (want.containsKey("field")) {
                assertThat(problem.field()).isEqualTo(want.get("field"));
            }
            for (Object part : list(want.get("says"))) {
                assertThat(problem.message()).contains((String) part);
            }
        }
    }

    private void checkNotes(List<RunNote> notes, List<?> wanted) {
        assertThat(notes).as("notes of " + folder).hasSameSizeAs(wanted);
        for (int i = 0; i < wanted.size(); i++) {
            Map<?, ?> want = (Map<?, ?>) wanted.get(i);
            RunNote note = notes.get(i);
            assertThat(note.rule()).as(note.message()).isEqualTo(want.get("rule"));
            assertThat(note.stream()).isEqualTo(want.get("stream"));
            if (want.get("rows") instanceof Number rows) {
                assertThat(note.rows()).as(note.message()).isEqualTo(rows.longValue());
            }
            if (want.get("informs") instanceof Boolean informs) {
                assertThat(note.informs()).as(note.message()).isEqualTo(informs);
            }
            for (Object part : list(want.get("says"))) {
                assertThat(note.message()).contains((String) part);
            }
        }
    }

    private static List<?> list(Object value) {
        return value == null ? List.of() : value instanceof List<?> all ? all : List.of(value);
    }

    private static String text(Object value) {
        return value == null ? "" : value.toString();
    }

    private static Object yaml(Path file) throws IOException {
        return new Load(LoadSettings.builder().build()).loadFromString(Files.readString(file));
    }
}
