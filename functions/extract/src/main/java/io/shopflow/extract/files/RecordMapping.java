package io.shopflow.extract.files;

import io.shopflow.core.source.RawText;
import io.shopflow.core.source.SourceFormat;
import io.shopflow.core.source.SourceFormat.FieldFormat;
import io.shopflow.core.source.SourceFormat.NumberFormat;
import io.shopflow.core.stream.Field;
import io.shopflow.core.stream.StreamName;
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
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A stream's mapping, resolved once, which turns a record into the values of a raw row. Values are
 * compared, joined and looked up as {@link CellReader} reads them.
 */
final class RecordMapping {

    /** Position and defect precede the fields. */
    private static final int FIELDS_FROM = 2;

    private static final String AS_WRITTEN = "";

    /** Reads one value of the current record. */
    private interface Value {
        String of(Records records);
    }

    /** A column as one field reads it. */
    private record ColumnUse(String column, String decimalSeparator) {}

    /** How a field interprets its cells. */
    private record Kind(boolean reference, boolean isId, String decimalSeparator) {}

    private record Filter(int place, RowFilter condition) {}

    private final Map<ColumnUse, Integer> places = new LinkedHashMap<>();
    private final Map<ColumnUse, Boolean> optional = new LinkedHashMap<>();
    private final List<Filter> filters = new ArrayList<>();
    private final CellReader cells;
    private final @Nullable Value[] values;
    private final int orderField;

    /** The defect found in a value of the current record; null if there is none. */
    private @Nullable String defect;

    /**
     * The mapping, resolved.
     *
     * @param currencies of the orders, for rows that name none; null if such rows take the source's
     *     currency
     */
    RecordMapping(
            StreamMapping mapping,
            SourceFormat format,
            LookupTables lookups,
            @Nullable OrderCurrencies currencies) {
        cells = new CellReader(format.nulls());
        List<Field> fields = StreamSchema.of(mapping.stream()).fields();
        values = new Value[fields.size()];
        for (int i = 0; i < values.length; i++) {
            Field field = fields.get(i);
            FieldMapping found = mapping.fields().get(field.name());
            values[i] =
                    found == null
                            ? null
                            : value(found, kind(mapping.stream(), field, format), lookups);
        }
        if (currencies != null) {
            int currency = place(fields, "currency");
            Value own = values[currency];
            Value order = values[place(fields, "order_id")];
            values[currency] =
                    records -> {
                        String text = own == null ? "" : own.of(records);
                        return text.isEmpty() && order != null
                                ? currencies.of(order.of(records))
                                : text;
                    };
        }
        orderField = place(fields, "order_id");
        for (RowFilter condition : mapping.where()) {
            filters.add(new Filter(place(condition.column(), false, AS_WRITTEN), condition));
        }
    }

    private static int place(List<Field> fields, String name) {
        return fields.stream().map(Field::name).toList().indexOf(name);
    }

    private static Kind kind(StreamName stream, Field field, SourceFormat format) {
        boolean isId = field.name().equals("id") || field.name().endsWith("_id");
        return switch (field.type()) {
            case INTEGER, DECIMAL, MONEY -> {
                FieldFormat own = format.fields().get(stream.canonicalName() + "." + field.name());
                NumberFormat numbers = own == null ? null : own.numbers();
                yield new Kind(
                        true,
                        isId,
                        (numbers == null ? format.numbers() : numbers).decimalSeparator());
            }
            case INSTANT -> new Kind(true, isId, ".");
            case TEXT, STATUS, CURRENCY, COUNTRY, IDS -> new Kind(isId, isId, AS_WRITTEN);
        };
    }

    /** The columns that a file of the stream must have, by place. */
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

    /** Whether the current record passes the filters. */
    boolean accepts(Records records) {
        for (Filter filter : filters) {
            if (!filter.condition().accepts(cells.text(records, filter.place()))) {
                return false;
            }
        }
        return true;
    }

    /** The id of the current record; empty if it has none. */
    String id(Records records) {
        Value id = values[0];
        return id == null ? "" : id.of(records);
    }

    /** The id of the current record's order; empty if it has none. */
    String order(Records records) {
        return orderField < 0 ? "" : value(records, orderField);
    }

    /** A field of the current record; empty if it has none. */
    String value(Records records, int field) {
        Value value = values[field];
        return value == null ? "" : value.of(records);
    }

    /** The raw row of the current record. */
    String[] row(String file, Records records) {
        String[] row = new String[FIELDS_FROM + values.length];
        row[0] = file + ":" + records.line();
        defect = null;
        for (int i = 0; i < values.length; i++) {
            row[FIELDS_FROM + i] = value(records, i);
        }
        String broken = records.defect();
        row[1] = Optional.ofNullable(broken == null ? defect : broken).orElse("");
        return row;
    }

    private Value value(FieldMapping field, Kind kind, LookupTables lookups) {
        return switch (field) {
            case Column(String name, boolean mayMiss) -> {
                int place = place(name, mayMiss, kind.decimalSeparator());
                yield kind.reference()
                        ? records -> cells.reference(records, place)
                        : records -> cells.text(records, place);
            }
            case Constant(String text) -> records -> text;
            case Join(List<String> columns, String separator) ->
                    joined(
                            columns.stream()
                                    .mapToInt(name -> place(name, false, AS_WRITTEN))
                                    .toArray(),
                            columns,
                            separator,
                            kind);
            case Lookup lookup -> {
                int on = place(lookup.on(), false, AS_WRITTEN);
                LookupTables.Table table = lookups.table(lookup, cells);
                int index = table.place(lookup.column(), kind.decimalSeparator());
                yield records -> {
                    String key = cells.reference(records, on);
                    checkDigits(key, lookup.on());
                    String text = table.value(key, index);
                    return kind.reference() && RawText.isNull(text) ? "" : text;
                };
            }
            case Fallback(FieldMapping first, FieldMapping second) -> {
                Value preferred = value(first, kind, lookups);
                Value otherwise = value(second, kind, lookups);
                yield records -> {
                    String text = preferred.of(records);
                    return text.isEmpty() ? otherwise.of(records) : text;
                };
            }
        };
    }

    private Value joined(int[] from, List<String> columns, String separator, Kind kind) {
        return records -> {
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < from.length; i++) {
                String part =
                        kind.reference()
                                ? cells.reference(records, from[i])
                                : cells.text(records, from[i]);
                if (part.isEmpty()) {
                    return "";
                }
                if (kind.isId()) {
                    // It could not be detected after joining.
                    checkDigits(part, columns.get(i));
                }
                if (i > 0) {
                    text.append(separator);
                }
                text.append(part);
            }
            return text.toString();
        };
    }

    private void checkDigits(String id, String column) {
        if (CellReader.isScientific(id)) {
            defect =
                    "id_digits_lost: column %s has an id in scientific notation, as spreadsheets write long numbers; export it as text"
                            .formatted(SafeText.name(column));
        }
    }

    private int place(String column, boolean mayMiss, String decimalSeparator) {
        ColumnUse use = new ColumnUse(column, decimalSeparator);
        optional.merge(use, mayMiss, Boolean::logicalAnd);
        return places.computeIfAbsent(use, unused -> places.size());
    }
}
