package io.shopflow.local.s3;

import com.adobe.testing.s3mock.s3.model.S3ObjectMetadata;
import io.shopflow.local.s3.Settings.Notification;
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
import tools.jackson.databind.json.JsonMapper;

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

    private final List<Notification> notifications;
    private final HttpClient client;
    private final Clock clock;
    private final JsonMapper json = new JsonMapper();
    private final AtomicLong sequence;

    ObjectCreatedEvents(List<Notification> notifications, HttpClient client, Clock clock) {
        this.notifications = notifications;
        this.client = client;
        this.clock = clock;
        // Later puts must have greater sequencers, over restarts too.
        this.sequence = new AtomicLong(clock.millis() << 20);
    }

    /** Whether anybody wants to hear of this key. */
    boolean cover(String key) {
        return notifications.stream().anyMatch(notification -> notification.covers(key));
    }

    /**
     * Sends the events of an object; when this returns, the queues have them.
     *
     * @throws IOException when a queue cannot be reached for some seconds
     */
    void send(String bucket, S3ObjectMetadata object, String eventName) throws IOException {
        for (int n = 0; n < notifications.size(); n++) {
            if (notifications.get(n).covers(object.getKey())) {
                send(
                        notifications.get(n).queueUrl(),
                        event("notification-" + n, bucket, object, eventName));
            }
        }
    }

    private String event(
            String configuration, String bucket, S3ObjectMetadata object, String eventName) {
        Map<String, Object> entity = new TreeMap<>();
        // S3 encodes keys as forms do: a space is a plus.
        entity.put("key", URLEncoder.encode(object.getKey(), StandardCharsets.UTF_8));
        entity.put("size", Long.parseLong(object.getSize()));
        entity.put("eTag", unquoted(object.getEtag()));
        entity.put("sequencer", String.format(Locale.ROOT, "%016X", sequence.incrementAndGet()));
        if (object.getVersionId() != null) {
            entity.put("versionId", object.getVersionId());
        }
        return json.writeValueAsString(
                Map.of(
                        "Records",
                        List.of(
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
                                        eventName,
                                        "s3",
                                        Map.of(
                                                "s3SchemaVersion",
                                                "1.0",
                                                "configurationId",
                                                configuration,
                                                "bucket",
                                                Map.of(
                                                        "name",
                                                        bucket,
                                                        "arn",
                                                        "arn:aws:s3:::" + bucket),
                                                "object",
                                                entity)))));
    }

    private static String unquoted(@Nullable String entityTag) {
        return entityTag == null ? "" : entityTag.replace("\"", "");
    }

    private void send(URI queueUrl, String message) throws IOException {
        HttpRequest request =
                HttpRequest.newBuilder(queueUrl.resolve(".."))
                        .timeout(PATIENCE_OF_A_TRY)
                        .header("Content-Type", "application/x-amz-json-1.0")
                        .header("X-Amz-Target", "AmazonSQS.SendMessage")
                        .POST(
                                HttpRequest.BodyPublishers.ofString(
                                        json.writeValueAsString(
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
