package io.shopflow.extract.run;

import io.shopflow.core.lake.ObjectStore;
import io.shopflow.core.run.RunJson;
import io.shopflow.core.run.RunKeys;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The states of sources as objects. Of two concurrent writers, one gets a conflict. */
final class SourceStates {

    private static final String JSON = "application/json";

    private final ObjectStore store;

    SourceStates(ObjectStore store) {
        this.store = store;
    }

    /**
     * A state as read.
     *
     * @param entityTag null if there is no object yet
     */
    record Versioned(SourceState state, @Nullable String entityTag) {}

    /**
     * Reads a state.
     *
     * @param key {@link RunKeys#state}, or {@link RunKeys#lease} of a run that has its own state
     */
    Versioned read(String key, String source) {
        Optional<ObjectStore.Content> found = store.open(key);
        if (found.isEmpty()) {
            return new Versioned(SourceState.none(source), null);
        }
        try (ObjectStore.Content content = found.get()) {
            return new Versioned(
                    RunJson.read(content.body().readAllBytes(), SourceState.class),
                    content.object().entityTag());
        } catch (IOException e) {
            throw new UncheckedIOException("reading " + key + " failed", e);
        }
    }

    /** Replaces the state that was read; returns false if it changed meanwhile. */
    boolean replace(String key, Versioned before, SourceState state) {
        byte[] body = RunJson.write(state);
        return before.entityTag() == null
                ? store.putIfAbsent(key, body, JSON, Map.of())
                : store.putIfMatch(key, body, JSON, before.entityTag());
    }
}
