package io.shopflow.ledger;

import io.shopflow.core.run.RunId;
import org.jspecify.annotations.Nullable;

/** How many rows of a run's stream one rule concerned in one field, with an example. */
public sealed interface RuleRows permits Rejection, Warning {

    /** Name of the source that was read. */
    String source();

    /** The run. */
    RunId runId();

    /** Canonical name of the stream. */
    String stream();

    /** Short stable name of the rule. */
    String rule();

    /** The field; empty where it concerns the whole row. */
    String field();

    /** How many rows. */
    long rows();

    /** One value; null where none may be shown. */
    @Nullable String example();

    /** Where the row of the example stands in its source; null where unknown. */
    @Nullable String position();
}
