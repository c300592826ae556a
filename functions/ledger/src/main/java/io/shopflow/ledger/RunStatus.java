package io.shopflow.ledger;

import java.util.Arrays;
import java.util.Locale;

/** How far a run is, or how it ended. */
public enum RunStatus {
    /** Not closed: rows may still come. */
    RUNNING,
    /** Closed: every stream balances, and nothing went wrong while extracting. */
    COMPLETE,
    /** Closed: rows are missing or something went wrong; the ledger and the problems say what. */
    INCOMPLETE;

    /** The name in the warehouse and in messages: lower case. */
    public String canonicalName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether nothing more will happen to the run. */
    public boolean closed() {
        return this != RUNNING;
    }

    /** Reads {@link #canonicalName}; throws {@link IllegalArgumentException} for any other text. */
    public static RunStatus ofCanonicalName(String name) {
        return Arrays.stream(values())
                .filter(status -> status.canonicalName().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("not a status of a run: " + name));
    }
}
