package io.shopflow.extract.source;

import org.jspecify.annotations.Nullable;

/**
 * The rows that share their id and version with another row of different content. One row of each
 * id counts.
 *
 * @param rows number of rows that do not count because of that
 * @param one position of one such row; null if there is none
 * @param other position of a row with the same id
 */
public record RepeatedIds(long rows, @Nullable String one, @Nullable String other) {

    /** No id is repeated. */
    public static final RepeatedIds NONE = new RepeatedIds(0, null, null);

    /** These, and a row at one of the two positions. */
    public RepeatedIds and(String first, String second) {
        return rows == 0
                ? new RepeatedIds(1, first, second)
                : new RepeatedIds(rows + 1, one, other);
    }
}
