package io.shopflow.transform.part;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * Finds the rows that are not the newest of their id. Ids are identified by a hash of 128 bits. Up
 * to a limit they are kept in memory; beyond it, entries for all rows go to files by the hash's
 * first bits, and each file is processed alone.
 */
final class Deduplication implements AutoCloseable {

    private static final int FILES = 128;
    private static final int FILE_BUFFER_BYTES = 1 << 13;
    private static final int FILE_SHIFT = 64 - 7;

    private final Path folder;
    private final int idsInMemory;
    private final BitSet older = new BitSet();
    private @Nullable Table table;
    private final @Nullable DataOutputStream[] files = new DataOutputStream[FILES];

    /**
     * @param folder for temporary files; the caller removes it
     * @param idsInMemory at 32 to 64 bytes each
     */
    Deduplication(Path folder, int idsInMemory) {
        this.folder = folder;
        this.idsInMemory = idsInMemory;
        this.table = new Table(older);
    }

    /**
     * Adds a row.
     *
     * @param instant of the version, in microseconds
     * @param dated whether the version is the source's; it cannot be compared with one of
     *     extraction, so of two such rows the later one is newer
     * @param row its number, larger than all earlier ones
     */
    void add(String id, long instant, boolean dated, int row) throws IOException {
        long version = (instant << 1) | (dated ? 1 : 0);
        long low = hash(id, 0x9E3779B97F4A7C15L);
        long high = hash(id, 0xC2B2AE3D27D4EB4FL);
        Table inMemory = table;
        if (inMemory == null) {
            write(low, high, version, row);
            return;
        }
        inMemory.add(low, high, version, row);
        if (inMemory.size() > idsInMemory) {
            inMemory.forEach(this::write);
            table = null;
        }
    }

    /**
     * The rows that are older than another one of the same id; of equal versions, the first ones.
     */
    BitSet older() throws IOException {
        if (table == null) {
            for (int i = 0; i < FILES; i++) {
                DataOutputStream file = files[i];
                if (file != null) {
                    file.close();
                    read(file(i));
                }
            }
        }
        return older;
    }

    @Override
    public void close() throws IOException {
        for (DataOutputStream file : files) {
            if (file != null) {
                file.close();
            }
        }
    }

    private void write(long low, long high, long version, int row) throws IOException {
        int bucket = (int) (low >>> FILE_SHIFT);
        DataOutputStream file = files[bucket];
        if (file == null) {
            file =
                    new DataOutputStream(
                            new BufferedOutputStream(
                                    Files.newOutputStream(file(bucket)), FILE_BUFFER_BYTES));
            files[bucket] = file;
        }
        file.writeLong(low);
        file.writeLong(high);
        file.writeLong(version);
        file.writeInt(row);
    }

    private void read(Path file) throws IOException {
        Table ids = new Table(older);
        try (DataInputStream notes =
                new DataInputStream(new BufferedInputStream(Files.newInputStream(file), 1 << 16))) {
            while (true) {
                long low;
                try {
                    low = notes.readLong();
                } catch (EOFException end) {
                    return;
                }
                ids.add(low, notes.readLong(), notes.readLong(), notes.readInt());
            }
        }
    }

    private Path file(int bucket) {
        return folder.resolve("ids-" + bucket);
    }

    /** Mixes like SplitMix64; two seeds give two independent halves. */
    private static long hash(String id, long seed) {
        long hash = seed ^ id.length();
        for (int i = 0; i < id.length(); i++) {
            hash = (hash ^ id.charAt(i)) * 0xBF58476D1CE4E5B9L;
            hash ^= hash >>> 31;
        }
        hash = (hash ^ (hash >>> 30)) * 0xBF58476D1CE4E5B9L;
        hash = (hash ^ (hash >>> 27)) * 0x94D049BB133111EBL;
        return hash ^ (hash >>> 31);
    }

    private interface Note {
        void write(long low, long high, long version, int row) throws IOException;
    }

    /** The newest row of each id, in open addressing. */
    private static final class Table {

        private static final int WORDS = 4;
        private static final int INITIAL_CAPACITY = 1 << 10;

        private final BitSet older;
        private long[] slots = new long[INITIAL_CAPACITY * WORDS];
        private int capacity = INITIAL_CAPACITY;
        private int size;

        Table(BitSet older) {
            this.older = older;
        }

        int size() {
            return size;
        }

        void add(long low, long high, long version, int row) {
            int slot = find(low, high);
            if (slots[slot + 3] == 0) {
                put(slot, low, high, version, row);
                size++;
                if (size > capacity / 4 * 3) {
                    grow();
                }
                return;
            }
            int known = row(slot);
            long than = slots[slot + 2];
            boolean comparable = ((version ^ than) & 1) == 0;
            boolean newer = (comparable && version != than) ? version > than : row > known;
            if (newer) {
                older.set(known);
                put(slot, low, high, version, row);
            } else {
                older.set(row);
            }
        }

        void forEach(Note note) throws IOException {
            for (int slot = 0; slot < slots.length; slot += WORDS) {
                if (slots[slot + 3] != 0) {
                    note.write(slots[slot], slots[slot + 1], slots[slot + 2], row(slot));
                }
            }
        }

        private int row(int slot) {
            return (int) (slots[slot + 3] - 1);
        }

        /** Stores the row plus one: zero marks an empty slot. */
        private void put(int slot, long low, long high, long version, int row) {
            slots[slot] = low;
            slots[slot + 1] = high;
            slots[slot + 2] = version;
            slots[slot + 3] = row + 1L;
        }

        private int find(long low, long high) {
            int bucket = (int) low & (capacity - 1);
            while (true) {
                int slot = bucket * WORDS;
                boolean free = slots[slot + 3] == 0;
                if (free || (slots[slot] == low && slots[slot + 1] == high)) {
                    return slot;
                }
                bucket = (bucket + 1) & (capacity - 1);
            }
        }

        private void grow() {
            long[] full = slots;
            capacity *= 2;
            slots = new long[capacity * WORDS];
            for (int slot = 0; slot < full.length; slot += WORDS) {
                if (full[slot + 3] != 0) {
                    System.arraycopy(full, slot, slots, find(full[slot], full[slot + 1]), WORDS);
                }
            }
        }
    }
}
