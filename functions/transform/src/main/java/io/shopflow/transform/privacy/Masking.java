package io.shopflow.transform.privacy;

import java.util.regex.Pattern;

/**
 * Hides e-mail addresses and telephone numbers that stand where none belong: in a product's name, a
 * city, a rejected value.
 */
public final class Masking {

    /** What stands in the place of something hidden. */
    public static final String MASK = "***";

    private static final int MIN_PHONE_DIGITS = 8;

    private static final String MORE_DIGITS = "\\(?\\d(?:[ ().\\-/\\u00a0\\u202f]{0,3}\\d){7,14}";

    /** {@code +44 20 7946 0958}. */
    private static final Pattern INTERNATIONAL =
            Pattern.compile("(?<!\\p{Alnum})\\+" + MORE_DIGITS + "(?!\\d)");

    /**
     * Also {@code 020 7946 0958}, {@code 0044 …} and {@code (555) 123-4567 89}; a number that
     * begins otherwise may as well be an article's.
     */
    private static final Pattern ANY =
            Pattern.compile(
                    "(?<!\\p{Alnum})(?:\\+|0(?=[\\d(/ -])|(?=\\())" + MORE_DIGITS + "(?!\\d)");

    private Masking() {}

    /** Text that a person wrote, without e-mail addresses and telephone numbers. */
    public static String text(String text) {
        return masked(text, ANY);
    }

    /**
     * A code such as an article number, which may look like a national telephone number: without
     * e-mail addresses and international telephone numbers.
     */
    public static String code(String text) {
        // Nearly every id passes here: most have no sign that either could be in them.
        return text.indexOf('@') < 0 && text.indexOf('+') < 0 ? text : masked(text, INTERNATIONAL);
    }

    /** Whether a text is an international telephone number and nothing else. */
    static boolean isInternationalPhone(String text) {
        return text.startsWith("+") && INTERNATIONAL.matcher(text).matches();
    }

    private static String masked(String text, Pattern phones) {
        String rest = withoutAddresses(text);
        return mayHavePhone(rest) ? phones.matcher(rest).replaceAll(MASK) : rest;
    }

    private static boolean mayHavePhone(String text) {
        int digits = 0;
        for (int i = 0; i < text.length() && digits < MIN_PHONE_DIGITS; i++) {
            char c = text.charAt(i);
            if (c >= '0' && c <= '9') {
                digits++;
            }
        }
        return digits == MIN_PHONE_DIGITS;
    }

    /** By hand: a regular expression takes quadratic time on a long text of a hostile sender. */
    private static String withoutAddresses(String text) {
        int at = text.indexOf('@');
        if (at < 0) {
            return text;
        }
        StringBuilder rest = new StringBuilder(text.length());
        int copied = 0;
        while (at >= 0) {
            int from = at;
            while (from > copied && isInAddress(text.charAt(from - 1))) {
                from--;
            }
            int to = at + 1;
            while (to < text.length() && isInAddress(text.charAt(to))) {
                to++;
            }
            if (from < at && to > at + 1) {
                rest.append(text, copied, from).append(MASK);
                copied = to;
            }
            at = text.indexOf('@', to);
        }
        return rest.append(text, copied, text.length()).toString();
    }

    private static boolean isInAddress(char c) {
        return !Character.isWhitespace(c) && "<>()[],;:|".indexOf(c) < 0;
    }
}
