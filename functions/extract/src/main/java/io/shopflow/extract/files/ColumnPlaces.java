package io.shopflow.extract.files;

import io.shopflow.extract.files.FileMapping.Each;
import io.shopflow.extract.files.FileMapping.Each.Columns;
import io.shopflow.extract.files.FileMapping.Each.Pieces;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The columns that a mapping reads, by place. */
final class ColumnPlaces {

    private static final String AS_WRITTEN = "";

    /** A column as one value reads it. */
    private record Use(String column, String decimalSeparator) {}

    private final @Nullable Each each;
    private final Map<String, Long> lines;
    private final Map<Use, Integer> places = new LinkedHashMap<>();
    private final Map<Use, Boolean> optional = new LinkedHashMap<>();

    /**
     * For a mapping.
     *
     * @param each what makes several rows of a record; null: nothing does
     * @param lines of the configuration that name columns
     */
    ColumnPlaces(@Nullable Each each, Map<String, Long> lines) {
        this.each = each;
        this.lines = Map.copyOf(lines);
    }

    /** The columns that a file must have, by place. */
    List<Column> columns() {
        return places.keySet().stream()
                .map(this::column)
                .map(column -> column.named(lines.get(column.name())))
                .toList();
    }

    private Column column(Use use) {
        boolean mayMiss = Boolean.TRUE.equals(optional.get(use));
        String separator = use.decimalSeparator();
        if (each instanceof Columns columns && columns.as().equals(use.column())) {
            return new Column(columns.pattern(), mayMiss, separator, true, null);
        }
        String name =
                each instanceof Pieces pieces && pieces.as().equals(use.column())
                        ? pieces.column()
                        : use.column();
        return new Column(name, mayMiss, separator);
    }

    /** The places of a column, one for each way in which it is read. */
    Set<Integer> of(String column) {
        return places.entrySet().stream()
                .filter(use -> use.getKey().column().equals(column))
                .map(Map.Entry::getValue)
                .collect(Collectors.toSet());
    }

    /** The place of a column that is read as it is. */
    int place(String column) {
        return place(column, false, AS_WRITTEN);
    }

    /**
     * The place of a column.
     *
     * @param decimalSeparator see {@link Column}
     */
    int place(String column, boolean mayMiss, String decimalSeparator) {
        Use use = new Use(column, decimalSeparator);
        optional.merge(use, mayMiss, Boolean::logicalAnd);
        return places.computeIfAbsent(use, unused -> places.size());
    }
}
