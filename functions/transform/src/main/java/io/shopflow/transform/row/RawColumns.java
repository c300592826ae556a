package io.shopflow.transform.row;

import io.shopflow.core.source.SourceFormat;
import io.shopflow.core.source.SourceFormat.DateFormat;
import io.shopflow.core.source.SourceFormat.FieldFormat;
import io.shopflow.core.source.SourceFormat.NumberFormat;
import io.shopflow.core.source.SourceFormat.Sign;
import io.shopflow.core.stream.CleanColumn;
import io.shopflow.core.stream.Field;
import io.shopflow.core.stream.FieldType;
import io.shopflow.core.stream.Privacy;
import io.shopflow.core.stream.StreamSchema;
import io.shopflow.transform.row.RawColumn.Content;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Creates the columns of a stream as a source writes them. */
final class RawColumns {

    private final StreamSchema schema;
    private final SourceFormat format;
    private final Map<ZoneId, ZoneOffsets> zones;

    /**
     * @param shopZone of the source's zone
     */
    RawColumns(StreamSchema schema, SourceFormat format, ZoneOffsets shopZone) {
        this.schema = schema;
        this.format = format;
        this.zones = new HashMap<>(Map.of(format.zone(), shopZone));
    }

    /**
     * The columns that are not dropped. Currency and country come first, since amounts and
     * postcodes depend on them.
     */
    List<RawColumn> inReadingOrder(TypedRow row) {
        return IntStream.range(0, schema.fields().size())
                .mapToObj(index -> column(index, row))
                .filter(column -> column.field().privacy() != Privacy.DROP)
                .sorted(Comparator.comparing(column -> !isReadFirst(column.field().type())))
                .toList();
    }

    private RawColumn column(int index, TypedRow row) {
        Field field = schema.fields().get(index);
        FieldFormat own = format.fields().get(schema.stream().canonicalName() + "." + field.name());
        Sign sign = own == null ? null : own.sign();
        return new RawColumn(
                field,
                index,
                field.cleanColumn().map(CleanColumn::name).map(row::cleanIndex).orElse(-1),
                Content.of(field),
                sign == Sign.KEPT,
                numbers(field.type(), own, sign),
                field.type() == FieldType.INSTANT ? instants(own) : null);
    }

    private static boolean isReadFirst(FieldType type) {
        return switch (type) {
            case CURRENCY, COUNTRY -> true;
            case TEXT, INTEGER, DECIMAL, MONEY, INSTANT, STATUS, IDS -> false;
        };
    }

    private @Nullable NumberReader numbers(
            FieldType type, @Nullable FieldFormat own, @Nullable Sign sign) {
        return switch (type) {
            case INTEGER, DECIMAL, MONEY -> {
                NumberFormat numbers = own == null ? null : own.numbers();
                yield new NumberReader(
                        numbers == null ? format.numbers() : numbers, sign == Sign.NEGATED);
            }
            case TEXT, INSTANT, STATUS, CURRENCY, COUNTRY, IDS -> null;
        };
    }

    private InstantReader instants(@Nullable FieldFormat own) {
        DateFormat dates = own == null || own.dates() == null ? format.dates() : own.dates();
        ZoneId zone = dates.zone() == null ? format.zone() : dates.zone();
        return new InstantReader(dates.patterns(), zones.computeIfAbsent(zone, ZoneOffsets::new));
    }
}
