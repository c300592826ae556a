package io.shopflow.extract.files;

import io.shopflow.extract.files.FileFormat.Csv;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Splits delimited text (RFC 4180) into records, on its bytes. A line ends with LF, CR LF or CR.
 *
 * <p>It differs from a library's parser in its treatment of broken input. A quote that is never
 * closed, or that the next quote of a later record seems to close, affects only its own line: the
 * record is reported with the text before the quote, and reading continues at the next physical
 * line. A zero byte affects only its record. The tokenizer tracks each record's physical line, and
 * works on bytes, so that wrong encoding is detected rather than replaced. Memory is bounded by the
 * longest record allowed.
 */
final class CsvTokenizer implements TableRows {

    /** A longer record contains an unclosed quote, or is not a record. */
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
    private final boolean quoted;

    private byte[] buffer = new byte[INITIAL_BUFFER];

    /** Position of the next record in the buffer. */
    private int next;

    private int limit;
    private boolean endOfInput;
    private boolean discardsLine;

    /**
     * Whether the byte before {@link #next} is a CR, so that an LF here belongs to the same line
     * end.
     */
    private boolean afterReturn;

    private long bytesTaken;

    /** Whether the byte before {@link #next} ends no line. */
    private boolean lineOpen;

    /** Physical line at {@link #next}, from 1. */
    private long nextLine = 1;

    private long line;
    private int fieldCount;
    private int[] starts = new int[32];
    private int[] ends = new int[32];
    private boolean[] escaped = new boolean[32];
    private @Nullable String defect;

    /** The field of the current record, from 1, that has a zero byte; 0 if none has. */
    private int zeroField;

    CsvTokenizer(InputStream in, char delimiter, Charset charset) {
        this(in, delimiter, charset, true);
    }

    /**
     * For a file.
     *
     * @param quoted whether a field may be quoted
     */
    CsvTokenizer(InputStream in, char delimiter, Charset charset, boolean quoted) {
        this.quoted = quoted;
        this.in = in;
        this.delimiter = (byte) delimiter;
        this.charset = charset;
    }

    /**
     * Opens a file, and skips the lines before its header.
     *
     * @param text whose byte order mark takes precedence over the format's encoding
     */
    static CsvTokenizer of(FileText text, Csv format) throws IOException {
        Charset marked = text.charset();
        CsvTokenizer tokens =
                new CsvTokenizer(
                        text.in(),
                        format.delimiter(),
                        marked == null ? format.encoding() : marked,
                        format.quoted());
        tokens.skipLines(format.skip());
        return tokens;
    }

    /** Moves to the next record, skipping empty lines; returns false at the end. */
    @Override
    public boolean next() throws IOException {
        while (true) {
            if (next == limit) {
                if (endOfInput) {
                    return false;
                }
                fill();
                continue;
            }
            if (afterReturn) {
                afterReturn = false;
                if (buffer[next] == '\n') {
                    takeTo(next + 1, 0);
                    continue;
                }
            }
            if (discardsLine) {
                discard();
                continue;
            }
            if (buffer[next] == '\n' || buffer[next] == '\r') {
                takeLineEnd(next);
                continue;
            }
            if (parse() == Parsed.RECORD) {
                return true;
            }
            fill();
        }
    }

    /** Skips physical lines, also empty ones; fewer if the file has fewer. */
    void skipLines(int count) throws IOException {
        for (int i = 0; i < count; i++) {
            discardsLine = true;
            while (discardsLine && !(endOfInput && next == limit)) {
                if (next == limit) {
                    fill();
                } else if (afterReturn && buffer[next] == '\n') {
                    afterReturn = false;
                    takeTo(next + 1, 0);
                } else {
                    afterReturn = false;
                    discard();
                }
            }
            discardsLine = false;
        }
    }

    /** Physical line on which the current record begins. */
    @Override
    public long line() {
        return line;
    }

    /** Number of fields of the current record that could be read. */
    @Override
    public int fieldCount() {
        return fieldCount;
    }

    /** The defect in the current record's bytes; null if there is none. */
    @Override
    public @Nullable String defect() {
        return defect;
    }

    @Override
    public long bytesRead() {
        return bytesTaken;
    }

    /** The text of a field of the current record; null if its bytes are invalid in the encoding. */
    @Override
    public @Nullable String text(int field) {
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

    /** It is unknown what a text in CSV is. */
    @Override
    public boolean isNumber(int field) {
        return false;
    }

    @Override
    public boolean isRagged(int columns) {
        return fieldCount != columns;
    }

    /** A file padded with zero bytes is a separate defect. */
    @Override
    public boolean isLastLineOpen() {
        return lineOpen && zeroField == 0;
    }

    @Override
    public Charset encoding() {
        return charset;
    }

    @Override
    public String advice() {
        return "Check the delimiter";
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    /** Whether the file itself contains each replacement character in the text. */
    private boolean isReplacementWritten(int start, int length) {
        byte[] written = new String(buffer, start, length, charset).getBytes(charset);
        return Arrays.equals(written, 0, written.length, buffer, start, start + length);
    }

    /** Consumes the rest of the line at which the last record was abandoned. */
    private void discard() {
        int end = next;
        while (end < limit && buffer[end] != '\n' && buffer[end] != '\r') {
            end++;
        }
        discardsLine = end == limit;
        if (discardsLine) {
            takeTo(end, 0);
        } else {
            takeLineEnd(end);
        }
    }

    /** Consumes a line including its end, except for the LF that may follow a CR. */
    private void takeLineEnd(int end) {
        afterReturn = buffer[end] == '\r';
        takeTo(end + 1, 1);
    }

    private Parsed parse() {
        line = nextLine;
        fieldCount = 0;
        defect = null;
        zeroField = 0;
        int lines = 0;
        int at = next;
        byte[] bytes = buffer;
        int bound = limit;
        byte separator = delimiter;
        while (true) {
            if (quoted && at < bound && bytes[at] == '"') {
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
                    if (b == '\n' || b == '\r') {
                        lines += b == '\n' && bytes[at - 1] == '\r' ? 0 : 1;
                    } else if (b == 0) {
                        zeroField = fieldCount + 1;
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
                } else if (after == '\n' || after == '\r') {
                    return takenWithEnd(at, lines);
                } else {
                    fieldCount--;
                    return spoilt(open, line + linesBefore, lines > linesBefore);
                }
            } else {
                int start = at;
                while (at < bound) {
                    byte b = bytes[at];
                    if (b == separator) {
                        break;
                    }
                    // Few bytes of text are this small: one comparison skips the others.
                    if (b <= '\r' && b >= 0) {
                        if (b == '\n' || b == '\r') {
                            break;
                        }
                        if (b == 0) {
                            zeroField = fieldCount + 1;
                        }
                    }
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
                addField(start, at, false);
                if (bytes[at] != separator) {
                    return takenWithEnd(at, lines);
                }
                at++;
            }
        }
    }

    private boolean longerThanAllowed() {
        return limit - next >= MAX_RECORD_BYTES;
    }

    /**
     * Abandons the record at a quote: the text before it is kept, and the next record begins on the
     * line after the quote.
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
        if (zeroField > 0 && defect == null) {
            defect =
                    "zero_byte: there is a zero byte in field %d; the file was damaged, or padded"
                            .formatted(zeroField);
        }
        return Parsed.RECORD;
    }

    private Parsed takenWithEnd(int end, int lines) {
        afterReturn = buffer[end] == '\r';
        return taken(end + 1, lines + 1);
    }

    private void takeTo(int end, int lines) {
        if (end > next) {
            lineOpen = buffer[end - 1] != '\n' && buffer[end - 1] != '\r';
        }
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

    /** Reads more, keeping the bytes from {@link #next} on. */
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
