package io.shopflow.extract.spill;

import java.io.IOException;
import java.util.Arrays;

/** Keys with their values, one after the other, each key once. By hash, then by key. */
interface Entries {

    /** Moves to the next entry; returns false after the last one. */
    boolean next() throws IOException;

    byte[] key();

    byte[] value();

    /** The part of a key's hash by which entries are sorted. */
    int hash();

    static int order(long hash) {
        return (int) (hash >>> 32);
    }

    /** How the current entries are sorted. */
    static int compare(Entries one, Entries other) {
        int byHash = Integer.compare(one.hash(), other.hash());
        return byHash != 0 ? byHash : Arrays.compare(one.key(), other.key());
    }
}
