package io.shopflow.laptop.checks;

import static io.shopflow.laptop.runs.TextTable.number;

import io.shopflow.laptop.runs.Printable;
import io.shopflow.laptop.runs.TextTable;
import java.util.List;
import java.util.Set;

/** What a check of the warehouse has found, as a table for the user. */
public final class FindingTable {

    private FindingTable() {}

    /** A header and a line for each. */
    public static List<String> lines(List<CheckFinding> findings) {
        TextTable table =
                new TextTable(
                        List.of("finding", "source", "in", "rows", "example", "means", "repair"),
                        Set.of("rows"));
        findings.forEach(
                finding ->
                        table.add(
                                finding.rule(),
                                finding.source().isEmpty() ? "-" : finding.source(),
                                finding.relation(),
                                number(finding.rows()),
                                finding.example() == null || finding.example().isEmpty()
                                        ? "-"
                                        : Printable.text(finding.example()),
                                finding.meaning(),
                                finding.repair()));
        return table.lines("");
    }
}
