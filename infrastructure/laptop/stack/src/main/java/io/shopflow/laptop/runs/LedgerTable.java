package io.shopflow.laptop.runs;

import static io.shopflow.laptop.runs.TextTable.number;

import io.shopflow.core.text.Counted;
import io.shopflow.ledger.RowCounts;
import io.shopflow.ledger.StreamLedger;
import java.util.List;
import java.util.Set;
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
        TextTable table = new TextTable(HEADER, Set.copyOf(HEADER.subList(1, HEADER.size() - 1)));
        ledger.forEach(
                stream ->
                        add(
                                table,
                                stream.stream(),
                                stream.counted(),
                                stream.rows(),
                                balance(stream, unbalanced)));
        boolean allCounted = ledger.stream().noneMatch(stream -> stream.counted() == null);
        add(
                table,
                "all",
                allCounted ? ledger.stream().mapToLong(StreamLedger::counted).sum() : null,
                StreamLedger.sum(ledger),
                StreamLedger.allBalanced(ledger) ? "yes" : unbalanced);
        return table.lines("  ");
    }

    private static void add(
            TextTable table,
            String stream,
            @Nullable Long counted,
            RowCounts rows,
            String balanced) {
        table.add(
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
                : "%s, %s missing".formatted(balanced, Counted.of(stream.missingParts(), "part"));
    }
}
