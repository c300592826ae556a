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
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A JSON file: one array of objects, or one object per line. A name with dots addresses a value in
 * nested objects. In the second form, a broken line affects only itself.
 */
final class JsonRecords implements Records {

    private static final int MAX_LINE_BYTES = CsvTokenizer.MAX_RECORD_BYTES;

    /** Longest value of a column; values of other columns are skipped, however long they are. */
    static final int MAX_VALUE_CHARACTERS = 1 << 20;

    /** Deepest nesting of values that no column reads. */
    static final int MAX_DEPTH = 100_000;

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
    private final JsonColumns columns;

    /** Whether the items of a list are the rows. */
    private final boolean ofItems;

    /** Null if the file has one object per line. */
    private final @Nullable JsonParser array;

    private boolean includesEmpty;
    private boolean hasRow = true;
    private long nextLine = 1;
    private long line;
    private long records;

    /** Whether an LF here belongs to the previous line's end. */
    private boolean afterReturn;

    private JsonRecords(
            CountingInputStream counted,
            PushbackInputStream in,
            List<Column> columns,
            @Nullable String list,
            boolean isArray)
            throws IOException {
        this.counted = counted;
        this.in = in;
        this.columns = new JsonColumns(columns, list);
        this.ofItems = list != null;
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
        if (!ofItems) {
            return nextObject();
        }
        hasRow = true;
        while (!columns.nextItem()) {
            if (!nextObject()) {
                return false;
            }
            if (columns.defect() != null) {
                return true;
            }
            if (includesEmpty && !columns.hasItem()) {
                hasRow = false;
                return true;
            }
        }
        return true;
    }

    @Override
    public void includeEmpty() {
        includesEmpty = true;
    }

    @Override
    public boolean hasRow() {
        return hasRow;
    }

    private boolean nextObject() throws FileProblemException, IOException {
        columns.begin();
        boolean more = array == null ? nextOfLines() : nextOfArray(array);
        if (more && columns.defect() == null) {
            records++;
        } else if (!more) {
            columns.check(records);
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
                columns.read(parser);
            } else if (token == null) {
                throw new FileProblemException(
                        Problem.of(
                                        "json_malformed",
                                        "The file ends within the array: it was cut off.")
                                .atLine(line));
            } else {
                columns.defect("json_no_object: the array has something else than an object here");
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
            columns.defect(
                    "record_too_long: the line has more than %d bytes".formatted(MAX_LINE_BYTES));
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
                columns.defect("json_no_object: the line is not a JSON object");
                return;
            }
            columns.read(parser);
            if (parser.nextToken() != null) {
                columns.defect("json_malformed: there is more than one object on the line");
            }
        } catch (StreamConstraintsException e) {
            columns.defect(
                    "json_limit: a value has more than %d characters, or is nested more than %d deep"
                            .formatted(MAX_VALUE_CHARACTERS, MAX_DEPTH));
        } catch (JsonProcessingException e) {
            columns.defect(
                    "json_malformed: the JSON is broken at column %d"
                            .formatted(location(e, parser).getColumnNr()));
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

    @Override
    public long line() {
        return line;
    }

    @Override
    public @Nullable String defect() {
        return columns.defect();
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
        return columns.text(place);
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
