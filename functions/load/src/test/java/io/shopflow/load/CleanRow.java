package io.shopflow.load;

import io.shopflow.core.stream.CleanColumn;
import io.shopflow.core.stream.Field;
import io.shopflow.core.stream.StreamName;
import io.shopflow.core.stream.StreamSchema;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A row of a clean part; what is required and not given is made up. */
record CleanRow(StreamName stream, Map<String, String> values) {

    static CleanRow of(StreamName stream, String id, String... columnsAndValues) {
        return of(StreamSchema.of(stream), id, columnsAndValues);
    }

    static CleanRow of(StreamSchema schema, String id, String... columnsAndValues) {
        Map<String, String> values = new LinkedHashMap<>();
        Set<String> required =
                Stream.concat(
                                schema.fields().stream()
                                        .filter(Field::required)
                                        .flatMap(field -> field.cleanColumn().stream()),
                                schema.derived().stream())
                        .map(CleanColumn::name)
                        .collect(Collectors.toSet());
        for (CleanColumn column : schema.cleanColumns()) {
            values.put(
                    column.name(),
                    column.required() || required.contains(column.name()) ? madeUp(column) : "");
        }
        values.put("id", id);
        for (int index = 0; index < columnsAndValues.length; index += 2) {
            if (values.replace(columnsAndValues[index], columnsAndValues[index + 1]) == null) {
                throw new IllegalArgumentException(columnsAndValues[index]);
            }
        }
        return new CleanRow(schema.stream(), values);
    }

    /** A row that is gone at its source. */
    static CleanRow gone(StreamName stream, String id) {
        Map<String, String> values = new LinkedHashMap<>();
        for (CleanColumn column : StreamSchema.of(stream).cleanColumns()) {
            values.put(column.name(), column.required() ? madeUp(column) : "");
        }
        values.put("id", id);
        values.put(StreamSchema.IS_DELETED, "t");
        return new CleanRow(stream, values);
    }

    /** A row of a source with {@code updated_at}. */
    CleanRow at(String updatedAt) {
        Map<String, String> changed = new LinkedHashMap<>(values);
        changed.put("updated_at", updatedAt);
        changed.put("version_at", updatedAt);
        return new CleanRow(stream, changed);
    }

    /** A row of a source that does not: its version is the instant of extraction. */
    CleanRow extractedAt(String instant) {
        Map<String, String> changed = new LinkedHashMap<>(values);
        changed.put("version_at", instant);
        return new CleanRow(stream, changed);
    }

    String line(int sourceRow) {
        return values.entrySet().stream()
                .map(
                        value ->
                                value.getKey().equals("source_row")
                                        ? Integer.toString(sourceRow)
                                        : quoted(value.getValue()))
                .collect(Collectors.joining(","));
    }

    private static String quoted(String value) {
        return value.contains(",") || value.contains("\"")
                ? '"' + value.replace("\"", "\"\"") + '"'
                : value;
    }

    private static String madeUp(CleanColumn column) {
        return switch (column.name()) {
            case "status" -> "completed";
            case "currency" -> "GBP";
            case "version_at", "ordered_at", "refunded_at" -> "2026-01-31T12:00:00Z";
            case "ordered_on", "refunded_on" -> "2026-01-31";
            case "is_deleted" -> "f";
            default ->
                    switch (column.sqlType()) {
                        case "bigint", "numeric" -> "1";
                        default -> "made-up";
                    };
        };
    }
}
