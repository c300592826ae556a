package io.shopflow.dashboard.runs;

import io.shopflow.ledger.Finding;
import io.shopflow.ledger.Finding.Severity;
import java.util.Arrays;
import java.util.List;

/** The findings of a run of one severity, behind a title. */
public record FindingGroup(Severity severity, List<Finding> findings) {

    public FindingGroup {
        findings = List.copyOf(findings);
    }

    /** The groups that have a finding, the gravest first. */
    static List<FindingGroup> of(List<Finding> findings) {
        return Arrays.stream(Severity.values())
                .sorted((one, other) -> other.compareTo(one))
                .map(
                        severity ->
                                new FindingGroup(
                                        severity,
                                        findings.stream()
                                                .filter(finding -> finding.severity() == severity)
                                                .toList()))
                .filter(group -> !group.findings().isEmpty())
                .toList();
    }

    /** What the findings mean. */
    public String title() {
        return switch (severity) {
            case FAILURE -> "Figures are wrong or incomplete.";
            case DOUBT -> "Figures are in doubt.";
            case INFORMATION -> "Good to know.";
        };
    }

    /** The name of its style. */
    public String kind() {
        return switch (severity) {
            case FAILURE -> "incomplete";
            case DOUBT -> "doubt";
            case INFORMATION -> "information";
        };
    }

    /** Whether the findings are shown unfolded. */
    public boolean open() {
        return severity == Severity.FAILURE;
    }
}
