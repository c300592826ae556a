package io.shopflow.core.privacy;

import java.util.BitSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds e-mail and internet addresses in folded text, including those that are spelled out. */
final class Addresses {

    /** {@code ada%40example.com} */
    private static final Pattern ENCODED =
            Pattern.compile("[\\w.+-]{1,64}%40[\\w-]{1,63}(?:\\.[\\w-]{1,63}){1,8}");

    /** {@code ada (at) example (dot) com}, {@code ada [at] example.com} */
    private static final Pattern BRACKETED =
            Pattern.compile(
                    "(?i)[\\w.+-]{1,64}\\s{0,3}[(\\[{]\\s?(?:at|ät|arroba|@|a)\\s?[)\\]}]\\s{0,3}[\\w-]{1,63}(?:(?:\\.|\\s{0,3}[(\\[{]\\s?(?:dot|punkt|point|punto|\\.)\\s?[)\\]}]\\s{0,3}|\\s(?:dot|punkt)\\s)[\\w-]{1,63}){1,8}");

    /** {@code ada at example dot com} */
    private static final Pattern SPOKEN =
            Pattern.compile(
                    "(?i)(?<![\\w.+-])[\\w.+-]{1,64}\\s{1,3}at\\s{1,3}[\\w-]{1,63}(?:\\s{1,3}dot\\s{1,3}[\\w-]{1,63}){1,8}");

    private static final Pattern IPV6 =
            Pattern.compile(
                    "(?i)(?<![\\w:])(?:[0-9a-f]{1,4}:){2,7}(?::?[0-9a-f]{1,4}){0,6}(?![\\w:])|(?<![\\w:])(?:[0-9a-f]{2}[:-]){5}[0-9a-f]{2}(?![\\w:-])");

    private Addresses() {}

    static void find(String text, BitSet hidden) {
        emails(text, hidden);
        if (text.contains("%40")) {
            hide(ENCODED, text, hidden);
        }
        if (text.indexOf('(') >= 0 || text.indexOf('[') >= 0 || text.indexOf('{') >= 0) {
            hide(BRACKETED, text, hidden);
        }
        int colon = text.indexOf(':');
        if (colon >= 0 && text.indexOf(':', colon + 1) > 0) {
            hide(IPV6, text, hidden);
        }
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

    /** Without a regular expression, which takes quadratic time on a long hostile text. */
    private static void emails(String text, BitSet hidden) {
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
            if (from < at && to > at + 1) {
                hidden.set(from, to);
                copied = to;
            }
            at = text.indexOf('@', to);
        }
    }

    private static boolean isInAddress(char c) {
        return !Character.isWhitespace(c) && "<>()[],;:|".indexOf(c) < 0;
    }
}
