package io.shopflow.core.privacy;

import static io.shopflow.core.privacy.Ascii.isDigit;
import static io.shopflow.core.privacy.Ascii.isLetter;
import static io.shopflow.core.privacy.Ascii.isLetterOrDigit;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds the escapes of a text, one after the other: of addresses ({@code %40}, also several bytes
 * of UTF-8), of HTML (<code>&amp;commat;</code>, <code>&amp;#64;</code>, <code>&amp;#x40;</code>),
 * of JSON and JavaScript (a backslash, {@code u0040} or {@code x40}), and those of quoted-printable
 * that stand for marks ({@code =40}): letters and digits need none there, and {@code ref=30} is no
 * escape. Reads each character a bounded number of times.
 */
final class Escape {

    /** The named characters of HTML that an address or a number may have. */
    private static final Map<String, Character> NAMED =
            Map.ofEntries(
                    Map.entry("amp", '&'),
                    Map.entry("AMP", '&'),
                    Map.entry("commat", '@'),
                    Map.entry("period", '.'),
                    Map.entry("plus", '+'),
                    Map.entry("lowbar", '_'),
                    Map.entry("hyphen", '-'),
                    Map.entry("dash", '-'),
                    Map.entry("nbsp", ' '),
                    Map.entry("Tab", ' '),
                    Map.entry("NewLine", ' '),
                    Map.entry("percnt", '%'),
                    Map.entry("equals", '='),
                    Map.entry("bsol", '\\'),
                    Map.entry("num", '#'),
                    Map.entry("colon", ':'),
                    Map.entry("sol", '/'),
                    Map.entry("lpar", '('),
                    Map.entry("rpar", ')'),
                    Map.entry("lsqb", '['),
                    Map.entry("rsqb", ']'));

    private static final int MAX_NAME = 7;

    /** The largest code point has seven decimal digits; more are zeros in front of it. */
    private static final int MAX_DIGITS = 16;

    private final String text;
    private int end;
    private int codePoint;

    Escape(String text) {
        this.text = text;
    }

    /** Whether a text has an escape. */
    static boolean isIn(String text) {
        return new Escape(text).next(0) >= 0;
    }

    /** The next escape's position from this one on; -1 if there is none. */
    int next(int from) {
        for (int at = from; at < text.length(); at++) {
            boolean found =
                    switch (text.charAt(at)) {
                        case '%' -> bytes(at, '%');
                        case '=' -> bytes(at, '=') && !isAsciiLetterOrDigit(codePoint);
                        case '&' -> reference(at);
                        case '\\' -> backslash(at);
                        default -> false;
                    };
            if (found) {
                return at;
            }
        }
        return -1;
    }

    /** The position after the escape that was found last. */
    int end() {
        return end;
    }

    /** The character for which the escape that was found last stands. */
    int codePoint() {
        return codePoint;
    }

    private static boolean isAsciiLetterOrDigit(int c) {
        return c < 0x80 && isLetterOrDigit((char) c);
    }

    /** One character in UTF-8, of one to four bytes with the same sign before each. */
    private boolean bytes(int at, char sign) {
        int first = octet(at, sign);
        int more = first < 0x80 ? 0 : first < 0xc2 ? -1 : first < 0xe0 ? 1 : first < 0xf0 ? 2 : 3;
        if (first < ' ' || first > 0xf4 || more < 0) {
            return false;
        }
        int value = more == 0 ? first : first & (0x3f >> more);
        for (int i = 1; i <= more; i++) {
            int next = octet(at + 3 * i, sign);
            if (next < 0x80 || next > 0xbf) {
                return false;
            }
            value = (value << 6) | (next & 0x3f);
        }
        return found(value, at + 3 * (more + 1));
    }

    private int octet(int at, char sign) {
        return at < text.length() && text.charAt(at) == sign ? hex(at + 1, 2) : -1;
    }

    private boolean reference(int at) {
        if (at + 1 < text.length() && text.charAt(at + 1) == '#') {
            return numbered(at + 2);
        }
        int to = at + 1;
        while (to < text.length() && to <= at + MAX_NAME && isLetter(text.charAt(to))) {
            to++;
        }
        if (to >= text.length() || text.charAt(to) != ';') {
            return false;
        }
        @Nullable Character named = NAMED.get(text.substring(at + 1, to));
        return named != null && found(named, to + 1);
    }

    /** Browsers read a number without a semicolon, too. */
    private boolean numbered(int at) {
        boolean hex = at < text.length() && (text.charAt(at) == 'x' || text.charAt(at) == 'X');
        int from = hex ? at + 1 : at;
        int to = from;
        int value = 0;
        while (to < text.length() && to < from + MAX_DIGITS) {
            int digit = digit(text.charAt(to), hex ? 16 : 10);
            if (digit < 0) {
                break;
            }
            value = Math.min(value * (hex ? 16 : 10) + digit, Character.MAX_CODE_POINT + 1);
            to++;
        }
        boolean closed = to < text.length() && text.charAt(to) == ';';
        return to > from && found(value, closed ? to + 1 : to);
    }

    private boolean backslash(int at) {
        if (at + 1 >= text.length()) {
            return false;
        }
        return switch (text.charAt(at + 1)) {
            case 'u' -> found(hex(at + 2, 4), at + 6);
            case 'x' -> found(hex(at + 2, 2), at + 4);
            default -> false;
        };
    }

    /** A number of this many hexadecimal digits; -1 if the text has no such number here. */
    private int hex(int at, int digits) {
        if (at + digits > text.length()) {
            return -1;
        }
        int value = 0;
        for (int i = at; i < at + digits; i++) {
            int digit = digit(text.charAt(i), 16);
            if (digit < 0) {
                return -1;
            }
            value = value * 16 + digit;
        }
        return value;
    }

    private static int digit(char c, int radix) {
        return isDigit(c) || isLetter(c) ? Character.digit(c, radix) : -1;
    }

    /** Control characters remain as they are written. */
    private boolean found(int value, int to) {
        codePoint = value;
        end = to;
        return value >= ' ' && value <= Character.MAX_CODE_POINT;
    }
}
