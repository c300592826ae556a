package io.shopflow.dashboard.ledger;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.util.Collection;
import org.hibernate.annotations.Immutable;

/**
 * A rejected row that the figures still lack: one row of {@code etl.quarantined_rows}. There may be
 * many: they are counted, not read.
 */
@Entity
@Immutable
@IdClass(QuarantinedRow.Key.class)
@Table(schema = "etl", name = "quarantined_rows")
@SuppressWarnings("NullAway.Init") // Hibernate fills the fields
public class QuarantinedRow extends PanacheEntityBase {
    /** Rejected rows of a part are numbered. */
    public record Key(String runId, String stream, int part, long ordinal) {}

    /** The run that rejected it. */
    @Id
    @Column(name = "run_id")
    public String runId;

    /** orders, order_items, customers … */
    @Id public String stream;

    /** Number of the part within the stream. */
    @Id public int part;

    /** From 1. */
    @Id public long ordinal;

    /** The source that was read. */
    public String source;

    /** The number of rows of these sources that the figures lack. */
    public static long stillOut(Collection<String> sources) {
        return sources.isEmpty() ? 0 : count("source in ?1", sources);
    }
}
