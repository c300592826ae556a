package io.shopflow.core.privacy;

import java.util.BitSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds e-mail and internet addresses in folded text, including those that are spelled out. */
final class Addresses {

    /** {@code ada (at) example (dot) com}, {@code ada [at] example.com} */
    private static final Pattern BRACKETED =
            Pattern.compile(
                    "(?i)[\\w.+-]{1,64}\\s{0,3}[(\\[{]\\s?(?:at|ät|arroba|@|a)\\s?[)\\]}]\\s{0,3}[\\w-]{1,63}(?:(?:\\.|\\s{0,3}[(\\[{]\\s?(?:dot|punkt|point|punto|\\.)\\s?[)\\]}]\\s{0,3}|\\s(?:dot|punkt)\\s)[\\w-]{1,63}){1,8}");

    /** {@code ada at example dot com} */
    private static final Pattern SPOKEN =
            Pattern.compile(
                    "(?i)(?<![\\w.+-])[\\w.+-]{1,64}\\s{1,3}at\\s{1,3}[\\w-]{1,63}(?:\\s{1,3}dot\\s{1,3}[\\w-]{1,63}){1,8}");

    private static final int IPV4_DOTS = 3;

    private static final int MAX_BLANKS = 3;

    private Addresses() {}

    static void find(String text, BitSet hidden) {
        emails(text, hidden);
        if (text.indexOf('(') >= 0 || text.indexOf('[') >= 0 || text.indexOf('{') >= 0) {
            hide(BRACKETED, text, hidden);
        }
        NetworkAddresses.find(text, hidden);
    }

    /** Finds addresses that consist only of words, like most product names. */
    static void findSpoken(String text, BitSet hidden) {
        if (hasDot(text)) {
            hide(SPOKEN, text, hidden);
        }
    }

    private static boolean hasDot(String text) {
        for (int i = 1; i + 4 < text.length(); i++) {
            if ((text.charAt(i) == 'd' || text.charAt(i) == 'D')
                    && text.regionMatches(true, i - 1, " dot ", 0, 5)) {
                return true;
            }
        }
        return false;
    }

    /** Hides every match of a pattern. */
    static void hide(Pattern pattern, String text, BitSet hidden) {
        Matcher matcher = pattern.matcher(text);
        while (matcher.find()) {
            hidden.set(matcher.start(), matcher.end());
        }
    }

    /**
     * Finds everything that contains an {@code @}; only for the text as written, in which hardly
     * anything but an address has one. Uses no regular expression, which would take quadratic time
     * for a long hostile text.
     */
    static void findWritten(String text, BitSet hidden) {
        int at = text.indexOf('@');
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
            if (from < at && to > at + 1 && !isPrice(text, from, to)) {
                hidden.set(from, to);
                copied = to;
            }
            at = text.indexOf('@', to);
        }
    }

    /** {@code 3@5.00}: neither a letter nor the dots of an internet address. */
    private static boolean isPrice(String text, int from, int to) {
        int dots = 0;
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if (Character.isLetter(c) || Character.isSurrogate(c)) {
                return false;
            }
            dots += c == '.' ? 1 : 0;
        }
        return dots < IPV4_DOTS;
    }

    /**
     * {@code ada @ example.com}. Products have such signs, too ({@code 2 @ 5.00}, {@code T-shirt
     * @home}), so the domain must have a dot and end in letters.
     */
    private static void emails(String text, BitSet hidden) {
        int at = text.indexOf('@');
        int copied = 0;
        while (at >= 0) {
            int local = at;
            while (local > copied && at - local < MAX_BLANKS && isBlank(text.charAt(local - 1))) {
                local--;
            }
            int domain = at + 1;
            while (domain < text.length()
                    && domain - at <= MAX_BLANKS
                    && isBlank(text.charAt(domain))) {
                domain++;
            }
            int end = endOfDomain(text, domain);
            if (end > domain && local > copied && endsLocalPart(text.charAt(local - 1))) {
                int from = local;
                while (from > copied
                        && isInAddress(text.charAt(from - 1))
                        && text.charAt(from - 1) != '@') {
                    from--;
                }
                hidden.set(from, end);
            }
            copied = Math.max(end, at + 1);
            at = text.indexOf('@', copied);
        }
    }

    private static boolean endsLocalPart(char c) {
        return Character.isLetterOrDigit(c) || c == '_' || c == '-' || c == '+';
    }

    /** The end of a domain that begins here; -1 if none does. */
    private static int endOfDomain(String text, int from) {
        int to = from;
        int dot = -1;
        int end = -1;
        while (to < text.length() && (isInLabel(text.charAt(to)) || text.charAt(to) == '.')) {
            if (text.charAt(to) == '.') {
                if (to == from || text.charAt(to - 1) == '.') {
                    break;
                }
                dot = to;
            } else if (dot > 0 && to - dot >= 2 && hasLettersOnly(text, dot + 1, dot + 3)) {
                end = to + 1;
            }
            to++;
        }
        return end;
    }

    private static boolean hasLettersOnly(String text, int from, int to) {
        for (int i = from; i < to; i++) {
            if (!Character.isLetter(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isInLabel(char c) {
        return Character.isLetterOrDigit(c) || c == '-' || c == '_' || Character.isSurrogate(c);
    }

    private static boolean isBlank(char c) {
        return Character.isWhitespace(c);
    }

    private static boolean isInAddress(char c) {
        return !Character.isWhitespace(c) && "<>()[],;:|".indexOf(c) < 0;
    }
}
