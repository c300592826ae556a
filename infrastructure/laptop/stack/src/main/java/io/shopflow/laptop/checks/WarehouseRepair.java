package io.shopflow.laptop.checks;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import io.shopflow.core.lake.ObjectStore;
import io.shopflow.core.run.PartId;
import io.shopflow.core.run.RunId;
import io.shopflow.core.stream.StreamName;
import io.shopflow.laptop.queues.Queues;
import io.shopflow.laptop.s3.ObjectCreatedEvent;
import io.shopflow.laptop.supervisor.Deployment;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Repairs what a check has found, with the rights of load: transforms missing clean parts again,
 * loads the parts with damaged rows again, and brings the marts up to date. Rows that are not
 * damaged are not written.
 */
public final class WarehouseRepair {

    private static final Duration LOOK = Duration.ofMillis(100);

    /** Queues that are empty so often in succession have nothing in progress. */
    private static final int IDLE_LOOKS = 10;

    private static final Set<String> OF_ROWS =
            Set.of("rows_lost", "rows_altered", "history_broken", "dimension_missing");
    private static final Set<String> OF_MARTS =
            Set.of(
                    "mart_differs",
                    "gross_to_net",
                    "products_and_orders",
                    "order_dates_and_refund_dates",
                    "regions_and_orders");

    private final ObjectStore lake;
    private final Queues queues;
    private final int port;
    private final Consumer<String> progress;

    /**
     * A repair of the warehouse at this port.
     *
     * @param progress gets what is being done
     */
    public WarehouseRepair(ObjectStore lake, Queues queues, int port, Consumer<String> progress) {
        this.lake = lake;
        this.queues = queues;
        this.port = port;
        this.progress = progress;
    }

    /**
     * Repairs what can be repaired of these findings of a check.
     *
     * @param source the source that was checked; null for all
     */
    public void repair(List<CheckFinding> findings, @Nullable String source)
            throws SQLException, InterruptedException {
        try (CheckedDatabase database = CheckedDatabase.connect(port, CheckedDatabase.LOADER)) {
            Set<String> rebuilt = new TreeSet<>();
            if (isAny(findings, Set.of("relation_dropped"))) {
                progress.accept("Creating the marts and views that were dropped.");
                database.call("select marts.create_dropped()");
                // A mart that was created is empty, for all sources.
                rebuilt.addAll(database.sources());
            }
            for (String name : sources(findings)) {
                List<CheckFinding> ofSource =
                        findings.stream().filter(finding -> finding.source().equals(name)).toList();
                if (isAny(ofSource, Set.of("clean_missing", "clean_differs"))) {
                    transform(database, name);
                }
                replay(database, name, ofSource);
            }
            // Loading parts again has refreshed the marts of their sources.
            List<CheckFinding> left = checked(source);
            for (CheckFinding finding : left) {
                if (OF_MARTS.contains(finding.rule())) {
                    rebuilt.add(finding.source());
                }
            }
            for (String name : rebuilt) {
                progress.accept("Computing the marts of %s again.".formatted(name));
                database.call("select marts.rebuild(array[?])", name);
            }
            for (CheckFinding finding : left) {
                if (finding.rule().equals("marts_not_refreshed") && rebuilt.add(finding.source())) {
                    progress.accept("Refreshing the marts of %s.".formatted(finding.source()));
                    database.call("select marts.refresh(array[?])", finding.source());
                }
            }
            if (isAny(findings, Set.of("statistics_old"))) {
                progress.accept("Analyzing tables.");
                database.call("select etl.renew_statistics()");
            }
        }
    }

    private List<CheckFinding> checked(@Nullable String source) throws SQLException {
        try (CheckedDatabase database = CheckedDatabase.connect(port, CheckedDatabase.READER)) {
            return database.findings(source);
        }
    }

    private static boolean isAny(List<CheckFinding> findings, Set<String> rules) {
        return findings.stream().anyMatch(finding -> rules.contains(finding.rule()));
    }

    private static Set<String> sources(List<CheckFinding> findings) {
        Set<String> sources = new TreeSet<>();
        findings.stream()
                .map(CheckFinding::source)
                .filter(source -> !source.isEmpty())
                .forEach(sources::add);
        return sources;
    }

    private void transform(CheckedDatabase database, String source)
            throws SQLException, InterruptedException {
        List<LoadedPartVersion> parts =
                database.loadedParts(source).stream()
                        .filter(part -> WarehouseCheck.LoadedObjects.fault(lake, part).isPresent())
                        .filter(part -> lake.head(part.id().rawKey()).isPresent())
                        .toList();
        database.connection().rollback();
        progress.accept("Transforming %d raw parts of %s again.".formatted(parts.size(), source));
        for (LoadedPartVersion part : parts) {
            send(Queues.RAW_EVENTS, part.id().rawKey());
        }
        await(
                () ->
                        parts.stream()
                                .allMatch(
                                        part ->
                                                WarehouseCheck.LoadedObjects.fault(lake, part)
                                                        .isEmpty()));
    }

    private void replay(CheckedDatabase database, String source, List<CheckFinding> findings)
            throws SQLException, InterruptedException {
        List<LoadedPartVersion> loaded = database.loadedParts(source);
        for (StreamName stream : streams(database, findings)) {
            if (loaded.stream().noneMatch(part -> part.id().stream() == stream)) {
                continue;
            }
            CleanRows rows = new CleanRows(database, lake, source, stream);
            rows.stage(loaded);
            rows.findMissing();
            rows.findBrokenHistories();
            if (isAny(findings, Set.of("rows_altered"))) {
                rows.findAltered();
            }
            // Deleted rows and their parts' replay are recorded at once: a repair may be killed.
            database.restore(rows.prepareReplay());
            database.connection().commit();
        }
        if (isAny(findings, Set.of("part_not_in_ledger"))) {
            database.restore(database.missingInLedger(source));
            database.connection().commit();
        }
        List<PartId> waiting = database.waitingParts(source);
        database.connection().commit();
        if (waiting.isEmpty()) {
            return;
        }
        progress.accept("Loading %d parts of %s again.".formatted(waiting.size(), source));
        // Run by run, so that the first of several runs with the same row becomes its origin.
        Map<RunId, List<PartId>> runs =
                waiting.stream().collect(groupingBy(PartId::runId, TreeMap::new, toList()));
        for (List<PartId> parts : runs.values()) {
            for (PartId part : parts) {
                send(Queues.CLEAN_EVENTS, part.cleanKey());
            }
            await(
                    () -> {
                        List<PartId> left = database.waitingParts(source);
                        database.connection().commit();
                        return parts.stream().noneMatch(left::contains);
                    });
        }
    }

    /** The streams with damaged rows; for lost members, also those that refer to them. */
    private static Set<StreamName> streams(CheckedDatabase database, List<CheckFinding> findings)
            throws SQLException {
        Set<StreamName> streams = EnumSet.noneOf(StreamName.class);
        for (StreamName stream : StreamName.values()) {
            String relation = database.table(stream).orElseThrow().relation();
            for (CheckFinding finding : findings) {
                if (OF_ROWS.contains(finding.rule()) && finding.relation().equals(relation)) {
                    streams.add(stream);
                    if (finding.rule().equals("dimension_missing")) {
                        streams.addAll(
                                List.of(
                                        StreamName.ORDERS,
                                        StreamName.ORDER_ITEMS,
                                        StreamName.REVIEWS));
                    }
                }
            }
        }
        return streams;
    }

    private void send(String queue, String key) {
        lake.head(key)
                .ifPresent(
                        object ->
                                queues.send(
                                        queue,
                                        new ObjectCreatedEvent(
                                                        Deployment.BUCKET,
                                                        "repair",
                                                        Instant.now(),
                                                        object.key(),
                                                        object.size(),
                                                        object.entityTag(),
                                                        0)
                                                .json()));
    }

    /** Waits until it is done, or until nothing is in progress any more. */
    private void await(Done done) throws SQLException, InterruptedException {
        int idle = 0;
        while (idle < IDLE_LOOKS && !done.check()) {
            idle = isIdle() ? idle + 1 : 0;
            Thread.sleep(LOOK);
        }
    }

    private boolean isIdle() {
        List<Queues.Depth> depths = new ArrayList<>();
        for (String queue : List.of(Queues.RAW_EVENTS, Queues.CLEAN_EVENTS)) {
            depths.add(queues.depth(queue));
        }
        return depths.stream().allMatch(depth -> depth.waiting() + depth.inFlight() == 0);
    }

    private interface Done {
        boolean check() throws SQLException;
    }
}
