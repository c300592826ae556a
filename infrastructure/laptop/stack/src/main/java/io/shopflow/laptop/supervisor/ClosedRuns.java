package io.shopflow.laptop.supervisor;

import io.shopflow.core.run.ExtractRequest;
import io.shopflow.core.run.RunId;
import io.shopflow.core.text.Counted;
import io.shopflow.laptop.runs.RunDatabase;
import io.shopflow.laptop.runs.RunDatabase.DatabaseUnavailableException;
import io.shopflow.laptop.runs.RunRequests;
import io.shopflow.ledger.RowCounts;
import io.shopflow.ledger.Run;
import io.shopflow.ledger.RunStatus;
import io.shopflow.ledger.StreamLedger;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/**
 * Removes the requests of runs that are closed, reports these runs: those with changes, and the
 * first failure of a source; and has their notifications written.
 */
final class ClosedRuns {

    private static final Logger LOG = Logger.getLogger(ClosedRuns.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final RunDatabase database;
    private final RunRequests requests;
    private final NotificationFiles notifications;
    private final Consumer<String> announcements;
    private final Map<String, RunStatus> lastStatus = new HashMap<>();

    ClosedRuns(
            RunDatabase database,
            RunRequests requests,
            NotificationFiles notifications,
            Consumer<String> announcements) {
        this.database = database;
        this.requests = requests;
        this.notifications = notifications;
        this.announcements = announcements;
    }

    /** Checks the requested runs periodically until the stack stops. */
    void watch(StackParts stack) {
        Thread.ofPlatform().daemon().name("closed runs").start(() -> repeat(stack));
    }

    private void repeat(StackParts stack) {
        try {
            while (true) {
                stack.checkOpenFor(PAUSE);
                try {
                    look();
                    notifications.write();
                } catch (DatabaseUnavailableException | UncheckedIOException e) {
                    LOG.debug("looking again in a moment", e);
                }
            }
        } catch (StackParts.StoppingException e) {
            LOG.debug("the stack stops", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void look() {
        for (ExtractRequest request : requests.pending()) {
            RunId runId = request.runId();
            if (runId != null) {
                Optional<Run> run = database.read(ledger -> ledger.run(runId)).filter(Run::closed);
                if (run.isPresent()) {
                    requests.forget(runId);
                    report(run.get());
                }
            }
        }
    }

    private void report(Run run) {
        RowCounts rows = StreamLedger.sum(database.read(ledger -> ledger.streams(run.runId())));
        RunStatus before = lastStatus.put(run.source(), run.status());
        boolean turned = before != null && before != run.status();
        if (rows.changed() == 0 && !turned && (run.complete() || before != null)) {
            return;
        }
        announcements.accept(
                String.format(
                        Locale.ROOT,
                        "%s: run %s is %s: %s extracted, %,d inserted, %,d updated",
                        run.source(),
                        run.runId(),
                        run.status().canonicalName(),
                        Counted.of(rows.extracted(), "row"),
                        rows.inserted(),
                        rows.updated()));
    }
}
