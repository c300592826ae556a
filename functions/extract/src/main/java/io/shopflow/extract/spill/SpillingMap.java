package io.shopflow.extract.spill;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A map of texts that behaves like one in memory, whatever its size. What does not fit into memory
 * is written to a file, sorted; a few files are merged to one. Not for use by several threads at a
 * time.
 */
public final class SpillingMap implements AutoCloseable {

    /** Files of about the same size that are merged to one. */
    private static final int MERGED_FILES = 8;

    private final SpillingMaps maps;
    private final TemporaryFiles files;
    private final MemoryTable memory;

    /** The oldest first. */
    private final List<Level> runs = new ArrayList<>();

    /** Rows that follow each other often have the same key. */
    private @Nullable String lastKey;

    private @Nullable String lastValue;

    /**
     * A file.
     *
     * @param level how many times its entries were merged
     */
    private record Level(int level, SortedRun run) {}

    SpillingMap(SpillingMaps maps, TemporaryFiles files, int pageBytes) {
        this.maps = maps;
        this.files = files;
        this.memory = new MemoryTable(pageBytes);
    }

    /** The value of a key; null if it has none. */
    public @Nullable String get(String key) {
        if (!key.equals(lastKey)) {
            byte[] found = find(Text.encode(key));
            lastValue = found == null ? null : Text.decode(found, 0, found.length);
            lastKey = key;
        }
        return lastValue;
    }

    private byte @Nullable [] find(byte[] key) {
        long hash = Text.hash(key);
        byte[] found = memory.get(hash, key);
        for (int i = runs.size() - 1; found == null && i >= 0; i--) {
            found = runs.get(i).run().get(hash, key);
        }
        return found;
    }

    /**
     * Sets the value of a key.
     *
     * @throws TemporarySpaceException if it does not fit into the temporary files
     */
    public void put(String key, String value) {
        byte[] bytes = Text.encode(key);
        byte[] encoded = Text.encode(value);
        long growth = memory.growth(bytes, encoded);
        if (growth > 0) {
            maps.makeRoom(growth);
        }
        memory.put(Text.hash(bytes), bytes, encoded);
        lastKey = key;
        lastValue = value;
    }

    /** Removes everything. */
    public void clear() {
        memory.clear();
        runs.forEach(run -> delete(run.run()));
        runs.clear();
        lastKey = null;
        lastValue = null;
    }

    long memoryBytes() {
        return memory.bytes();
    }

    /** Frees the memory. */
    void spill() {
        try {
            Path file = files.create(2 * memory.bytes());
            runs.add(new Level(0, SortedRun.write(memory.sorted(), memory.size(), file)));
            memory.clear();
            while (merge()) {
                // The merged file may be one of several of its size.
            }
        } catch (IOException e) {
            throw new UncheckedIOException("writing temporary files failed", e);
        }
    }

    /** Merges the last files if enough have the same level; returns whether there were. */
    private boolean merge() throws IOException {
        int level = runs.getLast().level();
        int from = runs.size();
        while (from > 0 && runs.get(from - 1).level() == level) {
            from--;
        }
        List<Level> merged = runs.subList(from, runs.size());
        if (merged.size() < MERGED_FILES) {
            return false;
        }
        List<Entries> entries = new ArrayList<>();
        long size = 0;
        long bytes = 0;
        for (Level run : merged) {
            entries.add(run.run().entries());
            size += run.run().size();
            bytes += run.run().bytes();
        }
        SortedRun all = SortedRun.write(new MergedEntries(entries), size, files.create(bytes));
        merged.forEach(run -> delete(run.run()));
        merged.clear();
        runs.add(new Level(level + 1, all));
        return true;
    }

    private void delete(SortedRun run) {
        run.close();
        files.delete(run.path());
    }

    @Override
    public void close() {
        clear();
        maps.remove(this);
    }
}
