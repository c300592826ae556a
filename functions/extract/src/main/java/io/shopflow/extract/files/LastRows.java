package io.shopflow.extract.files;

import io.shopflow.extract.files.FileMapping.StreamMapping;
import io.shopflow.extract.spill.SpillingMap;
import io.shopflow.extract.spill.SpillingMaps;
import org.jspecify.annotations.Nullable;

/**
 * Which rows of a stream are superseded by later ones: of the same id, or of a later record of the
 * same order. A record supersedes earlier ones even if it makes no row, or none that the mapping's
 * conditions accept; of an id, only accepted rows count. The rows are read once more for it, so
 * mappings must enable each. Rows without an id are not compared.
 */
final class LastRows implements AutoCloseable {

    private final boolean ofIds;
    private final @Nullable String lastOf;
    private final SpillingMap rows;
    private final SpillingMap records;

    LastRows(StreamMapping mapping, SpillingMaps maps) {
        this.rows = maps.map();
        this.records = maps.map();
        this.ofIds = mapping.repeatedIds();
        this.lastOf = mapping.lastOf();
    }

    /** Whether rows must be added before the first is read. */
    boolean compares() {
        return ofIds || lastOf != null;
    }

    /**
     * Adds a row.
     *
     * @param row its number in the stream
     * @param record its record's number in the stream
     */
    void add(RecordMapping mapping, Records current, long row, long record) {
        String id = ofIds ? mapping.id(current) : "";
        String of = lastOf == null ? "" : mapping.value(current, lastOf);
        if (current.defect() != null) {
            return;
        }
        if (ofIds) {
            mapping.addToSums(current);
        }
        put(rows, id, row);
        put(records, of, record);
    }

    /** Adds a record without a row that is accepted. */
    void addRecord(RecordMapping mapping, Records current, long record) {
        if (lastOf == null) {
            return;
        }
        String of = mapping.value(current, lastOf);
        if (current.defect() == null) {
            put(records, of, record);
        }
    }

    private static void put(SpillingMap last, String key, long number) {
        if (!key.isEmpty()) {
            last.put(key, Long.toString(number));
        }
    }

    private static long last(SpillingMap numbers, String key, long number) {
        String last = numbers.get(key);
        return last == null ? number : Long.parseLong(last);
    }

    /** Why a row is superseded; null if it is not. */
    @Nullable String supersedes(RecordMapping mapping, Records current, long row, long record) {
        if (ofIds) {
            long last = last(rows, mapping.id(current), row);
            if (last != row) {
                return "row " + last + " has the same id";
            }
        }
        if (lastOf != null) {
            long last = last(records, mapping.value(current, lastOf), record);
            if (last != record) {
                return "record " + last + " has the same " + lastOf;
            }
        }
        return null;
    }

    /** Forgets all rows. */
    void clear() {
        rows.clear();
        records.clear();
    }

    @Override
    public void close() {
        rows.close();
        records.close();
    }
}
