package io.shopflow.extract.spill;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Sorted entries in a file. An entry is the hash of its key, both lengths, the key and the value.
 * In memory is where every few kilobytes of entries begin, and a filter of the keys: one and a half
 * bytes per key.
 */
final class SortedRun implements AutoCloseable {

    /** What is read at once to find a key. */
    private static final int BLOCK_BYTES = 4096;

    private static final int BUFFER_BYTES = 1 << 16;
    private static final int HEAD_BYTES = 3 * Integer.BYTES;

    private final FileChannel file;
    private final Path path;
    private final long bytes;
    private final long size;
    private final BloomFilter filter;

    /** The hash of the first key of each block, and its place in the file. */
    private final int[] hashes;

    private final long[] places;

    private SortedRun(
            FileChannel file,
            Path path,
            long bytes,
            long size,
            BloomFilter filter,
            int[] hashes,
            long[] places) {
        this.file = file;
        this.path = path;
        this.bytes = bytes;
        this.size = size;
        this.filter = filter;
        this.hashes = hashes;
        this.places = places;
    }

    /**
     * Writes entries to a file.
     *
     * @param most how many there are at most
     */
    static SortedRun write(Entries entries, long most, Path path) throws IOException {
        BloomFilter filter = new BloomFilter(most);
        int[] hashes = new int[16];
        long[] places = new long[16];
        int blocks = 0;
        long at = 0;
        long size = 0;
        FileChannel file =
                FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            OutputStream out =
                    new BufferedOutputStream(Channels.newOutputStream(file), BUFFER_BYTES);
            DataOutputStream data = new DataOutputStream(out);
            while (entries.next()) {
                byte[] key = entries.key();
                byte[] value = entries.value();
                if (blocks == 0 || at - places[blocks - 1] >= BLOCK_BYTES) {
                    if (blocks == hashes.length) {
                        hashes = Arrays.copyOf(hashes, 2 * blocks);
                        places = Arrays.copyOf(places, 2 * blocks);
                    }
                    hashes[blocks] = entries.hash();
                    places[blocks] = at;
                    blocks++;
                }
                data.writeInt(entries.hash());
                data.writeInt(key.length);
                data.writeInt(value.length);
                data.write(key);
                data.write(value);
                at += HEAD_BYTES + key.length + value.length;
                filter.add(Text.hash(key));
                size++;
            }
            data.flush();
            return new SortedRun(
                    file,
                    path,
                    at,
                    size,
                    filter,
                    Arrays.copyOf(hashes, blocks),
                    Arrays.copyOf(places, blocks));
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    long size() {
        return size;
    }

    long bytes() {
        return bytes;
    }

    Path path() {
        return path;
    }

    byte @Nullable [] get(long hash, byte[] key) {
        if (!filter.mayContain(hash)) {
            return null;
        }
        try {
            return find(Entries.order(hash), key);
        } catch (IOException e) {
            throw new UncheckedIOException("a temporary file cannot be read", e);
        }
    }

    private byte @Nullable [] find(int hash, byte[] key) throws IOException {
        // Keys with the same hash may begin in the block before.
        int block = Math.max(0, lowest(hash) - 1);
        for (; block < hashes.length && hashes[block] <= hash; block++) {
            long end = block + 1 < places.length ? places[block + 1] : bytes;
            byte[] read = read(places[block], Math.toIntExact(end - places[block]));
            ByteBuffer entries = ByteBuffer.wrap(read);
            while (entries.hasRemaining()) {
                int found = entries.getInt();
                int ofKey = entries.getInt();
                int ofValue = entries.getInt();
                int at = entries.position();
                if (found > hash) {
                    return null;
                }
                if (found == hash && Arrays.equals(read, at, at + ofKey, key, 0, key.length)) {
                    return Arrays.copyOfRange(read, at + ofKey, at + ofKey + ofValue);
                }
                entries.position(at + ofKey + ofValue);
            }
        }
        return null;
    }

    /** The first block that begins with this hash or a larger one. */
    private int lowest(int hash) {
        int from = 0;
        int to = hashes.length;
        while (from < to) {
            int middle = (from + to) >>> 1;
            if (hashes[middle] < hash) {
                from = middle + 1;
            } else {
                to = middle;
            }
        }
        return from;
    }

    private byte[] read(long from, int length) throws IOException {
        byte[] read = new byte[length];
        ByteBuffer buffer = ByteBuffer.wrap(read);
        while (buffer.hasRemaining()) {
            if (file.read(buffer, from + buffer.position()) < 0) {
                throw new IOException("the file was cut off");
            }
        }
        return read;
    }

    Entries entries() throws IOException {
        file.position(0);
        DataInputStream in =
                new DataInputStream(
                        new BufferedInputStream(Channels.newInputStream(file), BUFFER_BYTES));
        return new Entries() {
            private long left = size;

            @Override
            boolean next() throws IOException {
                if (left-- <= 0) {
                    return false;
                }
                int hash = in.readInt();
                byte[] key = new byte[in.readInt()];
                byte[] value = new byte[in.readInt()];
                in.readFully(key);
                in.readFully(value);
                set(hash, key, value);
                return true;
            }
        };
    }

    @Override
    public void close() {
        try {
            file.close();
        } catch (IOException e) {
            throw new UncheckedIOException("a temporary file cannot be closed", e);
        }
    }
}
