package io.shopflow.extract.files;

import io.shopflow.core.stream.Field;
import io.shopflow.core.stream.StreamSchema;
import io.shopflow.extract.files.FileMapping.FieldMapping;
import io.shopflow.extract.files.FileMapping.FieldMapping.Column;
import io.shopflow.extract.files.FileMapping.FieldMapping.Constant;
import io.shopflow.extract.files.FileMapping.FieldMapping.Fallback;
import io.shopflow.extract.files.FileMapping.FieldMapping.Join;
import io.shopflow.extract.files.FileMapping.FieldMapping.Lookup;
import io.shopflow.extract.files.FileMapping.RowFilter;
import io.shopflow.extract.files.FileMapping.StreamMapping;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A stream's mapping, resolved once: from a record to the values of a raw row. */
final class RowMapping {

    /** Position and defect stand before the fields. */
    private static final int FIELDS_FROM = 2;

    /** Gives one value of the current record. */
    private interface Value {
        String of(Records records);
    }

    private record Filter(int place, RowFilter condition) {}

    private final Map<String, Boolean> optionalByColumn = new LinkedHashMap<>();
    private final Map<String, Integer> places = new LinkedHashMap<>();
    private final List<Filter> filters = new ArrayList<>();
    private final @Nullable Value[] values;

    RowMapping(StreamMapping mapping, LookupTables lookups) {
        List<Field> fields = StreamSchema.of(mapping.stream()).fields();
        values = new Value[fields.size()];
        for (int i = 0; i < values.length; i++) {
            FieldMapping field = mapping.fields().get(fields.get(i).name());
            values[i] = field == null ? null : value(field, lookups);
        }
        for (RowFilter condition : mapping.where()) {
            filters.add(new Filter(place(condition.column(), false), condition));
        }
    }

    /** The columns that a file of the stream must have, by place. */
    List<io.shopflow.extract.files.Column> columns() {
        return places.keySet().stream()
                .map(
                        name ->
                                new io.shopflow.extract.files.Column(
                                        name, Boolean.TRUE.equals(optionalByColumn.get(name))))
                .toList();
    }

    /** Whether the current record passes the filters. */
    boolean accepts(Records records) {
        for (Filter filter : filters) {
            if (!filter.condition().accepts(records.text(filter.place()))) {
                return false;
            }
        }
        return true;
    }

    /** The id of the current record; empty where it has none. */
    String id(Records records) {
        Value id = values[0];
        return id == null ? "" : id.of(records);
    }

    /** The raw row of the current record. */
    String[] row(String file, Records records) {
        String[] row = new String[FIELDS_FROM + values.length];
        row[0] = file + ":" + records.line();
        for (int i = 0; i < values.length; i++) {
            Value value = values[i];
            row[FIELDS_FROM + i] = value == null ? "" : value.of(records);
        }
        String defect = records.defect();
        row[1] = defect == null ? "" : defect;
        return row;
    }

    private Value value(FieldMapping field, LookupTables lookups) {
        return switch (field) {
            case Column(String name, boolean optional) -> {
                int place = place(name, optional);
                yield records -> records.text(place);
            }
            case Constant(String text) -> records -> text;
            case Join(List<String> columns, String separator) ->
                    joined(
                            columns.stream().mapToInt(name -> place(name, false)).toArray(),
                            separator);
            case Lookup lookup -> {
                int on = place(lookup.on(), false);
                LookupTables.Table table = lookups.table(lookup);
                int index = table.place(lookup.column());
                yield records -> table.value(records.text(on), index);
            }
            case Fallback(FieldMapping first, FieldMapping second) -> {
                Value preferred = value(first, lookups);
                Value otherwise = value(second, lookups);
                yield records -> {
                    String text = preferred.of(records);
                    return text.isEmpty() ? otherwise.of(records) : text;
                };
            }
        };
    }

    private static Value joined(int[] places, String separator) {
        return records -> {
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < places.length; i++) {
                String part = records.text(places[i]);
                if (part.isEmpty()) {
                    return "";
                }
                if (i > 0) {
                    text.append(separator);
                }
                text.append(part);
            }
            return text.toString();
        };
    }

    private int place(String column, boolean optional) {
        optionalByColumn.merge(column, optional, Boolean::logicalAnd);
        Integer place = places.get(column);
        if (place == null) {
            place = places.size();
            places.put(column, place);
        }
        return place;
    }
}
