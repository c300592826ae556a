package io.shopflow.core.lake;

import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The data lake's objects in one bucket. Implementations are thread-safe. Every method throws
 * {@link java.io.UncheckedIOException} if the store is unavailable; callers do not catch it, so
 * that the event is delivered again.
 */
public interface ObjectStore {

    /** An object's metadata, without reading it; empty if there is none. */
    Optional<StoredObject> head(String key);

    /** Opens an object; empty if there is none. The caller closes the content. */
    Optional<Content> open(String key);

    /** Writes an object, replacing an existing one. Returns its entity tag. */
    String put(String key, byte[] body, String contentType, Map<String, String> metadata);

    /** Writes a file's content as an object, replacing an existing one. Returns its entity tag. */
    String put(String key, Path body, String contentType, Map<String, String> metadata);

    /** Writes an object only if there is none yet. Returns whether it was written. */
    boolean putIfAbsent(String key, Path body, String contentType, Map<String, String> metadata);

    /** Writes an object only if there is none yet. Returns whether it was written. */
    boolean putIfAbsent(String key, byte[] body, String contentType, Map<String, String> metadata);

    /** Replaces an object only if it has this entity tag. Returns whether it was written. */
    boolean putIfMatch(String key, byte[] body, String contentType, String entityTag);

    /** The objects whose keys have this prefix, ordered by key, without their metadata. */
    List<StoredObject> list(String prefix);

    /** Reads a whole object. For small ones: configurations, plans, manifests. */
    default Optional<byte[]> read(String key) {
        return open(key)
                .map(
                        content -> {
                            try (content) {
                                return content.body().readAllBytes();
                            } catch (java.io.IOException e) {
                                throw new java.io.UncheckedIOException(key, e);
                            }
                        });
    }

    /**
     * An object that exists.
     *
     * @param entityTag without quotes
     * @param metadata user metadata, names in lower case
     */
    record StoredObject(String key, long size, String entityTag, Map<String, String> metadata) {
        public StoredObject {
            metadata = Map.copyOf(metadata);
        }
    }

    /** An open object. */
    record Content(StoredObject object, InputStream body) implements AutoCloseable {
        @Override
        public void close() throws java.io.IOException {
            body.close();
        }
    }
}
