package io.shopflow.extract.files;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Where a configuration names the columns that a file lacks, and which columns of the file may have
 * been meant.
 */
final class MissingColumns {

    /** Further ones, and further names of a header, are not compared: both are foreign. */
    private static final int MAX_COLUMNS = 10;

    private static final int MAX_NAMES = 500;
    private static final int MAX_CHARACTERS = 100;

    /** Names differ in these without meaning something else. */
    private static final Pattern MARKS = Pattern.compile("[^\\p{L}\\p{N}]+");

    private MissingColumns() {}

    /**
     * Sentences for a message, each after a blank; empty if nothing is known.
     *
     * @param header names of the file's columns that messages may show
     */
    static String explained(Collection<Column> missing, List<String> header) {
        List<String> clauses = new ArrayList<>();
        for (Column column : missing.stream().limit(MAX_COLUMNS).toList()) {
            Optional<String> nearest =
                    column.pattern() ? Optional.empty() : nearest(column.name(), header);
            Long line = column.line();
            if (line != null || nearest.isPresent()) {
                clauses.add(
                        SafeText.name(column.name())
                                + (line == null ? "" : " in line " + line)
                                + nearest.map(MissingColumns::question).orElse(""));
            }
        }
        return clauses.isEmpty()
                ? ""
                : clauses.stream().collect(Collectors.joining(", ", " The mapping names ", "."));
    }

    private static String question(String name) {
        return " (did you mean '%s'?)".formatted(SafeText.name(name));
    }

    /** The name that is nearest by the number of edits, if they change less than half of it. */
    private static Optional<String> nearest(String wanted, List<String> header) {
        String text = compared(wanted);
        String nearest = null;
        int least = Integer.MAX_VALUE;
        for (String name : header.stream().limit(MAX_NAMES).toList()) {
            String other = compared(name);
            int edits = edits(text, other);
            if (edits < least && 2 * edits < Math.max(text.length(), other.length())) {
                least = edits;
                nearest = name;
            }
        }
        return Optional.ofNullable(nearest);
    }

    private static String compared(String name) {
        String beginning = name.substring(0, Math.min(name.length(), MAX_CHARACTERS));
        return MARKS.matcher(beginning).replaceAll("").toLowerCase(Locale.ROOT);
    }

    /** The least number of characters to add, leave out or replace: Levenshtein's distance. */
    private static int edits(String from, String to) {
        int[] above = new int[to.length() + 1];
        for (int j = 0; j <= to.length(); j++) {
            above[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            int[] row = new int[to.length() + 1];
            row[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                int replaced = above[j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(replaced, 1 + Math.min(above[j], row[j - 1]));
            }
            above = row;
        }
        return above[to.length()];
    }
}
