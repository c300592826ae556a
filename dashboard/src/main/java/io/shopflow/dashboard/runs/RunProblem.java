package io.shopflow.dashboard.runs;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;

/** What went wrong in a run: one row of {@code etl.run_problems}. */
@Entity
@Immutable
@IdClass(RunProblem.Key.class)
@Table(schema = "etl", name = "run_problems")
@SuppressWarnings("NullAway.Init") // Hibernate fills the fields
public class RunProblem extends PanacheEntityBase {
    /** Problems of a run are numbered. */
    public record Key(String runId, int ordinal) {}

    /** The run. */
    @Id
    @Column(name = "run_id")
    public String runId;

    /** From 1. */
    @Id public int ordinal;

    /** Stream that it concerns; null for the whole run. */
    public @Nullable String stream;

    /** File, object or address; null where there is none. */
    public @Nullable String file;

    /** Line from 1; null where there is none. */
    public @Nullable Long line;

    /** Field; null where it concerns more than one. */
    public @Nullable String field;

    /** Short stable name of the rule. */
    public String rule;

    /** What is wrong and what to do. */
    public String message;

    /** The first problems of a run. */
    static Shown<RunProblem> of(String runId, int limit) {
        return Shown.of(
                find("runId = ?1 order by ordinal", runId).page(0, limit).list(),
                limit,
                count("runId", runId));
    }
}
