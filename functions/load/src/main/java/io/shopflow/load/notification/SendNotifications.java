package io.shopflow.load.notification;

import io.shopflow.core.lake.ObjectStore;
import io.shopflow.core.run.RunId;
import java.sql.SQLException;
import java.util.Map;
import org.jboss.logging.Logger;

/** Sends the notifications that are due, by putting each into the data bucket. */
public final class SendNotifications {

    private static final Logger LOG = Logger.getLogger(SendNotifications.class);

    /** In one call. Newest first, so one that always fails does not hold up those after it. */
    private static final int AT_A_TIME = 10;

    private final DueNotifications due;
    private final ObjectStore store;
    private final NotificationText text;
    private final Outcome outcome;

    /** Receives the result of each attempt to send one. */
    @FunctionalInterface
    public interface Outcome {

        /** It was sent, or stays due. */
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
     * Sends what is due. Never throws: a notification that cannot be sent must not make the load
     * fail that closed the run. It is logged, counted and stays due.
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

    /** If the object exists, the process was killed before the row was marked. */
    private void put(ClosedRun closed) {
        store.putIfAbsent(
                NotificationText.key(closed), text.json(closed), "application/json", Map.of());
    }
}
