package io.shopflow.dashboard.runs;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;

/** A run of a source: one row of {@code etl.runs}. */
@Entity
@Immutable
@Table(schema = "etl", name = "runs")
@SuppressWarnings("NullAway.Init") // Hibernate fills the fields
public class Run extends PanacheEntityBase {
    /** Sorts by the time of the request. */
    @Id
    @Column(name = "run_id")
    public String runId;

    /** The source that was read. */
    public String source;

    /** running, complete or incomplete. */
    public String status;

    /** Whether everything was read; null until the manifest is in. */
    @Column(name = "full_run")
    public @Nullable Boolean full;

    /** When the extraction began. */
    @Column(name = "started_at")
    public Instant startedAt;

    /** When everything was loaded; null while running. */
    @Column(name = "closed_at")
    public @Nullable Instant closedAt;

    /** From the first page read to the last row loaded; null while running. */
    public @Nullable Duration duration() {
        return closedAt == null ? null : Duration.between(startedAt, closedAt);
    }

    /** Whether it is not closed yet: nothing can be said of its ledger. */
    public boolean isRunning() {
        return status.equals("running");
    }

    /**
     * Whether nothing of it has arrived for so long that it has stopped: it is not closed, and will
     * not be without help.
     */
    public boolean isStopped(Instant since) {
        if (!isRunning()) {
            return false;
        }
        Instant latest = LoadedPart.latestOf(runId);
        return (latest == null ? startedAt : latest).isBefore(since);
    }

    /** The latest run of a source that is closed; null before the first. */
    public static @Nullable Run lastClosed(String source) {
        return find("source = ?1 and status <> 'running' order by runId desc", source)
                .page(0, 1)
                .firstResult();
    }

    /** The latest runs, of one source or of all. */
    static List<Run> latest(@Nullable String source, int limit) {
        return (source == null
                        ? find("order by runId desc")
                        : find("source = ?1 order by runId desc", source))
                .page(0, limit)
                .list();
    }
}
