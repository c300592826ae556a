package io.shopflow.load.notification;

import io.shopflow.core.lake.ObjectStore;
import io.shopflow.core.run.RunId;
import java.sql.SQLException;
import java.util.Map;
import org.jboss.logging.Logger;

/** Sends the notifications that are due, by putting each into the data bucket. */
public final class SendNotifications {

    private static final Logger LOG = Logger.getLogger(SendNotifications.class);

    /**
     * The most that one call sends. The newest are sent first, so that some that always fail do not
     * delay later ones.
     */
    private static final int AT_A_TIME = 10;

    private final DueNotifications due;
    private final ObjectStore store;
    private final NotificationText text;
    private final Outcome outcome;

    /** Receives the result of each attempt to send a notification. */
    @FunctionalInterface
    public interface Outcome {

        /** The notification of this run was sent; else it stays due. */
        void report(RunId runId, boolean sent);
    }

    /** Puts objects into this store. */
    public SendNotifications(
            DueNotifications due, ObjectStore store, NotificationText text, Outcome outcome) {
        this.due = due;
        this.store = store;
        this.text = text;
        this.outcome = outcome;
    }

    /**
     * Sends the newest notifications that are due. One that cannot be sent must not fail the
     * message that closed its run: it is logged and counted, and stays due. If the database cannot
     * say which are due, that is logged, but not counted.
     */
    public void send() {
        try {
            due.newest(AT_A_TIME).forEach(this::send);
        } catch (SQLException e) {
            LOG.error("notifications_unknown", e);
        }
    }

    private void send(RunId runId) {
        try {
            due.send(runId, this::put)
                    .ifPresent(
                            closed -> {
                                LOG.infof("notification_sent key=%s", NotificationText.key(closed));
                                outcome.report(runId, true);
                            });
        } catch (SQLException | RuntimeException e) {
            LOG.errorf(e, "notification_failed notified_run_id=%s", runId);
            outcome.report(runId, false);
        }
    }

    /** Leaves an existing object as it is: an earlier attempt put it, but did not mark its row. */
    private void put(ClosedRun closed) {
        store.putIfAbsent(
                NotificationText.key(closed), text.json(closed), "application/json", Map.of());
    }
}
