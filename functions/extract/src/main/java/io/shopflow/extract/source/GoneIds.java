package io.shopflow.extract.source;

import java.util.Iterator;
import java.util.List;

/**
 * The ids that a source had when it was last read whole, and has no more.
 *
 * @param before how many there were then; 0 before the first time
 * @param count how many of them are gone
 * @param ids those, sorted; can be gone through more than once
 */
public record GoneIds(long before, long count, Iterable<String> ids) {

    /** Nothing is gone. */
    public static final GoneIds NONE = new GoneIds(0, 0, List.of());

    /** Those from one on, from 0. */
    public Iterator<String> from(long first) {
        Iterator<String> rest = ids.iterator();
        for (long i = 0; i < first && rest.hasNext(); i++) {
            rest.next();
        }
        return rest;
    }
}
