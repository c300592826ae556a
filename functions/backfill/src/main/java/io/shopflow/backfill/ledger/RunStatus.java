package io.shopflow.backfill.ledger;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** How far a run is. */
public enum RunStatus {
    /** Nothing of it is loaded yet, or it was never asked for. */
    UNKNOWN,
    /** Loading. */
    OPEN,
    /** Closed with every row accounted for. */
    COMPLETE,
    /** Closed with rows missing, or with a problem. */
    INCOMPLETE;

    /** As the state machine compares it. */
    @JsonValue
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
