package io.shopflow.core.workbook;

import io.shopflow.core.archive.ContentException;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Splits the XML of a workbook's part into tags and texts.
 *
 * <p>It differs from the JDK's parser in what hostile XML can do: its memory is bounded by the
 * longest tag or text allowed, also if a part has millions of different names or nested elements.
 * Document types are rejected, so there are no entities except those of XML itself. Names have no
 * prefix here: parts mix no vocabularies in the elements that are read.
 */
final class XmlTokenizer implements Closeable {

    /** Longest tag or text; Excel's longest cell has 32,767 characters. */
    static final int MAX_TOKEN_BYTES = 1 << 20;

    private static final int MAX_DEPTH = 100;
    private static final int BUFFER = 1 << 16;

    enum Token {
        START,
        END,
        TEXT,
        FINISHED,
    }

    private final InputStream in;
    private final String part;
    private final byte[] buffer = new byte[BUFFER];
    private int at;
    private int limit;
    private long bytesRead;

    private byte[] collected = new byte[1 << 10];
    private int length;

    private final Deque<String> open = new ArrayDeque<>();

    /** Name and value of each attribute, one after the other. */
    private final List<String> attributes = new ArrayList<>();

    private String name = "";
    private String text = "";
    private boolean hasRoot;

    /** Whether the last tag was that of an element without content. */
    private boolean endsAtOnce;

    /**
     * For a part, which is closed with the tokenizer.
     *
     * @param part its name, for messages
     */
    XmlTokenizer(InputStream in, String part) {
        this.in = in;
        this.part = part;
    }

    /** Moves to the next tag or text. */
    Token next() throws IOException {
        if (endsAtOnce) {
            endsAtOnce = false;
            return end(name);
        }
        while (true) {
            int b = read();
            if (b < 0) {
                if (!hasRoot || !open.isEmpty()) {
                    throw malformed("it ends too early", null);
                }
                return Token.FINISHED;
            }
            if (b != '<') {
                at--;
                collectText();
                if (!open.isEmpty()) {
                    text = decoded(collected, 0, length);
                    return Token.TEXT;
                }
                continue;
            }
            switch (read()) {
                case '/' -> {
                    collectTag();
                    return end(local(decoded(collected, 0, length).strip()));
                }
                case '?' -> skip("?>");
                case '!' -> {
                    if (declaration()) {
                        return Token.TEXT;
                    }
                }
                case -1 -> throw malformed("it ends too early", null);
                default -> {
                    at--;
                    collectTag();
                    start();
                    return Token.START;
                }
            }
        }
    }

    /** Local name of the current tag's element. */
    String name() {
        return name;
    }

    /** The current text, of which an element may have several. */
    String text() {
        return text;
    }

    /** An attribute of the current start tag, by its local name; null if it has none. */
    @Nullable String attribute(String wanted) {
        for (int i = 0; i < attributes.size(); i += 2) {
            if (attributes.get(i).equals(wanted)) {
                return attributes.get(i + 1);
            }
        }
        return null;
    }

    /** Moves to the next start of an element of this name; returns false if there is none. */
    boolean find(String wanted) throws IOException {
        for (Token token = next(); token != Token.FINISHED; token = next()) {
            if (token == Token.START && name.equals(wanted)) {
                return true;
            }
        }
        return false;
    }

    /** Bytes of the part consumed so far. */
    long bytesRead() {
        return bytesRead - (limit - at);
    }

    /** The part is not as it must be. */
    ContentException malformed(String what, @Nullable Throwable cause) {
        return ContentException.damaged(
                "The workbook cannot be read to its end: in %s %s. Open it, save it again as XLSX, and use that file."
                        .formatted(part, what),
                cause);
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    private void start() throws IOException {
        int to = length;
        boolean empty = to > 0 && collected[to - 1] == '/';
        if (empty) {
            to--;
        }
        int from = 0;
        while (from < to && !isBlank(collected[from])) {
            from++;
        }
        name = local(decoded(collected, 0, from));
        if (name.isEmpty() || (open.isEmpty() && hasRoot)) {
            throw malformed("a tag is broken", null);
        }
        readAttributes(from, to);
        if (open.size() == MAX_DEPTH) {
            throw malformed("elements are nested too deep", null);
        }
        open.push(name);
        hasRoot = true;
        endsAtOnce = empty;
    }

    private void readAttributes(int begin, int end) throws IOException {
        attributes.clear();
        int from = blanks(begin, end);
        while (from < end) {
            int equals = from;
            while (equals < end && collected[equals] != '=') {
                equals++;
            }
            int open = blanks(equals + 1, end);
            int close = open + 1;
            while (close < end && collected[close] != collected[open]) {
                close++;
            }
            if (close >= end || (collected[open] != '"' && collected[open] != '\'')) {
                throw malformed("an attribute is broken", null);
            }
            attributes.add(local(decoded(collected, from, equals).strip()));
            attributes.add(decoded(collected, open + 1, close));
            from = blanks(close + 1, end);
        }
    }

    private int blanks(int from, int end) {
        int to = from;
        while (to < end && isBlank(collected[to])) {
            to++;
        }
        return to;
    }

    private Token end(String ended) throws IOException {
        if (open.isEmpty() || !open.pop().equals(ended)) {
            throw malformed("tags do not match", null);
        }
        name = ended;
        return Token.END;
    }

    private static String local(String qualified) {
        return qualified.substring(qualified.indexOf(':') + 1);
    }

    private static boolean isBlank(byte b) {
        return b == ' ' || b == '\n' || b == '\t' || b == '\r';
    }

    /** Reads what follows {@code <!}; returns whether it is text. */
    private boolean declaration() throws IOException {
        int b = read();
        if (b == '-' && read() == '-') {
            skip("-->");
            return false;
        }
        for (byte expected : "CDATA[".getBytes(StandardCharsets.US_ASCII)) {
            if (b != '[' || read() != expected) {
                throw malformed("there is a document type, which no workbook has", null);
            }
        }
        length = 0;
        while (length < 3
                || collected[length - 1] != '>'
                || collected[length - 2] != ']'
                || collected[length - 3] != ']') {
            collect(required());
        }
        text = utf8(collected, 0, length - 3);
        return true;
    }

    private void skip(String end) throws IOException {
        int matched = 0;
        while (matched < end.length()) {
            int b = required();
            if (b == end.charAt(matched)) {
                matched++;
            } else if (b != '-' || matched != 2) {
                // Any number of hyphens may precede the end of a comment.
                matched = b == end.charAt(0) ? 1 : 0;
            }
        }
    }

    private void collectText() throws IOException {
        length = 0;
        while (at < limit || fill()) {
            int end = at;
            while (end < limit && buffer[end] != '<') {
                end++;
            }
            collectTo(end);
            if (at < limit) {
                return;
            }
        }
    }

    /** Collects a tag to its end, which is no {@code >} within quotes. */
    private void collectTag() throws IOException {
        length = 0;
        int quote = 0;
        while (true) {
            int b = required();
            if (quote == 0 && b == '>') {
                return;
            }
            if (b == quote) {
                quote = 0;
            } else if (quote == 0 && (b == '"' || b == '\'')) {
                quote = b;
            }
            collect(b);
        }
    }

    private void collect(int b) throws IOException {
        grow(1);
        collected[length++] = (byte) b;
    }

    /** Collects the buffer up to an end. */
    private void collectTo(int end) throws IOException {
        grow(end - at);
        System.arraycopy(buffer, at, collected, length, end - at);
        length += end - at;
        at = end;
    }

    private void grow(int more) throws IOException {
        if (length + more > MAX_TOKEN_BYTES) {
            throw ContentException.tooLarge(
                    "In %s of the workbook a value has more than %d bytes; it and what follows is not read. Shorten it."
                            .formatted(part, MAX_TOKEN_BYTES));
        }
        if (length + more > collected.length) {
            collected = Arrays.copyOf(collected, Math.max(length + more, collected.length * 2));
        }
    }

    private int read() throws IOException {
        return at < limit || fill() ? buffer[at++] & 0xff : -1;
    }

    private int required() throws IOException {
        int b = read();
        if (b < 0) {
            throw malformed("it ends too early", null);
        }
        return b;
    }

    private boolean fill() throws IOException {
        at = 0;
        limit = Math.max(0, in.read(buffer));
        bytesRead += limit;
        return limit > 0;
    }

    private String decoded(byte[] bytes, int from, int to) throws IOException {
        String written = utf8(bytes, from, to);
        int reference = written.indexOf('&');
        if (reference < 0) {
            return written;
        }
        StringBuilder decoded = new StringBuilder(written.length());
        int done = 0;
        while (reference >= 0) {
            int end = written.indexOf(';', reference);
            if (end < 0) {
                throw malformed("a reference is broken", null);
            }
            decoded.append(written, done, reference);
            decoded.appendCodePoint(character(written.substring(reference + 1, end)));
            done = end + 1;
            reference = written.indexOf('&', done);
        }
        return decoded.append(written, done, written.length()).toString();
    }

    private int character(String reference) throws IOException {
        return switch (reference) {
            case "amp" -> '&';
            case "lt" -> '<';
            case "gt" -> '>';
            case "quot" -> '"';
            case "apos" -> '\'';
            default -> numbered(reference);
        };
    }

    private int numbered(String reference) throws IOException {
        try {
            int code =
                    reference.startsWith("#x")
                            ? Integer.parseInt(reference.substring(2), 16)
                            : reference.startsWith("#")
                                    ? Integer.parseInt(reference.substring(1))
                                    : -1;
            if (Character.isValidCodePoint(code)) {
                return code;
            }
        } catch (NumberFormatException e) {
            throw malformed("a reference is broken", e);
        }
        throw malformed("there is an entity that no workbook has", null);
    }

    private String utf8(byte[] bytes, int from, int to) throws IOException {
        for (int i = from; i < to; i++) {
            if (bytes[i] < 0) {
                return strictly(bytes, from, to);
            }
        }
        return new String(bytes, from, Math.max(0, to - from), StandardCharsets.ISO_8859_1);
    }

    private String strictly(byte[] bytes, int from, int to) throws IOException {
        try {
            String decoded =
                    StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(ByteBuffer.wrap(bytes, from, to - from))
                            .toString();
            return decoded.startsWith("\ufeff") ? decoded.substring(1) : decoded;
        } catch (CharacterCodingException e) {
            throw malformed("there are bytes that are not UTF-8", e);
        }
    }
}
