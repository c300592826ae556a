package io.shopflow.dashboard.runs;

import java.util.List;

/**
 * The first of a list that may be long.
 *
 * @param more how many are not shown
 */
public record Shown<T>(List<T> first, long more) {

    /** So many at most of these. */
    static <T> Shown<T> of(List<T> all, int atMost) {
        return of(all, atMost, all.size());
    }

    /** So many at most, of so many in all. */
    static <T> Shown<T> of(List<T> read, int atMost, long all) {
        List<T> first = read.size() <= atMost ? read : read.subList(0, atMost);
        return new Shown<>(List.copyOf(first), all - first.size());
    }

    /** Whether there is nothing to show. */
    public boolean isEmpty() {
        return first.isEmpty();
    }
}
