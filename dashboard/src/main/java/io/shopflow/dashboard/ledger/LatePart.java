package io.shopflow.dashboard.ledger;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;
import org.hibernate.annotations.Immutable;

/**
 * A file of clean rows that arrived too late for the run's ledger: one row of {@code
 * etl.late_parts}.
 */
@Entity
@Immutable
@IdClass(LatePart.Key.class)
@Table(schema = "etl", name = "late_parts")
@SuppressWarnings("NullAway.Init") // Hibernate fills the fields
public class LatePart extends PanacheEntityBase {
    /** A part may arrive late more than once. */
    public record Key(String runId, String stream, int part, int arrival) {}

    /** The run. */
    @Id
    @Column(name = "run_id")
    public String runId;

    /** orders, order_items, customers … */
    @Id public String stream;

    /** Its number within the stream. */
    @Id public int part;

    /** From 1. */
    @Id public int arrival;

    /** Whether its rows were merged; rows of a part that the manifest does not name are not. */
    public boolean applied;

    /** Rows of the raw part. */
    public long extracted;

    /** Number of new rows. */
    public long inserted;

    /** Number of rows that changed existing ones. */
    public long updated;

    /** Rows rejected. */
    public long quarantined;

    /** When it arrived. */
    @Column(name = "arrived_at")
    public Instant arrivedAt;

    /** The first late parts of a run. */
    public static Shown<LatePart> of(String runId, int limit) {
        List<LatePart> first =
                find("runId = ?1 order by stream, part, arrival", runId).page(0, limit).list();
        return Shown.of(first, limit, count("runId", runId));
    }
}
