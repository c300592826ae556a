package io.shopflow.extract.yaml;

import java.util.Optional;

/**
 * Finds date patterns that are valid but mean something other than intended. With them, half of the
 * times would be silently wrong, or no date could be read.
 */
final class DatePattern {

    private DatePattern() {}

    /** The mistake in a pattern, with the letter that was probably meant. */
    static Optional<String> mistakeIn(String pattern) {
        String letters = letters(pattern);
        boolean halfOfDay = letters.indexOf('a') >= 0 || letters.indexOf('B') >= 0;
        for (char hour : new char[] {'h', 'K'}) {
            if (letters.indexOf(hour) >= 0 && !halfOfDay) {
                return mistake(
                        pattern,
                        "'%1$c' counts the hours of half a day, and nothing says which half. Write '%2$s' for hours from 0 to 23, or add 'a' for AM and PM"
                                .formatted(hour, letters.contains("" + hour + hour) ? "HH" : "H"));
            }
        }
        if (letters.indexOf('Y') >= 0 && letters.indexOf('w') < 0) {
            return mistake(pattern, "'Y' is the year that a week belongs to. Write 'y'");
        }
        boolean month = letters.indexOf('M') >= 0 || letters.indexOf('L') >= 0;
        if (letters.indexOf('D') >= 0 && month) {
            return mistake(pattern, "'D' is the day of the year. Write 'd'");
        }
        if (letters.indexOf('d') >= 0 && !month) {
            return mistake(pattern, "there is no month, and 'm' is minutes. Write 'M'");
        }
        return Optional.empty();
    }

    private static Optional<String> mistake(String pattern, String explanation) {
        return Optional.of("In '%s' %s.".formatted(YamlObject.shown(pattern), explanation));
    }

    /** A pattern without its quoted text. */
    private static String letters(String pattern) {
        StringBuilder letters = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            if (c == '\'') {
                quoted = !quoted;
            } else if (!quoted) {
                letters.append(c);
            }
        }
        return letters.toString();
    }
}
