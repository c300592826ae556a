package io.shopflow.core.privacy;

import static io.shopflow.core.privacy.Ascii.isDigit;
import static io.shopflow.core.privacy.Ascii.isLetter;
import static io.shopflow.core.privacy.Ascii.isLetterOrDigit;

import io.shopflow.core.privacy.Masking.Kind;
import java.util.BitSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds telephone, card, account and national numbers and IPv4 addresses in folded text. */
final class PersonalNumbers {

    /** United Kingdom: two letters, six digits, a letter. */
    private static final Pattern NATIONAL_INSURANCE =
            Pattern.compile(
                    "(?i)(?<![\\p{Alnum}])[abceghj-prstw-z][abceghj-nprstw-z][-. ]?\\d{2}[-. ]?\\d{2}[-. ]?\\d{2}[-. ]?[a-d](?![\\p{Alnum}])");

    /** Italy: six letters, year, month, day, place, check letter. */
    private static final Pattern CODICE_FISCALE =
            Pattern.compile(
                    "(?i)(?<![\\p{Alnum}])[a-z]{3}[- ]?[a-z]{3}[- ]?\\d{2}[- ]?[a-ehlmprst][- ]?\\d{2}[- ]?[a-z]\\d{3}[- ]?[a-z](?![\\p{Alnum}])");

    /** Finland: a date of birth, a sign, three digits, a check character. */
    private static final Pattern FINNISH =
            Pattern.compile(
                    "(?i)(?<![\\p{Alnum}])[0-3]\\d[01]\\d{3}[-+a-fu-y]\\d{3}[0-9a-fhj-npr-y](?![\\p{Alnum}])");

    /** Spain: {@code 12.345.678-Z}, {@code X-1234567-L}. */
    private static final Pattern SPANISH =
            Pattern.compile(
                    "(?i)(?<![\\p{Alnum}])(?:\\d{2}\\.?\\d{3}\\.?\\d{3}|[xyz][-. ]?\\d{7})[-. ]?[a-z](?![\\p{Alnum}])");

    private static final Pattern COORDINATES =
            Pattern.compile(
                    "(?<![\\d.])-?\\d{1,3}\\.\\d{4,12}[,; ]{1,3}-?\\d{1,3}\\.\\d{4,12}(?![\\d.])");

    /** A is a letter, 9 a digit, and a dash a separator that may be left out. */
    private static final String INSURANCE_SHAPE = "AA-99-99-99-A";

    private static final String FISCALE_SHAPE = "AAA-AAA-99-A-99-A-999-A";

    private static final String DNI_SHAPE = "99-999-999-A";

    private static final String NIE_SHAPE = "A-9999999-A";

    private static final Pattern NO_LETTER_OR_DIGIT = Pattern.compile("\\P{Alnum}");

    private PersonalNumbers() {}

    static void find(String text, Kind kind, BitSet hidden) {
        CharacterCounts counts = CharacterCounts.of(text);
        if (counts.mayHaveDigitGroups()) {
            digitGroups(text, kind, counts.blank(), hidden);
            if (counts.blank() && counts.dots() > 1) {
                Addresses.hide(COORDINATES, text, hidden);
            }
        }
        if (counts.mayHaveNumberWithLetters()) {
            ibans(text, hidden);
            letteredNumbers(text, hidden);
        }
    }

    private static void ibans(String text, BitSet hidden) {
        for (int i = 0; i + Ibans.SHORTEST <= text.length(); i++) {
            if (isLetter(text.charAt(i)) && (i == 0 || !isLetterOrDigit(text.charAt(i - 1)))) {
                int end = Ibans.end(text, i);
                if (end > 0) {
                    hidden.set(i, end);
                    i = end - 1;
                }
            }
        }
    }

    /**
     * Numbers with letters have a fixed shape. A regular expression runs only if that shape begins
     * at a word, so that a hash or a UUID costs hardly more than one pass.
     */
    private static void letteredNumbers(String text, BitSet hidden) {
        boolean insured = false;
        boolean italian = false;
        boolean finnish = false;
        boolean spanish = false;
        int start = 0;
        while (start < text.length()) {
            int end = start;
            int digits = 0;
            while (end < text.length() && isLetterOrDigit(text.charAt(end))) {
                digits += isDigit(text.charAt(end)) ? 1 : 0;
                end++;
            }
            int length = end - start;
            if (length == 9 && digits >= 7 && digits < 9) {
                hideIf(NationalNumbers.isSpanish(text.substring(start, end)), start, end, hidden);
            } else if (length == 18 && digits == 17 && isLetter(text.charAt(end - 1))) {
                hideIf(
                        NationalNumbers.isChinese(
                                text.substring(start, end - 1), text.charAt(end - 1)),
                        start,
                        end,
                        hidden);
            }
            insured |= hasShape(INSURANCE_SHAPE, text, start);
            italian |= hasShape(FISCALE_SHAPE, text, start);
            spanish |= hasShape(DNI_SHAPE, text, start) || hasShape(NIE_SHAPE, text, start);
            finnish |= (length == 11 && digits >= 9) || (length == 6 && digits == 6);
            start = end + 1;
        }
        if (insured) {
            Addresses.hide(NATIONAL_INSURANCE, text, hidden);
        }
        if (italian) {
            Addresses.hide(CODICE_FISCALE, text, hidden);
        }
        if (finnish) {
            Addresses.hide(FINNISH, text, hidden);
        }
        if (spanish) {
            spanish(text, hidden);
        }
    }

    private static boolean hasShape(String shape, String text, int start) {
        int at = start;
        for (int i = 0; i < shape.length(); i++) {
            char c = at < text.length() ? text.charAt(at) : '\0';
            boolean fits =
                    switch (shape.charAt(i)) {
                        case 'A' -> isLetter(c);
                        case '9' -> isDigit(c);
                        default -> c == '-' || c == '.' || c == ' ';
                    };
            if (fits) {
                at++;
            } else if (shape.charAt(i) != '-') {
                return false;
            }
        }
        return at == text.length() || !isLetterOrDigit(text.charAt(at));
    }

    private static void spanish(String text, BitSet hidden) {
        Matcher matcher = SPANISH.matcher(text);
        while (matcher.find()) {
            String code = NO_LETTER_OR_DIGIT.matcher(matcher.group()).replaceAll("");
            hideIf(NationalNumbers.isSpanish(code), matcher.start(), matcher.end(), hidden);
        }
    }

    private static void hideIf(boolean personal, int from, int to, BitSet hidden) {
        if (personal) {
            hidden.set(from, to);
        }
    }

    private static void digitGroups(String text, Kind kind, boolean blank, BitSet hidden) {
        DigitGroups groups = new DigitGroups(kind.isFreeText());
        int at = 0;
        while (at < text.length()) {
            if (!isDigit(text.charAt(at))) {
                at++;
                continue;
            }
            groups.read(text, at);
            int group = 0;
            while (group < groups.starts()) {
                int last = lastOfNumber(text, groups, group, kind, blank);
                if (last < 0) {
                    group++;
                } else {
                    hidden.set(begin(text, groups.from(group)), groups.to(last));
                    group = last + 1;
                }
            }
            at = group < groups.count() ? groups.from(group) : groups.end();
        }
    }

    private static int lastOfNumber(
            String text, DigitGroups groups, int group, Kind kind, boolean blank) {
        boolean national =
                switch (kind) {
                    case TEXT, PLACE -> true;
                    case CODE -> blank;
                    case ID -> blank || isWhole(text, groups, group);
                };
        int last = groups.personal(group, national);
        return last < 0 && !groups.isGlued(group) && isIpv4(text, groups, group) ? group + 3 : last;
    }

    /** Whether a text consists only of groups of digits. */
    private static boolean isWhole(String text, DigitGroups groups, int group) {
        return group == 0
                && groups.count() > 1
                && begin(text, groups.from(0)) == 0
                && groups.end() == text.length()
                && text.indexOf(',') < 0
                && text.indexOf('_') < 0;
    }

    private static boolean isIpv4(String text, DigitGroups groups, int group) {
        if (group + 3 >= groups.count()
                || (group + 4 < groups.count() && text.charAt(groups.to(group + 3)) == '.')
                || (groups.from(group) > 0 && text.charAt(groups.from(group) - 1) == '.')) {
            return false;
        }
        for (int i = group; i < group + 4; i++) {
            int size = groups.to(i) - groups.from(i);
            if (size > 3 || Integer.parseInt(text, groups.from(i), groups.to(i), 10) > 255) {
                return false;
            }
            if (i > group
                    && (groups.from(i) != groups.to(i - 1) + 1
                            || text.charAt(groups.to(i - 1)) != '.')) {
                return false;
            }
        }
        return true;
    }

    /** The beginning of a number, including its plus sign and bracket. */
    private static int begin(String text, int digit) {
        int begin = digit;
        while (begin > 0 && (text.charAt(begin - 1) == '(' || text.charAt(begin - 1) == '+')) {
            begin--;
        }
        return begin;
    }
}
