package io.shopflow.extract.files;

import org.jspecify.annotations.Nullable;

/**
 * A column that a mapping reads from a file.
 *
 * @param name in the header; in JSON the path of names with dots between them
 * @param optional whether the column may be missing
 * @param decimalSeparator written in numbers of JSON and of workbooks, so that they are read by the
 *     same rules as the source's texts; empty: numbers stay as in the file
 * @param pattern whether the name is a {@link NamePattern}, for several columns of CSV
 * @param line of the configuration that names it; null if unknown
 */
record Column(
        String name,
        boolean optional,
        String decimalSeparator,
        boolean pattern,
        @Nullable Long line) {

    /** A column of this name. */
    Column(String name, boolean optional, String decimalSeparator) {
        this(name, optional, decimalSeparator, false, null);
    }

    /** A column whose numbers stay as in the file. */
    Column(String name, boolean optional) {
        this(name, optional, "");
    }

    /** The same, named in a line of the configuration. */
    Column named(@Nullable Long inLine) {
        return new Column(name, optional, decimalSeparator, pattern, inLine);
    }
}
