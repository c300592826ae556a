package io.shopflow.laptop.runs;

import io.shopflow.core.lake.ObjectStore;
import io.shopflow.core.lake.ObjectStore.StoredObject;
import io.shopflow.core.lake.PartMetadata;
import io.shopflow.core.run.PartId;
import io.shopflow.core.run.RunId;
import io.shopflow.core.run.RunJson;
import io.shopflow.core.run.RunKeys;
import io.shopflow.core.run.RunManifest;
import io.shopflow.core.run.StreamExtract;
import io.shopflow.core.stream.StreamName;
import io.shopflow.ledger.MartFill;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The progress of a run, read from its objects in the bucket and from the ledger. Each object's
 * metadata is requested once.
 */
final class RunStages {

    private final String source;
    private final RunId runId;
    private final ObjectStore lake;
    private final RunDatabase database;
    private final Map<PartId, Long> rawRows = new HashMap<>();
    private final Map<StreamName, Double> progress = new EnumMap<>(StreamName.class);
    private final Set<PartId> transformed = new HashSet<>();
    private final Map<String, Instant> begun = new HashMap<>();
    private final Map<String, Duration> took = new HashMap<>();
    private Instant lastLook = Instant.now();
    private @Nullable RunManifest manifest;
    private @Nullable MartFill lastFill;

    RunStages(String source, RunId runId, ObjectStore lake, RunDatabase database) {
        this.source = source;
        this.runId = runId;
        this.lake = lake;
        this.database = database;
    }

    /** The current stages: extract, transform, load; of a new source, figures. */
    List<Stage> current() {
        readRawParts();
        readCleanParts();
        long extracted = rawRows.values().stream().mapToLong(Long::longValue).sum();
        Long total = manifest != null ? Long.valueOf(extracted) : estimatedTotal();
        long clean = transformed.stream().mapToLong(part -> rawRows.getOrDefault(part, 0L)).sum();
        long loaded = database.read(ledger -> ledger.loadedRows(runId));
        boolean extractedAll = manifest != null;
        boolean loadedAll = extractedAll && loaded >= extracted;
        List<Stage> stages = new ArrayList<>();
        stages.add(stage("extract", extracted, total, extractedAll, true));
        stages.add(
                stage(
                        "transform",
                        clean,
                        total,
                        extractedAll && transformed.containsAll(rawRows.keySet()),
                        !rawRows.isEmpty()));
        stages.add(stage("load", loaded, total, loadedAll, !transformed.isEmpty()));
        if (loadedAll) {
            figures().ifPresent(stages::add);
        }
        lastLook = Instant.now();
        return stages;
    }

    /** Empty if the marts contained the source before the run. */
    private Optional<Stage> figures() {
        Optional<MartFill> fill = database.read(ledger -> ledger.martFill(source));
        if (fill.isPresent()) {
            lastFill = fill.get();
            return Optional.of(Stage.ofMarts(lastFill.filled(), lastFill.total()));
        }
        return Optional.ofNullable(lastFill).map(last -> Stage.ofMarts(last.total(), last.total()));
    }

    private Stage stage(
            String name, long rows, @Nullable Long total, boolean finished, boolean hasBegun) {
        Instant now = Instant.now();
        if (hasBegun) {
            // Counted from the previous check: the rate may be too low, never too high.
            begun.putIfAbsent(name, lastLook);
        }
        Duration elapsed = Duration.between(begun.getOrDefault(name, now), now);
        if (finished) {
            elapsed = took.computeIfAbsent(name, stage -> begunUntil(stage, now));
        }
        return new Stage(name, rows, total, finished, elapsed);
    }

    private Duration begunUntil(String name, Instant now) {
        return Duration.between(begun.getOrDefault(name, now), now);
    }

    private void readRawParts() {
        if (manifest != null) {
            return;
        }
        byte[] json = lake.read(RunKeys.manifest(source, runId)).orElse(null);
        if (json != null) {
            manifest = RunJson.read(json, RunManifest.class);
            rawRows.clear();
            for (StreamExtract stream : manifest.streams()) {
                stream.parts().stream()
                        .filter(part -> PartId.ofKey(part.key()).isPresent())
                        .forEach(
                                part ->
                                        rawRows.put(
                                                PartId.ofKey(part.key()).orElseThrow(),
                                                part.rows()));
            }
            return;
        }
        for (StreamName stream : StreamName.values()) {
            for (StoredObject object : lake.list(PartId.rawPrefix(source, runId, stream))) {
                PartId.ofKey(object.key())
                        .filter(part -> !rawRows.containsKey(part))
                        .ifPresent(this::readMetadata);
            }
        }
    }

    private void readMetadata(PartId part) {
        lake.head(part.rawKey())
                .ifPresent(
                        object -> {
                            Map<String, String> metadata = object.metadata();
                            rawRows.put(
                                    part,
                                    Long.parseLong(metadata.getOrDefault(PartMetadata.ROWS, "0")));
                            String share = metadata.get(PartMetadata.PROGRESS);
                            if (share != null) {
                                progress.merge(part.stream(), Double.parseDouble(share), Math::max);
                            }
                        });
    }

    private @Nullable Long estimatedTotal() {
        if (progress.isEmpty()) {
            return null;
        }
        double total = 0;
        for (StreamName stream : StreamName.values()) {
            long rows =
                    rawRows.entrySet().stream()
                            .filter(entry -> entry.getKey().stream() == stream)
                            .mapToLong(Map.Entry::getValue)
                            .sum();
            double share = progress.getOrDefault(stream, 1.0);
            total += share > 0 ? rows / share : rows;
        }
        return Math.round(total);
    }

    private void readCleanParts() {
        for (StreamName stream : StreamName.values()) {
            boolean waiting =
                    rawRows.keySet().stream()
                            .anyMatch(
                                    part -> part.stream() == stream && !transformed.contains(part));
            if (waiting) {
                String prefix =
                        PartId.CLEAN_PREFIX
                                + stream.canonicalName()
                                + "/"
                                + source
                                + "-"
                                + runId
                                + "-";
                lake.list(prefix).stream()
                        .map(object -> PartId.ofKey(object.key()))
                        .forEach(part -> part.ifPresent(transformed::add));
            }
        }
    }
}
