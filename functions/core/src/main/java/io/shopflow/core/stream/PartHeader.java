package io.shopflow.core.stream;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** The first line of a part. */
public final class PartHeader {

    /** Longer than any header, so that a file without line breaks is not read to its end. */
    private static final int MAX_BYTES = 4096;

    private PartHeader() {}

    /** Reads the header, and nothing after its line break. */
    public static String read(InputStream part) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = part.read();
                next != -1 && next != '\n' && line.size() < MAX_BYTES;
                next = part.read()) {
            line.write(next);
        }
        return line.toString(StandardCharsets.UTF_8);
    }
}
