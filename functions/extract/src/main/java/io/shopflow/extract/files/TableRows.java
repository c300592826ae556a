package io.shopflow.extract.files;

import java.io.IOException;
import java.nio.charset.Charset;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a file with columns, read forward: the first is the header. Rows without a value are
 * skipped.
 */
interface TableRows extends AutoCloseable {

    /**
     * Moves to the next row.
     *
     * @return false at the end
     * @throws FileProblemException if the rest of the file cannot be read
     */
    boolean next() throws FileProblemException, IOException;

    /** The line of the file on which the current row begins, from 1. */
    long line();

    /** Number of fields of the current row that could be read. */
    int fieldCount();

    /** A field of the current row; null if its bytes are not text in the {@link #encoding}. */
    @Nullable String text(int field);

    /**
     * Whether a field of the current row is a number, with a decimal point if it has a fraction.
     */
    boolean isNumber(int field);

    /** The defect of the current row as {@code rule: explanation}; null if there is none. */
    @Nullable String defect();

    /** Whether the current row does not fit a header of so many columns. */
    boolean isRagged(int columns);

    /** Whether the file's last line was read and does not end with a line break. */
    default boolean isLastLineOpen() {
        return false;
    }

    /** The encoding of the file. */
    Charset encoding();

    /** What to check if the first line is not a header: a sentence without its full stop. */
    String advice();

    /** Bytes of the file consumed so far. */
    long bytesRead();

    @Override
    void close() throws IOException;
}
