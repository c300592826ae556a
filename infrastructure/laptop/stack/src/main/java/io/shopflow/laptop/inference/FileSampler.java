package io.shopflow.laptop.inference;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import io.shopflow.core.archive.ContentException;
import io.shopflow.core.archive.ZipArchive;
import io.shopflow.core.workbook.Workbook;
import io.shopflow.laptop.files.StackException;
import io.shopflow.laptop.inference.SampledFile.Layout;
import io.shopflow.laptop.inference.SampledFile.Rows;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/** Reads the beginning of a file of unknown layout. */
final class FileSampler {

    /** What is read of a file: enough for its layout and most of its values. */
    private static final int MOST_BYTES = 8 << 20;

    /** What is read of all files, in equal parts: their values are kept in memory. */
    private static final int MOST_BYTES_OF_ALL = 16 << 20;

    private static final String ZIP = "PK\u0003\u0004";
    private static final int MOST_LINES_OF_PREAMBLE = 30;
    private static final Pattern LINE_END = Pattern.compile("\r\n|\n|\r");
    private static final char[] DELIMITERS = {',', ';', '\t', '|'};
    private static final ObjectMapper JSON = new ObjectMapper();

    private FileSampler() {}

    /**
     * Reads files.
     *
     * @throws StackException if one of them is not one that a mapping can read
     */
    static List<SampledFile> read(List<Path> files) {
        int most = Math.min(MOST_BYTES, MOST_BYTES_OF_ALL / files.size());
        return files.stream().map(file -> read(file, most)).toList();
    }

    private static SampledFile read(Path file, int most) {
        String name = file.getFileName().toString();
        try (InputStream packed = new BufferedInputStream(Files.newInputStream(file))) {
            packed.mark(ZIP.length());
            byte[] beginning = packed.readNBytes(ZIP.length());
            packed.reset();
            if (begins(beginning, ZIP)) {
                return ofArchive(name, packed, most);
            }
            boolean zipped =
                    beginning.length > 1 && beginning[0] == 0x1f && beginning[1] == (byte) 0x8b;
            return ofText(name, zipped ? new GZIPInputStream(packed) : packed, most);
        } catch (ContentException e) {
            throw new StackException("%s: %s".formatted(name, e.getMessage()), e);
        } catch (IOException e) {
            throw new StackException(
                    "%s cannot be read: %s. Name readable files."
                            .formatted(file.toAbsolutePath(), e.getMessage()),
                    e);
        }
    }

    private static SampledFile ofArchive(String name, InputStream packed, int most)
            throws IOException {
        try (ZipArchive archive = ZipArchive.copyOf(packed)) {
            if (Workbook.isIn(archive)) {
                return SheetSampler.read(name, archive, most);
            }
            List<String> names = archive.dataNames();
            if (names.size() != 1) {
                throw new StackException(
                        "%s is a zip archive of %d files, and a source reads archives of one. Unpack it and name its files."
                                .formatted(name, names.size()));
            }
            return ofText(name, archive.open(names.getFirst(), Long.MAX_VALUE).orElseThrow(), most);
        }
    }

    private static SampledFile ofText(String name, InputStream content, int most)
            throws IOException {
        byte[] bytes = content.readNBytes(most);
        boolean whole = bytes.length < most;
        refuseOtherKinds(name, bytes);
        String encoding = "";
        Charset charset = ofMark(bytes);
        int begin = charset == null ? 0 : charset.equals(StandardCharsets.UTF_8) ? 3 : 2;
        if (charset == null) {
            charset =
                    isUtf8(bytes, whole) ? StandardCharsets.UTF_8 : Charset.forName("windows-1252");
            encoding = charset.equals(StandardCharsets.UTF_8) ? "" : "windows-1252";
        }
        String text = new String(bytes, begin, bytes.length - begin, charset);
        if (!whole && text.indexOf('\n') >= 0) {
            // The last line may have been cut. JSON may be one line.
            text = text.substring(0, text.lastIndexOf('\n') + 1);
        }
        if (text.isBlank()) {
            throw new StackException("%s is empty.".formatted(name));
        }
        char first = text.strip().charAt(0);
        return first == '[' || first == '{' ? json(name, text) : csv(name, text, encoding);
    }

    private static void refuseOtherKinds(String name, byte[] bytes) {
        if (begins(bytes, "PK")) {
            throw new StackException(
                    "%s is compressed twice, or empty. Unpack it and name its files."
                            .formatted(name));
        }
        if (begins(bytes, "PAR1")) {
            throw new StackException(
                    "%s is Parquet. Export CSV or JSON and name that file.".formatted(name));
        }
    }

    private static boolean begins(byte[] bytes, String text) {
        byte[] beginning = text.getBytes(StandardCharsets.US_ASCII);
        return bytes.length >= beginning.length
                && Arrays.equals(bytes, 0, beginning.length, beginning, 0, beginning.length);
    }

    private static @Nullable Charset ofMark(byte[] bytes) {
        if (bytes.length >= 3
                && bytes[0] == (byte) 0xEF
                && bytes[1] == (byte) 0xBB
                && bytes[2] == (byte) 0xBF) {
            return StandardCharsets.UTF_8;
        }
        if (bytes.length >= 2 && bytes[0] == (byte) 0xFF && bytes[1] == (byte) 0xFE) {
            return StandardCharsets.UTF_16LE;
        }
        if (bytes.length >= 2 && bytes[0] == (byte) 0xFE && bytes[1] == (byte) 0xFF) {
            return StandardCharsets.UTF_16BE;
        }
        return null;
    }

    private static boolean isUtf8(byte[] bytes, boolean whole) {
        int length = bytes.length;
        // The last character may have been cut.
        while (!whole && length > 0 && bytes[length - 1] != '\n') {
            length--;
        }
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, 0, length));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    private static SampledFile csv(String name, String text, String encoding) {
        List<String> lines = text.lines().limit(MOST_LINES_OF_PREAMBLE).toList();
        char delimiter = ',';
        CommonCount best = CommonCount.NONE;
        for (char candidate : DELIMITERS) {
            CommonCount common = commonCount(lines, candidate);
            if (common.total() > best.total()) {
                best = common;
                delimiter = candidate;
            }
        }
        int skip = 0;
        while (best.count() > 0
                && skip < lines.size()
                && count(lines.get(skip), delimiter) < best.count()
                && !endsInQuotes(lines.get(skip))) {
            skip++;
        }
        if (skip == lines.size()) {
            skip = 0;
        }
        boolean quotes = delimiter != '\t' || lines.stream().noneMatch(FileSampler::hasStrayQuote);
        List<List<String>> records = records(name, afterLines(text, skip), delimiter, quotes);
        List<String> header = records.getFirst().stream().map(String::strip).toList();
        List<Map<String, String>> rows = new ArrayList<>();
        for (List<String> record : records.subList(1, records.size())) {
            Map<String, String> row = new LinkedHashMap<>();
            for (int column = 0; column < Math.min(header.size(), record.size()); column++) {
                String value = record.get(column).strip();
                if (!value.isEmpty()) {
                    row.putIfAbsent(header.get(column), value);
                }
            }
            rows.add(row);
        }
        List<String> columns =
                header.stream().filter(column -> !column.isEmpty()).distinct().toList();
        return new SampledFile(
                name, Layout.csv(delimiter, encoding, quotes, skip), columns, rows, Map.of());
    }

    private static String afterLines(String text, int lines) {
        Matcher end = LINE_END.matcher(text);
        int at = 0;
        for (int line = 0; line < lines && end.find(); line++) {
            at = end.end();
        }
        return text.substring(at);
    }

    /**
     * The most common number of a character in a line.
     *
     * @param lines that have as many
     */
    private record CommonCount(int count, int lines) {

        static final CommonCount NONE = new CommonCount(0, 0);

        /** Decimal commas are as frequent as delimiters in few columns, but not in the header. */
        int total() {
            return count * lines;
        }
    }

    private static CommonCount commonCount(List<String> lines, char character) {
        Map<Integer, Integer> counts = new LinkedHashMap<>();
        lines.forEach(line -> counts.merge(count(line, character), 1, Integer::sum));
        counts.remove(0);
        return counts.entrySet().stream()
                .map(count -> new CommonCount(count.getKey(), count.getValue()))
                .max(Comparator.comparing(CommonCount::lines).thenComparing(CommonCount::count))
                .orElse(CommonCount.NONE);
    }

    /** How often a character occurs in a line, outside quotes. */
    private static int count(String line, char delimiter) {
        int count = 0;
        boolean quoted = false;
        for (int index = 0; index < line.length(); index++) {
            char character = line.charAt(index);
            if (character == '"') {
                quoted = !quoted;
            } else if (character == delimiter && !quoted) {
                count++;
            }
        }
        return count;
    }

    /** Whether a quoted value continues in the next line. */
    private static boolean endsInQuotes(String line) {
        return line.chars().filter(character -> character == '"').count() % 2 == 1;
    }

    private static boolean hasStrayQuote(String line) {
        for (String value : line.split("\t", -1)) {
            int quote = value.indexOf('"');
            if (quote > 0 || (quote == 0 && !value.endsWith("\""))) {
                return true;
            }
        }
        return false;
    }

    private static List<List<String>> records(
            String name, String text, char delimiter, boolean quotes) {
        if (!quotes) {
            return text.lines()
                    .filter(line -> !line.isBlank())
                    .map(line -> List.of(line.split(String.valueOf(delimiter), -1)))
                    .toList();
        }
        List<List<String>> records = new ArrayList<>();
        try (CsvReader<CsvRecord> reader =
                CsvReader.builder().fieldSeparator(delimiter).ofCsvRecord(text)) {
            reader.forEach(record -> records.add(record.getFields()));
        } catch (CsvParseException | IOException e) {
            // The last record of a sample may be cut within its quotes.
            if (records.size() < 2) {
                throw new StackException(
                        "%s cannot be read as CSV: %s. Look at its first lines for a quote without its end."
                                .formatted(name, e.getMessage()),
                        e);
            }
        }
        return records;
    }

    private static SampledFile json(String name, String text) {
        Rows records = new Rows(new ArrayList<>(), new ArrayList<>());
        Map<String, Rows> lists = new LinkedHashMap<>();
        Set<String> columns = new LinkedHashSet<>();
        Map<String, Set<String>> columnsOfLists = new LinkedHashMap<>();
        try (MappingIterator<JsonNode> values = JSON.readerFor(JsonNode.class).readValues(text)) {
            while (values.hasNextValue()) {
                JsonNode record = values.nextValue();
                if (!record.isObject()) {
                    continue;
                }
                Map<String, String> row = new LinkedHashMap<>();
                Map<String, JsonNode> arrays = new LinkedHashMap<>();
                flatten("", record, row, arrays, columns);
                records.rows().add(row);
                arrays.forEach((list, items) -> addItems(list, items, row, lists, columnsOfLists));
            }
        } catch (JsonProcessingException e) {
            // The last object of a sample may be cut.
            if (records.rows().isEmpty()) {
                throw new StackException(
                        "%s cannot be read as JSON: %s. A mapping reads an array of objects, or one object per line."
                                .formatted(name, e.getOriginalMessage()),
                        e);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(name, e);
        }
        if (records.rows().isEmpty()) {
            throw new StackException(
                    "%s has no objects. A mapping reads an array of objects, or one object per line."
                            .formatted(name));
        }
        Map<String, Rows> all = new LinkedHashMap<>();
        lists.forEach(
                (list, rows) -> {
                    List<String> both = new ArrayList<>(columns);
                    both.addAll(columnsOfLists.getOrDefault(list, Set.of()));
                    all.put(list, new Rows(both, rows.rows()));
                });
        return new SampledFile(name, Layout.JSON, List.copyOf(columns), records.rows(), all);
    }

    private static void flatten(
            String prefix,
            JsonNode object,
            Map<String, String> row,
            Map<String, JsonNode> arrays,
            Set<String> columns) {
        object.properties()
                .forEach(
                        property -> {
                            String column = prefix + property.getKey();
                            JsonNode value = property.getValue();
                            if (value.isObject()) {
                                flatten(column + ".", value, row, arrays, columns);
                            } else if (value.isArray()) {
                                arrays.put(column, value);
                            } else {
                                columns.add(column);
                                String text = value.isNull() ? "" : value.asText().strip();
                                if (!text.isEmpty()) {
                                    row.put(column, text);
                                }
                            }
                        });
    }

    private static void addItems(
            String list,
            JsonNode items,
            Map<String, String> parent,
            Map<String, Rows> lists,
            Map<String, Set<String>> columns) {
        for (JsonNode item : items) {
            if (item.isObject()) {
                Map<String, String> row = new LinkedHashMap<>(parent);
                flatten(
                        list + ".",
                        item,
                        row,
                        new LinkedHashMap<>(),
                        columns.computeIfAbsent(list, none -> new LinkedHashSet<>()));
                lists.computeIfAbsent(list, none -> new Rows(List.of(), new ArrayList<>()))
                        .rows()
                        .add(row);
            }
        }
    }
}
