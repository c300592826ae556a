package io.shopflow.extract.spill;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Maps that share a limit of memory: at the limit, the largest one is written to a file. */
public final class SpillingMaps implements AutoCloseable {

    /** Memory of all maps together. */
    public static final long MAX_BYTES = 32L << 20;

    private static final int PAGES = 64;

    private final long maxBytes;
    private final TemporaryFiles files;
    private final List<SpillingMap> maps = new ArrayList<>();

    /** Maps with {@link #MAX_BYTES} of memory. */
    public SpillingMaps() {
        this(MAX_BYTES, new TemporaryFiles());
    }

    /**
     * Maps with this memory. Sorting takes a fifth more for a moment.
     *
     * @param files which these maps delete
     */
    public SpillingMaps(long maxBytes, TemporaryFiles files) {
        this.maxBytes = maxBytes;
        this.files = files;
    }

    /** A new map, which lasts as long as these at most. */
    public SpillingMap map() {
        SpillingMap map =
                new SpillingMap(
                        this, files, (int) Math.min(MemoryTable.MAX_PAGE_BYTES, maxBytes / PAGES));
        maps.add(map);
        return map;
    }

    void remove(SpillingMap map) {
        maps.remove(map);
    }

    /** Spills until this many bytes more fit, or nothing is left in memory. */
    void makeRoom(long bytes) {
        long used = maps.stream().mapToLong(SpillingMap::memoryBytes).sum();
        while (used > 0 && used + bytes > maxBytes) {
            SpillingMap largest =
                    maps.stream()
                            .max(Comparator.comparingLong(SpillingMap::memoryBytes))
                            .orElseThrow();
            used -= largest.memoryBytes();
            largest.spill();
        }
    }

    @Override
    public void close() {
        List.copyOf(maps).forEach(SpillingMap::close);
        files.close();
    }
}
