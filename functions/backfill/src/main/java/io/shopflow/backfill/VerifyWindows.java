package io.shopflow.backfill;

import io.shopflow.backfill.BackfillReply.VerifyReply;
import io.shopflow.core.run.RunId;
import io.shopflow.core.text.Counted;
import io.shopflow.ledger.Ledger;
import io.shopflow.ledger.RowCounts;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Verifies the windows of a backfill against the ledger alone. */
final class VerifyWindows {

    /** The most that fit into a notification. */
    private static final int MAX_REASONS = 20;

    private final Ledger ledger;
    private final double maxQuarantinedPercent;

    VerifyWindows(Ledger ledger, double maxQuarantinedPercent) {
        this.ledger = ledger;
        this.maxQuarantinedPercent = maxQuarantinedPercent;
    }

    VerifyReply verify(List<Window> windows, int retries) {
        Map<Window, List<RunId>> runs = new LinkedHashMap<>();
        windows.forEach(window -> runs.put(window, runs(window, retries)));
        Map<RunId, LoadedRun> loaded =
                LoadedRun.read(
                        ledger, runs.values().stream().flatMap(List::stream).distinct().toList());
        List<String> reasons = new ArrayList<>();
        if (windows.isEmpty()) {
            reasons.add("There are no windows to verify.");
        }
        runs.forEach(
                (window, ids) -> {
                    String reason = reason(window, ids, loaded);
                    if (reason != null) {
                        reasons.add(reason);
                    }
                });
        int complete = windows.isEmpty() ? 0 : runs.size() - reasons.size();
        RowCounts rows =
                loaded.values().stream()
                        .map(LoadedRun::rows)
                        .reduce(RowCounts.NONE, RowCounts::plus);
        double percent = rows.quarantinedPercent();
        if (percent > maxQuarantinedPercent) {
            reasons.addFirst(
                    String.format(
                            Locale.ROOT,
                            "%,d of %s quarantined: %.1f %%, more than the %.1f %% allowed. quarantine/ shows the rules.",
                            rows.quarantined(),
                            Counted.of(rows.extracted(), "row"),
                            percent,
                            maxQuarantinedPercent));
        }
        return new VerifyReply(
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
            Window window, List<RunId> runs, Map<RunId, LoadedRun> loaded) {
        List<LoadedRun> known = runs.stream().map(loaded::get).filter(Objects::nonNull).toList();
        if (known.isEmpty()) {
            return "%s to %s: run %s never reached the warehouse."
                    .formatted(window.from(), window.until(), window.runId());
        }
        if (known.stream()
                .anyMatch(
                        run ->
                                run.run().complete()
                                        && run.balanced()
                                        && run.run().source().equals(window.source()))) {
            return null;
        }
        LoadedRun last = known.getLast();
        String wrong;
        if (!last.run().source().equals(window.source())) {
            wrong = "one of source '%s'".formatted(last.run().source());
        } else if (!last.run().closed()) {
            wrong = "not closed yet";
        } else if (last.problems().isEmpty()) {
            wrong = "incomplete (its ledger does not balance)";
        } else {
            wrong = "incomplete (%s)".formatted(String.join(", ", last.problems()));
        }
        return "%s to %s: run %s is %s."
                .formatted(window.from(), window.until(), last.run().runId(), wrong);
    }

    private static List<String> shortened(List<String> reasons) {
        if (reasons.size() <= MAX_REASONS) {
            return reasons;
        }
        List<String> some = new ArrayList<>(reasons.subList(0, MAX_REASONS));
        some.add("and %,d more".formatted(reasons.size() - MAX_REASONS));
        return some;
    }
}
