package io.shopflow.laptop.supervisor;

import io.shopflow.core.run.ExtractRequest;
import io.shopflow.core.run.RunId;
import io.shopflow.laptop.runs.RunDatabase.DatabaseUnavailableException;
import io.shopflow.laptop.supervisor.StackParts.Layer;
import java.time.Duration;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/** The runs of the simulated shop: one at the start, then one after each interval. */
final class DemoRuns {

    private static final Logger LOG = Logger.getLogger(DemoRuns.class);
    private static final Duration LOOK = Duration.ofMillis(200);

    private final StackClients clients;
    private final StackParts parts;

    DemoRuns(StackClients clients, StackParts parts) {
        this.clients = clients;
        this.parts = parts;
    }

    /** Requests a run, unless one is in progress. */
    void request() {
        if (clients.requests().pending().stream()
                .noneMatch(request -> request.source().equals(DemoShop.SOURCE))) {
            clients.requests()
                    .submit(new ExtractRequest(DemoShop.SOURCE, RunId.create(), null, null, false));
        }
    }

    /** Waits until the shop has been extracted once. */
    void awaitFirst(StartSteps steps, Consumer<String> announcements) throws InterruptedException {
        if (isExtracted()) {
            return;
        }
        announcements.accept("  the simulated shop is extracted for the first time");
        steps.take(
                "its first extraction to be loaded",
                "its first extraction is loaded",
                () -> {
                    while (!isExtracted()) {
                        parts.checkOpenFor(LOOK);
                    }
                    return true;
                });
    }

    private boolean isExtracted() {
        try {
            return clients.database()
                    .read(ledger -> ledger.newestClosed(DemoShop.SOURCE))
                    .isPresent();
        } catch (DatabaseUnavailableException e) {
            LOG.debug("it is being started again", e);
            return false;
        }
    }

    /** Requests a run after each interval, unless a requested one is in progress. */
    void repeat(Schedule schedule, Duration interval) {
        parts.add(
                Layer.EVENTS,
                schedule.every(
                        DemoShop.SOURCE,
                        interval,
                        () -> {
                            if (clients.requests().underWay(clients.failures()).isEmpty()) {
                                request();
                            }
                        }));
    }
}
