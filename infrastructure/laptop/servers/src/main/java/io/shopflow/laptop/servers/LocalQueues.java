package io.shopflow.laptop.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;

/**
 * A real SQS protocol server in a data folder, on 127.0.0.1, as a separate process. ElasticMQ does
 * not check signatures, so the address protects the server: a part of its path is random and stored
 * in the data folder. Requests to other paths get a 404.
 */
public final class LocalQueues implements AutoCloseable {

    private static final String NAME = "SQS";
    private static final String LOG = "queues.log";
    private static final String DEAD_LETTERS = "-dead-letters";
    private static final String PATH_FILE = "secret-path";
    private static final int ATTEMPTS = 5;
    private static final HttpClient CLIENT =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(Duration.ofSeconds(1))
                    .build();

    private final DataFolder folder;
    private final ServerProcess process;
    private final URI endpoint;

    private LocalQueues(DataFolder folder, ServerProcess process, URI endpoint) {
        this.folder = folder;
        this.process = process;
        this.endpoint = endpoint;
    }

    /**
     * Starts a server and waits until it answers. Messages in the folder are kept.
     *
     * @param port 0 takes a free one
     * @throws ServerStartException with what to do about it
     */
    public static LocalQueues start(Path dataFolder, int port, List<Queue> queues) {
        DataFolder folder = DataFolder.open(dataFolder, NAME);
        try {
            if (port != 0) {
                LocalPorts.checkFree(port, NAME);
            }
            return startServer(folder, port, queues);
        } catch (IOException e) {
            folder.close();
            throw new ServerStartException(NAME + " cannot be started: " + e.getMessage(), e);
        } catch (RuntimeException e) {
            folder.close();
            throw e;
        }
    }

    private static LocalQueues startServer(DataFolder folder, int wantedPort, List<Queue> queues)
            throws IOException {
        for (int attempt = 1; ; attempt++) {
            int port = wantedPort == 0 ? LocalPorts.free() : wantedPort;
            Path configuration = folder.resolve("queues.conf");
            String secretPath = secretPath(folder.path());
            Files.writeString(configuration, configuration(folder, port, secretPath, queues));
            URI endpoint = endpoint(port, secretPath);
            folder.delete(LOG);
            try {
                ServerProcess process =
                        new JavaServer(
                                        "queue-server",
                                        List.of("-Xmx192m", "-Dconfig.file=" + configuration),
                                        "io.shopflow.laptop.queue.QueueServer")
                                .start(
                                        NAME,
                                        List.of(),
                                        folder,
                                        LOG,
                                        () -> answers(endpoint, queues));
                return new LocalQueues(folder, process, endpoint);
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

    private static String configuration(
            DataFolder folder, int port, String secretPath, List<Queue> queues) {
        StringBuilder text = new StringBuilder();
        text.append(
                """
                include classpath("reference.conf")
                node-address { protocol = http, host = "127.0.0.1", port = %1$d, context-path = "%3$s" }
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
                                                + ";WRITE_DELAY=0"),
                                secretPath));
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

    /** Checks the queues, since the server listens before it has created them. */
    private static boolean answers(URI endpoint, List<Queue> queues) {
        try {
            for (Queue queue : queues) {
                if (!exists(endpoint, queue.name())
                        || !exists(endpoint, queue.name() + DEAD_LETTERS)) {
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

    private static boolean exists(URI endpoint, String queue)
            throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(endpoint)
                        .timeout(Duration.ofSeconds(5))
                        .header("Content-Type", "application/x-amz-json-1.0")
                        .header("X-Amz-Target", "AmazonSQS.GetQueueUrl")
                        .POST(
                                HttpRequest.BodyPublishers.ofString(
                                        "{\"QueueName\":" + quoted(queue) + "}"))
                        .build();
        return CLIENT.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
    }

    /** Its address. Any access key and secret are accepted. */
    public URI endpoint() {
        return endpoint;
    }

    /** The address of the server in a data folder, which may not run yet. */
    public static URI endpoint(Path dataFolder, int port) {
        try {
            Files.createDirectories(dataFolder);
            return endpoint(port, secretPath(dataFolder));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static URI endpoint(int port, String secretPath) {
        return URI.create("http://127.0.0.1:" + port + "/" + secretPath);
    }

    private static synchronized String secretPath(Path dataFolder) throws IOException {
        Path file = dataFolder.resolve(PATH_FILE);
        if (!Files.exists(file)) {
            byte[] random = new byte[16];
            new SecureRandom().nextBytes(random);
            Path next = Files.createTempFile(dataFolder, PATH_FILE, ".next");
            Files.writeString(next, HexFormat.of().formatHex(random));
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
        }
        return Files.readString(file);
    }

    /** The address of a queue. */
    public URI queueUrl(String name) {
        return URI.create(endpoint + "/000000000000/" + name);
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
     * A queue with a dead-letter queue named {@code <name>-dead-letters}.
     *
     * @param maxReceives receives after which a message goes to the dead letters
     */
    public record Queue(String name, Duration visibilityTimeout, int maxReceives) {}
}
