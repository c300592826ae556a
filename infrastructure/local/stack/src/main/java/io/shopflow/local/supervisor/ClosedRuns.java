package io.shopflow.local.supervisor;

import io.shopflow.core.run.ExtractRequest;
import io.shopflow.core.run.RunId;
import io.shopflow.local.runs.LedgerRow;
import io.shopflow.local.runs.RunDatabase;
import io.shopflow.local.runs.RunRequests;
import io.shopflow.local.runs.RunSummary;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Tells of runs that end: of those that brought something, and of a source that begins to fail. */
final class ClosedRuns {

    private final RunDatabase database;
    private final RunRequests requests;
    private final Consumer<String> announcements;
    private final Map<String, String> lastStatus = new HashMap<>();

    ClosedRuns(RunDatabase database, RunRequests requests, Consumer<String> announcements) {
        this.database = database;
        this.requests = requests;
        this.announcements = announcements;
    }

    /** Looks at each run that was asked for. */
    void look() {
        for (ExtractRequest request : requests.pending()) {
            RunId runId = request.runId();
            if (runId != null) {
                Optional<RunSummary> run = database.run(runId).filter(RunSummary::closed);
                if (run.isPresent()) {
                    requests.forget(runId);
                    tell(run.get());
                }
            }
        }
    }

    private void tell(RunSummary run) {
        List<LedgerRow> ledger = database.ledger(run.runId());
        long rows = ledger.stream().mapToLong(LedgerRow::extracted).sum();
        long inserted = ledger.stream().mapToLong(LedgerRow::inserted).sum();
        long updated = ledger.stream().mapToLong(LedgerRow::updated).sum();
        String before = lastStatus.put(run.source(), run.status());
        boolean turned = before != null && !before.equals(run.status());
        if (inserted + updated == 0 && !turned && (run.complete() || before != null)) {
            return;
        }
        announcements.accept(
                String.format(
                        Locale.ROOT,
                        "%s: run %s is %s: %,d rows extracted, %,d inserted, %,d updated",
                        run.source(),
                        run.runId(),
                        run.status(),
                        rows,
                        inserted,
                        updated));
    }
}
