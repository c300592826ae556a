package io.shopflow.transform.row;

import io.shopflow.core.source.RawText;
import io.shopflow.core.stream.StreamSchema;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One row as it was extracted, trimmed. The object is used again for the next row: what is to
 * outlive it must be taken out.
 */
public final class RawRow {

    private static final int POSITION = 0;
    private static final int DEFECT = 1;
    private static final int FIELDS_FROM = 2;

    private final @Nullable String[] values;
    private int columns;

    /**
     * @param width the number of columns that rows should have
     */
    public RawRow(int width) {
        this.values = new String[width];
    }

    /** Forgets the row. */
    public void clear() {
        Arrays.fill(values, null);
        columns = 0;
    }

    /**
     * Adds a column's value; those beyond the width are only counted.
     *
     * @param value null where it is empty
     */
    public void add(@Nullable String value) {
        if (columns < values.length) {
            values[columns] = value;
        }
        columns++;
    }

    /** How many columns were added. */
    public int columns() {
        return columns;
    }

    /** Whether it has as many columns as it should. */
    boolean isWhole() {
        return columns == values.length;
    }

    /** Where the row stood in its source. */
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

    /** A row that has no id cannot be another's duplicate. */
    private boolean hasId() {
        String id = field(0);
        return id != null && !RawText.isNull(id);
    }

    /** Whether the source says that the row with this id is gone. */
    boolean isTombstone() {
        return isWhole() && StreamSchema.DELETED.equals(defect());
    }

    /** Why it could not be read at its source. */
    @Nullable String defect() {
        return values[DEFECT];
    }

    /** Whether it says that it has a duplicate, but has no id. */
    boolean lacksId() {
        String defect = defect();
        return defect != null && defect.startsWith(StreamSchema.SUPERSEDED + ":") && !hasId();
    }

    /** The value of a field, by its place in the schema; null where it is empty. */
    @Nullable String field(int place) {
        return values[FIELDS_FROM + place];
    }

    /** Forgets the value of a field: it says in words that there is none. */
    void empty(int place) {
        values[FIELDS_FROM + place] = null;
    }

    /** How many fields there should be. */
    int fields() {
        return values.length - FIELDS_FROM;
    }
}
