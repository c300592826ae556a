package io.shopflow.core.privacy;

/**
 * The kinds of characters in a text, which rule out what it cannot contain.
 *
 * @param digits number of ASCII digits
 * @param letters number of ASCII letters
 * @param longestRun most digits that are separated only by marks
 * @param dots number of dots
 * @param marks whether there is a sign of an address
 * @param foreign whether there is a non-ASCII character that may look like an ASCII one
 */
record Signs(
        int digits,
        int letters,
        int longestRun,
        int dots,
        boolean blank,
        boolean marks,
        boolean foreign) {

    /** No telephone number has fewer digits. */
    private static final int MIN_RUN = 8;

    private static final int IPV4_DOTS = 3;

    /** No number with letters in it has fewer digits. */
    private static final int MIN_LETTERED = 6;

    static Signs of(String text) {
        int digits = 0;
        int letters = 0;
        int run = 0;
        int longestRun = 0;
        int dots = 0;
        boolean blank = false;
        boolean marks = false;
        boolean foreign = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= '0' && c <= '9') {
                digits++;
                run++;
                longestRun = Math.max(longestRun, run);
            } else if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')) {
                letters++;
                run = 0;
            } else if (c >= 0x80) {
                foreign |= c >= 0x2000 || c == '\u00a0' || c == '\u00b7' || Character.isDigit(c);
            } else {
                switch (c) {
                    case ' ' -> blank = true;
                    case '.' -> dots++;
                    case '@', '%', '(', '[', '{', ':' -> marks = true;
                    default -> {}
                }
            }
        }
        return new Signs(digits, letters, longestRun, dots, blank, marks, foreign);
    }

    /** Whether groups of digits in the text may be a number. */
    boolean mayHaveRun() {
        return longestRun >= MIN_RUN || dots >= IPV4_DOTS;
    }

    /** Whether letters and digits in the text may be a number. */
    boolean mayHaveLettered() {
        return letters > 0 && digits >= MIN_LETTERED;
    }

    boolean mayHaveNumber() {
        return mayHaveRun() || mayHaveLettered();
    }
}
