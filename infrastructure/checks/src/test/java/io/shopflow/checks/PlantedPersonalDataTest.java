package io.shopflow.checks;

import static org.assertj.core.api.Assertions.assertThat;

import io.shopflow.core.stream.Field;
import io.shopflow.core.stream.StreamName;
import io.shopflow.core.stream.StreamSchema;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Personal data, planted wherever a shop's file may contain it: in every field of every stream, in
 * headers, and in broken files. None of it appears after the transform, in logs, in the output of
 * commands, or on a page.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PlantedPersonalDataTest {

    private static final Path VALUES =
            Path.of(System.getProperty("shopflow.home"))
                    .resolve("functions/transform/src/test/resources/personal-values.csv");

    /** Replaces each 0 of the contents. */
    private static final byte NO_UTF8 = (byte) 0xe9;

    /** Shorter pieces of a value would be found in digests and amounts by chance. */
    private static final int PIECE = 8;

    private final HttpClient browser = HttpClient.newHttpClient();

    /** Everything visible of the runs, by place. */
    private final Map<String, String> seen = new TreeMap<>();

    private LaptopStack stack;
    private List<String> values;
    private Set<String> pieces;

    @BeforeAll
    void start(@TempDir Path folder) throws IOException {
        values =
                Files.readAllLines(VALUES).stream()
                        .skip(1)
                        .map(line -> line.substring(line.indexOf(',') + 1, line.lastIndexOf(',')))
                        .map(value -> value.replace("\"", ""))
                        .toList();
        pieces =
                values.stream()
                        .flatMap(value -> piecesOf(value).stream())
                        .collect(Collectors.toSet());
        stack = new LaptopStack(folder.resolve("data"));
        stack.command("up", "--detach", "--no-demo", "--port", "0");
    }

    @AfterAll
    void stop() {
        stack.close();
    }

    private static Set<String> piecesOf(String value) {
        String text = value.toLowerCase(Locale.ROOT);
        Set<String> pieces = new TreeSet<>();
        for (int i = 0; i == 0 || i + PIECE <= text.length(); i++) {
            pieces.add(text.substring(i, Math.min(text.length(), i + PIECE)));
        }
        // Also a word on the pages, unlike the other pieces of such an address.
        pieces.removeIf(piece -> piece.contains("xample"));
        // A rate may be 111.11111111111111.
        pieces.removeIf(piece -> piece.chars().distinct().count() == 1);
        return pieces;
    }

    @Test
    void nothingThatIdentifiesPeopleIsFoundWhereverItWasPlanted(@TempDir Path files)
            throws Exception {
        assertThat(values).hasSizeGreaterThanOrEqualTo(30);

        run("every_field", files, everyField());
        List<List<String>> groups = new ArrayList<>();
        for (int i = 0; i < values.size(); i += StreamName.values().length) {
            groups.add(values.subList(i, Math.min(values.size(), i + StreamName.values().length)));
        }
        List<Broken> others = EnumSet.complementOf(EnumSet.of(Broken.HEADER)).stream().toList();
        for (int i = 0; i < groups.size(); i++) {
            for (Broken broken : List.of(Broken.HEADER, others.get(i % others.size()))) {
                run(
                        broken.name().toLowerCase(Locale.ROOT) + "_" + i,
                        files,
                        brokenFiles(broken, groups.get(i)));
            }
        }
        pages();
        seen.putAll(stack.documents());

        // Checks that the search works.
        String raw =
                stack.lake().list("raw/").stream()
                        .map(object -> stack.text(object).toLowerCase(Locale.ROOT))
                        .collect(Collectors.joining());
        assertThat(values).allMatch(value -> raw.contains(value.toLowerCase(Locale.ROOT)));
        assertThat(stack.documents().get("warehouse.fact_orders")).isNotBlank();
        assertThat(found()).isEmpty();
    }

    /** Every value in every field, each in an otherwise valid row, alone and in text. */
    private Map<StreamName, String> everyField() {
        Map<StreamName, String> files = new LinkedHashMap<>();
        for (StreamName stream : StreamName.values()) {
            List<String> names = names(stream);
            StringBuilder text = new StringBuilder(String.join(",", names)).append('\n');
            int row = 0;
            for (String value : values) {
                for (String name : names) {
                    for (String written : List.of(value, "see " + value + ", please")) {
                        Map<String, String> cells = right(stream, "row-" + row++);
                        cells.put(name, written);
                        text.append(line(cells.values()));
                    }
                }
            }
            files.put(stream, text.toString());
        }
        return files;
    }

    /** Defects of a file as a whole, or of a line. */
    private enum Broken {
        /** The first column has the value as its name. */
        HEADER,
        /** The header has the value twice in addition to its columns. */
        TWICE,
        /** A quoted value does not end. */
        QUOTE,
        /** A line has more columns than the header. */
        RAGGED,
        /** An invalid UTF-8 byte precedes the value. */
        ENCODING,
        /** A list that is not JSON from the value on. */
        JSON,
        /** JSON that is one object with the value as a key. */
        OBJECT
    }

    private Map<StreamName, String> brokenFiles(Broken broken, List<String> group) {
        Map<StreamName, String> files = new LinkedHashMap<>();
        for (StreamName stream : StreamName.values()) {
            if (stream.ordinal() >= group.size()) {
                continue;
            }
            String value = group.get(stream.ordinal());
            List<String> names = names(stream);
            String header = String.join(",", names) + "\n";
            String line = line(right(stream, "1").values());
            files.put(
                    stream,
                    switch (broken) {
                        case HEADER ->
                                header.replaceFirst("id", Matcher.quoteReplacement(quoted(value)))
                                        + line;
                        case TWICE -> quoted(value) + "," + quoted(value) + "," + header + line;
                        case QUOTE -> header + line + "\"" + value + "\n" + line;
                        case RAGGED -> header + line + line.strip() + "," + quoted(value) + "\n";
                        case ENCODING -> header + line + "\u0000" + quoted(value) + "\n";
                        case JSON ->
                                "[{\"id\": \"1\"}, {\"id\": \"%s\", \"%s\": \"%s\" \"%s"
                                        .formatted(value, value, value, value);
                        case OBJECT -> "{\"%s\": {\"id\": \"%s\"}}".formatted(value, value);
                    });
        }
        return files;
    }

    private void run(String source, Path folder, Map<StreamName, String> contents)
            throws Exception {
        boolean json = source.startsWith("json") || source.startsWith("object");
        StringBuilder configuration =
                new StringBuilder(
                        """
                        kind: files
                        zone: Europe/London
                        currency: GBP
                        country: GB
                        dates: iso
                        statuses: {completed: completed}
                        streams:
                        """);
        Path files = Files.createDirectories(folder.resolve(source));
        for (Map.Entry<StreamName, String> file : contents.entrySet()) {
            String name = file.getKey().canonicalName();
            byte[] bytes = file.getValue().getBytes(StandardCharsets.UTF_8);
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = bytes[i] == 0 ? NO_UTF8 : bytes[i];
            }
            Files.write(files.resolve(name + ".txt"), bytes);
            configuration.append(
                    "  %s:%n    file: %s.txt%n%s    fields:%n"
                            .formatted(
                                    name,
                                    name,
                                    json ? "    format: {type: json}%n".formatted() : ""));
            for (String field : names(file.getKey())) {
                configuration.append("      %s: %s%n".formatted(field, field));
            }
        }
        Path sources = Files.createDirectories(stack.data().resolve("sources"));
        Files.writeString(sources.resolve(source + ".yaml"), configuration);
        LaptopStack.Output output =
                stack.output("run", "--source", source, "--path", files.toString());
        seen.put("the output of run " + source, output.text());
        assertThat(output.status()).as(output.text()).isEqualTo(1);
        assertThat(output.text()).doesNotContain("complete and balanced").contains("incomplete");
    }

    /** Collects everything visible of the runs, on pages and from commands. */
    private void pages() throws Exception {
        List<String> paths = new ArrayList<>(List.of("/", "/runs"));
        try (Connection database = stack.database();
                Statement statement = database.createStatement();
                ResultSet runs = statement.executeQuery("select run_id, source from etl.runs")) {
            while (runs.next()) {
                paths.add("/runs/" + runs.getString(1));
                paths.add("/?source=" + runs.getString(2));
                if (runs.getString(2).equals("every_field")) {
                    seen.put(
                            "quarantine show",
                            stack.output(
                                            "quarantine",
                                            "show",
                                            "--run",
                                            runs.getString(1),
                                            "--rows",
                                            "100000")
                                    .text());
                }
            }
        }
        assertThat(seen.get("quarantine show")).contains("row-1");
        seen.put("quarantine list", stack.output("quarantine", "list").text());
        seen.put("status", stack.output("status").text());
        for (String path : paths) {
            HttpResponse<String> page =
                    browser.send(
                            HttpRequest.newBuilder(
                                            URI.create(
                                                    "http://127.0.0.1:%d%s"
                                                            .formatted(
                                                                    stack.port("dashboard"), path)))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());
            assertThat(page.statusCode()).as(path).isEqualTo(200);
            seen.put(path, page.body());
        }
    }

    /** The pieces of values found, with their places. */
    private List<String> found() {
        List<String> found = new ArrayList<>();
        seen.forEach(
                (where, text) -> {
                    String lower = text.toLowerCase(Locale.ROOT);
                    for (int i = 0; i + PIECE <= lower.length(); i++) {
                        String piece = lower.substring(i, i + PIECE);
                        if (pieces.contains(piece)) {
                            found.add(
                                    where
                                            + ": "
                                            + lower.substring(
                                                    Math.max(0, i - 40),
                                                    Math.min(lower.length(), i + 40)));
                            i += 60;
                        }
                    }
                });
        return found.stream().limit(200).toList();
    }

    private static List<String> names(StreamName stream) {
        return StreamSchema.of(stream).fields().stream().map(Field::name).toList();
    }

    private static Map<String, String> right(StreamName stream, String id) {
        Map<String, String> cells = new LinkedHashMap<>();
        for (Field field : StreamSchema.of(stream).fields()) {
            cells.put(
                    field.name(),
                    switch (field.type()) {
                        case TEXT -> field.name() + "-1";
                        case INTEGER, DECIMAL -> "2";
                        case IDS -> "";
                        case MONEY -> "1.00";
                        case INSTANT -> "2026-03-01";
                        case STATUS -> "completed";
                        case CURRENCY -> "GBP";
                        case COUNTRY -> "GB";
                    });
        }
        cells.put("id", id);
        return cells;
    }

    private static String line(Iterable<String> cells) {
        List<String> written = new ArrayList<>();
        cells.forEach(cell -> written.add(quoted(cell)));
        return String.join(",", written) + "\n";
    }

    private static String quoted(String cell) {
        return cell.contains(",") ? "\"" + cell + "\"" : cell;
    }
}
