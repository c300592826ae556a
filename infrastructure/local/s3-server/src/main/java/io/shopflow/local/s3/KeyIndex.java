package io.shopflow.local.s3;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.AbstractMap;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/**
 * The keys of a bucket and the ids of their objects, which are the names of the objects' folders.
 * S3Mock rewrites a file with all keys for each new one; this appends a line to a log instead, so
 * that a put costs the same whatever the bucket holds, and a crash leaves all keys or all but the
 * newest.
 *
 * <p>A put goes to a new folder ({@link #beginAside}) and becomes visible by one line ({@link
 * #commit}): who reads sees the old object or the new one, never a part of either. The same line
 * says that an event is due; {@link #eventSent} strikes it off.
 *
 * <p>For use by several threads. Whoever must read and then commit synchronises on the index.
 */
final class KeyIndex extends AbstractMap<String, UUID> {

    private static final String LOG = "keys.log";
    private static final String PUT = "put";
    private static final String DELETE = "delete";
    private static final String SENT = "sent";

    /** What this thread writes aside. */
    private static final ThreadLocal<@Nullable Aside> ASIDE = new ThreadLocal<>();

    private final Path folder;
    private final FileChannel log;
    private long end;
    private final ConcurrentSkipListMap<String, UUID> ids = new ConcurrentSkipListMap<>();
    private final Map<UUID, DueEvent> due = new ConcurrentHashMap<>();

    /** An event that the queues may not have yet. */
    record DueEvent(UUID id, String key, String eventName, long sinceNanos) {}

    private record Aside(KeyIndex index, String key, UUID id) {}

    /**
     * Opens a bucket's index. Removes what a crash left: folders that no key leads to, and keys of
     * folders that a deletion has emptied.
     *
     * @param first the keys of a bucket that has no index yet
     */
    KeyIndex(Path folder, Map<String, UUID> first) throws IOException {
        this.folder = folder;
        Path file = folder.resolve(LOG);
        if (Files.exists(file)) {
            replay(Files.readString(file));
        } else {
            ids.putAll(first);
        }
        ids.values().removeIf(id -> !StoredObjects.isComplete(folder, id));
        due.values().removeIf(event -> !event.id().equals(ids.get(event.key())));
        StoredObjects.deleteOthers(folder, Set.copyOf(ids.values()));

        Path compact = folder.resolve(LOG + ".new");
        Files.write(
                compact,
                ids.entrySet().stream()
                        .map(
                                entry ->
                                        putLine(
                                                entry.getKey(),
                                                entry.getValue(),
                                                eventName(entry.getValue())))
                        .toList());
        Files.move(
                compact, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        this.log = FileChannel.open(file, StandardOpenOption.WRITE);
        this.end = log.size();
    }

    private @Nullable String eventName(UUID id) {
        DueEvent event = due.get(id);
        return event == null ? null : event.eventName();
    }

    private void replay(String lines) {
        // What follows the last line break is a line that a crash cut off.
        int complete = lines.lastIndexOf('\n') + 1;
        lines.substring(0, complete).lines().map(line -> line.split(" ")).forEach(this::apply);
    }

    private void apply(String[] words) {
        switch (words[0]) {
            case PUT -> {
                String key = URLDecoder.decode(words[2], StandardCharsets.UTF_8);
                UUID id = UUID.fromString(words[1]);
                ids.put(key, id);
                if (words.length > 3) {
                    due.put(id, new DueEvent(id, key, words[3], System.nanoTime()));
                }
            }
            case DELETE -> ids.remove(URLDecoder.decode(words[1], StandardCharsets.UTF_8));
            case SENT -> due.remove(UUID.fromString(words[1]));
            default ->
                    throw new IllegalStateException("unknown entry in " + folder + ": " + words[0]);
        }
    }

    private static String putLine(String key, UUID id, @Nullable String eventName) {
        return PUT + " " + id + " " + encoded(key) + (eventName == null ? "" : " " + eventName);
    }

    private static String encoded(String key) {
        return URLEncoder.encode(key, StandardCharsets.UTF_8);
    }

    /**
     * From now on, this thread reads and writes the key's object in another folder, which nobody
     * else sees.
     */
    void beginAside(String key, UUID id) {
        ASIDE.set(new Aside(this, key, id));
    }

    /** From now on, this thread sees the key's object as everybody does. */
    void endAside() {
        ASIDE.remove();
    }

    private @Nullable UUID aside(Object key) {
        Aside aside = ASIDE.get();
        return aside != null && aside.index().equals(this) && aside.key().equals(key)
                ? aside.id()
                : null;
    }

    /**
     * Makes a folder the key's object. Returns the id of the object before.
     *
     * @param eventName of the event that is due, if one is
     */
    synchronized @Nullable UUID commit(String key, UUID id, @Nullable String eventName) {
        append(putLine(key, id, eventName));
        if (eventName != null) {
            due.put(id, new DueEvent(id, key, eventName, System.nanoTime()));
        }
        return ids.put(key, id);
    }

    /** The queues have the event. */
    synchronized void eventSent(UUID id) {
        if (due.remove(id) != null) {
            append(SENT + " " + id);
        }
    }

    Collection<DueEvent> dueEvents() {
        return List.copyOf(due.values());
    }

    @Override
    public @Nullable UUID get(Object key) {
        UUID aside = aside(key);
        return aside != null ? aside : ids.get(key);
    }

    @Override
    public boolean containsKey(Object key) {
        return get(key) != null;
    }

    @Override
    public @Nullable UUID put(String key, UUID id) {
        return commit(key, id, null);
    }

    /**
     * Leaves the object alone where it is written aside: S3Mock drops the key of a failed write.
     */
    @Override
    public synchronized @Nullable UUID remove(Object key) {
        if (aside(key) != null) {
            return null;
        }
        append(DELETE + " " + encoded((String) key));
        return ids.remove(key);
    }

    @Override
    public Set<Entry<String, UUID>> entrySet() {
        return ids.entrySet();
    }

    private void append(String line) {
        ByteBuffer bytes = ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8));
        try {
            long position = end;
            while (bytes.hasRemaining()) {
                position += log.write(bytes, position);
            }
            end = position;
        } catch (IOException e) {
            cutOff();
            throw new UncheckedIOException("cannot write to " + folder.resolve(LOG), e);
        }
    }

    /** A full disk may have let a part of a line through. */
    private void cutOff() {
        try {
            log.truncate(end);
        } catch (IOException e) {
            // The next line overwrites it.
        }
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }
}
