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

/** Rows of a run that count although something in them was odd: one of {@code etl.run_warnings}. */
@Entity
@Immutable
@IdClass(RunWarning.Key.class)
@Table(schema = "etl", name = "run_warnings")
@SuppressWarnings("NullAway.Init") // Hibernate fills the fields
public class RunWarning extends PanacheEntityBase {
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

    /** Rows in which the field is odd. */
    public long rows;

    /** One odd value; null where none may be shown. */
    public @Nullable String example;

    /** Where the row of the example stands in its source; null where unknown. */
    public @Nullable String position;

    /** What was odd in rows of a run that count, the most first. */
    static List<RunWarning> of(String runId) {
        return list("runId = ?1 order by rows desc, stream, rule, field", runId);
    }
}
