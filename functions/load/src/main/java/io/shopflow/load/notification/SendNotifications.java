package io.shopflow.load.notification;

import io.shopflow.core.lake.ObjectStore;
import io.shopflow.core.run.RunId;
import java.sql.SQLException;
import java.util.Map;
import java.util.function.IntConsumer;
import org.jboss.logging.Logger;

/** Sends the notifications that are due, by putting each into the data bucket. */
public final class SendNotifications {

    private static final Logger LOG = Logger.getLogger(SendNotifications.class);

    /** The most that one call sends, so that a message does not take long if all of them fail. */
    private static final int AT_A_TIME = 10;

    private final DueNotifications due;
    private final ObjectStore store;
    private final NotificationText text;
    private final IntConsumer failures;

    /**
     * Puts objects into this store.
     *
     * @param failures receives how many notifications each call of {@link #send} could not send
     */
    public SendNotifications(
            DueNotifications due, ObjectStore store, NotificationText text, IntConsumer failures) {
        this.due = due;
        this.store = store;
        this.text = text;
        this.failures = failures;
    }

    /**
     * Sends notifications that are due. One that cannot be sent must not fail the message that
     * closed its run: it is logged and counted, and stays due.
     */
    public void send() {
        int failed = 0;
        try {
            for (RunId runId : due.some(AT_A_TIME)) {
                if (!isSent(runId)) {
                    failed++;
                }
            }
        } catch (SQLException e) {
            LOG.error("due_notifications_not_read", e);
            failed++;
        }
        failures.accept(failed);
    }

    /** Sends a notification, unless another process does; false if it stays due. */
    private boolean isSent(RunId runId) {
        try {
            due.send(runId, this::put)
                    .ifPresent(
                            closed ->
                                    LOG.infof(
                                            "notification_sent key=%s",
                                            NotificationText.key(closed)));
            return true;
        } catch (SQLException | RuntimeException e) {
            LOG.errorf(e, "notification_failed notified_run_id=%s", runId);
            return false;
        }
    }

    /** Leaves an existing object as it is: an earlier attempt put it, but did not mark its row. */
    private void put(RunNotification closed) {
        store.putIfAbsent(
                NotificationText.key(closed), text.json(closed), "application/json", Map.of());
    }
}
