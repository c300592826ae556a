package io.shopflow.local.servers;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;

/**
 * A real S3 protocol server (path style) in a data folder, on 127.0.0.1, as a process of its own.
 */
public final class LocalS3 implements AutoCloseable {

    private LocalS3() {}

    /**
     * Starts a server and waits until it answers. Data in the folder is kept.
     *
     * @param port 0 takes a free one
     * @param bucket created where missing
     * @param notifications object-created events by prefix; may be empty
     */
    public static LocalS3 start(
            Path dataFolder, int port, String bucket, List<Notification> notifications) {
        throw new IllegalStateException("not yet: " + dataFolder + port + bucket + notifications);
    }

    /** Its address. Any access key and secret will do. */
    public URI endpoint() {
        return URI.create("http://127.0.0.1");
    }

    @Override
    public void close() {}

    /**
     * Sends {@code s3:ObjectCreated:*} events of keys with this prefix and suffix to a queue,
     * before the put is answered: at least once, as S3 does.
     *
     * @param queueUrl of an SQS-compatible queue
     */
    public record Notification(String prefix, String suffix, URI queueUrl) {}
}
