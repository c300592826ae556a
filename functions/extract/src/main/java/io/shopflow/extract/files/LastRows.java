package io.shopflow.extract.files;

import io.shopflow.extract.files.FileMapping.StreamMapping;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which rows of a stream are superseded by later ones: of the same id, or of a later record of the
 * same order. A record supersedes earlier ones even if it makes no row, or none that the mapping's
 * conditions accept; of an id, only accepted rows count. One entry takes about 200 bytes of memory,
 * so mappings must enable each. Rows without an id are not compared.
 */
final class LastRows {

    private final boolean ofIds;
    private final @Nullable String lastOf;
    private final LookupMemory memory = LookupMemory.ofRepeatedIds();
    private final Map<String, Long> rows = new HashMap<>();
    private final Map<String, Long> records = new HashMap<>();

    LastRows(StreamMapping mapping) {
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
    void add(RecordMapping mapping, Records current, long row, long record)
            throws FileProblemException {
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
    void addRecord(RecordMapping mapping, Records current, long record)
            throws FileProblemException {
        if (lastOf == null) {
            return;
        }
        String of = mapping.value(current, lastOf);
        if (current.defect() == null) {
            put(records, of, record);
        }
    }

    private void put(Map<String, Long> last, String key, long number) throws FileProblemException {
        if (!key.isEmpty() && last.put(key, number) == null) {
            memory.take(key);
        }
    }

    /** Why a row is superseded; null if it is not. */
    @Nullable String supersedes(RecordMapping mapping, Records current, long row, long record) {
        if (ofIds) {
            long last = rows.getOrDefault(mapping.id(current), row);
            if (last != row) {
                return "row " + last + " has the same id";
            }
        }
        if (lastOf != null) {
            long last = records.getOrDefault(mapping.value(current, lastOf), record);
            if (last != record) {
                return "record " + last + " has the same " + lastOf;
            }
        }
        return null;
    }
}
