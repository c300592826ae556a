package io.shopflow.extract.files;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The origin of a field's value. */
public sealed interface FieldMapping {

    /** The mappings that this one consists of. */
    default List<FieldMapping> parts() {
        return List.of();
    }

    /** Adds the files in which values are looked up. */
    default void addLookupFiles(Set<String> files) {
        parts().forEach(part -> part.addLookupFiles(files));
    }

    /**
     * A column, unchanged.
     *
     * @param optional whether the column may be missing
     */
    record Column(String name, boolean optional) implements FieldMapping {}

    /** Several values with a separator between them; empty if one of them is empty. */
    record Join(List<FieldMapping> values, String separator) implements FieldMapping {
        public Join {
            values = List.copyOf(values);
        }

        @Override
        public List<FieldMapping> parts() {
            return values;
        }
    }

    /** The same text in every row. */
    record Constant(String value) implements FieldMapping {}

    /**
     * A column of the row in another file whose key column equals a value of this row.
     *
     * @param on the value of this row
     * @param key column of the other file; where several rows have the same key, the first counts
     * @param column the other file's column that is the value
     */
    record Lookup(String file, FileFormat format, FieldMapping on, String key, String column)
            implements FieldMapping {

        @Override
        public List<FieldMapping> parts() {
            return List.of(on);
        }

        @Override
        public void addLookupFiles(Set<String> files) {
            files.add(file);
            on.addLookupFiles(files);
        }
    }

    /** The second mapping if the first gives no value. */
    record Fallback(FieldMapping first, FieldMapping second) implements FieldMapping {
        @Override
        public List<FieldMapping> parts() {
            return List.of(first, second);
        }
    }

    /** The first mapping if the condition holds, else the second. */
    record Choice(Condition when, FieldMapping then, FieldMapping otherwise)
            implements FieldMapping {
        @Override
        public List<FieldMapping> parts() {
            return List.of(then, otherwise);
        }
    }

    /** A text, changed by one edit after the other. */
    record Edited(FieldMapping text, List<Edit> edits) implements FieldMapping {
        public Edited {
            edits = List.copyOf(edits);
        }

        @Override
        public List<FieldMapping> parts() {
            return List.of(text);
        }
    }

    /**
     * A number computed from others, from the first to the last; empty if one of them is empty.
     *
     * @param decimals to which the result is rounded, half up; null: as many as it has
     */
    record Computed(Operation operation, List<FieldMapping> numbers, @Nullable Integer decimals)
            implements FieldMapping {
        public Computed {
            numbers = List.copyOf(numbers);
        }

        @Override
        public List<FieldMapping> parts() {
            return numbers;
        }
    }

    /** The sum of a number over the rows with the same id that meet the conditions. */
    record Sum(FieldMapping number, List<Condition> where) implements FieldMapping {
        public Sum {
            where = List.copyOf(where);
        }

        @Override
        public List<FieldMapping> parts() {
            return List.of(number);
        }
    }

    /** A field of the earlier sale that the row returns: of the line, {@code id} or its order. */
    record OfSale(boolean order) implements FieldMapping {}

    /** The row's number in its file, from 1. */
    record RowNumber() implements FieldMapping {}

    /** The row's number among the rows of its record, from 1. */
    record ItemNumber() implements FieldMapping {}

    /** The row's number among the rows of its file that have the same value in a column, from 1. */
    record NumberWithin(String column) implements FieldMapping {}

    /** How numbers are computed. */
    enum Operation {
        ADD,
        SUBTRACT,
        MULTIPLY,
        DIVIDE
    }
}
