package io.shopflow.extract.files;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/**
 * Converts UTF-16 to UTF-8, so that line ends and quotes are single bytes. Invalid UTF-16 becomes a
 * byte that is invalid in UTF-8, so that it is detected.
 */
final class Utf16Input extends InputStream {

    private static final char REPLACEMENT = '\uFFFD';
    private static final byte NOT_UTF8 = (byte) 0xFF;

    private final Reader reader;
    private final char[] chars = new char[1 << 13];
    private byte[] bytes = {};
    private int next;

    /** A high surrogate that was read before its low surrogate; 0 if there is none. */
    private char pendingHigh;

    private boolean atEnd;

    Utf16Input(InputStream in, Charset charset) {
        this.reader = new InputStreamReader(in, charset);
    }

    @Override
    public int read() throws IOException {
        return fill() ? bytes[next++] & 0xFF : -1;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (!fill()) {
            return -1;
        }
        int taken = Math.min(length, bytes.length - next);
        System.arraycopy(bytes, next, target, offset, taken);
        next += taken;
        return taken;
    }

    private boolean fill() throws IOException {
        while (next == bytes.length) {
            if (atEnd) {
                return false;
            }
            int kept = 0;
            if (pendingHigh != 0) {
                chars[kept++] = pendingHigh;
                pendingHigh = 0;
            }
            int read = reader.read(chars, kept, chars.length - kept);
            atEnd = read < 0;
            int count = kept + Math.max(read, 0);
            if (!atEnd && count > 0 && Character.isHighSurrogate(chars[count - 1])) {
                pendingHigh = chars[--count];
            }
            bytes = encoded(new String(chars, 0, count));
            next = 0;
        }
        return true;
    }

    private static byte[] encoded(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        if (text.indexOf(REPLACEMENT) < 0) {
            return utf8;
        }
        // The replacement character has three bytes.
        for (int i = 0; i + 2 < utf8.length; i++) {
            if (utf8[i] == (byte) 0xEF
                    && utf8[i + 1] == (byte) 0xBF
                    && utf8[i + 2] == (byte) 0xBD) {
                utf8[i] = NOT_UTF8;
            }
        }
        return utf8;
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
