package io.shopflow.core.privacy;

import static io.shopflow.core.privacy.Ascii.isDigit;
import static io.shopflow.core.privacy.Ascii.isLetter;

/**
 * Digits in groups with marks between them, such as {@code +44 (0)20 7946-0958} or {@code 4111 1111
 * 1111 1111}: finds telephone, card and national numbers among neighbouring groups. The object is
 * reused for the next text.
 */
final class DigitGroups {

    private static final int MAX_GROUPS = 64;

    /** A number that begins before this group ends within the groups that are read. */
    private static final int OVERLAP = 32;

    /** No number to find has fewer digits. */
    private static final int MIN_DIGITS = 8;

    /** No number to find has more digits. */
    private static final int MAX_DIGITS = 19;

    private static final int MAX_MARKS = 3;

    private final boolean freeText;
    private String text = "";
    private final int[] from = new int[MAX_GROUPS];
    private final int[] to = new int[MAX_GROUPS];
    private int count;
    private int end;
    private boolean full;

    /** Whether a blank or a dash separates each two groups of {@link #digits}. */
    private boolean plain;

    private final StringBuilder digits = new StringBuilder(MAX_DIGITS);

    /**
     * @param freeText whether cards are searched even where letters touch them
     */
    DigitGroups(boolean freeText) {
        this.freeText = freeText;
    }

    /** Reads the groups that begin at a digit. */
    void read(String folded, int start) {
        text = folded;
        count = 0;
        int at = start;
        end = start;
        while (at < text.length() && count < MAX_GROUPS && isDigit(text.charAt(at))) {
            from[count] = at;
            while (at < text.length() && isDigit(text.charAt(at))) {
                at++;
            }
            to[count++] = at;
            end = at;
            int marks = 0;
            while (at < text.length() && marks < MAX_MARKS && isMark(text.charAt(at))) {
                at++;
                marks++;
            }
        }
        full = count == MAX_GROUPS && at < text.length() && isDigit(text.charAt(at));
    }

    /** The number of groups at which a number may begin; those after it are read again. */
    int starts() {
        return full ? MAX_GROUPS - OVERLAP : count;
    }

    /** The end of the last group. */
    int end() {
        return end;
    }

    int count() {
        return count;
    }

    int from(int group) {
        return from[group];
    }

    int to(int group) {
        return to[group];
    }

    /**
     * The last group of a personal number that begins with this group; -1 if there is none.
     *
     * @param national whether numbers that begin with 0 are telephone numbers, or may be articles
     */
    int personal(int first, boolean national) {
        digits.setLength(0);
        int longest = -1;
        boolean listed = false;
        plain = true;
        for (int last = first; last < count; last++) {
            if (digits.length() + size(last) > MAX_DIGITS) {
                break;
            }
            digits.append(text, from[last], to[last]);
            listed |= last > first && isListed(last);
            plain &= last == first || isSeparatedBy(last - 1, last, " -");
            if (digits.length() < MIN_DIGITS) {
                continue;
            }
            if (listed ? isSplitCard(first, last) : isNumber(first, last, national)) {
                longest = last;
            }
        }
        return longest;
    }

    private boolean isNumber(int first, int last, boolean national) {
        int length = digits.length();
        char before = from[first] == 0 ? ' ' : text.charAt(from[first] - 1);
        char beforeThat = from[first] < 2 ? ' ' : text.charAt(from[first] - 2);
        boolean plus = before == '+' || (before == '(' && beforeThat == '+');
        if (plus && length <= 15) {
            return true;
        }
        if (isGlued(first) || endsInLetter(last)) {
            return freeText && (first == last ? isCard() : isSplitCard(first, last));
        }
        boolean withinNumber = "-./".indexOf(before) >= 0 && isDigit(beforeThat);
        if (national && !withinNumber && length >= 9 && length <= 16 && isNational(first, before)) {
            return true;
        }
        if (first == last) {
            return NationalNumbers.isPersonal(digits) || isCard();
        }
        return isSplitCard(first, last)
                || isGroupedPhone(first, last, before)
                || isGroupedNumber(first, last)
                || (plain && NationalNumbers.isPersonal(digits));
    }

    /** Whether all digits are a card's. A number of 13 digits may be a shop's id elsewhere. */
    private boolean isCard() {
        return NationalNumbers.isCard(digits) || (freeText && NationalNumbers.isOldVisa(digits));
    }

    /** Groups of four, or of four, six and the rest, with any mark between them. */
    private boolean isSplitCard(int first, int last) {
        if (size(first) != 4 || last - first < 2) {
            return false;
        }
        boolean fours = size(last) <= 4;
        for (int group = first; group < last; group++) {
            fours &= size(group) == 4;
            if (from[group + 1] - to[group] > 1 && !isBetweenOnly(group, " -")) {
                return false;
            }
        }
        boolean six = last - first == 2 && size(first + 1) == 6;
        return (fours || six) && (freeText || !(isGlued(first) || endsInLetter(last))) && isCard();
    }

    /** Whether the marks before a group separate values rather than parts of a number. */
    private boolean isListed(int group) {
        return !isBetweenOnly(group - 1, " -./()+");
    }

    private boolean isBetweenOnly(int group, String marks) {
        for (int i = to[group]; i < from[group + 1]; i++) {
            if (marks.indexOf(text.charAt(i)) < 0) {
                return false;
            }
        }
        return true;
    }

    /** Whether a letter precedes a group. */
    boolean isGlued(int group) {
        return from[group] > 0 && isLetter(text.charAt(from[group] - 1));
    }

    /** {@code 020 7946 0958}, {@code 0044 …}, {@code (555) 123-4567}. */
    private boolean isNational(int first, char before) {
        int size = to[first] - from[first];
        boolean zero =
                text.charAt(from[first]) == '0'
                        && (size > 1
                                || (to[first] < text.length()
                                        && "(/".indexOf(text.charAt(to[first])) >= 0));
        return zero || before == '(';
    }

    /** {@code 555-123-9876}, also with a 1 before. */
    private boolean isGroupedPhone(int first, int last, char before) {
        int groupsOf = last - first + 1;
        boolean country = groupsOf == 4 && size(first) == 1 && text.charAt(from[first]) == '1';
        int area = country ? first + 1 : first;
        return (groupsOf == 3 || country)
                && size(area) == 3
                && size(area + 1) == 3
                && size(area + 2) == 4
                && text.charAt(from[area]) >= '2'
                && (before == '(' || isSeparatedBy(area, last, "-.)"));
    }

    private boolean isGroupedNumber(int first, int last) {
        int groupsOf = last - first + 1;
        return switch (groupsOf) {
            case 2 ->
                    (size(first) == 6 || size(first) == 8)
                            && size(last) == 4
                            && isSeparatedBy(first, last, "-+")
                            && NationalNumbers.isNordic(text.subSequence(from[first], to[first]));
            case 3 ->
                    (size(first) == 3
                                    && size(first + 1) == 2
                                    && size(last) == 4
                                    && isSeparatedBy(first, last, "-")
                                    && NationalNumbers.isSocialSecurity(digits))
                            || (size(first) == 3
                                    && size(first + 1) == 3
                                    && size(last) == 3
                                    && isSeparatedBy(first, last, "- ")
                                    && NationalNumbers.passesLuhn(digits))
                            || (size(first) == 4
                                    && size(first + 1) == 4
                                    && size(last) == 4
                                    && isSeparatedBy(first, last, "- ")
                                    && Verhoeff.isValid(digits));
            case 4 ->
                    size(first) == 3
                            && size(first + 1) == 3
                            && size(first + 2) == 3
                            && size(last) == 2
                            && NationalNumbers.isCpf(digits);
            default -> false;
        };
    }

    private int size(int group) {
        return to[group] - from[group];
    }

    private boolean endsInLetter(int last) {
        return to[last] < text.length() && Character.isLetter(text.charAt(to[last]));
    }

    /** Whether one of these marks separates each two groups; a blank may follow a bracket. */
    private boolean isSeparatedBy(int first, int last, String marks) {
        for (int group = first; group < last; group++) {
            int between = from[group + 1] - to[group];
            char mark = text.charAt(to[group]);
            if (marks.indexOf(mark) < 0 || (between > 1 && mark != ')')) {
                return false;
            }
        }
        return true;
    }

    private static boolean isMark(char c) {
        return switch (c) {
            case ' ', '-', '.', '/', '(', ')', '+', ',', '_' -> true;
            default -> false;
        };
    }
}
