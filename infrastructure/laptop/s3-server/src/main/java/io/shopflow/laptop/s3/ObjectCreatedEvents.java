package io.shopflow.laptop.s3;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.shopflow.laptop.s3.Settings.Notification;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Sends object-created events as S3 does.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html">Event
 *     message structure</a>
 */
final class ObjectCreatedEvents {

    /** A queue server that died is started again meanwhile; clients of S3 wait for 30 seconds. */
    private static final Duration PATIENCE = Duration.ofSeconds(25);

    private static final Duration PATIENCE_OF_A_TRY = Duration.ofSeconds(10);
    private static final Duration PAUSE = Duration.ofMillis(200);

    private static final ObjectMapper JSON = new ObjectMapper();

    private final String bucket;
    private final List<Notification> notifications;
    private final HttpClient client;
    private final Clock clock;
    private final AtomicLong sequence;

    ObjectCreatedEvents(
            String bucket, List<Notification> notifications, HttpClient client, Clock clock) {
        this.bucket = bucket;
        this.notifications = notifications;
        this.client = client;
        this.clock = clock;
        // Later puts must have greater sequencers, over restarts too.
        this.sequence = new AtomicLong(clock.millis() << 20);
    }

    /** Whether a put of this key sends an event. */
    boolean cover(String key) {
        return notifications.stream().anyMatch(notification -> notification.covers(key));
    }

    /**
     * Sends the events of an object; when this returns, the queues have them.
     *
     * @throws IOException when a queue cannot be reached for some seconds
     */
    void send(StoredObject object) throws IOException {
        for (int n = 0; n < notifications.size(); n++) {
            if (notifications.get(n).covers(object.key())) {
                send(notifications.get(n).queueUrl(), event("notification-" + n, object));
            }
        }
    }

    private String event(String configuration, StoredObject object) throws JsonProcessingException {
        Map<String, Object> entity = new TreeMap<>();
        // S3 encodes keys as forms do: a space is a plus.
        entity.put("key", URLEncoder.encode(object.key(), StandardCharsets.UTF_8));
        entity.put("size", object.size());
        entity.put("eTag", object.entityTag());
        entity.put("sequencer", String.format(Locale.ROOT, "%016X", sequence.incrementAndGet()));
        Map<String, Object> s3 =
                Map.of(
                        "s3SchemaVersion",
                        "1.0",
                        "configurationId",
                        configuration,
                        "bucket",
                        Map.of("name", bucket, "arn", "arn:aws:s3:::" + bucket),
                        "object",
                        entity);
        Map<String, Object> event =
                Map.of(
                        "eventVersion",
                        "2.1",
                        "eventSource",
                        "aws:s3",
                        "awsRegion",
                        "us-east-1",
                        "eventTime",
                        clock.instant().toString(),
                        "eventName",
                        object.event(),
                        "s3",
                        s3);
        return JSON.writeValueAsString(Map.of("Records", List.of(event)));
    }

    private void send(URI queueUrl, String message) throws IOException {
        HttpRequest request =
                HttpRequest.newBuilder(queueUrl.resolve(".."))
                        .timeout(PATIENCE_OF_A_TRY)
                        .header("Content-Type", "application/x-amz-json-1.0")
                        .header("X-Amz-Target", "AmazonSQS.SendMessage")
                        .POST(
                                HttpRequest.BodyPublishers.ofString(
                                        JSON.writeValueAsString(
                                                Map.of(
                                                        "QueueUrl",
                                                        queueUrl.toString(),
                                                        "MessageBody",
                                                        message))))
                        .build();
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            IOException failure = attempt(request);
            if (failure == null) {
                return;
            }
            if (System.nanoTime() > deadline) {
                throw failure;
            }
            try {
                Thread.sleep(PAUSE);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw failure;
            }
        }
    }

    private @Nullable IOException attempt(HttpRequest request) {
        try {
            HttpResponse<String> answer =
                    client.send(request, HttpResponse.BodyHandlers.ofString());
            return answer.statusCode() == 200
                    ? null
                    : new IOException(
                            "the queue answered " + answer.statusCode() + " " + answer.body());
        } catch (IOException e) {
            return e;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new IOException("interrupted", e);
        }
    }
}
