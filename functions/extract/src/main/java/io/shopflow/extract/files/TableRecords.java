package io.shopflow.extract.files;

import io.shopflow.core.run.Problem;
import io.shopflow.core.source.RawText;
import io.shopflow.core.text.Counted;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The records of rows below a header. */
final class TableRecords implements Records {

    /** The most rows after the end of the data. */
    private static final int MAX_TRAILER = 100;

    private final TableRows rows;
    private final TableHeader header;
    private final List<Column> columns;
    private final @Nullable String until;
    private @Nullable String defect;
    private long record;

    /** Whether the current record has fewer fields than the header. */
    private boolean isShort;

    private TableRecords(
            TableRows rows, TableHeader header, List<Column> columns, @Nullable String until) {
        this.rows = rows;
        this.header = header;
        this.columns = columns;
        this.until = until;
    }

    /**
     * Reads the header and finds the columns.
     *
     * @param until beginning of a field of the first row that is no data; null: all are
     * @param columns the columns to read, by place
     * @throws FileProblemException if there is no header, or it lacks a column
     */
    static TableRecords open(TableRows rows, @Nullable String until, List<Column> columns)
            throws FileProblemException, IOException {
        return new TableRecords(rows, TableHeader.of(rows, columns), columns, until);
    }

    @Override
    public boolean next() throws FileProblemException, IOException {
        if (!rows.next()) {
            if (until != null) {
                throw new FileProblemException(
                        Problem.of(
                                "until_missing",
                                "No row has a field that begins with '%s', with which the data should end: the file may be cut off. Have it exported again, or correct 'until'."
                                        .formatted(SafeText.name(until))));
            }
            refuseCutOff();
            return false;
        }
        if (until != null && isEnd(until)) {
            skipTrailer(until);
            return false;
        }
        record++;
        defect = rows.defect();
        isShort = rows.fieldCount() < header.size();
        if (defect == null && rows.isRagged(header.size())) {
            defect =
                    "ragged_row: the row has %s, the header %d"
                            .formatted(Counted.of(rows.fieldCount(), "field"), header.size());
        }
        return true;
    }

    /** What follows the place at which a file was cut off would be lost silently. */
    private void refuseCutOff() throws FileProblemException {
        if (isShort && rows.isLastLineOpen()) {
            throw new FileProblemException(
                    Problem.of(
                                    "file_cut_off",
                                    "The last line has no end, and fewer fields than the header: the file seems to be cut off here. Copy it again, or have it exported again; if it is whole, end its last line.")
                            .atLine(rows.line()));
        }
    }

    private boolean isEnd(String beginning) {
        for (int i = 0; i < rows.fieldCount(); i++) {
            String text = rows.text(i);
            if (text != null && RawText.comparable(text).startsWith(beginning)) {
                return true;
            }
        }
        return false;
    }

    /** Data that follow the end would be lost silently. */
    private void skipTrailer(String beginning) throws FileProblemException, IOException {
        long line = rows.line();
        for (int count = 1; rows.next(); count++) {
            if (count > MAX_TRAILER) {
                throw new FileProblemException(
                        Problem.of(
                                        "until_early",
                                        "More than %d rows follow the row with '%s', with which the data should end; they were not read. Write a text for 'until' that only the end has."
                                                .formatted(MAX_TRAILER, SafeText.name(beginning)))
                                .atLine(line));
            }
        }
    }

    @Override
    public long line() {
        return rows.line();
    }

    @Override
    public long record() {
        return record;
    }

    @Override
    public List<String> texts(int place) {
        return header.matching(place).stream().map(index -> text(place, index)).toList();
    }

    @Override
    public @Nullable String defect() {
        return defect;
    }

    @Override
    public String text(int place) {
        return text(place, header.index(place));
    }

    private String text(int place, int index) {
        if (index < 0 || index >= rows.fieldCount()) {
            return "";
        }
        String text = rows.text(index);
        if (text == null) {
            if (defect == null) {
                defect =
                        "wrong_encoding: column %s has bytes that are not %s"
                                .formatted(columns.get(place).name(), rows.encoding());
            }
            return "";
        }
        String separator = columns.get(place).decimalSeparator();
        return rows.isNumber(index) && !separator.isEmpty() ? text.replace(".", separator) : text;
    }

    @Override
    public long bytesRead() {
        return rows.bytesRead();
    }

    @Override
    public void close() throws IOException {
        rows.close();
    }
}
