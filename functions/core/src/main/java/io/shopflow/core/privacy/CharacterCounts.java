package io.shopflow.core.privacy;

import static io.shopflow.core.privacy.Ascii.isDigit;
import static io.shopflow.core.privacy.Ascii.isLetter;

/**
 * The kinds of characters in a text, which rule out what it cannot contain.
 *
 * @param digits number of ASCII digits
 * @param letters number of ASCII letters
 * @param longestRun most digits that are separated only by marks
 * @param dots number of dots
 * @param dashes number of dashes
 * @param addressMarks whether there is a mark of an address
 * @param escapes whether there is a sign with which an escape begins
 * @param lookAlikes whether there is a non-ASCII character that may look like an ASCII one, or is
 *     invisible
 */
record CharacterCounts(
        int digits,
        int letters,
        int longestRun,
        int dots,
        int dashes,
        boolean blank,
        boolean addressMarks,
        boolean escapes,
        boolean lookAlikes) {

    /** No telephone number has fewer digits. */
    private static final int MIN_RUN = 8;

    private static final int IPV4_DOTS = 3;

    private static final int DEVICE_DASHES = 5;

    private static final int DEVICE_DOTS = 2;

    /** No number with letters in it has fewer digits. */
    private static final int MIN_LETTERED = 6;

    static CharacterCounts of(String text) {
        int digits = 0;
        int letters = 0;
        int run = 0;
        int longestRun = 0;
        int dots = 0;
        int dashes = 0;
        boolean blank = false;
        boolean addressMarks = false;
        boolean escapes = false;
        boolean lookAlikes = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (isDigit(c)) {
                digits++;
                run++;
                longestRun = Math.max(longestRun, run);
            } else if (isLetter(c)) {
                letters++;
                run = 0;
            } else if (c >= 0x80) {
                lookAlikes |= mayLookAlike(c);
            } else {
                switch (c) {
                    case ' ' -> blank = true;
                    case '.' -> dots++;
                    case '-' -> dashes++;
                    case '@', '(', '[', '{', ':' -> addressMarks = true;
                    case '%', '&', '=', '\\' -> escapes = true;
                    default -> {}
                }
            }
        }
        return new CharacterCounts(
                digits,
                letters,
                longestRun,
                dots,
                dashes,
                blank,
                addressMarks,
                escapes,
                lookAlikes);
    }

    private static boolean mayLookAlike(char c) {
        return c >= 0x2000
                || c == '\u00b7'
                || Character.isDigit(c)
                || Character.isSpaceChar(c)
                || PlainText.isInvisible(c);
    }

    /** Whether groups of digits in the text may be a number. */
    boolean mayHaveDigitGroups() {
        return longestRun >= MIN_RUN || dots >= IPV4_DOTS;
    }

    /** Whether letters and digits in the text may be a number. */
    boolean mayHaveNumberWithLetters() {
        return letters > 0 && digits >= MIN_LETTERED;
    }

    /** Whether the text may have the address of a device, with marks other than colons. */
    boolean mayHaveDevice() {
        return letters > 0 && digits > 0 && (dashes >= DEVICE_DASHES || dots >= DEVICE_DOTS);
    }

    boolean mayHaveNumber() {
        return mayHaveDigitGroups() || mayHaveNumberWithLetters();
    }
}
