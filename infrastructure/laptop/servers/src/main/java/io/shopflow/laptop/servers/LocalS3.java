package io.shopflow.laptop.servers;

import io.shopflow.laptop.callers.AccessKeys;
import io.shopflow.laptop.callers.AwsCalls;
import io.shopflow.laptop.files.StackException;
import io.shopflow.laptop.process.ChildProcess;
import io.shopflow.laptop.s3.S3Server;
import io.shopflow.laptop.s3.S3Settings;
import io.shopflow.laptop.s3.S3Settings.Notification;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A real S3 protocol server (path style) in a data folder, on 127.0.0.1, as a separate process. */
public final class LocalS3 extends LocalServer {

    private static final String NAME = "S3";
    private static final String LOG = "s3.log";
    private static final String PORT_FILE = "port";

    private final int port;

    private LocalS3(ServerFolder folder, ChildProcess process, int port) {
        super(folder, process);
        this.port = port;
    }

    /**
     * Starts a server and waits until it answers. Data in the folder is kept.
     *
     * @param port 0 takes a free one
     * @param bucket created if missing
     * @param notifications object-created events by prefix; may be empty
     * @throws StackException with what to do about it
     */
    public static LocalS3 start(
            Path dataFolder, int port, String bucket, List<Notification> notifications) {
        return start(dataFolder, port, bucket, notifications, Optional.empty(), Optional.empty());
    }

    /**
     * The same, with a file to which it writes each call once, as {@link AwsCalls} does.
     *
     * @param keys of permitted callers; empty: any program of this machine
     * @throws StackException with what to do about it
     */
    public static LocalS3 start(
            Path dataFolder,
            int port,
            String bucket,
            List<Notification> notifications,
            Optional<Path> calls,
            Optional<AccessKeys> keys) {
        return ServerFolder.start(
                NAME,
                dataFolder,
                folder -> {
                    LocalPorts.checkFree(port, NAME);
                    return start(
                            folder,
                            new S3Settings(
                                    port,
                                    folder.resolve("objects"),
                                    folder.resolve(PORT_FILE),
                                    bucket,
                                    notifications,
                                    calls.orElse(null),
                                    keys.orElse(null)));
                });
    }

    private static LocalS3 start(ServerFolder folder, S3Settings settings)
            throws IOException, InterruptedException {
        Files.deleteIfExists(settings.portFile());
        Path file = folder.resolve("s3.json");
        settings.write(file);
        List<String> command =
                new JavaServer("servers", List.of("-Xmx128m"), S3Server.class.getName())
                        .command(file.toString());
        ChildProcess process =
                folder.launch(command, LOG).awaitReady(() -> Files.exists(settings.portFile()));
        return new LocalS3(
                folder, process, Integer.parseInt(Files.readString(settings.portFile())));
    }

    /** Its address. Without keys, any access key and secret are accepted. */
    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + port);
    }

    /** The configuration with which Quarkus's S3 client finds it; without keys. */
    public Map<String, String> clientProperties() {
        return Map.of(
                "quarkus.s3.endpoint-override", endpoint().toString(),
                "quarkus.s3.path-style-access", "true",
                "quarkus.s3.aws.region", "eu-west-2",
                "quarkus.s3.aws.credentials.type", "static",
                "quarkus.s3.aws.credentials.static-provider.access-key-id", "any",
                "quarkus.s3.aws.credentials.static-provider.secret-access-key", "any");
    }
}
