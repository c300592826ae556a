package io.shopflow.extract.source;

import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * The ids of which earlier runs read rows that count, and that the source no longer has.
 *
 * @param before number of ids at that read; 0 before the first
 * @param count number of ids that are gone
 * @param ids the ids that are gone, sorted; can be iterated more than once
 */
public record GoneIds(long before, long count, Iterable<String> ids) {

    /** Nothing is gone. */
    public static final GoneIds NONE = new GoneIds(0, 0, List.of());

    /** These and others of the same read, one after the other. */
    public GoneIds and(GoneIds others) {
        return new GoneIds(
                before,
                count + others.count,
                () ->
                        Stream.of(ids, others.ids)
                                .flatMap(some -> StreamSupport.stream(some.spliterator(), false))
                                .iterator());
    }

    /** The ids from an index on, which starts at 0. */
    public Iterator<String> from(long first) {
        Iterator<String> rest = ids.iterator();
        for (long i = 0; i < first && rest.hasNext(); i++) {
            rest.next();
        }
        return rest;
    }
}
