package io.shopflow.extract.files;

import java.util.List;
import java.util.Set;

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
}
