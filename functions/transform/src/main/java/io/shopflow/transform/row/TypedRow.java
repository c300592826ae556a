package io.shopflow.transform.row;

import io.shopflow.core.stream.StreamSchema;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A row being typed: clean values by clean column, and numbers by field. */
final class TypedRow {

    private final List<String> header;
    private final @Nullable String[] clean;
    private final long[] numbers;
    private final boolean[] present;
    private final boolean[] named;

    TypedRow(StreamSchema schema) {
        this.header = schema.cleanHeader();
        this.clean = new String[header.size()];
        this.numbers = new long[schema.fields().size()];
        this.present = new boolean[numbers.length];
        this.named = new boolean[numbers.length];
    }

    void clear() {
        Arrays.fill(clean, null);
        Arrays.fill(present, false);
        Arrays.fill(named, false);
    }

    /** The index of a clean column. */
    int cleanIndex(String column) {
        int cleanIndex = header.indexOf(column);
        if (cleanIndex < 0) {
            throw new IllegalStateException("the stream has no clean column '" + column + "'");
        }
        return cleanIndex;
    }

    void set(int cleanIndex, @Nullable String value) {
        clean[cleanIndex] = value;
    }

    @Nullable String get(int cleanIndex) {
        return clean[cleanIndex];
    }

    void setNumber(int field, long number) {
        numbers[field] = number;
        present[field] = true;
    }

    /** Records that a field contains a real address, as opposed to {@code n/a}. */
    void setNamesSomebody(int field) {
        named[field] = true;
    }

    boolean namesSomebody(int field) {
        return named[field];
    }

    boolean hasNumber(int field) {
        return present[field];
    }

    long number(int field) {
        return numbers[field];
    }

    @Nullable String[] values() {
        return clean;
    }
}
