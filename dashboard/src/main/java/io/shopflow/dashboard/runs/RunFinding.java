package io.shopflow.dashboard.runs;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import io.shopflow.dashboard.page.Formats;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.util.List;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;

/** What was found when a run was closed: one row of {@code etl.run_findings}. */
@Entity
@Immutable
@IdClass(RunFinding.Key.class)
@Table(schema = "etl", name = "run_findings")
@SuppressWarnings("NullAway.Init") // Hibernate fills the fields
public class RunFinding extends PanacheEntityBase {
    /** A rule finds something once per stream. */
    public record Key(String runId, String rule, String stream) {}

    /** The run. */
    @Id
    @Column(name = "run_id")
    public String runId;

    /** Short stable name of the rule. */
    @Id public String rule;

    /** Stream that it concerns; empty for the whole source. */
    @Id public String stream;

    /** How many rows it concerns; 0 where it concerns none in particular. */
    public long rows;

    /** One of them; null where none may be shown. */
    public @Nullable String example;

    /** What is wrong and what to do; follows the number of rows, where that is not 0. */
    public String message;

    /** Whether it makes the run incomplete. */
    @Column(name = "fails_run")
    public boolean failsRun;

    /** {@code 2 rows of orders that are not there (for example r4)}. */
    public String described() {
        String shown =
                example == null || message.contains("'" + example + "'")
                        ? ""
                        : " (for example %s)".formatted(example);
        String counted = rows == 0 ? "" : Formats.count(rows) + " ";
        return counted + message + shown;
    }

    /** The findings of a run, those that make it incomplete first. */
    public static List<RunFinding> of(String runId) {
        return list("runId = ?1 order by failsRun desc, rule, stream", runId);
    }
}
