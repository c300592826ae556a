package io.shopflow.dashboard.ledger;

import java.util.List;

/**
 * The first entries of a list that may be long.
 *
 * @param more number of entries that are not shown
 */
public record Shown<T>(List<T> first, long more) {

    /** At most this many of the entries. */
    public static <T> Shown<T> of(List<T> all, int atMost) {
        return of(all, atMost, all.size());
    }

    /** At most this many of the entries, with the total number. */
    static <T> Shown<T> of(List<T> read, int atMost, long all) {
        List<T> first = read.size() <= atMost ? read : read.subList(0, atMost);
        return new Shown<>(List.copyOf(first), all - first.size());
    }

    /** Whether there is nothing to show. */
    public boolean isEmpty() {
        return first.isEmpty();
    }
}
