package io.shopflow.local.runs;

import io.shopflow.core.run.PartId;
import io.shopflow.core.run.Problem;
import io.shopflow.core.run.RunId;
import io.shopflow.local.queues.FailedEvent;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a run ended.
 *
 * @param summary null where nothing of it reached the warehouse
 * @param givenUp events that went to the dead letters
 */
public record RunOutcome(
        RunId runId,
        @Nullable RunSummary summary,
        List<LedgerRow> ledger,
        List<Problem> problems,
        List<PartId> quarantined,
        List<FailedEvent> givenUp) {

    private static final int MOST_PROBLEMS = 50;

    /** Defensive copies. */
    public RunOutcome {
        ledger = List.copyOf(ledger);
        problems = List.copyOf(problems);
        quarantined = List.copyOf(quarantined);
        givenUp = List.copyOf(givenUp);
    }

    /** Whether every row is accounted for. */
    public boolean balanced() {
        return summary != null
                && summary.complete()
                && ledger.stream().allMatch(LedgerRow::balanced);
    }

    /** Whether the warehouse is as it was before. */
    public boolean unchanged() {
        return ledger.stream().allMatch(row -> row.inserted() == 0 && row.updated() == 0);
    }

    /** What to tell a person. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        if (!ledger.isEmpty()) {
            lines.addAll(LedgerTable.lines(ledger));
        }
        for (Problem problem : problems.subList(0, Math.min(MOST_PROBLEMS, problems.size()))) {
            lines.add("  problem: " + describe(problem));
        }
        if (problems.size() > MOST_PROBLEMS) {
            lines.add("  and %d more problems".formatted(problems.size() - MOST_PROBLEMS));
        }
        for (PartId part : quarantined) {
            lines.add("  quarantined rows, each with its reason: " + part.quarantineKey());
        }
        for (FailedEvent event : givenUp) {
            lines.add(
                    "  %s gave up on %s after %d tries: %s"
                            .formatted(
                                    event.function(),
                                    event.subject(),
                                    event.receives(),
                                    event.reason()));
        }
        lines.add(verdict());
        return lines;
    }

    private String verdict() {
        String run = "Run " + runId;
        if (!givenUp.isEmpty()) {
            return run
                    + " is incomplete. What is extracted is kept, and tried again at the next ./shopflow up.";
        }
        if (!balanced()) {
            return run + " is incomplete. The next run catches up; nothing is lost.";
        }
        return unchanged()
                ? run + " is complete and balanced: no row changed."
                : run + " is complete and balanced.";
    }

    private static String describe(Problem problem) {
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
