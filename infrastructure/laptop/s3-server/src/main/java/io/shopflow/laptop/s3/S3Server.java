package io.shopflow.laptop.s3;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * One bucket at the protocol of S3, in path style, on 127.0.0.1: puts, also conditional, reads,
 * lists and deletes of whole objects. An object is seen whole or not at all, whatever crashes; of
 * two conditional puts one wins; and when a put is answered, its event is sent. Any other operation
 * is answered with {@code NotImplemented}.
 *
 * <p>Ends when its standard input ends, so that it never outlives the process that started it,
 * however that one dies.
 */
public final class S3Server implements AutoCloseable {

    private static final int BACKLOG = 1024;

    private final HttpServer http;
    private final ExecutorService threads;
    private final Bucket bucket;
    private final DueEvents dueEvents;

    private S3Server(HttpServer http, ExecutorService threads, Bucket bucket, DueEvents dueEvents) {
        this.http = http;
        this.threads = threads;
        this.bucket = bucket;
        this.dueEvents = dueEvents;
    }

    /** Takes the path of a {@link Settings} file. */
    public static void main(String[] arguments) throws IOException {
        Settings settings = Settings.read(Path.of(arguments[0]));
        exitAtEndOfInput();
        start(settings);
    }

    /** Starts a server in this process. */
    static S3Server start(Settings settings) throws IOException {
        Bucket bucket = Bucket.open(settings.root().resolve(settings.bucket()));
        HttpClient client =
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .connectTimeout(Duration.ofSeconds(1))
                        .build();
        ObjectCreatedEvents events =
                new ObjectCreatedEvents(
                        settings.bucket(), settings.notifications(), client, Clock.systemUTC());
        DueEvents dueEvents = new DueEvents(bucket, events);
        HttpServer http =
                HttpServer.create(
                        new InetSocketAddress(
                                InetAddress.getByAddress(new byte[] {127, 0, 0, 1}),
                                settings.port()),
                        BACKLOG);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        http.setExecutor(threads);
        http.createContext(
                "/", new S3Handler(settings, bucket, dueEvents, new AwsCallLog(settings.calls())));
        dueEvents.start();
        http.start();
        announcePort(settings.portFile(), http.getAddress().getPort());
        return new S3Server(http, threads, bucket, dueEvents);
    }

    private static void announcePort(Path portFile, int port) throws IOException {
        Path temporary = portFile.resolveSibling(portFile.getFileName() + ".new");
        Files.writeString(temporary, Integer.toString(port));
        Files.move(temporary, portFile, StandardCopyOption.ATOMIC_MOVE);
    }

    private static void exitAtEndOfInput() {
        Thread watch =
                new Thread(
                        () -> {
                            try {
                                while (System.in.read() >= 0) {
                                    // Nothing comes over this pipe; only its end matters.
                                }
                            } catch (IOException e) {
                                // As good as its end.
                            }
                            // Every state on disk is one that a crash may leave.
                            Runtime.getRuntime().halt(0);
                        },
                        "end of input");
        watch.setDaemon(true);
        watch.start();
    }

    /** Stops at once; events that are due are sent after the next start. */
    @Override
    public void close() throws IOException {
        http.stop(0);
        threads.shutdownNow();
        dueEvents.close();
        bucket.close();
    }
}
