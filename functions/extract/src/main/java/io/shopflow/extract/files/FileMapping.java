package io.shopflow.extract.files;

import io.shopflow.core.source.SourceFormat;
import io.shopflow.core.stream.StreamName;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
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

    /** The same with other streams. */
    FileMapping with(List<StreamMapping> others) {
        return new FileMapping(source, path, writtenPath, format, others);
    }

    /**
     * One stream.
     *
     * @param rows the mappings that feed it, read in this order
     * @param repeatedIds whether several rows may have the same id, of which the last counts
     * @param lastOf a field; of records with the same value in it, the rows of the last one count;
     *     null: those of all
     * @param extent whether rows that are no longer in the files are deleted
     * @param gonePercent percentage of rows that may be deleted at a time
     */
    public record StreamMapping(
            StreamName stream,
            List<RowMapping> rows,
            boolean repeatedIds,
            @Nullable String lastOf,
            Extent extent,
            int gonePercent) {

        /** What the files contain of the rows that exist. */
        public enum Extent {
            /** All: missing rows are deleted. */
            WHOLE,
            /** Some: missing rows are kept. */
            SLICE,
            /** It is not declared: missing rows are kept, and put the figures in doubt. */
            UNKNOWN
        }

        /** Default percentage of rows that may be deleted at a time. */
        public static final int GONE_PERCENT = 20;

        public StreamMapping {
            rows = List.copyOf(rows);
        }

        /** Whether a mapping has this field. */
        boolean maps(String field) {
            return rows.stream().anyMatch(mapping -> mapping.fields().containsKey(field));
        }

        /** Whether a mapping leaves rows out. */
        boolean leavesOut() {
            return rows.stream().anyMatch(mapping -> !mapping.where().isEmpty());
        }

        /** Whether a mapping finds the sales that its rows return. */
        boolean findsSales() {
            return rows.stream().anyMatch(mapping -> mapping.findSale() != null);
        }

        /** The same with some of its fields. */
        StreamMapping of(Set<String> some) {
            return new StreamMapping(
                    stream,
                    rows.stream().map(mapping -> mapping.of(some)).toList(),
                    repeatedIds,
                    lastOf,
                    extent,
                    gonePercent);
        }

        /** The same with the rows of other mappings. */
        StreamMapping with(List<RowMapping> others) {
            return new StreamMapping(stream, others, repeatedIds, lastOf, extent, gonePercent);
        }

        /** Adds the files in which values are looked up. */
        void addLookupFiles(Set<String> files) {
            for (RowMapping mapping : rows) {
                mapping.fields().values().forEach(field -> field.addLookupFiles(files));
            }
        }
    }

    /**
     * How rows of files become rows of a stream.
     *
     * @param files names within the folder, read in this order
     * @param fields by the field's name
     * @param where rows that fail one of these are skipped and not counted
     * @param each what makes several rows of a record; null: each record is a row
     * @param fillDown columns that are filled from rows above; null: none
     * @param findSale how the earlier sale is found that a row returns; null: no row does
     * @param lines of the configuration in which its texts are, for messages on columns
     */
    public record RowMapping(
            List<String> files,
            FileFormat format,
            Map<String, FieldMapping> fields,
            List<Condition> where,
            @Nullable Each each,
            @Nullable FillDown fillDown,
            @Nullable FindSale findSale,
            Map<String, Long> lines) {

        public RowMapping {
            files = List.copyOf(files);
            fields = Map.copyOf(fields);
            where = List.copyOf(where);
            lines = Map.copyOf(lines);
        }

        private RowMapping of(Set<String> some) {
            Map<String, FieldMapping> kept = new HashMap<>(fields);
            kept.keySet().retainAll(some);
            return new RowMapping(files, format, kept, where, each, fillDown, findSale, lines);
        }

        /** The same of other files. */
        RowMapping in(List<String> others) {
            return new RowMapping(others, format, fields, where, each, fillDown, findSale, lines);
        }
    }

    /** What makes several rows of one record. */
    public sealed interface Each {

        /** The items of a list in JSON; their values are columns with the list's name before. */
        record Items(String list) implements Each {}

        /**
         * The columns whose names match a pattern; those without a value make no row.
         *
         * @param as name of the column that has the value of each
         */
        record Columns(String pattern, String as) implements Each {}

        /**
         * The pieces of a column's value.
         *
         * @param as name of the column that has each piece
         */
        record Pieces(String column, String separator, String as) implements Each {}
    }

    /**
     * How the earlier sale is found that a row returns.
     *
     * @param same columns that the line sold has as well, with the same values
     * @param quantity column with the units, of the line sold and of those returned
     */
    public record FindSale(List<String> same, String quantity) {
        public FindSale {
            same = List.copyOf(same);
        }
    }

    /**
     * Columns that are written only on the first of the rows that belong together.
     *
     * @param by column that has the same value in these rows
     */
    public record FillDown(List<String> columns, String by) {
        public FillDown {
            columns = List.copyOf(columns);
        }
    }
}
