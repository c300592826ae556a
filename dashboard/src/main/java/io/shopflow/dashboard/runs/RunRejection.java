package io.shopflow.dashboard.runs;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.util.List;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;

/** Rows of a run that one rule rejected: one row of {@code etl.run_rejections}. */
@Entity
@Immutable
@IdClass(RunRejection.Key.class)
@Table(schema = "etl", name = "run_rejections")
@SuppressWarnings("NullAway.Init") // Hibernate fills the fields
public class RunRejection extends PanacheEntityBase {
    /** Rows are summed up by rule and field. */
    public record Key(String runId, String stream, String rule, String field) {}

    /** The run. */
    @Id
    @Column(name = "run_id")
    public String runId;

    /** orders, order_items, customers … */
    @Id public String stream;

    /** Short stable name of the rule. */
    @Id public String rule;

    /** Field; empty where it concerns the whole row. */
    @Id public String field;

    /** Rows that the rule rejected. */
    public long rows;

    /** Those of them that no later run loaded or replaced. */
    @Column(name = "still_out")
    public long stillOut;

    /** One rejected value; null where none may be shown. */
    public @Nullable String example;

    /** Where the row of the example stands in its source; null where unknown. */
    public @Nullable String position;

    /** Why rows of a run were rejected, the most first. */
    static List<RunRejection> of(String runId) {
        return list("runId = ?1 order by rows desc, stream, rule, field", runId);
    }
}
