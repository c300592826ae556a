package io.shopflow.laptop.checks;

import io.shopflow.core.lake.ObjectStore;
import io.shopflow.core.lake.ObjectStore.StoredObject;
import io.shopflow.core.lake.PartMetadata;
import io.shopflow.core.run.RunId;
import io.shopflow.core.run.RunKeys;
import io.shopflow.core.stream.StreamName;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Finds what is wrong in the warehouse and in the data lake. Changes nothing; the checks of the
 * warehouse are SQL, {@code etl.check_warehouse}.
 */
public final class WarehouseCheck {

    private final ObjectStore lake;
    private final int port;
    private final @Nullable String source;
    private final boolean deep;

    /**
     * A check of the warehouse at this port.
     *
     * @param source null for all
     * @param deep whether to compare each row with the data lake
     */
    public WarehouseCheck(ObjectStore lake, int port, @Nullable String source, boolean deep) {
        this.lake = lake;
        this.port = port;
        this.source = source;
        this.deep = deep;
    }

    /** What is wrong; empty if nothing is. */
    public List<CheckFinding> findings() throws SQLException {
        List<CheckFinding> findings = new ArrayList<>();
        try (CheckedDatabase database = CheckedDatabase.connect(port, CheckedDatabase.READER)) {
            findings.addAll(database.findings(source));
            for (String name : sources(database)) {
                findings.addAll(objects(database, name));
                if (deep) {
                    findings.addAll(altered(database, name));
                }
            }
        }
        return findings;
    }

    private List<String> sources(CheckedDatabase database) throws SQLException {
        return source == null ? database.sources() : List.of(source);
    }

    private List<CheckFinding> objects(CheckedDatabase database, String name) throws SQLException {
        Map<List<String>, List<String>> keys = new TreeMap<>(LoadedObjects.ORDER);
        for (LoadedPartVersion part : database.loadedParts(name)) {
            LoadedObjects.fault(lake, part)
                    .ifPresent(
                            rule ->
                                    keys.computeIfAbsent(
                                                    List.of(
                                                            rule,
                                                            "clean/"
                                                                    + part.id().stream()
                                                                            .canonicalName()),
                                                    none -> new ArrayList<>())
                                            .add(part.id().cleanKey()));
        }
        for (RunId run : database.closedRuns(name)) {
            String key = RunKeys.manifest(name, run);
            if (lake.head(key).isEmpty()) {
                keys.computeIfAbsent(List.of("manifest_missing", "runs"), none -> new ArrayList<>())
                        .add(key);
            }
        }
        List<CheckFinding> findings = new ArrayList<>();
        for (Map.Entry<List<String>, List<String>> fault : keys.entrySet()) {
            findings.add(
                    database.finding(
                            fault.getKey().get(0),
                            name,
                            fault.getKey().get(1),
                            fault.getValue().size(),
                            fault.getValue().getFirst()));
        }
        return findings;
    }

    private List<CheckFinding> altered(CheckedDatabase database, String name) throws SQLException {
        List<CheckFinding> findings = new ArrayList<>();
        List<LoadedPartVersion> parts = database.loadedParts(name);
        for (StreamName stream : StreamName.values()) {
            if (parts.stream().noneMatch(part -> part.id().stream() == stream)) {
                continue;
            }
            CleanRows rows = new CleanRows(database, lake, name, stream);
            try {
                rows.stage(parts);
                rows.findAltered();
                long altered = rows.damagedRows();
                if (altered > 0) {
                    findings.add(
                            database.finding(
                                    "rows_altered",
                                    name,
                                    rows.table().relation(),
                                    altered,
                                    rows.example()));
                }
            } finally {
                database.connection().rollback();
            }
        }
        return findings;
    }

    /** Faults of the objects of loaded parts. */
    static final class LoadedObjects {

        static final java.util.Comparator<List<String>> ORDER =
                java.util.Comparator.comparing(names -> String.join(" ", names));

        private LoadedObjects() {}

        /** The rule that the part's object breaks. */
        static Optional<String> fault(ObjectStore lake, LoadedPartVersion part) {
            Optional<StoredObject> clean = lake.head(part.id().cleanKey());
            if (clean.isPresent()) {
                String version =
                        clean.get()
                                .metadata()
                                .getOrDefault(PartMetadata.SHA256, clean.get().entityTag());
                return part.version().isEmpty() || version.equals(part.version())
                        ? Optional.empty()
                        : Optional.of("clean_differs");
            }
            return Optional.of(
                    lake.head(part.id().rawKey()).isPresent() ? "clean_missing" : "raw_missing");
        }
    }
}
