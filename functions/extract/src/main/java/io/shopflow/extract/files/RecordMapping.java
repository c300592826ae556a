package io.shopflow.extract.files;

import io.shopflow.core.source.SourceFormat;
import io.shopflow.core.source.SourceFormat.FieldFormat;
import io.shopflow.core.source.SourceFormat.NumberFormat;
import io.shopflow.core.stream.Field;
import io.shopflow.core.stream.StreamName;
import io.shopflow.core.stream.StreamSchema;
import io.shopflow.extract.files.FileMapping.RowMapping;
import io.shopflow.extract.files.RecordValues.Kind;
import io.shopflow.extract.files.RecordValues.Test;
import io.shopflow.extract.files.RecordValues.Value;
import io.shopflow.extract.spill.SpillingMaps;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A mapping, resolved once, which turns a record into the values of a raw row. */
final class RecordMapping {

    /** Position and defect precede the fields. */
    private static final int FIELDS_FROM = 2;

    private final List<Field> fields;
    private final RecordValues resolved;
    private final List<Test> filters;
    private final RowLayout layout;
    private final @Nullable Value[] values;
    private final int orderField;

    /** The defect of the current record that a filter found; null if there is none. */
    private @Nullable String uncompared;

    /**
     * The mapping, resolved.
     *
     * @param currencies of the orders, for rows that name none; null if such rows take the source's
     *     currency
     * @param sales that rows return; null: rows return none
     * @param maps for what rows are compared with
     */
    RecordMapping(
            StreamName stream,
            RowMapping mapping,
            SourceFormat format,
            LookupTables lookups,
            @Nullable OrderCurrencies currencies,
            @Nullable SaleFinder sales,
            SpillingMaps maps) {
        resolved =
                new RecordValues(
                        new CellReader(format.nulls()),
                        lookups,
                        format.numbers(),
                        mapping.each(),
                        sales,
                        mapping.lines(),
                        maps);
        fields = StreamSchema.of(stream).fields();
        values = new Value[fields.size()];
        for (int i = 0; i < values.length; i++) {
            Field field = fields.get(i);
            FieldMapping found = mapping.fields().get(field.name());
            values[i] = found == null ? null : resolved.value(found, kind(stream, field, format));
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
        filters = mapping.where().stream().map(resolved::test).toList();
        layout = RowLayout.of(mapping, resolved);
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
                yield Kind.number(numbers == null ? format.numbers() : numbers);
            }
            case INSTANT -> Kind.INSTANT;
            case TEXT, STATUS, CURRENCY, COUNTRY, IDS -> isId ? Kind.ID : Kind.TEXT;
        };
    }

    /** The columns that a file of the stream must have, by place. */
    List<Column> columns() {
        return resolved.places().columns();
    }

    /** How records become rows. */
    RowLayout layout() {
        return layout;
    }

    /** Begins a file. */
    void begin(String file) {
        resolved.begin(file);
    }

    /** Ends a file. */
    void end() {
        resolved.end();
    }

    /** Moves to a record; called once for each record of a file. */
    void move(Records records) {
        resolved.move(records);
    }

    /**
     * Whether the current record passes the filters. One that cannot be compared does, and is
     * reported as broken.
     */
    boolean accepts(Records records) {
        resolved.clearDefect();
        boolean accepted = passes(records);
        uncompared = resolved.defect();
        return accepted || uncompared != null;
    }

    private boolean passes(Records records) {
        for (Test filter : filters) {
            if (!filter.of(records)) {
                return false;
            }
        }
        return true;
    }

    /** The id of the current record; empty if it has none. */
    String id(Records records) {
        return value(records, 0);
    }

    /** The id of the current record's order; empty if it has none. */
    String order(Records records) {
        return orderField < 0 ? "" : value(records, orderField);
    }

    /** A field of the current record; empty if it has none. */
    String value(Records records, String field) {
        return value(records, place(fields, field));
    }

    /** A field of the current record; empty if it has none. */
    String value(Records records, int field) {
        Value value = values[field];
        return value == null ? "" : value.of(records);
    }

    /** The place of the current record. */
    SaleFinder.Place place() {
        return resolved.place();
    }

    /** Forgets the sums of all rows. */
    void clearSums() {
        resolved.clearSums();
    }

    /** Adds the current record to the sums of the rows with its id. */
    void addToSums(Records records) {
        resolved.addToSums(id(records), records);
    }

    /** The raw row of the current record. */
    String[] row(String file, Records records) {
        String[] row = new String[FIELDS_FROM + values.length];
        row[0] = file + ":" + records.line();
        resolved.clearDefect();
        resolved.identify(id(records));
        for (int i = 0; i < values.length; i++) {
            row[FIELDS_FROM + i] = value(records, i);
        }
        row[1] =
                Stream.of(records.defect(), uncompared, resolved.defect())
                        .filter(Objects::nonNull)
                        .findFirst()
                        .orElse("");
        return row;
    }
}
