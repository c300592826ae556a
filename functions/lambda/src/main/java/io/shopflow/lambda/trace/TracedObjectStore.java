package io.shopflow.lambda.trace;

import io.shopflow.core.lake.ObjectStore;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An object store on S3 whose calls are traced. */
public final class TracedObjectStore implements ObjectStore {

    private static final String SERVICE = "S3";
    private static final String PUT = "PutObject";

    private final ObjectStore store;
    private final Tracer tracer;

    /** Traces the calls of this store. */
    public TracedObjectStore(ObjectStore store, Tracer tracer) {
        this.store = store;
        this.tracer = tracer;
    }

    @Override
    public Optional<StoredObject> head(String key) {
        return tracer.call(SERVICE, "HeadObject", () -> store.head(key));
    }

    @Override
    public Optional<Content> open(String key) {
        return tracer.call(SERVICE, "GetObject", () -> store.open(key));
    }

    @Override
    public String put(String key, byte[] body, String contentType, Map<String, String> metadata) {
        return tracer.call(SERVICE, PUT, () -> store.put(key, body, contentType, metadata));
    }

    @Override
    public String put(String key, Path body, String contentType, Map<String, String> metadata) {
        return tracer.call(SERVICE, PUT, () -> store.put(key, body, contentType, metadata));
    }

    @Override
    public boolean putIfAbsent(
            String key, Path body, String contentType, Map<String, String> metadata) {
        return tracer.call(SERVICE, PUT, () -> store.putIfAbsent(key, body, contentType, metadata));
    }

    @Override
    public boolean putIfAbsent(
            String key, byte[] body, String contentType, Map<String, String> metadata) {
        return tracer.call(SERVICE, PUT, () -> store.putIfAbsent(key, body, contentType, metadata));
    }

    @Override
    public boolean putIfMatch(String key, byte[] body, String contentType, String entityTag) {
        return tracer.call(SERVICE, PUT, () -> store.putIfMatch(key, body, contentType, entityTag));
    }

    @Override
    public List<StoredObject> list(String prefix) {
        return tracer.call(SERVICE, "ListObjectsV2", () -> store.list(prefix));
    }
}
