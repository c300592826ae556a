package io.shopflow.extract.run;

import io.shopflow.core.lake.ObjectStore;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Forwards to another store, with an action before each call. */
abstract class ForwardingStore implements ObjectStore {

    private final ObjectStore store;

    ForwardingStore(ObjectStore store) {
        this.store = store;
    }

    abstract void beforeEach();

    @Override
    public Optional<StoredObject> head(String key) {
        beforeEach();
        return store.head(key);
    }

    @Override
    public Optional<Content> open(String key) {
        beforeEach();
        return store.open(key);
    }

    @Override
    public String put(String key, byte[] body, String contentType, Map<String, String> metadata) {
        beforeEach();
        return store.put(key, body, contentType, metadata);
    }

    @Override
    public String put(String key, Path body, String contentType, Map<String, String> metadata) {
        beforeEach();
        return store.put(key, body, contentType, metadata);
    }

    @Override
    public boolean putIfAbsent(
            String key, Path body, String contentType, Map<String, String> metadata) {
        beforeEach();
        return store.putIfAbsent(key, body, contentType, metadata);
    }

    @Override
    public boolean putIfAbsent(
            String key, byte[] body, String contentType, Map<String, String> metadata) {
        beforeEach();
        return store.putIfAbsent(key, body, contentType, metadata);
    }

    @Override
    public boolean putIfMatch(String key, byte[] body, String contentType, String entityTag) {
        beforeEach();
        return store.putIfMatch(key, body, contentType, entityTag);
    }

    @Override
    public List<StoredObject> list(String prefix) {
        beforeEach();
        return store.list(prefix);
    }
}
