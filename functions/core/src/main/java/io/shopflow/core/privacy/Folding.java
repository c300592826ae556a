package io.shopflow.core.privacy;

/**
 * Replaces look-alikes by the characters they resemble, one for one, so that positions are kept.
 */
public final class Folding {

    private static final int FULL_WIDTH = 0xfee0;

    private Folding() {}

    public static String folded(String text) {
        char[] folded = text.toCharArray();
        for (int i = 0; i < folded.length; i++) {
            folded[i] = folded(folded[i]);
        }
        return new String(folded);
    }

    private static char folded(char c) {
        if (c < 0x80) {
            return c;
        }
        if (c > '\uff00' && c < '\uff5f') {
            return (char) (c - FULL_WIDTH);
        }
        if (Character.isDigit(c)) {
            return (char) ('0' + Character.digit(c, 10));
        }
        return switch (c) {
            case '\u2010', '\u2011', '\u2012', '\u2013', '\u2014', '\u2015', '\u2212', '\ufe63' ->
                    '-';
            case '\u00a0', '\u2002', '\u2003', '\u2007', '\u2008', '\u2009', '\u200a', '\u202f' ->
                    ' ';
            case '\ufe6b', '\u24d0' -> '@';
            case '\u2024', '\ufe52', '\u3002', '\uff61', '\u00b7', '\u2022' -> '.';
            default -> c;
        };
    }
}
