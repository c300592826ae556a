package io.shopflow.extract.files;

import java.nio.charset.Charset;
import org.jspecify.annotations.Nullable;

/** How a file is written. */
public sealed interface FileFormat {

    /**
     * Delimited text with a header. The encoding's first 128 code points are ASCII.
     *
     * @param quoted whether a field may be quoted; else a quote is an ordinary character
     * @param skip lines before the header
     * @param until beginning of a field of the first row that is no data; null: all are
     */
    record Csv(char delimiter, Charset encoding, boolean quoted, int skip, @Nullable String until)
            implements FileFormat {

        /** Quoted, and data from the header to the end. */
        public Csv(char delimiter, Charset encoding) {
            this(delimiter, encoding, true, 0, null);
        }
    }

    /**
     * A sheet of a workbook, with a header.
     *
     * @param sheet its name; null: the first one
     * @param skip rows of the sheet before the header
     * @param until as for {@link Csv}
     */
    record Xlsx(@Nullable String sheet, int skip, @Nullable String until) implements FileFormat {}

    /** One array of objects, or one object per line; UTF-8. */
    record Json() implements FileFormat {}
}
