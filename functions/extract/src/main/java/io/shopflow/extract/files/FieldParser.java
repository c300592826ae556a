package io.shopflow.extract.files;

import io.shopflow.core.source.SourceFormat.DateFormat;
import io.shopflow.core.source.SourceFormat.FieldFormat;
import io.shopflow.core.source.SourceFormat.NumberFormat;
import io.shopflow.core.source.SourceFormat.Sign;
import io.shopflow.core.stream.Field;
import io.shopflow.core.stream.FieldType;
import io.shopflow.core.stream.StreamName;
import io.shopflow.core.stream.StreamSchema;
import io.shopflow.extract.files.FieldMapping.Column;
import io.shopflow.extract.yaml.FormatParser;
import io.shopflow.extract.yaml.YamlObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the fields of a stream. */
final class FieldParser {

    private static final List<String> FORMAT_KEYS =
            List.of("dates", "numbers", "negate", "negative");

    private final YamlObject root;
    private final ValueParser values;
    private final Map<String, FieldFormat> fieldFormats = new LinkedHashMap<>();

    FieldParser(YamlObject root, ValueParser values) {
        this.root = root;
        this.values = values;
    }

    /** The formats of the fields read so far that have their own, by {@code stream.field}. */
    Map<String, FieldFormat> formats() {
        return fieldFormats;
    }

    /** The fields of a mapping. */
    Map<String, FieldMapping> fields(StreamName stream, YamlObject object) {
        Map<String, FieldMapping> mappings = new LinkedHashMap<>();
        Optional<YamlObject> fields = object.object("fields");
        Map<String, Field> known = new LinkedHashMap<>();
        StreamSchema.of(stream).fields().forEach(field -> known.put(field.name(), field));
        if (fields.isPresent()) {
            for (String name : fields.get().keys()) {
                Field field = known.get(name);
                if (field == null) {
                    fields.get()
                            .mistake(
                                    name,
                                    "mapping_unknown_field",
                                    "The stream %s has no field '%s'; it has: %s."
                                            .formatted(
                                                    stream.canonicalName(),
                                                    YamlObject.shown(name),
                                                    String.join(", ", known.keySet())));
                } else {
                    field(stream, field, fields.get())
                            .ifPresent(mapping -> mappings.put(name, mapping));
                }
            }
        }
        List<String> present = fields.map(YamlObject::keys).orElse(List.of());
        List<String> missing =
                known.values().stream()
                        .filter(Field::required)
                        .filter(
                                field ->
                                        field.type() != FieldType.CURRENCY
                                                || !(root.has("currency")
                                                        || ordersHaveCurrency(stream)))
                        .map(Field::name)
                        .filter(name -> !present.contains(name))
                        .toList();
        if (!missing.isEmpty()) {
            object.mistake(
                    "fields",
                    "mapping_missing",
                    "The stream %s needs fields that are not mapped: %s."
                            .formatted(stream.canonicalName(), String.join(", ", missing)));
        }
        return mappings;
    }

    /** Whether a row without a currency takes that of its order. */
    private boolean ordersHaveCurrency(StreamName stream) {
        return stream != StreamName.ORDERS
                && root.object("streams").stream()
                        .flatMap(streams -> streams.oneOrMore("orders").stream())
                        .filter(orders -> orders.isObject("fields"))
                        .flatMap(orders -> orders.object("fields").stream())
                        .anyMatch(fields -> fields.has("currency"));
    }

    private Optional<FieldMapping> field(StreamName stream, Field field, YamlObject fields) {
        if (!fields.isObject(field.name())) {
            return fields.text(field.name()).map(column -> new Column(column, false));
        }
        YamlObject object = fields.object(field.name()).orElseThrow();
        fieldFormat(stream, field, object);
        return values.value(object, fields, field.name(), FORMAT_KEYS);
    }

    private void fieldFormat(StreamName stream, Field field, YamlObject object) {
        boolean isInstant = field.type() == FieldType.INSTANT;
        boolean isNumber =
                switch (field.type()) {
                    case INTEGER, DECIMAL, MONEY -> true;
                    case TEXT, INSTANT, STATUS, CURRENCY, COUNTRY, IDS -> false;
                };
        @Nullable DateFormat dates = object.has("dates") ? FormatParser.dates(object) : null;
        @Nullable NumberFormat numbers =
                object.has("numbers") ? FormatParser.numbers(object) : null;
        @Nullable Sign sign = FormatParser.sign(object, stream, field.name());
        if (dates != null && !isInstant) {
            object.invalid("dates", "'%s' is not a date.".formatted(field.name()));
        }
        if (numbers != null && !isNumber) {
            object.invalid("numbers", "'%s' is not a number.".formatted(field.name()));
        }
        if (sign == Sign.NEGATED && !isNumber) {
            object.invalid("negate", "'%s' is not a number.".formatted(field.name()));
        }
        if (dates != null || numbers != null || sign != null) {
            fieldFormats.put(
                    stream.canonicalName() + "." + field.name(),
                    new FieldFormat(dates, numbers, sign));
        }
    }
}
