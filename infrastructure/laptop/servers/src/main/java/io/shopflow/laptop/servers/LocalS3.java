package io.shopflow.laptop.servers;

import io.shopflow.laptop.callers.AccessKeys;
import java.io.IOException;
import java.io.Writer;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Properties;

/** A real S3 protocol server (path style) in a data folder, on 127.0.0.1, as a separate process. */
public final class LocalS3 implements AutoCloseable {

    private static final String NAME = "S3";
    private static final String LOG = "s3.log";
    private static final String PORT_FILE = "port";

    private final DataFolder folder;
    private final ServerProcess process;
    private final int port;

    private LocalS3(DataFolder folder, ServerProcess process, int port) {
        this.folder = folder;
        this.process = process;
        this.port = port;
    }

    /**
     * Starts a server and waits until it answers. Data in the folder is kept.
     *
     * @param port 0 takes a free one
     * @param bucket created if missing
     * @param notifications object-created events by prefix; may be empty
     * @throws ServerStartException with what to do about it
     */
    public static LocalS3 start(
            Path dataFolder, int port, String bucket, List<Notification> notifications) {
        return start(dataFolder, port, bucket, notifications, Optional.empty(), Optional.empty());
    }

    /**
     * The same, with a file to which it writes each call once, as {@link AwsCalls} does.
     *
     * @param keys of permitted callers; empty: any program of this machine
     * @throws ServerStartException with what to do about it
     */
    public static LocalS3 start(
            Path dataFolder,
            int port,
            String bucket,
            List<Notification> notifications,
            Optional<Path> calls,
            Optional<AccessKeys> keys) {
        DataFolder folder = DataFolder.open(dataFolder, NAME);
        try {
            if (port != 0) {
                LocalPorts.checkFree(port, NAME);
            }
            folder.delete(PORT_FILE);
            Files.createDirectories(folder.resolve("objects"));
            Path settings = folder.resolve("s3.properties");
            try (Writer writer = Files.newBufferedWriter(settings)) {
                Properties properties = settings(folder, port, bucket, notifications);
                calls.ifPresent(file -> properties.setProperty("calls", file.toString()));
                keys.ifPresent(
                        known -> {
                            properties.setProperty("access-key-ids", String.join(",", known.ids()));
                            properties.setProperty("secret", known.secret());
                        });
                properties.store(writer, null);
            }
            ServerProcess process =
                    new JavaServer(
                                    "s3-server",
                                    List.of(
                                            "-Xmx128m",
                                            // Otherwise an answer in two packets is delayed by 40
                                            // ms.
                                            "-Dsun.net.httpserver.nodelay=true",
                                            // Longer than clients keep a connection.
                                            "-Dsun.net.httpserver.idleInterval=300"),
                                    "io.shopflow.laptop.s3.S3Server")
                            .start(
                                    NAME,
                                    List.of(settings.toString()),
                                    folder,
                                    LOG,
                                    () -> Files.exists(folder.resolve(PORT_FILE)));
            int actualPort = Integer.parseInt(Files.readString(folder.resolve(PORT_FILE)));
            return new LocalS3(folder, process, actualPort);
        } catch (IOException e) {
            folder.close();
            throw new ServerStartException(NAME + " cannot be started: " + e.getMessage(), e);
        } catch (RuntimeException e) {
            folder.close();
            throw e;
        }
    }

    private static Properties settings(
            DataFolder folder, int port, String bucket, List<Notification> notifications) {
        Properties settings = new Properties();
        settings.setProperty("port", Integer.toString(port));
        settings.setProperty("root", folder.resolve("objects").toString());
        settings.setProperty("port-file", folder.resolve(PORT_FILE).toString());
        settings.setProperty("bucket", bucket);
        for (int n = 0; n < notifications.size(); n++) {
            Notification notification = notifications.get(n);
            settings.setProperty("notification." + n + ".prefix", notification.prefix());
            settings.setProperty("notification." + n + ".suffix", notification.suffix());
            settings.setProperty(
                    "notification." + n + ".queue-url", notification.queueUrl().toString());
        }
        return settings;
    }

    /** Its address. Without keys, any access key and secret are accepted. */
    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + port);
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
     * Sends {@code s3:ObjectCreated:*} events of keys with this prefix and suffix to a queue,
     * before the response to the put: at least once, like S3.
     *
     * @param queueUrl of an SQS-compatible queue
     */
    public record Notification(String prefix, String suffix, URI queueUrl) {}
}
