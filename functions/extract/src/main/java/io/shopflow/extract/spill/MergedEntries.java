package io.shopflow.extract.spill;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The entries of several sorted sources; of a key in several, that of the last source. */
final class MergedEntries implements Entries {

    private final List<Entries> sources = new ArrayList<>();
    private byte[] key = {};
    private byte[] value = {};
    private int hash;

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
    public boolean next() throws IOException {
        if (sources.isEmpty()) {
            return false;
        }
        Entries first = sources.getFirst();
        for (Entries source : sources) {
            if (Entries.compare(source, first) <= 0) {
                first = source;
            }
        }
        key = first.key();
        value = first.value();
        hash = first.hash();
        for (int i = sources.size() - 1; i >= 0; i--) {
            Entries source = sources.get(i);
            if (source.hash() == hash && Arrays.equals(source.key(), key) && !source.next()) {
                sources.remove(i);
            }
        }
        return true;
    }

    @Override
    public byte[] key() {
        return key;
    }

    @Override
    public byte[] value() {
        return value;
    }

    @Override
    public int hash() {
        return hash;
    }
}
