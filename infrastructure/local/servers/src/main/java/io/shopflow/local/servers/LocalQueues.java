package io.shopflow.local.servers;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A real SQS protocol server in a data folder, on 127.0.0.1, as a process of its own. */
public final class LocalQueues implements AutoCloseable {

    private LocalQueues() {}

    /**
     * Starts a server and waits until it answers. Messages in the folder are kept.
     *
     * @param port 0 takes a free one
     */
    public static LocalQueues start(Path dataFolder, int port, List<Queue> queues) {
        throw new IllegalStateException("not yet: " + dataFolder + port + queues);
    }

    /** Its address. Any access key and secret will do. */
    public URI endpoint() {
        return URI.create("http://127.0.0.1");
    }

    /** The address of a queue. */
    public URI queueUrl(String name) {
        return endpoint().resolve("/000000000000/" + name);
    }

    @Override
    public void close() {}

    /**
     * A queue with a dead-letter queue named {@code <name>-dead-letters} behind it.
     *
     * @param maxReceives after so many receives a message goes to the dead letters
     */
    public record Queue(String name, Duration visibilityTimeout, int maxReceives) {}
}
