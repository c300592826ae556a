package io.shopflow.lambda.metrics;

import java.util.Arrays;
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

    /** Reads {@link #canonicalName}; throws {@link IllegalArgumentException} for any other text. */
    public static FunctionName ofCanonicalName(String name) {
        return Arrays.stream(values())
                .filter(function -> function.canonicalName().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("not a function: " + name));
    }
}
