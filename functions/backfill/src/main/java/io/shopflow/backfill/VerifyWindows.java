package io.shopflow.backfill;

import io.shopflow.backfill.BackfillReply.Verified;
import io.shopflow.backfill.ledger.Ledger;
import io.shopflow.backfill.ledger.Rows;
import io.shopflow.backfill.ledger.RunEntry;
import io.shopflow.backfill.ledger.RunStatus;
import io.shopflow.backfill.plan.Window;
import io.shopflow.core.run.RunId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Holds the windows of a backfill against the ledger; nothing else is taken for the truth. */
final class VerifyWindows {

    /** More would not fit into a notification, and say no more. */
    private static final int MOST_REASONS = 20;

    private final Ledger ledger;
    private final double mostQuarantinedPercent;

    VerifyWindows(Ledger ledger, double mostQuarantinedPercent) {
        this.ledger = ledger;
        this.mostQuarantinedPercent = mostQuarantinedPercent;
    }

    Verified verify(List<Window> windows, int retries) {
        Map<Window, List<RunId>> runs = new LinkedHashMap<>();
        windows.forEach(window -> runs.put(window, runs(window, retries)));
        Map<RunId, RunEntry> entries =
                ledger.runs(runs.values().stream().flatMap(List::stream).distinct().toList());
        List<String> reasons = new ArrayList<>();
        if (windows.isEmpty()) {
            reasons.add("There are no windows to verify.");
        }
        runs.forEach(
                (window, ids) -> {
                    String reason = reason(window, ids, entries);
                    if (reason != null) {
                        reasons.add(reason);
                    }
                });
        int complete = windows.isEmpty() ? 0 : runs.size() - reasons.size();
        Rows rows = entries.values().stream().map(RunEntry::rows).reduce(Rows.NONE, Rows::plus);
        double percent = rows.quarantinedPercent();
        if (percent > mostQuarantinedPercent) {
            reasons.addFirst(
                    String.format(
                            Locale.ROOT,
                            "%,d of %,d rows are quarantined, %.1f %%; at most %.1f %% may be. Look at quarantine/ for the rules.",
                            rows.quarantined(),
                            rows.extracted(),
                            percent,
                            mostQuarantinedPercent));
        }
        return new Verified(
                reasons.isEmpty(), shortened(reasons), runs.size(), complete, rows, percent);
    }

    private static List<RunId> runs(Window window, int retries) {
        List<RunId> runs = new ArrayList<>(List.of(window.runId()));
        for (int i = 0; i < retries; i++) {
            runs.add(Window.again(runs.getLast()));
        }
        return runs;
    }

    private static @Nullable String reason(
            Window window, List<RunId> runs, Map<RunId, RunEntry> entries) {
        List<RunEntry> known = runs.stream().map(entries::get).filter(Objects::nonNull).toList();
        if (known.isEmpty()) {
            return "%s to %s: run %s never reached the warehouse."
                    .formatted(window.from(), window.until(), window.runId());
        }
        if (known.stream()
                .anyMatch(
                        run ->
                                run.status() == RunStatus.COMPLETE
                                        && run.balanced()
                                        && run.source().equals(window.source()))) {
            return null;
        }
        RunId last = runs.stream().filter(entries::containsKey).toList().getLast();
        RunEntry entry = known.getLast();
        if (!entry.source().equals(window.source())) {
            return "%s to %s: run %s is one of source '%s'."
                    .formatted(window.from(), window.until(), last, entry.source());
        }
        return switch (entry.status()) {
            case OPEN, UNKNOWN ->
                    "%s to %s: run %s is not closed yet."
                            .formatted(window.from(), window.until(), last);
            case INCOMPLETE, COMPLETE ->
                    "%s to %s: run %s is incomplete (%s)."
                            .formatted(
                                    window.from(),
                                    window.until(),
                                    last,
                                    entry.problems().isEmpty()
                                            ? "its ledger does not balance"
                                            : String.join(", ", entry.problems()));
        };
    }

    private static List<String> shortened(List<String> reasons) {
        if (reasons.size() <= MOST_REASONS) {
            return reasons;
        }
        List<String> some = new ArrayList<>(reasons.subList(0, MOST_REASONS));
        some.add("and %,d more".formatted(reasons.size() - MOST_REASONS));
        return some;
    }
}
