package io.shopflow.extract.files;

import java.nio.charset.Charset;

/** How a file is written. */
public sealed interface FileFormat {

    /** Delimited text with a header. The encoding's first 128 code points are ASCII. */
    record Csv(char delimiter, Charset encoding) implements FileFormat {}

    /** One array of objects, or one object per line; UTF-8. */
    record Json() implements FileFormat {}
}
