package io.shopflow.core.workbook;

import io.shopflow.core.workbook.CellFormats.Kind;
import io.shopflow.core.workbook.XmlTokenizer.Token;
import java.io.Closeable;
import java.io.IOException;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The rows of a sheet that have a value, read forward; the texts of one row are in memory. */
public final class SheetRows implements Closeable {

    /** Most characters of a row. */
    public static final int MAX_ROW_CHARACTERS = 1 << 20;

    /** Excel's last row. */
    private static final int MAX_ROW = 1 << 20;

    /** Excel's last column, XFD. */
    private static final int MAX_COLUMN = 1 << 14;

    private final XmlTokenizer sheet;
    private final SharedStrings strings;
    private final CellFormats formats;
    private final boolean from1904;

    private String[] texts = new String[32];
    private final BitSet numbers = new BitSet();
    private int count;
    private long characters;
    private int number;
    private boolean begun;
    private boolean ended;

    SheetRows(XmlTokenizer sheet, SharedStrings strings, CellFormats formats, boolean from1904) {
        this.sheet = sheet;
        this.strings = strings;
        this.formats = formats;
        this.from1904 = from1904;
    }

    /**
     * Moves to the next row with a value; returns false at the end.
     *
     * @throws io.shopflow.core.archive.ContentException if the rest cannot be read
     */
    public boolean next() throws IOException {
        if (!begun) {
            begun = true;
            ended = !sheet.find("sheetData");
        }
        while (!ended) {
            Token token = sheet.next();
            if (token == Token.START && sheet.name().equals("row")) {
                readRow();
                if (count > 0) {
                    return true;
                }
            } else if (token == Token.END && sheet.name().equals("sheetData")) {
                ended = true;
                // Damage is known at the end of the part.
                while (sheet.next() != Token.FINISHED) {}
            }
        }
        return false;
    }

    /** The sheet's number of the current row, from 1. */
    public int number() {
        return number;
    }

    /** Number of columns up to the last one that has a value in the current row. */
    public int count() {
        return count;
    }

    /** The text of a column of the current row, from 0; empty if it has no value. */
    public String text(int column) {
        String text = texts[column];
        return text == null ? "" : text;
    }

    /** Whether a column of the current row is a number, which has a decimal point. */
    public boolean isNumber(int column) {
        return numbers.get(column);
    }

    /** Whether values of the current row were left out, because it is too long. */
    public boolean isCut() {
        return characters > MAX_ROW_CHARACTERS;
    }

    /** Bytes of the sheet's XML that were read. */
    public long bytesRead() {
        return sheet.bytesRead();
    }

    @Override
    public void close() throws IOException {
        sheet.close();
    }

    private void readRow() throws IOException {
        Arrays.fill(texts, 0, count, null);
        numbers.clear();
        count = 0;
        characters = 0;
        number = place(sheet.attribute("r"), number + 1, MAX_ROW, "row");
        int column = 0;
        for (Token token = sheet.next(); ; token = sheet.next()) {
            if (token == Token.START && sheet.name().equals("c")) {
                column = column(sheet.attribute("r"), column + 1);
                readCell(column - 1);
            } else if (token == Token.END && sheet.name().equals("row")) {
                return;
            } else if (token == Token.FINISHED) {
                throw sheet.malformed("it ends too early", null);
            }
        }
    }

    /** A row's number, which follows that of the one before. */
    private int place(@Nullable String written, int least, int most, String what)
            throws IOException {
        int place = written == null ? least : digits(written);
        if (place < least || place > most) {
            throw sheet.malformed("%s %d has no place".formatted(what, least), null);
        }
        return place;
    }

    private static int digits(String written) {
        boolean valid =
                written.length() <= 9 && written.chars().allMatch(c -> c >= '0' && c <= '9');
        return valid && !written.isEmpty() ? Integer.parseInt(written) : -1;
    }

    /** The column of a cell like {@code AB12}, from 1. */
    private int column(@Nullable String reference, int least) throws IOException {
        if (reference == null) {
            return place(null, least, MAX_COLUMN, "column");
        }
        int column = 0;
        int at = 0;
        String upper = reference.toUpperCase(Locale.ROOT);
        while (at < upper.length() && upper.charAt(at) >= 'A' && upper.charAt(at) <= 'Z') {
            if (column <= MAX_COLUMN) {
                column = column * 26 + upper.charAt(at) - 'A' + 1;
            }
            at++;
        }
        boolean ofThisRow = digits(upper.substring(at)) == number;
        if (!ofThisRow || column < least || column > MAX_COLUMN) {
            throw sheet.malformed("a cell of row %d is not at its place".formatted(number), null);
        }
        return column;
    }

    private void readCell(int column) throws IOException {
        String type = sheet.attribute("t");
        Kind kind = formats.of(sheet.attribute("s"));
        String text = "";
        for (Token token = sheet.next(); ; token = sheet.next()) {
            if (token == Token.START && sheet.name().equals("v")) {
                text = value();
            } else if (token == Token.START && sheet.name().equals("is")) {
                text = CellText.read(sheet, "is");
            } else if (token == Token.END && sheet.name().equals("c")) {
                break;
            } else if (token == Token.FINISHED) {
                throw sheet.malformed("it ends too early", null);
            }
        }
        if (!text.isEmpty()) {
            put(column, type == null ? "n" : type, text, kind);
        }
    }

    private String value() throws IOException {
        StringBuilder value = new StringBuilder();
        for (Token token = sheet.next(); token != Token.END; token = sheet.next()) {
            if (token == Token.TEXT) {
                CellText.append(value, sheet.text());
            } else {
                throw sheet.malformed("a value of row %d is broken".formatted(number), null);
            }
        }
        return value.toString();
    }

    private void put(int column, String type, String written, Kind kind) throws IOException {
        String text =
                switch (type) {
                    case "n" -> SheetNumber.text(written.strip(), kind, from1904);
                    case "s" -> shared(written.strip());
                    case "b" -> written.strip().equals("1") ? "true" : "false";
                    case "str" -> CellText.unescaped(written);
                    // A text within the cell, an error, a date in ISO 8601.
                    default -> written;
                };
        characters += text.length();
        if (text.isEmpty() || isCut()) {
            return;
        }
        if (column >= texts.length) {
            texts = Arrays.copyOf(texts, Math.max(column + 1, texts.length * 2));
        }
        texts[column] = text;
        numbers.set(column, type.equals("n"));
        count = Math.max(count, column + 1);
    }

    private String shared(String index) throws IOException {
        String text = strings.text(digits(index));
        if (text == null) {
            throw sheet.malformed(
                    "row %d refers to a text that the workbook lacks".formatted(number), null);
        }
        return text;
    }
}
