package io.shopflow.dashboard.file;

import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.text.Normalizer;
import org.jspecify.annotations.Nullable;

/** Lines of a CSV file that spreadsheets open: in UTF-8, with texts that they take for texts. */
public final class CsvLines {
    /** The type of the file. */
    public static final MediaType TYPE = new MediaType("text", "csv", "UTF-8");

    /** Excel takes a file without it for one in the code page of its user. */
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    /** Hangul fillers and the Braille pattern without dots: Unicode calls them visible. */
    private static final String UNSEEN_LETTERS = "\u115F\u1160\u3164\uFFA0\u2800";

    private final Appendable file;

    /** Begins the file. */
    public CsvLines(Appendable file) {
        this.file = file;
        append(String.valueOf(BYTE_ORDER_MARK));
    }

    /**
     * Appends a line.
     *
     * @param cells as they are written; those with text from {@link #text}
     */
    public void line(Iterable<String> cells) {
        append(String.join(",", cells) + "\r\n");
    }

    private void append(String text) {
        try {
            file.append(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * A spreadsheet takes a text that begins like a formula for one, also in quotes: the apostrophe
     * keeps it a text. <a href="https://owasp.org/www-community/attacks/CSV_Injection">CSV
     * injection</a>.
     */
    public static String text(@Nullable String value) {
        if (value == null || value.isEmpty()) {
            return "";
        }
        String safe = beginsLikeFormula(value) ? "'" + value : value;
        return "\"" + safe.replace("\"", "\"\"") + "\"";
    }

    /** Whatever is not seen before a sign does not hide it, and wide or small signs count too. */
    private static boolean beginsLikeFormula(String value) {
        if ("\t\r\n".indexOf(value.charAt(0)) >= 0) {
            return true;
        }
        int first = value.codePoints().filter(CsvLines::isSeen).findFirst().orElse(' ');
        String sign = Normalizer.normalize(Character.toString(first), Normalizer.Form.NFKC);
        return "=+-@\u2212".contains(sign);
    }

    private static boolean isSeen(int character) {
        if (UNSEEN_LETTERS.indexOf(character) >= 0) {
            return false;
        }
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SPACE_SEPARATOR,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.NON_SPACING_MARK,
                    Character.ENCLOSING_MARK,
                    Character.UNASSIGNED ->
                    false;
            default -> true;
        };
    }
}
