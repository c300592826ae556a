package io.shopflow.extract.files;

import io.shopflow.core.privacy.Masking;
import java.util.Collection;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Foreign names as messages show them: bounded in length and number, on one line, and without
 * personal data or possible values of rows.
 */
final class SafeText {

    private static final int MAX_CHARACTERS = 60;
    private static final int MAX_NAMES = 20;
    private static final int MAX_PATH = 300;

    /** Digits only, dates and amounts, many digits in a row, addresses. */
    private static final Pattern DATA =
            Pattern.compile("[\\d\\s.,:/+()€$£-]*|.*\\d{5}.*|.*[@＠].*", Pattern.DOTALL);

    private static final Pattern CONTROLS = Pattern.compile("\\p{Cntrl}");

    private SafeText() {}

    /** A name, cut if it is long. */
    static String name(String name) {
        String line = Masking.text(CONTROLS.matcher(name).replaceAll(" "));
        return line.length() <= MAX_CHARACTERS
                ? line
                : line.substring(0, line.offsetByCodePoints(0, MAX_CHARACTERS / 2)) + "…";
    }

    /** A folder, which may be longer. */
    static String path(String path) {
        String line = CONTROLS.matcher(path).replaceAll(" ");
        return line.length() <= MAX_PATH ? line : line.substring(0, MAX_PATH) + "…";
    }

    /** The first names, and the number of the others. */
    static String names(Collection<String> names) {
        String first =
                names.stream()
                        .limit(MAX_NAMES)
                        .map(SafeText::name)
                        .collect(Collectors.joining(", "));
        int more = names.size() - MAX_NAMES;
        return more > 0 ? "%s and %d more".formatted(first, more) : first;
    }

    /** Whether this is a header, and not a row of data that contains one of its names by chance. */
    static boolean isHeader(Collection<String> names) {
        return names.stream().allMatch(name -> name.isEmpty() || isName(name));
    }

    private static boolean isName(String name) {
        return !DATA.matcher(name).matches() && Masking.text(name).equals(name);
    }
}
