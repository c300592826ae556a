package io.shopflow.extract.files;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A JSON file: one array of objects, or one object a line. A name with dots in it addresses a value
 * in nested objects. A broken line of the second form spoils that line only.
 */
final class JsonRecords implements Records {

    private static final JsonFactory JSON = new JsonFactory();

    private static final int MAX_LINE_BYTES = CsvTokenizer.MAX_RECORD_BYTES;

    private final CountingInputStream counted;
    private final PushbackInputStream in;
    private final List<Column> columns;
    private final Map<String, Integer> places = new HashMap<>();
    private final boolean[] seen;
    private final String[] values;

    /** Null where the file has one object a line. */
    private final @Nullable JsonParser array;

    private long nextLine = 1;
    private long line;
    private long records;
    private @Nullable String defect;

    private JsonRecords(
            CountingInputStream counted,
            PushbackInputStream in,
            List<Column> columns,
            boolean isArray)
            throws IOException {
        this.counted = counted;
        this.in = in;
        this.columns = columns;
        for (int place = 0; place < columns.size(); place++) {
            places.put(columns.get(place).name(), place);
        }
        seen = new boolean[columns.size()];
        values = new String[columns.size()];
        Arrays.fill(values, "");
        array = isArray ? JSON.createParser(in) : null;
        if (array != null) {
            array.nextToken();
        }
    }

    static JsonRecords open(InputStream file, List<Column> columns)
            throws FileProblemException, IOException {
        CountingInputStream counted = new CountingInputStream(file);
        PushbackInputStream in = new PushbackInputStream(counted, 4);
        skipMark(in);
        long line = 1;
        int first = in.read();
        while (first == ' ' || first == '\t' || first == '\r' || first == '\n') {
            if (first == '\n') {
                line++;
            }
            first = in.read();
        }
        if (first < 0) {
            throw new FileProblemException("file_empty", null, null, "The file has no content.");
        }
        if (first != '[' && first != '{') {
            throw new FileProblemException(
                    first == 0 || first >= 0xFE ? "file_encoding" : "json_malformed",
                    line,
                    null,
                    "The file is neither an array of JSON objects nor one object a line, in UTF-8.");
        }
        in.unread(first);
        JsonRecords records = new JsonRecords(counted, in, columns, first == '[');
        records.nextLine = line;
        return records;
    }

    private static void skipMark(PushbackInputStream in) throws IOException {
        byte[] beginning = in.readNBytes(3);
        boolean mark =
                beginning.length == 3
                        && beginning[0] == (byte) 0xEF
                        && beginning[1] == (byte) 0xBB
                        && beginning[2] == (byte) 0xBF;
        if (!mark) {
            in.unread(beginning);
        }
    }

    @Override
    public boolean next() throws FileProblemException, IOException {
        Arrays.fill(values, "");
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
                return false;
            }
            if (token == JsonToken.START_OBJECT) {
                readObject(parser, "");
            } else if (token == null) {
                throw new FileProblemException(
                        "json_malformed",
                        line,
                        null,
                        "The file ends within the array: it was cut off.");
            } else {
                defect = "json_no_object: the array has something else than an object here";
                parser.skipChildren();
            }
            return true;
        } catch (JsonProcessingException e) {
            throw new FileProblemException(
                    "json_malformed",
                    nextLine - 1 + e.getLocation().getLineNr(),
                    null,
                    "The JSON is broken here; what follows was not read. Have the file written again.");
        }
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
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                defect = "json_no_object: the line is no JSON object";
                return true;
            }
            readObject(parser, "");
            if (parser.nextToken() != null) {
                defect = "json_malformed: there is more than one object on the line";
            }
        } catch (JsonProcessingException e) {
            defect =
                    "json_malformed: the JSON is broken at column %d"
                            .formatted(e.getLocation().getColumnNr());
        }
        return true;
    }

    /** A line without its end, cut after one byte more than is allowed; null at the end. */
    private byte @Nullable [] readLine() throws IOException {
        int b = in.read();
        if (b < 0) {
            return null;
        }
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        while (b >= 0 && b != '\n') {
            if (text.size() <= MAX_LINE_BYTES) {
                text.write(b);
            }
            b = in.read();
        }
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

    private void readObject(JsonParser parser, String path) throws IOException {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = path + parser.currentName();
            JsonToken value = parser.nextToken();
            Integer place = places.get(name);
            if (place == null) {
                if (value == JsonToken.START_OBJECT) {
                    readObject(parser, name + ".");
                } else {
                    parser.skipChildren();
                }
            } else if (value == JsonToken.START_OBJECT || value == JsonToken.START_ARRAY) {
                defect = "json_nested: " + name + " is not a single value";
                parser.skipChildren();
            } else {
                seen[place] = true;
                values[place] = value == JsonToken.VALUE_NULL ? "" : parser.getText();
            }
        }
    }

    /** A column that no object has is a mistake in the mapping or in the file. */
    private void checkColumns() throws FileProblemException {
        TreeSet<String> missing = new TreeSet<>();
        for (int place = 0; place < seen.length; place++) {
            if (!seen[place] && !columns.get(place).optional()) {
                missing.add(columns.get(place).name());
            }
        }
        if (records > 0 && !missing.isEmpty()) {
            throw new FileProblemException(
                    "column_missing",
                    null,
                    missing.first(),
                    "No object of the file has %s. Correct the mapping, or say optional: true there."
                            .formatted(String.join(", ", missing)));
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
