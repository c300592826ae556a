package io.shopflow.transform.part;

import io.shopflow.core.lake.ObjectStore;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The lake's twin in memory, which also remembers the order of writes. */
final class MemoryLake implements ObjectStore {

    private final TreeMap<String, Entry> objects = new TreeMap<>();
    private final List<String> writes = new ArrayList<>();

    List<String> writes() {
        return writes;
    }

    @Override
    public Optional<StoredObject> head(String key) {
        return Optional.ofNullable(objects.get(key)).map(entry -> entry.describe(key));
    }

    @Override
    public Optional<Content> open(String key) {
        return Optional.ofNullable(objects.get(key))
                .map(
                        entry ->
                                new Content(
                                        entry.describe(key),
                                        new ByteArrayInputStream(entry.body())));
    }

    @Override
    public String put(String key, byte[] body, String contentType, Map<String, String> metadata) {
        writes.add(key);
        objects.put(key, new Entry(body, metadata));
        return "tag";
    }

    @Override
    public String put(String key, Path body, String contentType, Map<String, String> metadata) {
        try {
            return put(key, Files.readAllBytes(body), contentType, metadata);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public boolean putIfAbsent(
            String key, Path body, String contentType, Map<String, String> metadata) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean putIfAbsent(
            String key, byte[] body, String contentType, Map<String, String> metadata) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean putIfMatch(String key, byte[] body, String contentType, String entityTag) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<StoredObject> list(String prefix) {
        return objects.tailMap(prefix).entrySet().stream()
                .takeWhile(entry -> entry.getKey().startsWith(prefix))
                .map(entry -> entry.getValue().describe(entry.getKey()))
                .toList();
    }

    private record Entry(byte[] body, Map<String, String> metadata) {
        StoredObject describe(String key) {
            return new StoredObject(key, body.length, "tag", metadata);
        }
    }
}
