package io.shopflow.local.s3;

import com.adobe.testing.s3mock.s3.model.BucketMetadata;
import com.adobe.testing.s3mock.s3.model.S3ObjectMetadata;
import com.adobe.testing.s3mock.s3.service.ObjectService;
import com.adobe.testing.s3mock.s3.store.BucketStore;
import io.shopflow.local.s3.KeyIndex.DueEvent;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The buckets, and what is to be done about their objects later. */
final class Lake implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Lake.class);

    /** So long a reader that has just looked up an object may take to open its content. */
    private static final Duration READERS_PATIENCE = Duration.ofMinutes(1);

    /** The put's own attempt to send its event has come to an end by then. */
    private static final Duration EVENT_OVERDUE = Duration.ofSeconds(10);

    private final Path root;
    private final StoredJson json;
    private final BucketStore buckets;
    private final ObjectService objects;
    private final ObjectCreatedEvents events;
    private @Nullable Thread chores;
    private final Queue<Discard> discards = new ConcurrentLinkedQueue<>();

    private record Discard(String bucket, UUID id, long afterNanos) {}

    Lake(
            Path root,
            StoredJson json,
            BucketStore buckets,
            ObjectService objects,
            ObjectCreatedEvents events) {
        this.root = root;
        this.json = json;
        this.buckets = buckets;
        this.objects = objects;
        this.events = events;
    }

    /**
     * Begins to send the events that an earlier process left due and those that get overdue, and to
     * delete what was to be discarded later.
     */
    void beginChores() {
        long start = System.nanoTime();
        chores = Thread.ofPlatform().daemon().name("chores").start(() -> repeatChores(start));
    }

    private void repeatChores(long start) {
        while (true) {
            try {
                for (BucketMetadata bucket : buckets.listBuckets()) {
                    sendDueEvents(bucket.getName(), start);
                }
                for (Discard discard = discards.peek();
                        discard != null && System.nanoTime() - discard.afterNanos() > 0;
                        discard = discards.peek()) {
                    discards.remove();
                    discard(discard.bucket(), discard.id());
                }
            } catch (RuntimeException e) {
                // A bucket may be deleted under our hands; the chores of the others go on.
                LOG.warn("chores_failed", e);
            }
            try {
                Thread.sleep(1000);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private void sendDueEvents(String bucket, long start) {
        KeyIndex keys = keys(bucket);
        if (keys == null) {
            return;
        }
        long now = System.nanoTime();
        for (DueEvent event : keys.dueEvents()) {
            if (event.sinceNanos() < start || now - event.sinceNanos() > EVENT_OVERDUE.toNanos()) {
                try {
                    send(bucket, keys, event.id(), event.key(), event.eventName());
                } catch (IOException e) {
                    LOG.warn("event_still_due key={} cause={}", event.key(), e.toString());
                    return;
                }
            }
        }
    }

    /** Sends the event of a key's object; when this returns, it is no longer due. */
    void send(String bucket, KeyIndex keys, UUID id, String key, String eventName)
            throws IOException {
        S3ObjectMetadata object = object(bucket, key);
        if (object != null) {
            events.send(bucket, object, eventName);
        }
        keys.eventSent(id);
    }

    /** The keys of a bucket; none where there is no such bucket. */
    @Nullable KeyIndex keys(String bucket) {
        return buckets.doesBucketExist(bucket)
                ? json.keys(folder(bucket).resolve(BucketStore.BUCKET_META_FILE))
                : null;
    }

    /** The object of a key; none where there is none. */
    @Nullable S3ObjectMetadata object(String bucket, String key) {
        return objects.getObject(bucket, key, null);
    }

    boolean isComplete(String bucket, UUID id) {
        return StoredObjects.isComplete(folder(bucket), id);
    }

    /** Deletes an object's folder that no key leads to any more, when nobody can be reading it. */
    void discardLater(String bucket, UUID id) {
        discards.add(new Discard(bucket, id, System.nanoTime() + READERS_PATIENCE.toNanos()));
    }

    /** Deletes an object's folder that no key leads to. */
    void discard(String bucket, UUID id) {
        try {
            StoredObjects.delete(folder(bucket), id);
        } catch (IOException e) {
            LOG.warn("not_discarded id={} cause={}", id, e.toString());
        }
    }

    private Path folder(String bucket) {
        return root.resolve(bucket);
    }

    /** Ends the chores; what is left of them is done after the next start. */
    @Override
    public void close() {
        if (chores != null) {
            chores.interrupt();
        }
    }
}
