package io.shopflow.extract.files;

/**
 * A column that a mapping asks a file for.
 *
 * @param name in the header; in JSON the path of names with dots between them
 * @param optional whether the file may do without it
 */
record Column(String name, boolean optional) {}
