package io.shopflow.laptop.runs;

import io.shopflow.ledger.RuleRows;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Summarised rejected rows as a table for the user. */
public final class RejectionTable {

    private static final List<String> HEADER =
            List.of(
                    "source",
                    "run",
                    "stream",
                    "rule",
                    "field",
                    "rows",
                    "still out",
                    "value",
                    "place");

    private static final int ROWS = HEADER.indexOf("rows");
    private static final int STILL_OUT = HEADER.indexOf("still out");

    private RejectionTable() {}

    /** A header, a line for each up to the limit, and a line about the others. */
    public static List<String> lines(List<RuleRows> rejections, int atMost) {
        if (rejections.isEmpty()) {
            return List.of("No row was rejected.");
        }
        List<List<String>> cells = new ArrayList<>();
        cells.add(HEADER);
        rejections.stream().limit(atMost).map(RejectionTable::cells).forEach(cells::add);
        int[] widths = new int[HEADER.size()];
        for (List<String> row : cells) {
            Arrays.setAll(widths, n -> Math.max(widths[n], row.get(n).length()));
        }
        List<String> lines = new ArrayList<>();
        for (List<String> row : cells) {
            StringBuilder line = new StringBuilder();
            for (int n = 0; n < widths.length; n++) {
                int width = n == ROWS || n == STILL_OUT ? widths[n] : -widths[n];
                line.append(String.format(Locale.ROOT, "%" + width + "s  ", row.get(n)));
            }
            lines.add(line.toString().stripTrailing());
        }
        if (rejections.size() > atMost) {
            lines.add("and more: name a --source or a --run");
        }
        return lines;
    }

    private static List<String> cells(RuleRows rejection) {
        return List.of(
                rejection.source(),
                rejection.runId().value(),
                rejection.stream(),
                rejection.rule(),
                rejection.field().isEmpty() ? "-" : rejection.field(),
                number(rejection.rows()),
                number(rejection.stillOut()),
                rejection.example() == null ? "-" : Printable.text(rejection.example()),
                rejection.position() == null ? "-" : Printable.text(rejection.position()));
    }

    private static String number(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }
}
