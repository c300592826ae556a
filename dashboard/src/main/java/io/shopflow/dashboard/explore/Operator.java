package io.shopflow.dashboard.explore;

import java.util.Arrays;
import java.util.Optional;

/** How a filter compares a column. */
public enum Operator {
    /** Equals a value. */
    IS("is", "equals"),
    /** Contains a text, in any case. */
    HAS("has", "contains"),
    /** A value or more. */
    MIN("min", "at least"),
    /** A value or less. */
    MAX("max", "at most"),
    /** Whether there is no value. */
    EMPTY("empty", "is empty");

    private final String key;
    private final String words;

    Operator(String key, String words) {
        this.key = key;
        this.words = words;
    }

    static Optional<Operator> named(String key) {
        return Arrays.stream(values()).filter(operator -> operator.key.equals(key)).findFirst();
    }

    /** The name in addresses. */
    public String key() {
        return key;
    }

    /** What stands between column and value. */
    public String words() {
        return words;
    }
}
