package io.shopflow.transform.row;

import io.shopflow.core.source.RawText;
import io.shopflow.core.stream.StreamSchema;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One extracted row, with trimmed values. The object is reused for the next row: values needed
 * later must be copied.
 */
public final class RawRow {

    private static final int POSITION = 0;
    private static final int DEFECT = 1;
    private static final int FIELDS_FROM = 2;

    private final @Nullable String[] values;
    private int columns;

    /**
     * @param width the expected number of columns
     */
    public RawRow(int width) {
        this.values = new String[width];
    }

    /** Clears the row. */
    public void clear() {
        Arrays.fill(values, null);
        columns = 0;
    }

    /**
     * Adds a column's value; those beyond the width are only counted.
     *
     * @param value null if it is empty
     */
    public void add(@Nullable String value) {
        if (columns < values.length) {
            values[columns] = value;
        }
        columns++;
    }

    /** The number of added columns. */
    public int columns() {
        return columns;
    }

    /** Whether the row has the expected number of columns. */
    boolean isWhole() {
        return columns == values.length;
    }

    /** The row's position in its source. */
    @Nullable String position() {
        return values[POSITION];
    }

    /** Whether a later row of the same extraction has the same id and counts instead. */
    public boolean isSuperseded() {
        String defect = defect();
        return isWhole()
                && defect != null
                && defect.startsWith(StreamSchema.SUPERSEDED + ":")
                && hasId();
    }

    /** A row without an id cannot be a duplicate. */
    private boolean hasId() {
        String id = field(0);
        return id != null && !RawText.isNull(id);
    }

    /** Whether the source has deleted the row with this id. */
    boolean isTombstone() {
        return isWhole() && StreamSchema.DELETED.equals(defect());
    }

    /** The reason why the row could not be read at its source. */
    @Nullable String defect() {
        return values[DEFECT];
    }

    /** Whether the row is marked as a duplicate but has no id. */
    boolean lacksId() {
        String defect = defect();
        return defect != null && defect.startsWith(StreamSchema.SUPERSEDED + ":") && !hasId();
    }

    /** The value of a field, by its index in the schema; null if it is empty. */
    @Nullable String field(int index) {
        return values[FIELDS_FROM + index];
    }

    /** Clears the value of a field whose text means a missing value. */
    void empty(int index) {
        values[FIELDS_FROM + index] = null;
    }

    /** The expected number of fields. */
    int fields() {
        return values.length - FIELDS_FROM;
    }
}
