package io.shopflow.extract.files;

import io.shopflow.core.source.SourceFormat;
import io.shopflow.core.stream.StreamName;
import java.nio.charset.Charset;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which files feed which streams, and which columns become which fields. Read from a YAML file of
 * kind {@code files}.
 *
 * @param path folder or {@code s3://bucket/prefix} of the files; null if each run names it
 * @param writtenPath the path as messages show it, with unresolved references
 */
public record FileMapping(
        String source,
        @Nullable String path,
        @Nullable String writtenPath,
        SourceFormat format,
        List<StreamMapping> streams) {

    public FileMapping {
        streams = List.copyOf(streams);
    }

    /**
     * One stream.
     *
     * @param files names within the folder, read in this order
     * @param fields by the field's name
     * @param where rows that fail one of these are skipped and not counted
     * @param repeatedIds whether several rows may have the same id, of which the last counts
     * @param whole whether the files contain all existing rows, so that missing rows count as
     *     deleted
     * @param gonePercent percentage of rows that may be deleted at a time
     */
    public record StreamMapping(
            StreamName stream,
            List<String> files,
            FileFormat format,
            Map<String, FieldMapping> fields,
            List<RowFilter> where,
            boolean repeatedIds,
            boolean whole,
            int gonePercent) {

        /** Default percentage of rows that may be deleted at a time. */
        public static final int GONE_PERCENT = 20;

        public StreamMapping {
            files = List.copyOf(files);
            fields = Map.copyOf(fields);
            where = List.copyOf(where);
        }

        /** The same with some of its fields. */
        StreamMapping of(Map<String, FieldMapping> some) {
            return new StreamMapping(
                    stream, files, format, some, where, repeatedIds, whole, gonePercent);
        }
    }

    /** How a file is written. */
    public sealed interface FileFormat {

        /** Delimited text with a header. The encoding's first 128 code points are ASCII. */
        record Csv(char delimiter, Charset encoding) implements FileFormat {}

        /** One array of objects, or one object per line; UTF-8. */
        record Json() implements FileFormat {}
    }

    /** The origin of a field's value. */
    public sealed interface FieldMapping {

        /**
         * A column, unchanged.
         *
         * @param optional whether the column may be missing
         */
        record Column(String name, boolean optional) implements FieldMapping {}

        /** Several columns with a separator between them; empty if one of them is empty. */
        record Join(List<String> columns, String separator) implements FieldMapping {
            public Join {
                columns = List.copyOf(columns);
            }
        }

        /** The same text in every row. */
        record Constant(String value) implements FieldMapping {}

        /**
         * A column of the row in another file whose key column equals a column of this row.
         *
         * @param on column of this row
         * @param key column of the other file; where several rows have the same key, the first
         *     counts
         * @param column the other file's column that is the value
         */
        record Lookup(String file, FileFormat format, String on, String key, String column)
                implements FieldMapping {}

        /** The second mapping if the first gives no value. */
        record Fallback(FieldMapping first, FieldMapping second) implements FieldMapping {}
    }

    /** A condition on one column. */
    public sealed interface RowFilter {

        /** The column that the condition reads. */
        String column();

        /** Whether a row with this value is read. */
        boolean accepts(String value);

        /** The column's value is one of these. */
        record In(String column, List<String> values) implements RowFilter {
            public In {
                values = List.copyOf(values);
            }

            @Override
            public boolean accepts(String value) {
                return values.contains(value);
            }
        }

        /** The column's value is none of these. */
        record NotIn(String column, List<String> values) implements RowFilter {
            public NotIn {
                values = List.copyOf(values);
            }

            @Override
            public boolean accepts(String value) {
                return !values.contains(value);
            }
        }

        /** The column has, or has not, a value. */
        record Empty(String column, boolean empty) implements RowFilter {
            @Override
            public boolean accepts(String value) {
                return value.isEmpty() == empty;
            }
        }
    }
}
