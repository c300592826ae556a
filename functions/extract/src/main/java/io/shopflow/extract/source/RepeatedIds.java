package io.shopflow.extract.source;

import org.jspecify.annotations.Nullable;

/**
 * The rows that share their id and version with another row. One row of each id counts.
 *
 * @param different those with other content than the other row
 * @param identical those with the same content
 */
public record RepeatedIds(Rows different, Rows identical) {

    /** No id is repeated. */
    public static final RepeatedIds NONE = new RepeatedIds(Rows.NONE, Rows.NONE);

    /**
     * Rows that do not count.
     *
     * @param count their number
     * @param one position of such a row; null if there is none
     * @param other position of a row with the same id
     */
    public record Rows(long count, @Nullable String one, @Nullable String other) {
        private static final Rows NONE = new Rows(0, null, null);

        private Rows and(String first, String second) {
            return count == 0 ? new Rows(1, first, second) : new Rows(count + 1, one, other);
        }
    }

    /** These, and a row with other content than another one. */
    public RepeatedIds andDifferent(String one, String other) {
        return new RepeatedIds(different.and(one, other), identical);
    }

    /** These, and a row with the same content as another one. */
    public RepeatedIds andIdentical(String one, String other) {
        return new RepeatedIds(different, identical.and(one, other));
    }
}
