package io.shopflow.local.servers;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A real SQS protocol server in a data folder, on 127.0.0.1, as a process of its own. */
public final class LocalQueues implements AutoCloseable {

    private static final String NAME = "SQS";
    private static final String LOG = "queues.log";
    private static final String DEAD_LETTERS = "-dead-letters";
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int ATTEMPTS = 5;
    private static final HttpClient CLIENT =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(Duration.ofSeconds(1))
                    .build();

    private final DataFolder folder;
    private final ServerProcess process;
    private final int port;

    private LocalQueues(DataFolder folder, ServerProcess process, int port) {
        this.folder = folder;
        this.process = process;
        this.port = port;
    }

    /**
     * Starts a server and waits until it answers. Messages in the folder are kept.
     *
     * @param port 0 takes a free one
     * @throws ServerStartException with what to do about it
     */
    public static LocalQueues start(Path dataFolder, int port, List<Queue> queues) {
        return start(dataFolder, port, queues, ServerStart.SERVING);
    }

    /**
     * The same, also for training.
     *
     * @throws ServerStartException with what to do about it
     */
    public static LocalQueues start(
            Path dataFolder, int port, List<Queue> queues, ServerStart start) {
        DataFolder folder = DataFolder.open(dataFolder, NAME);
        try {
            if (port != 0) {
                LocalPorts.checkFree(port, NAME);
            }
            return startServer(folder, port, queues, start);
        } catch (IOException e) {
            folder.close();
            throw new ServerStartException(NAME + " cannot be started: " + e.getMessage(), e);
        } catch (RuntimeException e) {
            folder.close();
            throw e;
        }
    }

    private static LocalQueues startServer(
            DataFolder folder, int wantedPort, List<Queue> queues, ServerStart start)
            throws IOException {
        for (int attempt = 1; ; attempt++) {
            int port = wantedPort == 0 ? LocalPorts.free() : wantedPort;
            Path configuration = folder.resolve("queues.conf");
            Files.writeString(configuration, configuration(folder, port, queues));
            folder.delete(LOG);
            ServerProcess process =
                    ServerProcess.start(
                            NAME,
                            new JavaServer(
                                    "queue-server",
                                    List.of("-Xmx192m", "-Dconfig.file=" + configuration),
                                    "io.shopflow.local.queue.QueueServer"),
                            List.of(),
                            start,
                            folder,
                            LOG);
            LocalQueues started = new LocalQueues(folder, process, port);
            try {
                process.awaitReady(() -> started.answers(queues), PATIENCE);
                return started;
            } catch (ServerStartException e) {
                // Another process may have taken the free port meanwhile.
                if (wantedPort != 0
                        || attempt == ATTEMPTS
                        || !folder.tail(LOG).contains("Address already in use")) {
                    throw e;
                }
            }
        }
    }

    private static String configuration(DataFolder folder, int port, List<Queue> queues) {
        StringBuilder text = new StringBuilder();
        text.append(
                """
                include classpath("reference.conf")
                node-address { protocol = http, host = "127.0.0.1", port = %1$d, context-path = "" }
                rest-sqs { enabled = true, bind-port = %1$d, bind-hostname = "127.0.0.1", sqs-limits = strict }
                rest-stats { enabled = false }
                messages-storage {
                  enabled = true
                  driver-class = "org.h2.Driver"
                  # No delay: a message that was acknowledged survives a kill -9.
                  uri = %2$s
                }
                queues {
                """
                        .formatted(
                                port,
                                quoted(
                                        "jdbc:h2:file:"
                                                + folder.resolve("messages")
                                                + ";WRITE_DELAY=0")));
        for (Queue queue : queues) {
            text.append(
                    """
                      %s {
                        defaultVisibilityTimeout = %d seconds
                        deadLettersQueue { name = %s, maxReceiveCount = %d }
                      }
                      %s { }
                    """
                            .formatted(
                                    quoted(queue.name()),
                                    queue.visibilityTimeout().toSeconds(),
                                    quoted(queue.name() + DEAD_LETTERS),
                                    queue.maxReceives(),
                                    quoted(queue.name() + DEAD_LETTERS)));
        }
        return text.append("}\n").toString();
    }

    private static String quoted(String value) {
        return '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    /** The server listens before it has made its queues. */
    private boolean answers(List<Queue> queues) {
        try {
            for (Queue queue : queues) {
                if (!exists(queue.name()) || !exists(queue.name() + DEAD_LETTERS)) {
                    return false;
                }
            }
            return true;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private boolean exists(String queue) throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(endpoint())
                        .timeout(Duration.ofSeconds(5))
                        .header("Content-Type", "application/x-amz-json-1.0")
                        .header("X-Amz-Target", "AmazonSQS.GetQueueUrl")
                        .POST(
                                HttpRequest.BodyPublishers.ofString(
                                        "{\"QueueName\":" + quoted(queue) + "}"))
                        .build();
        return CLIENT.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
    }

    /** Its address. Any access key and secret will do. */
    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + port);
    }

    /** The address of a queue. */
    public URI queueUrl(String name) {
        return endpoint().resolve("/000000000000/" + name);
    }

    /** Whether the server's process runs. */
    public boolean isAlive() {
        return process.isAlive();
    }

    /** The server's process id. */
    public long pid() {
        return process.pid();
    }

    /** Stops the server within seconds. */
    @Override
    public void close() {
        process.stop();
        folder.close();
    }

    /**
     * A queue with a dead-letter queue named {@code <name>-dead-letters} behind it.
     *
     * @param maxReceives after so many receives a message goes to the dead letters
     */
    public record Queue(String name, Duration visibilityTimeout, int maxReceives) {}
}
