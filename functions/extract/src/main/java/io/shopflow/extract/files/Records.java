package io.shopflow.extract.files;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The records of one file, read forward; one record at a time is current. Columns are addressed by
 * the place assigned when the file was opened.
 */
interface Records extends AutoCloseable {

    /**
     * Moves to the next record.
     *
     * @return false at the end
     * @throws FileProblemException if the rest of the file cannot be read
     * @throws IOException if the file can no longer be read at all
     */
    boolean next() throws FileProblemException, IOException;

    /** The physical line, from 1, on which the current record begins. */
    long line();

    /** The current record's defect as {@code rule: explanation}; null if there is none. */
    @Nullable String defect();

    /** A column of the current record; empty if it is missing or unreadable. */
    String text(int place);

    /** The columns of the current record that match the pattern at a place. */
    List<String> texts(int place);

    /** Lets {@link #next} move to records that make no row, too; {@link #hasRow} is false there. */
    default void includeEmpty() {}

    /** Whether the current record makes a row: not if its list, or its cells, have no item. */
    default boolean hasRow() {
        return true;
    }

    /** The number of the current record of the file; rows of one record share it. */
    long record();

    /** Bytes of the file consumed so far. */
    long bytesRead();

    @Override
    void close() throws IOException;
}
