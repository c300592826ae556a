package io.shopflow.extract.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.shopflow.core.stream.StreamName;
import io.shopflow.core.stream.StreamSchema;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** A row of raw CSV, filled by field name; other fields stay empty. */
public final class RawCsvRow {

    private static final Map<StreamName, Map<String, Integer>> COLUMNS =
            new EnumMap<>(StreamName.class);

    static {
        for (StreamName stream : StreamName.values()) {
            List<String> header = StreamSchema.of(stream).rawHeader();
            Map<String, Integer> columns = new HashMap<>();
            for (int i = 0; i < header.size(); i++) {
                columns.put(header.get(i), i);
            }
            COLUMNS.put(stream, columns);
        }
    }

    private final StreamName stream;
    private final Map<String, Integer> columns;
    private final String[] values;

    /**
     * An empty row.
     *
     * @param position of its object in the archive
     */
    public RawCsvRow(StreamName stream, String position) {
        this.stream = stream;
        this.columns = Objects.requireNonNull(COLUMNS.get(stream));
        this.values = new String[columns.size()];
        Arrays.fill(values, "");
        set(StreamSchema.POSITION, position);
    }

    /** Sets a field of the stream. */
    public RawCsvRow set(String field, String value) {
        Integer column = columns.get(field);
        if (column == null) {
            throw new IllegalArgumentException(
                    stream.canonicalName() + " has no field '" + field + "'");
        }
        values[column] = value;
        return this;
    }

    /**
     * Sets the value as the API wrote it; null, a missing value, an object or a list gives an empty
     * field.
     */
    public RawCsvRow set(String field, JsonNode value) {
        return set(field, text(value));
    }

    /** The row's stream. */
    public StreamName stream() {
        return stream;
    }

    /** In the order of {@link StreamSchema#rawHeader()}. */
    public String[] values() {
        return values.clone();
    }

    /** The scalar as the API wrote it, but numbers without exponent. */
    public static String text(JsonNode value) {
        return value.isBigDecimal() ? value.decimalValue().toPlainString() : value.asText("");
    }
}
