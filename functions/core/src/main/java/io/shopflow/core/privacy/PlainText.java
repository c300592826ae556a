package io.shopflow.core.privacy;

import java.util.Arrays;
import java.util.BitSet;

/**
 * A text as a person reads it, in which every character has its position in the original:
 * look-alikes are replaced by the characters they resemble, invisible characters are left out, and
 * {@link #decoded} replaces {@linkplain Escape escapes} such as {@code %40}.
 */
public final class PlainText {

    /** What is encoded more often than this is not worth reading: {@link #isObscure}. */
    private static final int MAX_ROUNDS = 8;

    private static final int FULL_WIDTH = 0xfee0;

    private final String text;

    /** Where each character begins in the original, then the original's length. */
    private final int[] begins;

    private final boolean obscure;

    private PlainText(String text, int[] begins, boolean obscure) {
        this.text = text;
        this.begins = begins;
        this.obscure = obscure;
    }

    /** A text without disguises. */
    public static String read(String text) {
        return folded(text).decoded().text;
    }

    /** A text without look-alikes and invisible characters. */
    static PlainText folded(String original) {
        Builder folded = new Builder(original.length());
        int at = 0;
        while (at < original.length()) {
            int codePoint = original.codePointAt(at);
            folded.add(codePoint, at);
            at += Character.charCount(codePoint);
        }
        return folded.build(original.length(), false);
    }

    /** The text without escapes, also without those of escapes; this object if there are none. */
    PlainText decoded() {
        PlainText decoded = this;
        for (int round = 0; round < MAX_ROUNDS; round++) {
            PlainText next = decoded.decodedOnce(false);
            if (next == decoded) {
                return decoded;
            }
            decoded = next;
        }
        return decoded.decodedOnce(true);
    }

    private PlainText decodedOnce(boolean isLast) {
        Escape escape = new Escape(text);
        int at = escape.next(0);
        if (at < 0) {
            return this;
        }
        Builder decoded = new Builder(text.length());
        int copied = 0;
        while (at >= 0) {
            copy(copied, at, decoded);
            decoded.add(escape.codePoint(), begins[at]);
            copied = escape.end();
            at = escape.next(copied);
        }
        copy(copied, text.length(), decoded);
        return decoded.build(begins[text.length()], isLast);
    }

    private void copy(int from, int to, Builder target) {
        for (int i = from; i < to; i++) {
            target.append(text.charAt(i), begins[i]);
        }
    }

    String text() {
        return text;
    }

    /** Whether it is encoded more often than this class decodes, so that its content is unknown. */
    boolean isObscure() {
        return obscure;
    }

    /** Where characters of this text are in the original. */
    BitSet inOriginal(BitSet characters) {
        BitSet original = new BitSet();
        int at = characters.nextSetBit(0);
        while (at >= 0) {
            int end = characters.nextClearBit(at);
            original.set(begins[at], begins[end]);
            at = characters.nextSetBit(end);
        }
        return original;
    }

    private static final class Builder {
        private final StringBuilder text;
        private int[] begins;

        Builder(int length) {
            text = new StringBuilder(length);
            begins = new int[length + 1];
        }

        /** Adds what a character looks like. */
        void add(int codePoint, int begin) {
            int folded = PlainText.folded(codePoint);
            if (folded >= 0) {
                int at = text.length();
                text.appendCodePoint(folded);
                for (int i = at; i < text.length(); i++) {
                    place(i, begin + (i - at));
                }
            }
        }

        void append(char c, int begin) {
            place(text.length(), begin);
            text.append(c);
        }

        private void place(int at, int begin) {
            if (at + 1 >= begins.length) {
                begins = Arrays.copyOf(begins, begins.length * 2);
            }
            begins[at] = begin;
        }

        PlainText build(int length, boolean obscure) {
            begins[text.length()] = length;
            return new PlainText(text.toString(), begins, obscure);
        }
    }

    /** The character that another one resembles; -1 if it is invisible. */
    private static int folded(int c) {
        if (c < 0x80) {
            return c;
        }
        if (c > '\uff00' && c < '\uff5f') {
            return c - FULL_WIDTH;
        }
        if (Character.isDigit(c)) {
            return '0' + Character.digit(c, 10);
        }
        if (isInvisible(c)) {
            return -1;
        }
        if (Character.getType(c) == Character.SPACE_SEPARATOR) {
            return ' ';
        }
        return switch (c) {
            case '\u2010', '\u2011', '\u2012', '\u2013', '\u2014', '\u2015', '\u2212', '\ufe63' ->
                    '-';
            case '\ufe6b', '\u24d0' -> '@';
            case '\u2024', '\ufe52', '\u3002', '\uff61', '\u00b7', '\u2022' -> '.';
            default -> c;
        };
    }

    /**
     * Format characters, and marks on the character before, such as the box of a keycap: without
     * them a number remains a number. The others are letters and symbols that have no shape.
     */
    static boolean isInvisible(int c) {
        return switch (Character.getType(c)) {
            case Character.FORMAT, Character.NON_SPACING_MARK, Character.ENCLOSING_MARK -> true;
            default ->
                    switch (c) {
                        case 0x115f, 0x1160, 0x2065, 0x2800, 0x3164, 0xffa0 -> true;
                        default -> (c >= 0xfff0 && c <= 0xfff8) || (c >= 0xe0000 && c <= 0xe0fff);
                    };
        };
    }
}
