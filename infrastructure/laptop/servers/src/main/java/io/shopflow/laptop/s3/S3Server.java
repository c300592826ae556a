package io.shopflow.laptop.s3;

import io.shopflow.laptop.callers.LoopbackServer;
import io.shopflow.laptop.files.AtomicFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;

/**
 * One bucket with S3's protocol, in path style, on 127.0.0.1. It supports puts (also conditional),
 * reads, lists and deletions of whole objects. Readers see an object whole or not at all, even
 * after a crash. Of two concurrent conditional puts, one succeeds. The event of a put is sent
 * before its response. Any other operation fails with {@code NotImplemented}.
 */
public final class S3Server implements AutoCloseable {

    private final LoopbackServer http;
    private final Bucket bucket;
    private final ObjectCreatedEvents events;

    private S3Server(LoopbackServer http, Bucket bucket, ObjectCreatedEvents events) {
        this.http = http;
        this.bucket = bucket;
        this.events = events;
    }

    /** Takes the path of an {@link S3Settings} file. */
    public static void main(String[] arguments) throws IOException {
        start(S3Settings.read(Path.of(arguments[0])));
    }

    /** Starts a server in this process. */
    static S3Server start(S3Settings settings) throws IOException {
        return start(settings, ObjectCreatedEvents.PATIENCE);
    }

    /** The same with another patience with a queue that cannot be reached. */
    static S3Server start(S3Settings settings, Duration patience) throws IOException {
        Bucket bucket = Bucket.open(settings.root().resolve(settings.bucket()));
        ObjectCreatedEvents events =
                new ObjectCreatedEvents(
                        settings.bucket(),
                        bucket,
                        settings.notifications(),
                        patience,
                        Clock.systemUTC());
        LoopbackServer http =
                LoopbackServer.start(
                        "S3", settings.port(), new S3Handler(settings, bucket, events));
        events.start();
        AtomicFile.write(
                settings.portFile(),
                Integer.toString(http.port()).getBytes(StandardCharsets.US_ASCII));
        return new S3Server(http, bucket, events);
    }

    /** Stops at once; events that are due are sent after the next start. */
    @Override
    public void close() throws IOException {
        http.close();
        events.close();
        bucket.close();
    }
}
