package io.shopflow.laptop.s3;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.shopflow.laptop.s3.Bucket.DueEvent;
import io.shopflow.laptop.s3.S3Settings.Notification;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Sends object-created events like S3: with the put, and later those that an earlier attempt or
 * process did not send.
 */
final class ObjectCreatedEvents implements AutoCloseable {

    private static final Logger LOG = System.getLogger(ObjectCreatedEvents.class.getName());
    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * Long enough for a queue server that died to be started again; clients of S3 wait for 30
     * seconds.
     */
    static final Duration PATIENCE = Duration.ofSeconds(25);

    private static final Duration PATIENCE_OF_A_TRY = Duration.ofSeconds(10);
    private static final Duration PAUSE = Duration.ofMillis(200);

    /** The put's own attempt ends that long after its patience. */
    private static final Duration MARGIN = Duration.ofSeconds(5);

    private final String bucketName;
    private final Bucket bucket;
    private final List<Notification> notifications;
    private final Duration patience;
    private final HttpClient client =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(Duration.ofSeconds(1))
                    .build();
    private final Clock clock;
    private final AtomicLong sequence;
    private final long startNanos = System.nanoTime();
    private final CountDownLatch closed = new CountDownLatch(1);

    /**
     * The events of a bucket.
     *
     * @param patience with a queue that cannot be reached, before the put is refused
     */
    ObjectCreatedEvents(
            String bucketName,
            Bucket bucket,
            List<Notification> notifications,
            Duration patience,
            Clock clock) {
        this.bucketName = bucketName;
        this.bucket = bucket;
        this.notifications = notifications;
        this.patience = patience;
        this.clock = clock;
        // Later puts must have greater sequencers, also after a restart.
        this.sequence = new AtomicLong(clock.millis() << 20);
    }

    /** Starts to send overdue events. */
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

    private void sendOverdue() throws InterruptedException {
        long now = System.nanoTime();
        long overdue = patience.plus(MARGIN).toNanos();
        for (DueEvent event : bucket.dueEvents()) {
            if (event.sinceNanos() < startNanos || now - event.sinceNanos() > overdue) {
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

    /** The event that a put of this key sends; null if it sends none. */
    @Nullable String of(String key) {
        return notifications.stream().anyMatch(notification -> notification.covers(key))
                ? ObjectCreatedEvent.PUT
                : null;
    }

    /**
     * Sends the event of an object that was put, if it has one.
     *
     * @throws S3Exception if a queue cannot be reached for some seconds; the event stays due
     */
    void send(StoredObject object) throws IOException {
        if (object.event() == null) {
            return;
        }
        try {
            sendNow(object);
        } catch (IOException | InterruptedException e) {
            if (e instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            }
            LOG.log(Level.WARNING, "event_not_sent key={0} cause={1}", object.key(), e.toString());
            throw new S3Exception(S3Error.QUEUE_UNAVAILABLE);
        }
    }

    private void sendNow(StoredObject object) throws IOException, InterruptedException {
        // An object that was deleted or replaced meanwhile has no event any more.
        if (object.equals(bucket.get(object.key()))) {
            for (int n = 0; n < notifications.size(); n++) {
                if (notifications.get(n).covers(object.key())) {
                    send(notifications.get(n).queueUrl(), event("notification-" + n, object));
                }
            }
        }
        bucket.eventSent(object);
    }

    private String event(String configuration, StoredObject object) {
        return new ObjectCreatedEvent(
                        bucketName,
                        configuration,
                        clock.instant(),
                        object.key(),
                        object.size(),
                        object.entityTag(),
                        sequence.incrementAndGet())
                .json();
    }

    private void send(URI queueUrl, String message) throws IOException, InterruptedException {
        HttpRequest request = request(queueUrl, message);
        long deadline = System.nanoTime() + patience.toNanos();
        while (true) {
            try {
                HttpResponse<String> answer =
                        client.send(request, HttpResponse.BodyHandlers.ofString());
                if (answer.statusCode() == 200) {
                    return;
                }
                throw new IOException(
                        "the queue answered " + answer.statusCode() + " " + answer.body());
            } catch (IOException e) {
                if (System.nanoTime() > deadline
                        || closed.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS)) {
                    throw e;
                }
            }
        }
    }

    private static HttpRequest request(URI queueUrl, String message)
            throws JsonProcessingException {
        return HttpRequest.newBuilder(queueUrl.resolve(".."))
                .timeout(PATIENCE_OF_A_TRY)
                .header("Content-Type", "application/x-amz-json-1.0")
                .header("X-Amz-Target", "AmazonSQS.SendMessage")
                .POST(
                        HttpRequest.BodyPublishers.ofString(
                                JSON.writeValueAsString(
                                        Map.of("QueueUrl", queueUrl, "MessageBody", message))))
                .build();
    }

    @Override
    public void close() {
        closed.countDown();
        client.shutdownNow();
    }
}
