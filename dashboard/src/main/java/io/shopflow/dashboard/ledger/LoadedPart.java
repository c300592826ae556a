package io.shopflow.dashboard.ledger;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import io.shopflow.ledger.Run;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.time.Instant;
import org.hibernate.annotations.Immutable;

/** A file of clean rows that was loaded: one row of {@code etl.part_ledger}. */
@Entity
@Immutable
@IdClass(LoadedPart.Key.class)
@Table(schema = "etl", name = "part_ledger")
@SuppressWarnings("NullAway.Init") // Hibernate fills the fields
public class LoadedPart extends PanacheEntityBase {
    /** A part is loaded once. */
    public record Key(String runId, String stream, int part) {}

    /** The run. */
    @Id
    @Column(name = "run_id")
    public String runId;

    /** orders, order_items, customers … */
    @Id public String stream;

    /** Its number within the stream. */
    @Id public int part;

    /** The bucket of the part. */
    public String bucket;

    /** The key of the part. */
    @Column(name = "object_key")
    public String objectKey;

    /** Rows of the raw part. */
    public long extracted;

    /** Rows rejected. */
    public long quarantined;

    /** When it was loaded. */
    @Column(name = "loaded_at")
    public Instant loadedAt;

    /** The duration of the load. */
    @Column(name = "load_millis")
    public long loadMillis;

    /** The first parts of a run. */
    public static Shown<LoadedPart> of(String runId, int limit) {
        return Shown.of(
                find("runId = ?1 order by stream, part", runId).page(0, limit).list(),
                limit,
                count("runId", runId));
    }

    /**
     * Whether a run has stopped: it is not closed, and none of its parts has arrived since the
     * given instant, so it will not be closed without help.
     */
    public static boolean hasStopped(Run run, Instant since) {
        if (run.closed()) {
            return false;
        }
        LoadedPart latest =
                find("runId = ?1 order by loadedAt desc", run.runId().value())
                        .page(0, 1)
                        .firstResult();
        return (latest == null ? run.startedAt() : latest.loadedAt).isBefore(since);
    }
}
