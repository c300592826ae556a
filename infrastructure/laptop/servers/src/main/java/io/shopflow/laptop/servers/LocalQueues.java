package io.shopflow.laptop.servers;

import io.shopflow.laptop.files.SecretFile;
import io.shopflow.laptop.files.StackException;
import io.shopflow.laptop.process.ChildProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * A real SQS protocol server in a data folder, on 127.0.0.1, as a separate process. ElasticMQ does
 * not check signatures, so the address protects the server: a part of its path is random and stored
 * in the data folder. Requests to other paths get a 404.
 */
public final class LocalQueues extends LocalServer {

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

    private final URI endpoint;

    private LocalQueues(ServerFolder folder, ChildProcess process, URI endpoint) {
        super(folder, process);
        this.endpoint = endpoint;
    }

    /**
     * Starts a server and waits until it answers. Messages in the folder are kept.
     *
     * @param port 0 takes a free one
     * @throws StackException with what to do about it
     */
    public static LocalQueues start(Path dataFolder, int port, List<Queue> queues) {
        return ServerFolder.start(
                NAME,
                dataFolder,
                folder -> {
                    LocalPorts.checkFree(port, NAME);
                    return startServer(folder, port, queues);
                });
    }

    private static LocalQueues startServer(ServerFolder folder, int wantedPort, List<Queue> queues)
            throws IOException, InterruptedException {
        for (int attempt = 1; ; attempt++) {
            int port = wantedPort == 0 ? LocalPorts.free() : wantedPort;
            Path configuration = folder.resolve("queues.conf");
            String secretPath = secretPath(folder.path());
            Files.writeString(configuration, configuration(folder, port, secretPath, queues));
            URI endpoint = endpoint(port, secretPath);
            Files.deleteIfExists(folder.resolve(LOG));
            try {
                List<String> command =
                        new JavaServer(
                                        "queue-server",
                                        List.of("-Xmx192m", "-Dconfig.file=" + configuration),
                                        "org.elasticmq.server.Main")
                                .command();
                return new LocalQueues(
                        folder,
                        folder.launch(command, LOG).awaitReady(() -> answers(endpoint, queues)),
                        endpoint);
            } catch (StackException e) {
                // Another process may have taken the free port meanwhile.
                if (wantedPort != 0
                        || attempt == ATTEMPTS
                        || !ChildProcess.tail(folder.resolve(LOG))
                                .contains("Address already in use")) {
                    throw e;
                }
            }
        }
    }

    private static String configuration(
            ServerFolder folder, int port, String secretPath, List<Queue> queues) {
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

    private static String secretPath(Path dataFolder) {
        return SecretFile.hexadecimal(dataFolder.resolve(PATH_FILE));
    }

    /** The address of a queue. */
    public URI queueUrl(String name) {
        return URI.create(endpoint + "/000000000000/" + name);
    }

    /**
     * A queue with a dead-letter queue named {@code <name>-dead-letters}.
     *
     * @param maxReceives receives after which a message goes to the dead letters
     */
    public record Queue(String name, Duration visibilityTimeout, int maxReceives) {}
}
