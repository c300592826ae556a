package io.shopflow.extract.spill;

import java.io.IOException;
import java.util.Arrays;

/** Keys with their values, one after the other, each key once. By hash, then by key. */
abstract class Entries {

    private byte[] key = {};
    private byte[] value = {};
    private int hash;

    /** Moves to the next entry; returns false after the last one. */
    abstract boolean next() throws IOException;

    /** Sets the current entry. */
    final void set(int hashOfKey, byte[] newKey, byte[] newValue) {
        hash = hashOfKey;
        key = newKey;
        value = newValue;
    }

    final byte[] key() {
        return key;
    }

    final byte[] value() {
        return value;
    }

    /** The part of a key's hash by which entries are sorted. */
    final int hash() {
        return hash;
    }

    static int order(long hash) {
        return (int) (hash >>> 32);
    }

    /** How the current entries are sorted. */
    static int compare(Entries one, Entries other) {
        int byHash = Integer.compare(one.hash(), other.hash());
        return byHash != 0 ? byHash : Arrays.compare(one.key(), other.key());
    }
}
