package io.shopflow.core.source;

import java.text.Normalizer;

/**
 * Equality of texts wherever a source's values are compared: in filters, look-ups and fallbacks at
 * the source, and later as ids and references. Blanks at the ends do not count, and an accented
 * letter is the same whether it is one character or two.
 */
public final class RawText {

    /** Characters below it have only one form. */
    private static final char FIRST_COMBINING = '\u0300';

    private RawText() {}

    /**
     * Whether a character at either end of a value is dropped: white space and controls of any
     * script, no-break and zero-width spaces, marks of direction and of byte order.
     */
    public static boolean isBlank(char c) {
        if (c > ' ' && c < '\u007f') {
            return false;
        }
        return c <= '\u00a0'
                || c == '\u00ad'
                || c == '\u180e'
                || (c >= '\u2000' && c <= '\u200f')
                || (c >= '\u2028' && c <= '\u202f')
                || (c >= '\u205f' && c <= '\u206f')
                || c == '\u1680'
                || c == '\u3000'
                || c == '\ufeff';
    }

    /** A value without the blanks at its ends. */
    public static String trimmed(String value) {
        int from = 0;
        int to = value.length();
        while (from < to && isBlank(value.charAt(from))) {
            from++;
        }
        while (to > from && isBlank(value.charAt(to - 1))) {
            to--;
        }
        return value.substring(from, to);
    }

    /** A value in Unicode's composed form (NFC); the same object if it already is. */
    public static String composed(String value) {
        for (int i = 0; i < value.length(); i++) {
            if (value.charAt(i) >= FIRST_COMBINING) {
                return Normalizer.normalize(value, Normalizer.Form.NFC);
            }
        }
        return value;
    }

    /** A value in the form in which it is compared: {@link #trimmed} and {@link #composed}. */
    public static String comparable(String value) {
        return composed(trimmed(value));
    }

    /**
     * Whether a trimmed value is a database's export of a missing value: {@code NULL}, {@code null}
     * or {@code \N}. It counts as empty in ids, references, numbers and dates; in text it may be a
     * name, and is empty only if the source's {@code nulls} contain it.
     */
    public static boolean isNull(String value) {
        return switch (value) {
            case "NULL", "null", "\\N" -> true;
            default -> false;
        };
    }
}
