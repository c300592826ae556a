package io.shopflow.extract.spill;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Keys and values in few large arrays, since an entry of a hash map takes 150 bytes more. An entry
 * is the length of its key, the key, the length of its value, and the value. One that is replaced
 * keeps its place, unless the new value has another length.
 */
final class MemoryTable {

    /** The size of pages is at most this power of two. */
    private static final int PAGE_BITS = 18;

    static final int MAX_PAGE_BYTES = 1 << PAGE_BITS;

    private static final int FIRST_SLOTS = 16;

    private final int pageBytes;

    /** An entry that is larger than a page has one of its own size. */
    private final List<byte[]> pages = new ArrayList<>();

    /** The number of a page, from 1, and a place in it; 0 is free. Probed linearly. */
    private int[] slots = new int[0];

    private int size;
    private int usedOfPage;
    private long bytesOfPages;

    MemoryTable(int pageBytes) {
        this.pageBytes = Math.min(pageBytes, MAX_PAGE_BYTES);
    }

    /** The bytes of all arrays. */
    long bytes() {
        return bytesOfPages + (long) slots.length * Integer.BYTES;
    }

    int size() {
        return size;
    }

    /** By how many bytes the arrays may grow to hold one more entry; mostly 0. */
    long growth(byte[] key, byte[] value) {
        int entry = entryBytes(key, value);
        return (fits(entry) ? 0 : Math.max(pageBytes, entry))
                + (isCrowded() ? (long) Math.max(FIRST_SLOTS, slots.length) * Integer.BYTES : 0);
    }

    private boolean fits(int entry) {
        return !pages.isEmpty() && usedOfPage + entry <= pages.getLast().length;
    }

    private static int entryBytes(byte[] key, byte[] value) {
        return VarInt.bytes(key.length) + key.length + VarInt.bytes(value.length) + value.length;
    }

    private boolean isCrowded() {
        return (size + 1) * 4L > slots.length * 3L;
    }

    byte @Nullable [] get(long hash, byte[] key) {
        if (size == 0) {
            return null;
        }
        int entry = slots[slot(hash, key)];
        return entry == 0 ? null : value(entry);
    }

    void put(long hash, byte[] key, byte[] value) {
        if (isCrowded()) {
            grow();
        }
        int slot = slot(hash, key);
        if (slots[slot] == 0) {
            size++;
        } else if (replace(slots[slot], value)) {
            return;
        }
        slots[slot] = append(key, value);
    }

    private boolean replace(int entry, byte[] value) {
        byte[] page = page(entry);
        int at = valueAt(page, place(entry));
        if (VarInt.read(page, at) != value.length) {
            return false;
        }
        System.arraycopy(value, 0, page, at + VarInt.bytes(value.length), value.length);
        return true;
    }

    private int append(byte[] key, byte[] value) {
        int bytes = entryBytes(key, value);
        if (!fits(bytes)) {
            byte[] page = new byte[Math.max(pageBytes, bytes)];
            pages.add(page);
            bytesOfPages += page.length;
            usedOfPage = 0;
        }
        byte[] page = pages.getLast();
        int at = VarInt.write(page, usedOfPage, key.length);
        System.arraycopy(key, 0, page, at, key.length);
        at = VarInt.write(page, at + key.length, value.length);
        System.arraycopy(value, 0, page, at, value.length);
        int entry = (pages.size() << PAGE_BITS) | usedOfPage;
        usedOfPage += bytes;
        return entry;
    }

    private int slot(long hash, byte[] key) {
        int mask = slots.length - 1;
        int slot = (int) hash & mask;
        while (slots[slot] != 0 && !hasKey(slots[slot], key)) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    private boolean hasKey(int entry, byte[] key) {
        byte[] page = page(entry);
        int at = place(entry);
        if (VarInt.read(page, at) != key.length) {
            return false;
        }
        int from = at + VarInt.bytes(key.length);
        return Arrays.equals(page, from, from + key.length, key, 0, key.length);
    }

    private void grow() {
        int[] before = slots;
        slots = new int[Math.max(FIRST_SLOTS, before.length * 2)];
        int mask = slots.length - 1;
        for (int entry : before) {
            if (entry != 0) {
                int slot = (int) Text.hash(key(entry)) & mask;
                while (slots[slot] != 0) {
                    slot = (slot + 1) & mask;
                }
                slots[slot] = entry;
            }
        }
    }

    /** All entries, sorted. The table must not change meanwhile. */
    Entries sorted() {
        long[] entries = new long[size];
        int count = 0;
        for (int entry : slots) {
            if (entry != 0) {
                long order = Entries.order(Text.hash(key(entry)));
                entries[count++] = (order << Integer.SIZE) | entry;
            }
        }
        Arrays.sort(entries);
        for (int i = 1; i < count; i++) {
            for (int j = i; j > 0 && isBefore(entries[j], entries[j - 1]); j--) {
                long later = entries[j - 1];
                entries[j - 1] = entries[j];
                entries[j] = later;
            }
        }
        return new Sorted(entries);
    }

    /** Whether the first of two keys with the same hash comes before the other. */
    private boolean isBefore(long one, long other) {
        return one >> Integer.SIZE == other >> Integer.SIZE
                && Arrays.compare(key((int) one), key((int) other)) < 0;
    }

    private final class Sorted extends Entries {

        private final long[] entries;
        private int next;

        private Sorted(long[] entries) {
            this.entries = entries;
        }

        @Override
        boolean next() {
            if (next == entries.length) {
                return false;
            }
            long entry = entries[next++];
            set(
                    (int) (entry >> Integer.SIZE),
                    MemoryTable.this.key((int) entry),
                    MemoryTable.this.value((int) entry));
            return true;
        }
    }

    private byte[] page(int entry) {
        return pages.get((entry >>> PAGE_BITS) - 1);
    }

    private static int place(int entry) {
        return entry & (MAX_PAGE_BYTES - 1);
    }

    private byte[] key(int entry) {
        return bytes(page(entry), place(entry));
    }

    private byte[] value(int entry) {
        byte[] page = page(entry);
        return bytes(page, valueAt(page, place(entry)));
    }

    private static int valueAt(byte[] page, int at) {
        int length = VarInt.read(page, at);
        return at + VarInt.bytes(length) + length;
    }

    private static byte[] bytes(byte[] page, int at) {
        int length = VarInt.read(page, at);
        int from = at + VarInt.bytes(length);
        return Arrays.copyOfRange(page, from, from + length);
    }

    void clear() {
        pages.clear();
        slots = new int[0];
        size = 0;
        usedOfPage = 0;
        bytesOfPages = 0;
    }
}
