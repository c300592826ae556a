package io.shopflow.laptop.s3;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.shopflow.laptop.callers.AccessKeys;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The settings of the server, in a JSON file.
 *
 * @param port 0 takes a free one
 * @param root the folder of the bucket
 * @param portFile to which the server writes its port once it answers
 * @param bucket created if missing
 * @param calls the file to which each call is written once; null if calls are not recorded
 * @param keys with which calls must be signed; null if any program may call
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record S3Settings(
        int port,
        Path root,
        Path portFile,
        String bucket,
        List<Notification> notifications,
        @Nullable Path calls,
        @Nullable AccessKeys keys) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Copies the list. */
    public S3Settings {
        notifications = List.copyOf(notifications);
    }

    /**
     * Sends {@code s3:ObjectCreated:*} events of keys with this prefix and suffix to a queue,
     * before the response to the put: at least once, like S3.
     *
     * @param queueUrl of an SQS-compatible queue
     */
    public record Notification(String prefix, String suffix, URI queueUrl) {

        boolean covers(String key) {
            return key.startsWith(prefix) && key.endsWith(suffix);
        }
    }

    /** Writes the file, which {@link S3Server} reads. */
    public void write(Path file) throws IOException {
        JSON.writeValue(file.toFile(), this);
    }

    static S3Settings read(Path file) throws IOException {
        return JSON.readValue(file.toFile(), S3Settings.class);
    }
}
