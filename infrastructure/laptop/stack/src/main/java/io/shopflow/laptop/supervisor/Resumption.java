package io.shopflow.laptop.supervisor;

import io.shopflow.core.lake.ObjectStore;
import io.shopflow.core.lake.ObjectStore.StoredObject;
import io.shopflow.core.run.ExtractRequest;
import io.shopflow.core.run.PartId;
import io.shopflow.core.run.RunId;
import io.shopflow.core.run.RunJson;
import io.shopflow.core.run.RunKeys;
import io.shopflow.core.run.RunManifest;
import io.shopflow.core.stream.StreamName;
import io.shopflow.laptop.queues.Queues;
import io.shopflow.laptop.runs.RunDatabase;
import io.shopflow.laptop.runs.RunRequests;
import io.shopflow.laptop.s3.ObjectCreatedEvent;
import io.shopflow.ledger.LedgerReader;
import io.shopflow.ledger.Run;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Resumes interrupted runs. A message of a killed process stays hidden for more than an hour;
 * instead of waiting for it, the events of all unfinished work are sent again. Repeated events have
 * no effect.
 */
final class Resumption {

    private final ObjectStore lake;
    private final RunDatabase database;
    private final Queues queues;
    private final RunRequests requests;

    Resumption(ObjectStore lake, RunDatabase database, Queues queues, RunRequests requests) {
        this.lake = lake;
        this.database = database;
        this.queues = queues;
        this.requests = requests;
    }

    /** Sends the missing events of every unfinished run. Returns these runs. */
    List<RunId> resume() {
        Map<RunId, String> unfinished = new TreeMap<>();
        for (Run run : database.read(LedgerReader::running)) {
            unfinished.put(run.runId(), run.source());
        }
        for (ExtractRequest request : requests.pending()) {
            RunId runId = request.runId();
            if (runId != null && !isClosed(runId)) {
                unfinished.put(runId, request.source());
                if (lake.head(RunKeys.manifest(request.source(), runId)).isEmpty()) {
                    requests.repeat(request);
                }
            }
        }
        unfinished.forEach((runId, source) -> resume(source, runId));
        return List.copyOf(unfinished.keySet());
    }

    private boolean isClosed(RunId runId) {
        boolean closed = database.read(ledger -> ledger.run(runId)).filter(Run::closed).isPresent();
        if (closed) {
            requests.forget(runId);
        }
        return closed;
    }

    private void resume(String source, RunId runId) {
        Set<PartId> loaded = database.read(ledger -> ledger.loadedParts(runId));
        Optional<StoredObject> manifest = lake.head(RunKeys.manifest(source, runId));
        for (PartId part : parts(source, runId, manifest.isPresent())) {
            if (!loaded.contains(part)) {
                Optional<StoredObject> clean = lake.head(part.cleanKey());
                if (clean.isPresent()) {
                    send(Queues.CLEAN_EVENTS, clean.get());
                } else {
                    lake.head(part.rawKey()).ifPresent(raw -> send(Queues.RAW_EVENTS, raw));
                }
            }
        }
        manifest.ifPresent(object -> send(Queues.CLEAN_EVENTS, object));
    }

    private List<PartId> parts(String source, RunId runId, boolean extracted) {
        if (extracted) {
            return lake
                    .read(RunKeys.manifest(source, runId))
                    .map(json -> RunJson.read(json, RunManifest.class))
                    .stream()
                    .flatMap(manifest -> manifest.streams().stream())
                    .flatMap(stream -> stream.parts().stream())
                    .flatMap(part -> PartId.ofKey(part.key()).stream())
                    .toList();
        }
        List<PartId> parts = new ArrayList<>();
        for (StreamName stream : StreamName.values()) {
            lake.list(PartId.rawPrefix(source, runId, stream)).stream()
                    .flatMap(object -> PartId.ofKey(object.key()).stream())
                    .forEach(parts::add);
        }
        return parts;
    }

    private void send(String queue, StoredObject object) {
        ObjectCreatedEvent event =
                new ObjectCreatedEvent(
                        Deployment.BUCKET,
                        "resumption",
                        Instant.now(),
                        object.key(),
                        object.size(),
                        object.entityTag(),
                        0);
        queues.send(queue, event.json());
    }
}
