package io.shopflow.laptop.s3;

import io.shopflow.laptop.s3.Bucket.DueEvent;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Sends the events of puts: at once, and later those that an earlier attempt or process left. */
final class DueEvents implements AutoCloseable {

    private static final Logger LOG = System.getLogger(DueEvents.class.getName());

    private static final String PUT = "ObjectCreated:Put";

    /** The put's own attempt has ended by then. */
    private static final Duration OVERDUE = Duration.ofSeconds(30);

    private final Bucket bucket;
    private final ObjectCreatedEvents events;
    private final long startNanos = System.nanoTime();
    private final CountDownLatch closed = new CountDownLatch(1);

    DueEvents(Bucket bucket, ObjectCreatedEvents events) {
        this.bucket = bucket;
        this.events = events;
    }

    void start() {
        Thread.ofPlatform().daemon().name("due events").start(this::repeat);
    }

    private void repeat() {
        try {
            do {
                sendOverdue();
            } while (!closed.await(1, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The event that a put of this key sends; null for none. */
    @Nullable String of(String key) {
        return events.cover(key) ? PUT : null;
    }

    /**
     * Sends the event of an object that was put, if it has one.
     *
     * @throws S3Exception when a queue cannot be reached for some seconds; the event stays due
     */
    void send(StoredObject object) throws IOException {
        if (object.event() == null) {
            return;
        }
        try {
            sendNow(object);
        } catch (IOException e) {
            LOG.log(Level.WARNING, "event_not_sent key={0} cause={1}", object.key(), e.toString());
            throw new S3Exception(S3Error.QUEUE_UNAVAILABLE);
        }
    }

    private void sendNow(StoredObject object) throws IOException {
        // An object that was deleted or replaced meanwhile has no event of its own any more.
        if (object.equals(bucket.get(object.key()))) {
            events.send(object);
        }
        bucket.eventSent(object);
    }

    private void sendOverdue() {
        long now = System.nanoTime();
        for (DueEvent event : bucket.dueEvents()) {
            if (event.sinceNanos() < startNanos || now - event.sinceNanos() > OVERDUE.toNanos()) {
                try {
                    sendNow(event.object());
                } catch (IOException e) {
                    LOG.log(
                            Level.WARNING,
                            "event_still_due key={0} cause={1}",
                            event.object().key(),
                            e.toString());
                    return;
                }
            }
        }
    }

    @Override
    public void close() {
        closed.countDown();
    }
}
