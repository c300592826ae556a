package io.shopflow.extract.files;

import com.google.re2j.Pattern;

/**
 * A name in which {@code *} stands for any characters, and {@code ?} for one; neither for a slash.
 */
final class NamePattern {

    private final Pattern pattern;

    NamePattern(String text) {
        StringBuilder expression = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            expression.append(
                    switch (c) {
                        case '*' -> "[^/]*";
                        case '?' -> "[^/]";
                        default -> Pattern.quote(String.valueOf(c));
                    });
        }
        pattern = Pattern.compile(expression.toString(), Pattern.DOTALL);
    }

    /** Whether a text is a pattern at all. */
    static boolean isPattern(String text) {
        return text.indexOf('*') >= 0 || text.indexOf('?') >= 0;
    }

    /** What the names of a pattern begin with. */
    static String prefix(String text) {
        int end = 0;
        while (end < text.length() && text.charAt(end) != '*' && text.charAt(end) != '?') {
            end++;
        }
        return text.substring(0, end);
    }

    boolean matches(String name) {
        return pattern.matches(name);
    }
}
