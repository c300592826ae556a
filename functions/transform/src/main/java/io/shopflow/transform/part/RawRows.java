package io.shopflow.transform.part;

import de.siegmar.fastcsv.reader.CommentStrategy;
import de.siegmar.fastcsv.reader.CsvCallbackHandler;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import de.siegmar.fastcsv.reader.RecordType;
import io.shopflow.core.privacy.Masking;
import io.shopflow.core.source.RawText;
import io.shopflow.core.stream.Field;
import io.shopflow.core.stream.Privacy;
import io.shopflow.core.stream.StreamSchema;
import io.shopflow.transform.row.RawRow;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Reads a raw part row by row. Values of dropped fields are not converted to strings. Each CSV
 * record gives one row; a broken one has the wrong number of columns.
 */
final class RawRows implements AutoCloseable {

    private static final int BUFFER_CHARACTERS = 1 << 14;

    private final CsvReader<RawRow> csv;

    // FastCSV will remove allowExtraCharsAfterClosingQuote without a replacement; without it one
    // stray quote would prevent the load of all rows of a part.
    @SuppressWarnings("removal")
    RawRows(StreamSchema schema, InputStream content) throws IOException {
        InputStreamReader text = new InputStreamReader(content, StandardCharsets.UTF_8);
        HeaderReader headerReader = new HeaderReader(text);
        List<String> columns =
                schema.columnsOfRaw(headerReader.line())
                        .orElseThrow(
                                () ->
                                        new UnreadablePartException(
                                                "its header is not that of the stream '%s': a newer version of extract wrote it; run the source again"
                                                        .formatted(
                                                                schema.stream().canonicalName())));
        this.csv =
                CsvReader.builder()
                        .commentStrategy(CommentStrategy.NONE)
                        .skipEmptyLines(false)
                        .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                        .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                        .allowExtraCharsAfterClosingQuote(true)
                        .allowUnclosedQuote(true)
                        .build(new Handler(schema, columns), text);
    }

    /** The rows, one at a time: all are the same object. */
    Iterable<RawRow> rows() {
        return csv;
    }

    @Override
    public void close() throws IOException {
        csv.close();
    }

    /** Reads the first line: our own header, which has no quotes. */
    private record HeaderReader(InputStreamReader text) {

        String line() throws IOException {
            StringBuilder line = new StringBuilder(256);
            int c = text.read();
            while (c >= 0 && c != '\n' && line.length() < BUFFER_CHARACTERS) {
                line.append((char) c);
                c = text.read();
            }
            return line.toString();
        }
    }

    private static final class Handler extends CsvCallbackHandler<RawRow> {

        private static final int FIELDS_FROM = 2;

        private final boolean[] hidden;

        /** Columns that the part lacks: its release did not have them yet. */
        private final boolean[] missing;

        private final RawRow row;

        Handler(StreamSchema schema, List<String> columns) {
            List<String> header = schema.rawHeader();
            this.row = new RawRow(header.size());
            this.hidden = new boolean[header.size()];
            this.missing = new boolean[header.size()];
            for (int i = 0; i < header.size(); i++) {
                missing[i] = !columns.contains(header.get(i));
            }
            List<Field> fields = schema.fields();
            for (int i = 0; i < fields.size(); i++) {
                hidden[FIELDS_FROM + i] = fields.get(i).privacy() == Privacy.DROP;
            }
        }

        private void addMissing() {
            while (row.columns() < missing.length && missing[row.columns()]) {
                row.add(null);
            }
        }

        @Override
        protected RecordType getRecordType() {
            return RecordType.DATA;
        }

        @Override
        protected int getFieldCount() {
            return row.columns();
        }

        @Override
        protected void beginRecord(long startingLineNumber) {
            row.clear();
            addMissing();
        }

        @Override
        protected void addField(char[] buffer, int offset, int length, boolean quoted) {
            int from = offset;
            int to = offset + length;
            while (from < to && RawText.isBlank(buffer[from])) {
                from++;
            }
            while (to > from && RawText.isBlank(buffer[to - 1])) {
                to--;
            }
            if (from == to) {
                row.add(null);
            } else if (row.columns() < hidden.length && hidden[row.columns()]) {
                row.add(Masking.MASK);
            } else {
                row.add(RawText.composed(new String(buffer, from, to - from)));
            }
            addMissing();
        }

        @Override
        protected void setComment(char[] buffer, int offset, int length) {
            throw new IllegalStateException("there are no comments in raw parts");
        }

        @Override
        protected void setEmpty() {
            row.add(null);
            addMissing();
        }

        @Override
        protected RawRow buildRecord() {
            return row;
        }
    }
}
