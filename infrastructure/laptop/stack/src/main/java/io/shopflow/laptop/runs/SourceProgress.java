package io.shopflow.laptop.runs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.shopflow.core.lake.ObjectStore;
import io.shopflow.core.lake.ObjectStore.StoredObject;
import io.shopflow.core.run.RunId;
import io.shopflow.core.run.RunJson;
import io.shopflow.core.run.RunKeys;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Extract's state of a source between runs.
 *
 * @param leasedBy the run that is extracting; null if none
 * @param leasedUntil when others may take the lease, unless it is renewed before; null if none is
 *     extracting
 * @param watermarks by the stream's name, as they are written
 */
public record SourceProgress(
        @Nullable String leasedBy, @Nullable Instant leasedUntil, Map<String, String> watermarks) {

    /** Sorts the watermarks by name. */
    public SourceProgress {
        watermarks = new TreeMap<>(watermarks);
    }

    /** The state of a source; empty if it was never extracted. */
    public static SourceProgress read(ObjectStore lake, String source) {
        return lake.read(RunKeys.state(source))
                .map(json -> of(RunJson.read(json, JsonNode.class)))
                .orElse(new SourceProgress(null, null, Map.of()));
    }

    /**
     * Releases the source of a run that no process works on any more. Otherwise the next run would
     * wait until the lease expires.
     */
    public static void giveBack(ObjectStore lake, String source, RunId runId) {
        String key = RunKeys.state(source);
        Optional<StoredObject> stored = lake.head(key);
        Optional<byte[]> json = lake.read(key);
        if (stored.isEmpty() || json.isEmpty()) {
            return;
        }
        ObjectNode state = RunJson.read(json.get(), ObjectNode.class);
        if (runId.value().equals(state.path("lease").path("runId").asText())) {
            state.putNull("lease");
            // Rejected if another process changed it meanwhile: then the lease is that one's.
            boolean unused =
                    lake.putIfMatch(
                            key,
                            RunJson.write(state),
                            "application/json",
                            stored.get().entityTag());
        }
    }

    private static SourceProgress of(JsonNode state) {
        Map<String, String> watermarks = new TreeMap<>();
        state.path("watermarks")
                .properties()
                .forEach(entry -> watermarks.put(entry.getKey(), entry.getValue().asText()));
        JsonNode lease = state.path("lease");
        String until = lease.path("expiresAt").asText(null);
        return new SourceProgress(
                lease.path("runId").asText(null),
                until == null ? null : Instant.parse(until),
                watermarks);
    }
}
