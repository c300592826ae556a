package io.shopflow.laptop.runs;

import static io.shopflow.laptop.runs.TextTable.number;

import io.shopflow.ledger.RuleRows;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Summarised rejected rows as a table for the user. */
public final class RejectionTable {

    private RejectionTable() {}

    /** A header, a line for each up to the limit, and a line about the others. */
    public static List<String> lines(List<RuleRows> rejections, int atMost) {
        if (rejections.isEmpty()) {
            return List.of("No row was rejected.");
        }
        TextTable table =
                new TextTable(
                        List.of(
                                "source",
                                "run",
                                "stream",
                                "rule",
                                "field",
                                "rows",
                                "still out",
                                "value",
                                "place"),
                        Set.of("rows", "still out"));
        rejections.stream()
                .limit(atMost)
                .forEach(
                        rejection ->
                                table.add(
                                        rejection.source(),
                                        rejection.runId().value(),
                                        rejection.stream(),
                                        rejection.rule(),
                                        rejection.field().isEmpty() ? "-" : rejection.field(),
                                        number(rejection.rows()),
                                        number(rejection.stillOut()),
                                        printable(rejection.example()),
                                        printable(rejection.position())));
        List<String> lines = new ArrayList<>(table.lines(""));
        if (rejections.size() > atMost) {
            lines.add("and more: name a --source or a --run");
        }
        return lines;
    }

    private static String printable(@Nullable String value) {
        return value == null ? "-" : Printable.text(value);
    }
}
