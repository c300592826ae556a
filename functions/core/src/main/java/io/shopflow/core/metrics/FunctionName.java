package io.shopflow.core.metrics;

import java.util.Locale;

/** The functions, by the names under which they are deployed. */
public enum FunctionName {
    EXTRACT,
    TRANSFORM,
    LOAD,
    MIGRATE,
    BACKFILL;

    /** The name in the dimension {@code Function}: lower case. */
    public String canonicalName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
