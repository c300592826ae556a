package io.shopflow.extract.files;

import static java.util.stream.Collectors.joining;

import io.shopflow.core.source.RawText;
import io.shopflow.extract.yaml.YamlObject;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads how files are written. */
final class FileFormatParser {

    /**
     * Encodings whose first 128 code points are ASCII, so that line ends and quotes are single
     * bytes. A native executable looks up no others than those of {@link StandardCharsets}: these
     * are found when it is built.
     */
    private static final List<Charset> ENCODINGS =
            List.of(
                    StandardCharsets.UTF_8,
                    StandardCharsets.US_ASCII,
                    StandardCharsets.ISO_8859_1,
                    Charset.forName("ISO-8859-15"),
                    Charset.forName("windows-1252"));

    private static final List<String> KEYS =
            List.of("type", "sheet", "delimiter", "encoding", "quote", "skip", "until");

    /** Keys that concern text only. */
    private static final List<String> OF_TEXT = List.of("delimiter", "encoding", "quote");

    private static final int MAX_SKIPPED = 1_000;

    /** Formats by file name: a lookup reads a file in the format that its stream declares. */
    private final Map<String, FileFormat> formats = new HashMap<>();

    /** Formats by the object that declares them. */
    private final IdentityHashMap<YamlObject, FileFormat> own = new IdentityHashMap<>();

    private final FileFormat common;

    /** For a source; its own {@code format} is that of files whose stream declares none. */
    FileFormatParser(YamlObject root) {
        common = format(root, new FileFormat.Csv(',', StandardCharsets.UTF_8));
    }

    /** Declares the format of an object's files, before any of them is read. */
    void declare(YamlObject object, List<String> files) {
        FileFormat format = format(object, common);
        own.put(object, format);
        files.forEach(file -> formats.put(file, format));
    }

    /** The format that an object declared, since several may read sheets of one workbook. */
    FileFormat of(YamlObject object) {
        return own.getOrDefault(object, common);
    }

    /** The declared format of a file. */
    FileFormat of(String file) {
        return formats.getOrDefault(file, common);
    }

    /** The format in an object; another one if it has none. */
    static FileFormat format(YamlObject parent, FileFormat otherwise) {
        Optional<YamlObject> object = parent.object("format");
        if (object.isEmpty()) {
            return otherwise;
        }
        YamlObject format = object.get();
        format.allow(KEYS);
        String type = format.text("type").orElse("csv");
        if (type.equals("json")) {
            if (format.keys().stream().anyMatch(key -> !key.equals("type"))) {
                format.invalid(
                        "type",
                        "JSON has no delimiter, quote or header, and its encoding is always UTF-8.");
            }
            return new FileFormat.Json();
        }
        if (type.equals("xlsx")) {
            format.keys().stream().filter(OF_TEXT::contains).forEach(key -> ofText(format, key));
            return new FileFormat.Xlsx(
                    format.text("sheet").orElse(null), skip(format), until(format));
        }
        if (!type.equals("csv")) {
            format.invalid(
                    "type",
                    "'%s' is not a type of file; use one of: csv, json, xlsx."
                            .formatted(YamlObject.shown(type)));
        }
        if (format.has("sheet")) {
            format.invalid(
                    "sheet", "'sheet' names the sheet of a workbook, and needs 'type: xlsx'.");
        }
        return new FileFormat.Csv(
                delimiter(format), encoding(format), quoted(format), skip(format), until(format));
    }

    private static void ofText(YamlObject format, String key) {
        format.invalid(key, "'%s' is for CSV; a workbook has none.".formatted(key));
    }

    private static int skip(YamlObject format) {
        return format.integer("skip", 0, MAX_SKIPPED, 0);
    }

    private static @Nullable String until(YamlObject format) {
        return format.text("until").map(RawText::comparable).orElse(null);
    }

    private static boolean quoted(YamlObject format) {
        String quote = format.text("quote").orElse("\"");
        if (!quote.equals("\"") && !quote.equals("none")) {
            format.invalid(
                    "quote",
                    "'quote' must be none, if a quote is a character like others, or '\"', not '%s'."
                            .formatted(YamlObject.shown(quote)));
        }
        return !quote.equals("none");
    }

    private static char delimiter(YamlObject format) {
        String text = format.text("delimiter").orElse(",");
        String delimiter = text.equals("tab") ? "\t" : text;
        if (delimiter.length() != 1 || delimiter.charAt(0) > 127 || "\"\r\n".contains(delimiter)) {
            format.invalid(
                    "delimiter",
                    "'delimiter' must be one ASCII character such as ',' or ';', or 'tab'.");
            return ',';
        }
        return delimiter.charAt(0);
    }

    private static Charset encoding(YamlObject format) {
        String name = format.text("encoding").orElse("UTF-8");
        return ENCODINGS.stream()
                .filter(known -> known.name().equalsIgnoreCase(name))
                .findFirst()
                .orElseGet(
                        () -> {
                            format.invalid(
                                    "encoding",
                                    "'%s' is not an encoding that can be read; use one of: %s. Convert the file to UTF-8."
                                            .formatted(
                                                    YamlObject.shown(name),
                                                    ENCODINGS.stream()
                                                            .map(Charset::name)
                                                            .collect(joining(", "))));
                            return StandardCharsets.UTF_8;
                        });
    }
}
