package io.shopflow.dashboard.runs;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.util.Collection;
import java.util.List;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;

/** The ledger of one stream of a run: one row of {@code etl.run_ledger}. */
@Entity
@Immutable
@IdClass(StreamLedger.Key.class)
@Table(schema = "etl", name = "run_ledger")
@SuppressWarnings("NullAway.Init") // Hibernate fills the fields
public class StreamLedger extends PanacheEntityBase {
    /** A run has one ledger per stream. */
    public record Key(String runId, String stream) {}

    /** The run. */
    @Id
    @Column(name = "run_id")
    public String runId;

    /** orders, order_items, customers … */
    @Id public String stream;

    /** Rows that the source says there are; null where it could not be asked. */
    public @Nullable Long counted;

    /** Rows read. */
    public long extracted;

    /** Rows that were new. */
    public long inserted;

    /** Rows that changed what was there. */
    public long updated;

    /** Rows that said nothing new. */
    public long unchanged;

    /** Rows left out for a newer version of the same key. */
    public long duplicate;

    /** Rows rejected, each with its reason. */
    public long quarantined;

    /** Parts of the manifest that are not loaded yet. */
    @Column(name = "missing_parts")
    public long missingParts;

    /** Whether the ledger balances. */
    public boolean balanced;

    /** The ledgers of these runs, by stream. */
    public static List<StreamLedger> of(Collection<String> runIds) {
        return runIds.isEmpty() ? List.of() : list("runId in ?1 order by runId, stream", runIds);
    }
}
