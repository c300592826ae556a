package io.shopflow.laptop.runs;

import io.shopflow.core.run.Problem;
import io.shopflow.core.run.RunId;
import io.shopflow.core.text.Counted;
import io.shopflow.laptop.queues.FailedEvent;
import io.shopflow.ledger.Finding;
import io.shopflow.ledger.LedgerReader;
import io.shopflow.ledger.RuleRows;
import io.shopflow.ledger.Run;
import io.shopflow.ledger.StreamLedger;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The outcome of a run.
 *
 * @param run null if none of its parts reached the warehouse
 * @param findings at its close
 * @param rejections of rows by reason, the most frequent first
 * @param warnings about accepted rows, the most frequent first
 * @param givenUp events that became dead letters
 */
public record RunOutcome(
        RunId runId,
        @Nullable Run run,
        List<StreamLedger> ledger,
        List<Problem> problems,
        List<Finding> findings,
        List<RuleRows> rejections,
        List<RuleRows> warnings,
        List<FailedEvent> givenUp) {

    private static final int MOST_PROBLEMS = 50;
    private static final int MOST_RULES = 10;

    /** The source was unavailable: the next run continues from the beginning of this one. */
    private static final String AWAY = "source_unavailable";

    public RunOutcome {
        ledger = List.copyOf(ledger);
        problems = List.copyOf(problems);
        findings = List.copyOf(findings);
        rejections = List.copyOf(rejections);
        warnings = List.copyOf(warnings);
        givenUp = List.copyOf(givenUp);
    }

    /** Reads it. */
    static RunOutcome read(LedgerReader ledger, RunId runId, List<FailedEvent> givenUp)
            throws SQLException {
        return new RunOutcome(
                runId,
                ledger.run(runId).filter(Run::closed).orElse(null),
                ledger.streams(runId),
                ledger.problems(runId),
                ledger.findings(runId),
                ledger.rejections(runId),
                ledger.warnings(runId),
                givenUp);
    }

    /** Whether the run is complete, and every row of it is accounted for. */
    public boolean balanced() {
        return run != null && run.complete() && StreamLedger.allBalanced(ledger);
    }

    /** Whether the run changed nothing in the warehouse. */
    public boolean unchanged() {
        return StreamLedger.sum(ledger).changed() == 0;
    }

    /** The lines for the user. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        if (!ledger.isEmpty()) {
            lines.addAll(LedgerTable.lines(ledger));
        }
        for (Problem problem : problems.subList(0, Math.min(MOST_PROBLEMS, problems.size()))) {
            lines.add("  problem: " + described(problem));
        }
        if (problems.size() > MOST_PROBLEMS) {
            lines.add("  and " + Counted.of(problems.size() - MOST_PROBLEMS, "more problem"));
        }
        for (Finding finding : findings) {
            lines.add(
                    "  %s: %s"
                            .formatted(
                                    label(finding),
                                    Printable.text(finding.named() + ": " + finding.described())));
        }
        lines.addAll(rules("rejected", rejections));
        if (!rejections.isEmpty()) {
            lines.add("  The rows: ./shopflow quarantine show --run " + runId);
        }
        lines.addAll(rules("warning", warnings));
        for (FailedEvent event : givenUp) {
            lines.add("  " + event.abandoned());
        }
        lines.add(verdict());
        return lines;
    }

    /** How the commands introduce a finding. */
    public static String label(Finding finding) {
        return finding.informs() ? "note" : "found";
    }

    private static List<String> rules(String label, List<RuleRows> rules) {
        List<String> lines = new ArrayList<>();
        rules.stream()
                .limit(MOST_RULES)
                .forEach(rule -> lines.add("  %s: %s".formatted(label, described(rule))));
        if (rules.size() > MOST_RULES) {
            lines.add("  and " + Counted.of(rules.size() - MOST_RULES, "more rule"));
        }
        return lines;
    }

    /** {@code order_items, number_format of unit_price: 2 rows, for example '$10' at i.csv:2}. */
    public static String described(RuleRows rule) {
        return Printable.text(
                "%s, %s%s: %s%s%s"
                        .formatted(
                                rule.stream(),
                                rule.rule(),
                                rule.field().isEmpty() ? "" : " of " + rule.field(),
                                Counted.of(rule.rows(), "row"),
                                rule.example() == null
                                        ? ""
                                        : ", for example '" + rule.example() + "'",
                                rule.position() == null ? "" : " at " + rule.position()));
    }

    private String verdict() {
        String run = "Run " + runId;
        if (!givenUp.isEmpty()) {
            return run
                    + " is incomplete. What is extracted is kept, and tried again at the next ./shopflow up.";
        }
        if (!balanced()) {
            return run + " is incomplete" + reason();
        }
        long rejected = StreamLedger.sum(ledger).quarantined();
        return "%s is complete and balanced%s%s."
                .formatted(
                        run,
                        unchanged() ? ": no row changed" : "",
                        rejected == 0 ? "" : "; " + Counted.of(rejected, "row") + " rejected");
    }

    private String reason() {
        List<String> failing =
                findings.stream().filter(Finding::failsRun).map(Finding::named).toList();
        if (!failing.isEmpty()) {
            return ": %s. Nothing is lost: correct what is named above, then run the source again."
                    .formatted(String.join(", ", failing));
        }
        boolean catchesUp = problems.stream().allMatch(problem -> problem.rule().equals(AWAY));
        return catchesUp
                ? ". The next run catches up; nothing is lost."
                : ". Nothing is lost: correct what is named above, then run the source again.";
    }

    /** A problem with its place: {@code orders, orders.csv, line 7, file_missing: …}. */
    public static String described(Problem problem) {
        StringBuilder place = new StringBuilder();
        append(place, problem.stream());
        append(place, problem.file());
        append(place, problem.line() == null ? null : "line " + problem.line());
        append(place, problem.field());
        append(place, problem.rule());
        return place + ": " + problem.message();
    }

    private static void append(StringBuilder place, @Nullable String part) {
        if (part != null) {
            place.append(place.isEmpty() ? "" : ", ").append(part);
        }
    }
}
