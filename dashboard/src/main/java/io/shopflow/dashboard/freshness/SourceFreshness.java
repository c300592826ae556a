package io.shopflow.dashboard.freshness;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import io.shopflow.ledger.RunStatus;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;

/** How fresh a source's data is: one row of {@code analytics.freshness}. */
@Entity
@Immutable
@Table(schema = "analytics", name = "freshness")
@SuppressWarnings("NullAway.Init") // Hibernate fills the fields
public class SourceFreshness extends PanacheEntityBase {
    /** Name of the source. */
    @Id public String source;

    /** The newest business date of its orders. */
    @Column(name = "newest_order_on")
    public @Nullable LocalDate newestOrderOn;

    /** The last run that balanced. */
    @Column(name = "last_complete_run_id")
    public @Nullable String lastCompleteRunId;

    /** When that run was closed. */
    @Column(name = "last_complete_at")
    public @Nullable Instant lastCompleteAt;

    /** The last run, regardless of its outcome. */
    @Column(name = "last_run_id")
    public String lastRunId;

    /** running, complete or incomplete. */
    @Column(name = "last_run_status")
    public String lastRunStatus;

    /** When the last run was closed, or when it began if it is still running. */
    @Column(name = "last_run_at")
    public Instant lastRunAt;

    /** Whether its last run is not closed yet, so that its ledger is not final. */
    public boolean isRunning() {
        return !lastStatus().closed();
    }

    /** How its last run ended, or that it is not closed yet. */
    public RunStatus lastStatus() {
        return RunStatus.ofCanonicalName(lastRunStatus);
    }

    /** All sources that have ever been run, by name. */
    public static List<SourceFreshness> all() {
        return list("order by source");
    }
}
