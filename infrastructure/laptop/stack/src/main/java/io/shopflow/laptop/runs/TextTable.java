package io.shopflow.laptop.runs;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Cells in columns of one width each, for the user. */
public final class TextTable {

    private final Set<String> numbers;
    private final List<List<String>> rows = new ArrayList<>();

    /**
     * A table without rows.
     *
     * @param numbers the columns that are aligned to the right
     */
    public TextTable(List<String> header, Set<String> numbers) {
        this.numbers = numbers;
        rows.add(header);
    }

    /** Adds a row. */
    public void add(String... cells) {
        rows.add(List.of(cells));
    }

    /** The header and the rows, each after this indentation. */
    public List<String> lines(String indentation) {
        List<String> header = rows.getFirst();
        int[] widths = new int[header.size()];
        for (List<String> row : rows) {
            Arrays.setAll(widths, n -> Math.max(widths[n], row.get(n).length()));
        }
        List<String> lines = new ArrayList<>();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder(indentation);
            for (int n = 0; n < widths.length; n++) {
                String alignment = numbers.contains(header.get(n)) ? "" : "-";
                line.append(("%" + alignment + widths[n] + "s  ").formatted(row.get(n)));
            }
            lines.add(line.toString().stripTrailing());
        }
        return lines;
    }

    /** With separators of thousands. */
    public static String number(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }
}
