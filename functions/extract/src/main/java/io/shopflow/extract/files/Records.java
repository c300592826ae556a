package io.shopflow.extract.files;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The records of one file, read forward; one record at a time is current. Columns are addressed by
 * the place that they were given when the file was opened.
 */
interface Records extends AutoCloseable {

    /**
     * Goes to the next record.
     *
     * @return false at the end
     * @throws FileProblemException where the rest of the file cannot be read
     * @throws IOException where the file cannot be read at all any more
     */
    boolean next() throws FileProblemException, IOException;

    /** The physical line, from 1, on which the current record begins. */
    long line();

    /**
     * What is wrong with the current record as {@code rule: explanation}; null where nothing is.
     */
    @Nullable String defect();

    /** A column of the current record; empty where it is missing or could not be read. */
    String text(int place);

    /** Bytes of the file consumed so far. */
    long bytesRead();

    @Override
    void close() throws IOException;
}
