package io.shopflow.laptop.runs;

import io.shopflow.ledger.RowCounts;
import io.shopflow.ledger.StreamLedger;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A run's ledger as a table for the user. */
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

    /** The lines for a closed run: a header, a line for each stream, the sums. */
    public static List<String> lines(List<StreamLedger> ledger) {
        return lines(ledger, "NO");
    }

    /** The same for a run in progress: a stream that does not balance yet may still do so. */
    public static List<String> linesSoFar(List<StreamLedger> ledger) {
        return lines(ledger, "not yet");
    }

    private static List<String> lines(List<StreamLedger> ledger, String unbalanced) {
        List<List<String>> cells = new ArrayList<>();
        cells.add(HEADER);
        ledger.forEach(
                stream ->
                        cells.add(
                                cells(
                                        stream.stream(),
                                        stream.counted(),
                                        stream.rows(),
                                        balance(stream, unbalanced))));
        boolean allCounted = ledger.stream().noneMatch(stream -> stream.counted() == null);
        cells.add(
                cells(
                        "all",
                        allCounted ? ledger.stream().mapToLong(StreamLedger::counted).sum() : null,
                        StreamLedger.sum(ledger),
                        StreamLedger.allBalanced(ledger) ? "yes" : unbalanced));
        return aligned(cells);
    }

    private static List<String> cells(
            String stream, @Nullable Long counted, RowCounts rows, String balanced) {
        return List.of(
                stream,
                counted == null ? "?" : number(counted),
                number(rows.extracted()),
                number(rows.inserted()),
                number(rows.updated()),
                number(rows.unchanged()),
                number(rows.duplicate()),
                number(rows.quarantined()),
                balanced);
    }

    private static String balance(StreamLedger stream, String unbalanced) {
        String balanced = stream.balanced() ? "yes" : unbalanced;
        return stream.missingParts() == 0
                ? balanced
                : "%s, %d %s missing"
                        .formatted(
                                balanced,
                                stream.missingParts(),
                                stream.missingParts() == 1 ? "part" : "parts");
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

    private static String number(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }
}
