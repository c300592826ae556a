package io.shopflow.extract.files;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Splits delimited text (RFC 4180) into records, on its bytes.
 *
 * <p>It differs from a library's parser in what it does with broken input. A quote that is never
 * closed, or that the next quote of a later record seems to close, spoils its own line only: the
 * record is reported with what was readable before the quote, and reading goes on at the next
 * physical line. It knows each record's physical line, and works on bytes, so that wrong encoding
 * is seen rather than replaced. Memory is bounded by the longest record allowed.
 */
final class CsvTokenizer implements AutoCloseable {

    /** A record longer than this has an open quote in it, or is no record. */
    static final int MAX_RECORD_BYTES = 1 << 20;

    private static final int INITIAL_BUFFER = 1 << 18;

    private static final char REPLACEMENT = '\uFFFD';

    private enum Parsed {
        RECORD,
        NEEDS_MORE,
    }

    private final InputStream in;
    private final byte delimiter;
    private final Charset charset;

    private byte[] buffer = new byte[INITIAL_BUFFER];

    /** Where the next record begins in the buffer. */
    private int next;

    private int limit;
    private boolean endOfInput;
    private boolean discardsLine;
    private long bytesTaken;

    /** Physical line at {@link #next}, from 1. */
    private long nextLine = 1;

    private long line;
    private int fieldCount;
    private int[] starts = new int[32];
    private int[] ends = new int[32];
    private boolean[] escaped = new boolean[32];
    private @Nullable String defect;

    CsvTokenizer(InputStream in, char delimiter, Charset charset) {
        this.in = in;
        this.delimiter = (byte) delimiter;
        this.charset = charset;
    }

    /** The first bytes, without consuming them; fewer at the end of the input. */
    byte[] peek(int length) throws IOException {
        while (limit - next < length && !endOfInput) {
            fill();
        }
        return Arrays.copyOfRange(buffer, next, next + Math.min(length, limit - next));
    }

    /** Skips bytes that were peeked. */
    void skip(int length) {
        next += length;
        bytesTaken += length;
    }

    /** Goes to the next record; lines without anything on them are none. False at the end. */
    boolean next() throws IOException {
        while (true) {
            if (next == limit) {
                if (endOfInput) {
                    return false;
                }
                fill();
                continue;
            }
            if (discardsLine) {
                discard();
                continue;
            }
            if (isBlankLine()) {
                continue;
            }
            if (parse() == Parsed.RECORD) {
                return true;
            }
            fill();
        }
    }

    /** Physical line on which the current record begins. */
    long line() {
        return line;
    }

    /** Number of fields of the current record that could be read. */
    int fieldCount() {
        return fieldCount;
    }

    /** What is wrong with the current record's quotes; null where nothing is. */
    @Nullable String defect() {
        return defect;
    }

    long bytesTaken() {
        return bytesTaken;
    }

    /** The text of a field of the current record; null where its bytes are not in the encoding. */
    @Nullable String text(int field) {
        int start = starts[field];
        int length = ends[field] - start;
        if (length == 0) {
            return "";
        }
        String text = new String(buffer, start, length, charset);
        if (text.indexOf(REPLACEMENT) >= 0 && !isReplacementWritten(start, length)) {
            return null;
        }
        return escaped[field] ? text.replace("\"\"", "\"") : text;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    /** Whether each replacement character in the text was in the file as such. */
    private boolean isReplacementWritten(int start, int length) {
        byte[] written = new String(buffer, start, length, charset).getBytes(charset);
        return Arrays.equals(written, 0, written.length, buffer, start, start + length);
    }

    /** Consumes what there is of the line that the last record was given up on. */
    private void discard() {
        int end = next;
        while (end < limit && buffer[end] != '\n') {
            end++;
        }
        discardsLine = end == limit;
        takeTo(discardsLine ? end : end + 1, discardsLine ? 0 : 1);
    }

    /** Consumes a blank line at {@link #next}, if that is certain. */
    private boolean isBlankLine() throws IOException {
        if (buffer[next] == '\n') {
            takeTo(next + 1, 1);
            return true;
        }
        if (buffer[next] == '\r') {
            if (next + 1 == limit && !endOfInput) {
                fill();
            }
            if (next + 1 == limit) {
                takeTo(next + 1, 0);
                return true;
            }
            if (buffer[next + 1] == '\n') {
                takeTo(next + 2, 1);
                return true;
            }
        }
        return false;
    }

    private Parsed parse() {
        line = nextLine;
        fieldCount = 0;
        defect = null;
        int lines = 0;
        int at = next;
        byte[] bytes = buffer;
        int bound = limit;
        byte separator = delimiter;
        while (true) {
            if (at < bound && bytes[at] == '"') {
                int open = at;
                int linesBefore = lines;
                boolean doubled = false;
                at++;
                while (true) {
                    if (at == bound) {
                        if (endOfInput) {
                            return spoilt(open, line + linesBefore, true);
                        }
                        return longerThanAllowed()
                                ? spoilt(open, line + linesBefore, true)
                                : Parsed.NEEDS_MORE;
                    }
                    byte b = bytes[at];
                    if (b == '"') {
                        if (at + 1 == bound && !endOfInput) {
                            return longerThanAllowed()
                                    ? spoilt(open, line + linesBefore, true)
                                    : Parsed.NEEDS_MORE;
                        }
                        if (at + 1 < bound && bytes[at + 1] == '"') {
                            doubled = true;
                            at += 2;
                            continue;
                        }
                        break;
                    }
                    if (b == '\n') {
                        lines++;
                    }
                    at++;
                }
                addField(open + 1, at, doubled);
                at++;
                if (at == bound) {
                    return endOfInput ? taken(at, lines) : Parsed.NEEDS_MORE;
                }
                byte after = bytes[at];
                if (after == separator) {
                    at++;
                } else if (after == '\n') {
                    return taken(at + 1, lines + 1);
                } else if (after == '\r') {
                    if (at + 1 == bound) {
                        return endOfInput ? taken(at + 1, lines) : Parsed.NEEDS_MORE;
                    }
                    if (bytes[at + 1] == '\n') {
                        return taken(at + 2, lines + 1);
                    }
                    fieldCount--;
                    return spoilt(open, line + linesBefore, lines > linesBefore);
                } else {
                    fieldCount--;
                    return spoilt(open, line + linesBefore, lines > linesBefore);
                }
            } else {
                int start = at;
                while (at < bound && bytes[at] != separator && bytes[at] != '\n') {
                    at++;
                }
                if (at == bound && !endOfInput && !longerThanAllowed()) {
                    return Parsed.NEEDS_MORE;
                }
                if (at == bound) {
                    addField(start, at, false);
                    if (!endOfInput) {
                        discardsLine = true;
                        defect =
                                "record_too_long: the record has more than %d bytes"
                                        .formatted(MAX_RECORD_BYTES);
                    }
                    return taken(at, lines);
                }
                boolean ends = bytes[at] == '\n';
                addField(start, ends && at > start && bytes[at - 1] == '\r' ? at - 1 : at, false);
                at++;
                if (ends) {
                    return taken(at, lines + 1);
                }
            }
        }
    }

    private boolean longerThanAllowed() {
        return limit - next >= MAX_RECORD_BYTES;
    }

    /**
     * Gives up the record at a quote: what was read before it stays, and the next record begins on
     * the line after the quote.
     */
    private Parsed spoilt(int open, long openLine, boolean unclosed) {
        defect =
                unclosed
                        ? "unclosed_quote: the quote opened in line %d, field %d is not closed"
                                .formatted(openLine, fieldCount + 1)
                        : "stray_quote: there is text after the closing quote in line %d, field %d"
                                .formatted(openLine, fieldCount + 1);
        discardsLine = true;
        return taken(open, (int) (openLine - line));
    }

    private Parsed taken(int end, int lines) {
        takeTo(end, lines);
        return Parsed.RECORD;
    }

    private void takeTo(int end, int lines) {
        bytesTaken += end - next;
        next = end;
        nextLine += lines;
    }

    private void addField(int start, int end, boolean doubledQuotes) {
        if (fieldCount == starts.length) {
            starts = Arrays.copyOf(starts, fieldCount * 2);
            ends = Arrays.copyOf(ends, fieldCount * 2);
            escaped = Arrays.copyOf(escaped, fieldCount * 2);
        }
        starts[fieldCount] = start;
        ends[fieldCount] = end;
        escaped[fieldCount] = doubledQuotes;
        fieldCount++;
    }

    /** Reads more, keeping what begins at {@link #next}. */
    private void fill() throws IOException {
        if (next > 0) {
            System.arraycopy(buffer, next, buffer, 0, limit - next);
            limit -= next;
            next = 0;
        }
        if (limit == buffer.length) {
            buffer = Arrays.copyOf(buffer, buffer.length * 2);
        }
        int read = in.read(buffer, limit, buffer.length - limit);
        if (read < 0) {
            endOfInput = true;
        } else {
            limit += read;
        }
    }
}
