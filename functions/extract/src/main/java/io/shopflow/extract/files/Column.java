package io.shopflow.extract.files;

/**
 * A column that a mapping asks a file for.
 *
 * @param name in the header; in JSON the path of names with dots between them
 * @param optional whether the file may do without it
 * @param decimalSeparator how a JSON number is given, so that it is read whatever the source's
 *     texts write between digits; empty: as the file has it
 */
record Column(String name, boolean optional, String decimalSeparator) {

    /** As the file has it. */
    Column(String name, boolean optional) {
        this(name, optional, "");
    }
}
