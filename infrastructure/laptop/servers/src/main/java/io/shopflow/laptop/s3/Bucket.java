package io.shopflow.laptop.s3;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The objects of a bucket, stored in a folder: a file for the content of each object, and a log of
 * puts, deletions and sent events. A put writes the content to a new file, and one line of the log
 * makes it visible. So the cost of a put does not depend on the size of the bucket, and a crash
 * leaves either the old object or the new one. The same line records that an event is due.
 *
 * <p>Thread-safe.
 */
final class Bucket implements AutoCloseable {

    private static final String LOG = "objects.log";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path folder;
    private final FileChannel log;
    private long end;
    private final NavigableMap<String, StoredObject> objects =
            new ConcurrentSkipListMap<>(KeyOrder.UTF_8);
    private final Map<String, DueEvent> due = new ConcurrentHashMap<>();

    /** An event that the queues may not have yet. */
    record DueEvent(StoredObject object, long sinceNanos) {}

    /** A line of the log; exactly one field is not null. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    private record Entry(
            @Nullable StoredObject put, @Nullable String delete, @Nullable String sent) {}

    /** The condition of a put on the object that it replaces. */
    interface Condition {

        /** The error if the condition does not hold; null if it holds. */
        @Nullable S3Error refusal(@Nullable StoredObject present);
    }

    private Bucket(Path folder) throws IOException {
        this.folder = folder;
        Path file = folder.resolve(LOG);
        if (Files.exists(file)) {
            replay(Files.readString(file));
        }
        objects.values().removeIf(object -> !Files.exists(content(object)));
        due.values().removeIf(event -> !event.object().equals(objects.get(event.object().key())));
        deleteOtherFiles();
        Path compact = folder.resolve(LOG + ".new");
        try (var lines = Files.newBufferedWriter(compact)) {
            for (StoredObject object : objects.values()) {
                lines.write(line(new Entry(object, null, null)));
                if (object.event() != null && !due.containsKey(object.id())) {
                    lines.write(line(new Entry(null, null, object.id())));
                }
            }
        }
        Files.move(compact, file, StandardCopyOption.ATOMIC_MOVE);
        this.log = FileChannel.open(file, StandardOpenOption.WRITE);
        this.end = log.size();
    }

    /**
     * Opens a bucket, creates it if missing, and deletes files that a crash left behind.
     *
     * @throws IOException if the folder cannot be read or written, or another server wrote its log
     */
    static Bucket open(Path folder) throws IOException {
        Files.createDirectories(folder);
        try (Stream<Path> files = Files.list(folder)) {
            if (files.anyMatch(Files::isDirectory)) {
                throw new IOException(
                        folder
                                + " was written by another S3 server: ./shopflow reset deletes the stack's data");
            }
        }
        return new Bucket(folder);
    }

    private void replay(String lines) throws IOException {
        // A crash may have cut off the last line.
        int complete = lines.lastIndexOf('\n') + 1;
        int number = 0;
        for (String line : lines.substring(0, complete).lines().toList()) {
            number++;
            try {
                apply(JSON.readValue(line, Entry.class));
            } catch (JsonProcessingException e) {
                throw new IOException(
                        "unknown entry in line %d of %s".formatted(number, folder.resolve(LOG)), e);
            }
        }
    }

    private void apply(Entry entry) {
        if (entry.put() != null) {
            objects.put(entry.put().key(), entry.put());
            if (entry.put().event() != null) {
                due.put(entry.put().id(), new DueEvent(entry.put(), System.nanoTime()));
            }
        } else if (entry.delete() != null) {
            objects.remove(entry.delete());
        } else if (entry.sent() != null) {
            due.remove(entry.sent());
        }
    }

    private void deleteOtherFiles() throws IOException {
        var known =
                objects.values().stream()
                        .map(StoredObject::id)
                        .collect(Collectors.toUnmodifiableSet());
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                String name = file.getFileName().toString();
                if (!name.startsWith(LOG) && !known.contains(name)) {
                    Files.delete(file);
                }
            }
        }
    }

    /** The path of a new file for the content of an object. */
    Path newContent() {
        return folder.resolve(UUID.randomUUID().toString());
    }

    /** The file with the content of an object; it is deleted when the object is replaced. */
    Path content(StoredObject object) {
        return folder.resolve(object.id());
    }

    /** The object of a key; null if there is none. */
    @Nullable StoredObject get(String key) {
        return objects.get(key);
    }

    /** The objects after a key, in the order of keys. */
    Collection<StoredObject> after(String key) {
        return objects.tailMap(key, false).values();
    }

    /** The objects from a key on, in the order of keys. */
    Collection<StoredObject> from(String key) {
        return objects.tailMap(key, true).values();
    }

    /**
     * Makes an object, whose content is already written, the one of its key; deletes the previous
     * one.
     *
     * @throws S3Exception if the condition does not hold
     */
    void put(StoredObject object, Condition condition) throws IOException {
        StoredObject before;
        synchronized (this) {
            before = objects.get(object.key());
            S3Error refusal = condition.refusal(before);
            if (refusal != null) {
                throw new S3Exception(refusal);
            }
            append(new Entry(object, null, null));
            if (object.event() != null) {
                due.put(object.id(), new DueEvent(object, System.nanoTime()));
            }
            objects.put(object.key(), object);
        }
        if (before != null && !before.id().equals(object.id())) {
            Files.deleteIfExists(content(before));
        }
    }

    /** Deletes the object of a key, if there is one. */
    void delete(String key) throws IOException {
        StoredObject before;
        synchronized (this) {
            before = objects.get(key);
            if (before == null) {
                return;
            }
            append(new Entry(null, key, null));
            objects.remove(key);
        }
        Files.deleteIfExists(content(before));
    }

    /** Records that the queues have received the event of this object. */
    synchronized void eventSent(StoredObject object) throws IOException {
        if (due.remove(object.id()) != null) {
            append(new Entry(null, null, object.id()));
        }
    }

    List<DueEvent> dueEvents() {
        return List.copyOf(due.values());
    }

    private void append(Entry entry) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(line(entry).getBytes(StandardCharsets.UTF_8));
        try {
            long position = end;
            while (bytes.hasRemaining()) {
                position += log.write(bytes, position);
            }
            end = position;
        } catch (IOException e) {
            // On a full disk, a part of the line may have been written.
            log.truncate(end);
            throw e;
        }
    }

    private static String line(Entry entry) throws JsonProcessingException {
        return JSON.writeValueAsString(entry) + "\n";
    }

    @Override
    public void close() throws IOException {
        log.close();
    }
}
