package io.shopflow.extract.source;

import java.util.Iterator;
import java.util.List;

/**
 * The ids that a source had at its last complete read and no longer has.
 *
 * @param before number of ids at that read; 0 before the first
 * @param count number of ids that are gone
 * @param ids the ids that are gone, sorted; can be iterated more than once
 */
public record GoneIds(long before, long count, Iterable<String> ids) {

    /** Nothing is gone. */
    public static final GoneIds NONE = new GoneIds(0, 0, List.of());

    /** The ids from an index on, which starts at 0. */
    public Iterator<String> from(long first) {
        Iterator<String> rest = ids.iterator();
        for (long i = 0; i < first && rest.hasNext(); i++) {
            rest.next();
        }
        return rest;
    }
}
