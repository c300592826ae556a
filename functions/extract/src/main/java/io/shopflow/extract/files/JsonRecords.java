package io.shopflow.extract.files;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import io.shopflow.core.run.Problem;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.math.BigDecimal;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A JSON file: one array of objects, or one object per line. A name with dots addresses a value in
 * nested objects. In the second form, a broken line affects only itself.
 */
final class JsonRecords implements Records {

    private static final int MAX_LINE_BYTES = CsvTokenizer.MAX_RECORD_BYTES;

    /** Longest value of a column; values of other columns are skipped, however long they are. */
    static final int MAX_VALUE_CHARACTERS = 1 << 20;

    /** Most characters that the items of one object may have. */
    private static final int MAX_ITEM_CHARACTERS = 8 << 20;

    /** Memory of an item besides its texts, in characters. */
    private static final int ITEM_CHARACTERS = 50;

    /** Deepest nesting of values that no column reads. */
    static final int MAX_DEPTH = 100_000;

    /** A number with more digits is passed on as text, and the transform rejects it. */
    private static final int MAX_DIGITS = 1000;

    private static final JsonFactory JSON =
            JsonFactory.builder()
                    .streamReadConstraints(
                            StreamReadConstraints.builder()
                                    .maxNestingDepth(MAX_DEPTH)
                                    .maxNumberLength(MAX_VALUE_CHARACTERS)
                                    .maxStringLength(MAX_VALUE_CHARACTERS)
                                    .build())
                    .build();

    private final CountingInputStream counted;
    private final PushbackInputStream in;
    private final List<Column> columns;
    private final Map<String, List<Integer>> places = new HashMap<>();

    /** Names of objects that contain a column. */
    private final Set<String> parents = new HashSet<>();

    /** Columns that lie within a list, with the list's name. */
    private final Map<String, String> withinLists = new TreeMap<>();

    private final boolean[] seen;

    /** Values of the current object, or of its current item. */
    private String[] values;

    /** The list whose items are the rows; null if each object is a row. */
    private final @Nullable String list;

    /** The items of the current object that are still to come. */
    private final Deque<String[]> items = new ArrayDeque<>();

    /** Characters that the items have. */
    private long itemCharacters;

    /** Null if the file has one object per line. */
    private final @Nullable JsonParser array;

    private long nextLine = 1;
    private long line;
    private long records;

    /** Whether an LF here belongs to the previous line's end. */
    private boolean afterReturn;

    private @Nullable String defect;

    private JsonRecords(
            CountingInputStream counted,
            PushbackInputStream in,
            List<Column> columns,
            @Nullable String list,
            boolean isArray)
            throws IOException {
        this.counted = counted;
        this.in = in;
        this.columns = columns;
        this.list = list;
        if (list != null) {
            parents.add(list);
            for (int dot = list.indexOf('.'); dot > 0; dot = list.indexOf('.', dot + 1)) {
                parents.add(list.substring(0, dot));
            }
        }
        for (int place = 0; place < columns.size(); place++) {
            String name = columns.get(place).name();
            places.computeIfAbsent(name, unused -> new ArrayList<>()).add(place);
            for (int dot = name.indexOf('.'); dot > 0; dot = name.indexOf('.', dot + 1)) {
                parents.add(name.substring(0, dot));
            }
        }
        seen = new boolean[columns.size()];
        values = new String[columns.size()];
        Arrays.fill(values, "");
        array = isArray ? JSON.createParser(in) : null;
        if (array != null) {
            array.nextToken();
        }
    }

    /**
     * Opens a file.
     *
     * @param list name of the list whose items are the rows; null: each object is a row
     */
    static JsonRecords open(InputStream file, List<Column> columns, @Nullable String list)
            throws FileProblemException, IOException {
        CountingInputStream counted = new CountingInputStream(file);
        PushbackInputStream in = new PushbackInputStream(counted, 4);
        long line = 1;
        int before = 0;
        int first = in.read();
        while (first == ' ' || first == '\t' || first == '\r' || first == '\n') {
            if (first == '\r' || (first == '\n' && before != '\r')) {
                line++;
            }
            before = first;
            first = in.read();
        }
        if (first < 0) {
            throw new FileProblemException(Problem.of("file_empty", "The file has no content."));
        }
        if (first != '[' && first != '{') {
            throw new FileProblemException(
                    Problem.of(
                                    "json_malformed",
                                    "The file is neither an array of JSON objects nor one object a line, in UTF-8.")
                            .atLine(line));
        }
        in.unread(first);
        JsonRecords records = new JsonRecords(counted, in, columns, list, first == '[');
        records.nextLine = line;
        return records;
    }

    @Override
    public boolean next() throws FileProblemException, IOException {
        if (list == null) {
            return nextObject();
        }
        while (items.isEmpty()) {
            if (!nextObject()) {
                return false;
            }
            if (defect != null) {
                items.clear();
                return true;
            }
            String[] parent = values;
            items.forEach(item -> inherit(item, parent));
        }
        values = items.removeFirst();
        return true;
    }

    private void inherit(String[] item, String[] parent) {
        for (int place = 0; place < item.length; place++) {
            if (!columns.get(place).name().startsWith(list + ".")) {
                item[place] = parent[place];
            }
        }
    }

    private boolean nextObject() throws FileProblemException, IOException {
        values = new String[columns.size()];
        Arrays.fill(values, "");
        itemCharacters = 0;
        defect = null;
        boolean more = array == null ? nextOfLines() : nextOfArray(array);
        if (more && defect == null) {
            records++;
        } else if (!more) {
            checkColumns();
        }
        return more;
    }

    private boolean nextOfArray(JsonParser parser) throws FileProblemException, IOException {
        try {
            JsonToken token = parser.nextToken();
            line = nextLine - 1 + parser.currentTokenLocation().getLineNr();
            if (token == JsonToken.END_ARRAY) {
                requireEnd(parser);
                return false;
            }
            if (token == JsonToken.START_OBJECT) {
                readObject(parser, "");
            } else if (token == null) {
                throw new FileProblemException(
                        Problem.of(
                                        "json_malformed",
                                        "The file ends within the array: it was cut off.")
                                .atLine(line));
            } else {
                defect = "json_no_object: the array has something else than an object here";
                parser.skipChildren();
            }
            return true;
        } catch (StreamConstraintsException e) {
            throw new FileProblemException(
                    Problem.of(
                                    "json_limit",
                                    "A value has more than %d characters, or is nested more than %d deep; it and what follows was not read. Leave it out of the file."
                                            .formatted(MAX_VALUE_CHARACTERS, MAX_DEPTH))
                            .atLine(nextLine - 1 + parser.currentLocation().getLineNr()));
        } catch (JsonProcessingException e) {
            throw new FileProblemException(
                    Problem.of(
                                    "json_malformed",
                                    "The JSON is broken here; what follows was not read. Have the file written again.")
                            .atLine(nextLine - 1 + location(e, parser).getLineNr()));
        }
    }

    /** Rows in a second array would otherwise be lost silently. */
    private void requireEnd(JsonParser parser) throws FileProblemException, IOException {
        if (parser.nextToken() != null) {
            throw new FileProblemException(
                    Problem.of(
                                    "json_malformed",
                                    "Something follows the end of the array, and was not read. Have the file written as one array, or as one object per line.")
                            .atLine(nextLine - 1 + parser.currentTokenLocation().getLineNr()));
        }
    }

    private static JsonLocation location(JsonProcessingException e, JsonParser parser) {
        return Objects.requireNonNullElse(e.getLocation(), parser.currentLocation());
    }

    private boolean nextOfLines() throws IOException {
        byte[] text;
        do {
            line = nextLine++;
            text = readLine();
            if (text == null) {
                return false;
            }
        } while (isBlank(text));
        if (text.length > MAX_LINE_BYTES) {
            defect = "record_too_long: the line has more than %d bytes".formatted(MAX_LINE_BYTES);
            return true;
        }
        try (JsonParser parser = JSON.createParser(text)) {
            readLine(parser);
        }
        return true;
    }

    private void readLine(JsonParser parser) throws IOException {
        try {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                defect = "json_no_object: the line is not a JSON object";
                return;
            }
            readObject(parser, "");
            if (parser.nextToken() != null) {
                defect = "json_malformed: there is more than one object on the line";
            }
        } catch (StreamConstraintsException e) {
            defect =
                    "json_limit: a value has more than %d characters, or is nested more than %d deep"
                            .formatted(MAX_VALUE_CHARACTERS, MAX_DEPTH);
        } catch (JsonProcessingException e) {
            defect =
                    "json_malformed: the JSON is broken at column %d"
                            .formatted(location(e, parser).getColumnNr());
        }
    }

    /** A line without its end, cut one byte after the limit; null at the end. */
    private byte @Nullable [] readLine() throws IOException {
        int b = in.read();
        if (b < 0) {
            return null;
        }
        if (b == '\n' && afterReturn) {
            b = in.read();
            if (b < 0) {
                return null;
            }
        }
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        while (b >= 0 && b != '\n' && b != '\r') {
            if (text.size() <= MAX_LINE_BYTES) {
                text.write(b);
            }
            b = in.read();
        }
        afterReturn = b == '\r';
        return text.toByteArray();
    }

    private static boolean isBlank(byte[] text) {
        for (byte b : text) {
            if (b != ' ' && b != '\r' && b != '\t') {
                return false;
            }
        }
        return true;
    }

    /**
     * Descends only into objects that contain columns, so that depth and size of the rest do not
     * matter.
     */
    private void readObject(JsonParser parser, String path) throws IOException {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = path + parser.currentName();
            JsonToken value = parser.nextToken();
            List<Integer> found = places.getOrDefault(name, List.of());
            boolean nested = value == JsonToken.START_OBJECT || value == JsonToken.START_ARRAY;
            if (name.equals(list) && nested) {
                readItems(parser, value, name);
            } else if (nested && !found.isEmpty()) {
                defect =
                        value == JsonToken.START_ARRAY
                                ? inList(name, name)
                                : "json_nested: '%s' is an object; name one of its values, as in '%s.id'"
                                        .formatted(SafeText.name(name), SafeText.name(name));
                parser.skipChildren();
            } else if (value == JsonToken.START_OBJECT && parents.contains(name)) {
                readObject(parser, name + ".");
            } else if (nested) {
                if (parents.contains(name)) {
                    defect = inList(name, columnWithin(name));
                }
                parser.skipChildren();
            } else if (!found.isEmpty()) {
                String text = value == JsonToken.VALUE_NULL ? "" : parser.getText();
                for (int place : found) {
                    seen[place] = true;
                    values[place] =
                            value.isNumeric()
                                    ? number(text, columns.get(place).decimalSeparator())
                                    : text;
                }
            }
        }
    }

    private void readItems(JsonParser parser, JsonToken begin, String name) throws IOException {
        if (begin != JsonToken.START_ARRAY) {
            defect = "json_no_list: '%s' is no list".formatted(SafeText.name(name));
            parser.skipChildren();
            return;
        }
        String[] parent = values;
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (parser.currentToken() != JsonToken.START_OBJECT) {
                defect =
                        "json_no_object: '%s' has something else than objects"
                                .formatted(SafeText.name(name));
                parser.skipChildren();
                continue;
            }
            values = new String[columns.size()];
            Arrays.fill(values, "");
            readObject(parser, name + ".");
            itemCharacters += ITEM_CHARACTERS;
            for (String text : values) {
                itemCharacters += text.length();
            }
            if (itemCharacters > MAX_ITEM_CHARACTERS) {
                defect =
                        "json_limit: the items of '%s' have more than %d characters together"
                                .formatted(SafeText.name(name), MAX_ITEM_CHARACTERS);
                items.clear();
            } else {
                items.add(values);
            }
        }
        values = parent;
    }

    private String columnWithin(String list) {
        return columns.stream()
                .map(Column::name)
                .filter(name -> name.startsWith(list + "."))
                .findFirst()
                .orElseThrow();
    }

    private String inList(String list, String column) {
        withinLists.put(column, list);
        return "json_list: " + listExplained(list);
    }

    private static String listExplained(String list) {
        return "'%s' is a list; use a file with one object for each of its items, with the id of the row that it belongs to"
                .formatted(SafeText.name(list));
    }

    /** A JSON number in the form of the source's texts. */
    private static String number(String text, String decimalSeparator) {
        if (decimalSeparator.isEmpty() || text.length() > MAX_DIGITS) {
            return text;
        }
        boolean exponent = text.indexOf('e') >= 0 || text.indexOf('E') >= 0;
        return (exponent ? withoutExponent(text) : text).replace(".", decimalSeparator);
    }

    private static String withoutExponent(String text) {
        try {
            BigDecimal number = new BigDecimal(text);
            boolean isShort = Math.abs((long) number.scale()) < MAX_DIGITS;
            return isShort ? number.toPlainString() : text;
        } catch (NumberFormatException e) {
            // The exponent exceeds an int: kept as written, and rejected by the transform.
            return text;
        }
    }

    /** Fails if no object has a column: either the mapping or the file is wrong. */
    private void checkColumns() throws FileProblemException {
        TreeSet<String> missing = new TreeSet<>();
        for (int place = 0; place < seen.length; place++) {
            if (!seen[place] && !columns.get(place).optional()) {
                missing.add(columns.get(place).name());
            }
        }
        for (Map.Entry<String, String> found : withinLists.entrySet()) {
            if (places.getOrDefault(found.getKey(), List.of()).stream()
                    .noneMatch(place -> seen[place])) {
                throw new FileProblemException(
                        Problem.of(
                                        "json_list",
                                        "In the file "
                                                + listExplained(found.getValue())
                                                + ". The rows with such a list are quarantined.")
                                .at(found.getKey()));
            }
        }
        if (records > 0 && !missing.isEmpty()) {
            throw new FileProblemException(
                    Problem.of(
                                    "column_missing",
                                    "No object of the file has %s. Correct the mapping, or set 'optional: true' for it."
                                            .formatted(SafeText.names(missing)))
                            .at(missing.first()));
        }
    }

    @Override
    public long line() {
        return line;
    }

    @Override
    public @Nullable String defect() {
        return defect;
    }

    @Override
    public List<String> texts(int place) {
        return List.of(text(place));
    }

    @Override
    public long record() {
        return records;
    }

    @Override
    public String text(int place) {
        return values[place];
    }

    @Override
    public long bytesRead() {
        return counted.count();
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
