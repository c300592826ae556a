package io.shopflow.local.runs;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToLongFunction;

/** A run's ledger as a person reads it. */
public final class LedgerTable {

    private static final List<String> HEADER =
            List.of(
                    "stream",
                    "counted",
                    "extracted",
                    "inserted",
                    "updated",
                    "unchanged",
                    "duplicate",
                    "quarantined",
                    "balanced");

    private LedgerTable() {}

    /** The table's lines of a run that is closed: a header, a line for each stream, the sums. */
    public static List<String> lines(List<LedgerRow> ledger) {
        return lines(ledger, "NO");
    }

    /** The same of a run that goes on: what does not balance yet may still do so. */
    public static List<String> linesSoFar(List<LedgerRow> ledger) {
        return lines(ledger, "not yet");
    }

    private static List<String> lines(List<LedgerRow> ledger, String unbalanced) {
        List<List<String>> cells = new ArrayList<>();
        cells.add(HEADER);
        ledger.forEach(row -> cells.add(cells(row, unbalanced)));
        cells.add(
                List.of(
                        "all",
                        ledger.stream().anyMatch(row -> row.counted() == null)
                                ? "?"
                                : number(sum(ledger, row -> countedOrZero(row))),
                        number(sum(ledger, LedgerRow::extracted)),
                        number(sum(ledger, LedgerRow::inserted)),
                        number(sum(ledger, LedgerRow::updated)),
                        number(sum(ledger, LedgerRow::unchanged)),
                        number(sum(ledger, LedgerRow::duplicate)),
                        number(sum(ledger, LedgerRow::quarantined)),
                        ledger.stream().allMatch(LedgerRow::balanced) ? "yes" : unbalanced));
        return aligned(cells);
    }

    private static List<String> cells(LedgerRow row, String unbalanced) {
        String balanced = row.balanced() ? "yes" : unbalanced;
        return List.of(
                row.stream(),
                row.counted() == null ? "?" : number(row.counted()),
                number(row.extracted()),
                number(row.inserted()),
                number(row.updated()),
                number(row.unchanged()),
                number(row.duplicate()),
                number(row.quarantined()),
                row.missingParts() > 0
                        ? "%s, %d %s missing"
                                .formatted(
                                        balanced,
                                        row.missingParts(),
                                        row.missingParts() == 1 ? "part" : "parts")
                        : balanced);
    }

    private static List<String> aligned(List<List<String>> cells) {
        int columns = HEADER.size();
        int[] widths = new int[columns];
        for (List<String> row : cells) {
            for (int n = 0; n < columns; n++) {
                widths[n] = Math.max(widths[n], row.get(n).length());
            }
        }
        List<String> lines = new ArrayList<>();
        for (List<String> row : cells) {
            StringBuilder line = new StringBuilder("  ");
            for (int n = 0; n < columns; n++) {
                boolean text = n == 0 || n == columns - 1;
                line.append(text ? padded(row.get(n), -widths[n]) : padded(row.get(n), widths[n]));
                line.append("  ");
            }
            lines.add(line.toString().stripTrailing());
        }
        return lines;
    }

    private static String padded(String cell, int width) {
        return String.format(Locale.ROOT, "%" + width + "s", cell);
    }

    private static long countedOrZero(LedgerRow row) {
        return row.counted() == null ? 0 : row.counted();
    }

    private static long sum(List<LedgerRow> ledger, ToLongFunction<LedgerRow> column) {
        return ledger.stream().mapToLong(column).sum();
    }

    private static String number(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }
}
