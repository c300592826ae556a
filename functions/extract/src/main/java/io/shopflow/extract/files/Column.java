package io.shopflow.extract.files;

/**
 * A column that a mapping reads from a file.
 *
 * @param name in the header; in JSON the path of names with dots between them
 * @param optional whether the column may be missing
 * @param decimalSeparator written in numbers of JSON and of workbooks, so that they are read by the
 *     same rules as the source's texts; empty: numbers stay as in the file
 * @param pattern whether the name is a {@link NamePattern}, for several columns of CSV
 */
record Column(String name, boolean optional, String decimalSeparator, boolean pattern) {

    /** A column of this name. */
    Column(String name, boolean optional, String decimalSeparator) {
        this(name, optional, decimalSeparator, false);
    }

    /** A column whose numbers stay as in the file. */
    Column(String name, boolean optional) {
        this(name, optional, "");
    }
}
