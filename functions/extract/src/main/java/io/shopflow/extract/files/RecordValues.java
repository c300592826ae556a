package io.shopflow.extract.files;

import io.shopflow.core.source.RawText;
import io.shopflow.extract.files.Condition.Empty;
import io.shopflow.extract.files.Condition.Is;
import io.shopflow.extract.files.Condition.Not;
import io.shopflow.extract.files.FieldMapping.Column;
import io.shopflow.extract.files.FieldMapping.Constant;
import io.shopflow.extract.files.FieldMapping.Fallback;
import io.shopflow.extract.files.FieldMapping.Join;
import io.shopflow.extract.files.FieldMapping.Lookup;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * The values of one mapping, resolved to the places of their columns. Values are compared, joined
 * and looked up as {@link CellReader} reads them.
 */
final class RecordValues {

    private static final String AS_WRITTEN = "";

    /** Reads one value of the current record. */
    interface Value {
        String of(Records records);
    }

    /** Examines the current record. */
    interface Test {
        boolean of(Records records);
    }

    /**
     * How a value is interpreted.
     *
     * @param reference whether NULL means no value
     * @param decimalSeparator see {@link io.shopflow.extract.files.Column}
     */
    record Kind(boolean reference, boolean isId, String decimalSeparator) {

        static final Kind TEXT = new Kind(false, false, AS_WRITTEN);
        static final Kind REFERENCE = new Kind(true, false, AS_WRITTEN);
        static final Kind ID = new Kind(true, true, AS_WRITTEN);
        static final Kind INSTANT = new Kind(true, false, ".");
    }

    /** A column as one value reads it. */
    private record ColumnUse(String column, String decimalSeparator) {}

    private final Map<ColumnUse, Integer> places = new LinkedHashMap<>();
    private final Map<ColumnUse, Boolean> optional = new LinkedHashMap<>();
    private final CellReader cells;
    private final LookupTables lookups;

    /** The defect found in a value of the current record; null if there is none. */
    private @Nullable String defect;

    RecordValues(CellReader cells, LookupTables lookups) {
        this.cells = cells;
        this.lookups = lookups;
    }

    /** The columns that a file must have, by place. */
    List<io.shopflow.extract.files.Column> columns() {
        return places.keySet().stream()
                .map(
                        use ->
                                new io.shopflow.extract.files.Column(
                                        use.column(),
                                        Boolean.TRUE.equals(optional.get(use)),
                                        use.decimalSeparator()))
                .toList();
    }

    /** Forgets the defects found so far. */
    void clearDefect() {
        defect = null;
    }

    /** The defect found in a value since {@link #clearDefect}; null if there is none. */
    @Nullable String defect() {
        return defect;
    }

    /** The value of a mapping. */
    Value value(FieldMapping field, Kind kind) {
        return switch (field) {
            case Column(String name, boolean mayMiss) -> {
                int place = place(name, mayMiss, kind.decimalSeparator());
                yield kind.reference()
                        ? records -> cells.reference(records, place)
                        : records -> cells.text(records, place);
            }
            case Constant(String text) -> records -> text;
            case Join(List<FieldMapping> parts, String separator) -> joined(parts, separator, kind);
            case Lookup lookup -> {
                Value on = value(lookup.on(), Kind.REFERENCE);
                LookupTables.Table table = lookups.table(lookup, cells);
                int index = table.place(lookup.column(), kind.decimalSeparator());
                yield records -> {
                    String key = on.of(records);
                    checkDigits(key, lookup.on());
                    String text = table.value(key, index);
                    return kind.reference() && RawText.isNull(text) ? "" : text;
                };
            }
            case Fallback(FieldMapping first, FieldMapping second) -> {
                Value preferred = value(first, kind);
                Value otherwise = value(second, kind);
                yield records -> {
                    String text = preferred.of(records);
                    return text.isEmpty() ? otherwise.of(records) : text;
                };
            }
        };
    }

    private Value joined(List<FieldMapping> parts, String separator, Kind kind) {
        Kind ofParts = kind.reference() ? Kind.REFERENCE : Kind.TEXT;
        List<Value> values = parts.stream().map(part -> value(part, ofParts)).toList();
        return records -> {
            StringJoiner text = new StringJoiner(separator);
            for (int i = 0; i < values.size(); i++) {
                String part = values.get(i).of(records);
                if (part.isEmpty()) {
                    return "";
                }
                if (kind.isId()) {
                    // It could not be detected after joining.
                    checkDigits(part, parts.get(i));
                }
                text.add(part);
            }
            return text.toString();
        };
    }

    private void checkDigits(String id, FieldMapping origin) {
        if (CellReader.isScientific(id) && origin instanceof Column column) {
            defect =
                    "id_digits_lost: column %s has an id in scientific notation, as spreadsheets write long numbers; export it as text"
                            .formatted(SafeText.name(column.name()));
        }
    }

    /** A condition. */
    Test test(Condition condition) {
        return switch (condition) {
            case Is(String column, List<String> values) -> {
                int place = place(column, false, AS_WRITTEN);
                yield records -> values.contains(cells.text(records, place));
            }
            case Empty(String column) -> {
                int place = place(column, false, AS_WRITTEN);
                yield records -> cells.text(records, place).isEmpty();
            }
            case Not(Condition denied) -> {
                Test test = test(denied);
                yield records -> !test.of(records);
            }
        };
    }

    private int place(String column, boolean mayMiss, String decimalSeparator) {
        ColumnUse use = new ColumnUse(column, decimalSeparator);
        optional.merge(use, mayMiss, Boolean::logicalAnd);
        return places.computeIfAbsent(use, unused -> places.size());
    }
}
