package io.shopflow.extract.run;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/** The lines of a gzipped file, with a look at the next one. */
final class GzippedLines implements Iterator<String>, AutoCloseable {

    private final BufferedReader reader;
    private @Nullable String next;

    GzippedLines(InputStream gzipped) throws IOException {
        reader =
                new BufferedReader(
                        new InputStreamReader(
                                new GZIPInputStream(gzipped, 1 << 16), StandardCharsets.UTF_8));
        next = reader.readLine();
    }

    /** The next line, which must exist. */
    String peek() {
        if (next == null) {
            throw new NoSuchElementException();
        }
        return next;
    }

    /** Skips the lines that sort before this one. Returns whether it is the next. */
    boolean skipTo(String line) {
        while (next != null && next.compareTo(line) < 0) {
            next();
        }
        return line.equals(next);
    }

    @Override
    public boolean hasNext() {
        return next != null;
    }

    @Override
    public String next() {
        String line = peek();
        try {
            next = reader.readLine();
        } catch (IOException e) {
            throw new UncheckedIOException("reading ids failed", e);
        }
        return line;
    }

    @Override
    public void close() {
        try {
            reader.close();
        } catch (IOException e) {
            throw new UncheckedIOException("closing a file of ids failed", e);
        }
    }
}
