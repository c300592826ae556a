package io.shopflow.extract.files;

import io.shopflow.extract.files.FileMapping.FileFormat.Csv;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A delimited file with a header. */
final class CsvRecords implements Records {

    private static final byte[] UTF8_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    private static final int BYTES_JUDGED = 4096;

    private final CsvTokenizer tokens;
    private final String encoding;
    private final List<Column> columns;

    /** Index in the header by place; -1 where the file does without an optional column. */
    private final int[] indexes;

    private final int headerSize;
    private @Nullable String defect;

    private CsvRecords(
            CsvTokenizer tokens,
            String encoding,
            List<Column> columns,
            int[] indexes,
            int headerSize) {
        this.tokens = tokens;
        this.encoding = encoding;
        this.columns = columns;
        this.indexes = indexes;
        this.headerSize = headerSize;
    }

    /**
     * Reads the header and finds the columns.
     *
     * @param columns those that will be asked for, by place
     * @throws FileProblemException where there is no header, or it lacks a column
     */
    static CsvRecords open(InputStream in, Csv format, List<Column> columns)
            throws FileProblemException, IOException {
        CsvTokenizer tokens = new CsvTokenizer(in, format.delimiter(), format.encoding());
        checkIsText(tokens, format);
        if (!tokens.next()) {
            throw new FileProblemException(
                    "file_empty", null, null, "The file has no content, not even a header.");
        }
        List<String> header = header(tokens);
        return new CsvRecords(
                tokens,
                format.encoding().name(),
                columns,
                indexes(header, tokens.line(), columns),
                header.size());
    }

    private static void checkIsText(CsvTokenizer tokens, Csv format)
            throws FileProblemException, IOException {
        byte[] beginning = tokens.peek(BYTES_JUDGED);
        boolean marked =
                beginning.length >= 3
                        && beginning[0] == UTF8_MARK[0]
                        && beginning[1] == UTF8_MARK[1]
                        && beginning[2] == UTF8_MARK[2];
        if (marked && format.encoding().equals(StandardCharsets.UTF_8)) {
            tokens.skip(UTF8_MARK.length);
        }
        boolean wideMark =
                beginning.length >= 2
                        && ((beginning[0] == (byte) 0xFF && beginning[1] == (byte) 0xFE)
                                || (beginning[0] == (byte) 0xFE && beginning[1] == (byte) 0xFF));
        boolean zeros = false;
        for (byte b : beginning) {
            zeros |= b == 0;
        }
        if (wideMark || zeros) {
            throw new FileProblemException(
                    "file_encoding",
                    1L,
                    null,
                    "The file is not text in "
                            + format.encoding().name()
                            + (wideMark ? ", but in UTF-16" : "; it has zero bytes, as UTF-16 has")
                            + ". Save it as UTF-8.");
        }
    }

    private static List<String> header(CsvTokenizer tokens) throws FileProblemException {
        String defect = tokens.defect();
        if (defect != null) {
            throw new FileProblemException(
                    "header_broken",
                    tokens.line(),
                    null,
                    "The header cannot be read: " + defect + ".");
        }
        List<String> header = new ArrayList<>();
        for (int i = 0; i < tokens.fieldCount(); i++) {
            String name = tokens.text(i);
            header.add(name == null ? "" : name.strip());
        }
        return header;
    }

    private static int[] indexes(List<String> header, long line, List<Column> columns)
            throws FileProblemException {
        int[] indexes = new int[columns.size()];
        TreeSet<String> missing = new TreeSet<>();
        boolean any = columns.isEmpty();
        for (int place = 0; place < indexes.length; place++) {
            Column column = columns.get(place);
            indexes[place] = header.indexOf(column.name());
            if (indexes[place] >= 0) {
                any = true;
                if (header.lastIndexOf(column.name()) != indexes[place]) {
                    throw new FileProblemException(
                            "column_duplicate",
                            line,
                            column.name(),
                            "The header names the column '%s' twice; which one is meant cannot be known."
                                    .formatted(column.name()));
                }
            } else if (!column.optional()) {
                missing.add(column.name());
            }
        }
        if (!any && !missing.isEmpty()) {
            // Perhaps a row of data: its values must not get into messages.
            throw new FileProblemException(
                    "header_missing",
                    line,
                    null,
                    "The first line is no header: it has %d fields, none of them named %s. Check the delimiter; if the file has no header, add one."
                            .formatted(header.size(), String.join(", ", missing)));
        }
        if (!missing.isEmpty()) {
            throw new FileProblemException(
                    "column_missing",
                    line,
                    missing.first(),
                    "The header lacks %s; it has %s. Correct the file or the mapping."
                            .formatted(String.join(", ", missing), String.join(", ", header)));
        }
        return indexes;
    }

    @Override
    public boolean next() throws IOException {
        if (!tokens.next()) {
            return false;
        }
        defect = tokens.defect();
        if (defect == null && tokens.fieldCount() != headerSize) {
            defect =
                    "ragged_row: the row has %d fields, the header %d"
                            .formatted(tokens.fieldCount(), headerSize);
        }
        return true;
    }

    @Override
    public long line() {
        return tokens.line();
    }

    @Override
    public @Nullable String defect() {
        return defect;
    }

    @Override
    public String text(int place) {
        int index = indexes[place];
        if (index < 0 || index >= tokens.fieldCount()) {
            return "";
        }
        String text = tokens.text(index);
        if (text == null) {
            if (defect == null) {
                defect =
                        "wrong_encoding: column %s has bytes that are not %s"
                                .formatted(columns.get(place).name(), encoding);
            }
            return "";
        }
        return text;
    }

    @Override
    public long bytesRead() {
        return tokens.bytesTaken();
    }

    @Override
    public void close() throws IOException {
        tokens.close();
    }
}
