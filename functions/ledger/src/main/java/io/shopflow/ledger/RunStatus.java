package io.shopflow.ledger;

import java.util.Arrays;
import java.util.Locale;

/** The status of a run. */
public enum RunStatus {
    /** Not closed: objects of the run are missing. */
    RUNNING,
    /** Closed: every stream balances, and no problem or finding fails the run. */
    COMPLETE,
    /** Closed, but not complete: the ledger, problems and findings give the reason. */
    INCOMPLETE;

    /** The name in the warehouse and in messages: lower case. */
    public String canonicalName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether the run no longer changes. */
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
