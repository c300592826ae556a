package io.shopflow.extract.spill;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The entries of several sorted sources; of a key in several, that of the last source. */
final class MergedEntries extends Entries {

    private final List<Entries> sources = new ArrayList<>();

    /**
     * Merges sources.
     *
     * @param oldestFirst in the order in which they were written
     */
    MergedEntries(List<Entries> oldestFirst) throws IOException {
        for (Entries source : oldestFirst) {
            if (source.next()) {
                sources.add(source);
            }
        }
    }

    @Override
    boolean next() throws IOException {
        if (sources.isEmpty()) {
            return false;
        }
        Entries first = sources.getFirst();
        for (Entries source : sources) {
            if (Entries.compare(source, first) <= 0) {
                first = source;
            }
        }
        set(first.hash(), first.key(), first.value());
        for (int i = sources.size() - 1; i >= 0; i--) {
            Entries source = sources.get(i);
            if (Entries.compare(source, this) == 0 && !source.next()) {
                sources.remove(i);
            }
        }
        return true;
    }
}
