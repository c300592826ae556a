package io.shopflow.extract.source;

import org.jspecify.annotations.Nullable;

/**
 * The rows that share their id with another row. One row of each id counts.
 *
 * @param different those with the same version as the other row and other content
 * @param identical those with the same version and content
 * @param versions number of those with another version
 */
public record RepeatedIds(Rows different, Rows identical, long versions) {

    /** No id is repeated. */
    public static final RepeatedIds NONE = new RepeatedIds(Rows.NONE, Rows.NONE, 0);

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
        return new RepeatedIds(different.and(one, other), identical, versions);
    }

    /** These, and a row with the same content as another one. */
    public RepeatedIds andIdentical(String one, String other) {
        return new RepeatedIds(different, identical.and(one, other), versions);
    }

    /** These, and a row with another version than another one. */
    public RepeatedIds andVersion() {
        return new RepeatedIds(different, identical, versions + 1);
    }

    /** Whether no id is repeated. */
    public boolean isNone() {
        return different.count() + identical.count() + versions == 0;
    }
}
