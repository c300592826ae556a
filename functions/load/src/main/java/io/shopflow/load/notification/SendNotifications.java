package io.shopflow.load.notification;

import io.shopflow.core.lake.ObjectStore;
import io.shopflow.core.run.RunId;
import java.sql.SQLException;
import java.util.Map;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Sends the notifications that are due, by putting each into the data bucket. */
public final class SendNotifications {

    private static final Logger LOG = Logger.getLogger(SendNotifications.class);

    /** The most that one call sends, so that a message does not take long if all of them fail. */
    private static final int AT_A_TIME = 10;

    private final DueNotifications due;
    private final ObjectStore store;
    private final NotificationText text;
    private final SendListener listener;

    /** Receives the result of each attempt to send a notification. */
    @FunctionalInterface
    public interface SendListener {

        /**
         * Reports an attempt.
         *
         * @param runId the run; null if the database did not return which notifications are due
         * @param sent false if it stays due
         */
        void report(@Nullable RunId runId, boolean sent);
    }

    /** Puts objects into this store. */
    public SendNotifications(
            DueNotifications due, ObjectStore store, NotificationText text, SendListener listener) {
        this.due = due;
        this.store = store;
        this.text = text;
        this.listener = listener;
    }

    /**
     * Sends notifications that are due. One that cannot be sent must not fail the message that
     * closed its run: it is logged and counted, and stays due.
     */
    public void send() {
        try {
            due.some(AT_A_TIME).forEach(this::send);
        } catch (SQLException e) {
            LOG.error("due_notifications_not_read", e);
            listener.report(null, false);
        }
    }

    private void send(RunId runId) {
        try {
            due.send(runId, this::put)
                    .ifPresent(
                            closed -> {
                                LOG.infof("notification_sent key=%s", NotificationText.key(closed));
                                listener.report(runId, true);
                            });
        } catch (SQLException | RuntimeException e) {
            LOG.errorf(e, "notification_failed notified_run_id=%s", runId);
            listener.report(runId, false);
        }
    }

    /** Leaves an existing object as it is: an earlier attempt put it, but did not mark its row. */
    private void put(RunNotification closed) {
        store.putIfAbsent(
                NotificationText.key(closed), text.json(closed), "application/json", Map.of());
    }
}
