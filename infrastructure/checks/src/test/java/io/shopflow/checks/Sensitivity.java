package io.shopflow.checks;

import io.shopflow.core.stream.CleanColumn;
import io.shopflow.core.stream.Field;
import io.shopflow.core.stream.Privacy;
import io.shopflow.core.stream.StreamName;
import io.shopflow.core.stream.StreamSchema;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** How sensitive a column is, from public to most restricted. */
enum Sensitivity {
    PUBLIC,
    PSEUDONYMISED,
    PII;

    /** Columns that reference a person but contain no personal data. */
    private static final Set<String> REFERENCES =
            Set.of("customer_id", "customer_number", "customer_bits", "order_id");

    /** Keys in the warehouse that may be those of a person or an order. */
    private static final Set<String> KEYS = Set.of("id", "transaction_id");

    /** Names of the columns that personal fields of the streams become. */
    private static final Set<String> PROTECTED =
            Arrays.stream(StreamName.values())
                    .flatMap(stream -> StreamSchema.of(stream).fields().stream())
                    .filter(field -> field.privacy() != Privacy.PUBLIC)
                    .map(Field::cleanColumn)
                    .flatMap(column -> column.map(CleanColumn::name).stream())
                    .collect(Collectors.toUnmodifiableSet());

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Of a stream's column that the transform keeps as it is. */
    static Sensitivity ofKept(String column) {
        return REFERENCES.contains(column) ? PSEUDONYMISED : PUBLIC;
    }

    /** Of a column of the warehouse: one of the same name in a stream decides. */
    static Sensitivity ofWarehouse(String column) {
        return PROTECTED.contains(column) || KEYS.contains(column) ? PSEUDONYMISED : ofKept(column);
    }
}
