package io.shopflow.extract.files;

import io.shopflow.core.source.SourceFormat;
import io.shopflow.core.source.SourceFormat.DateFormat;
import io.shopflow.core.source.SourceFormat.FieldFormat;
import io.shopflow.core.source.SourceFormat.NumberFormat;
import io.shopflow.core.source.SourceFormat.Sign;
import io.shopflow.core.stream.Field;
import io.shopflow.core.stream.FieldType;
import io.shopflow.core.stream.StreamName;
import io.shopflow.core.stream.StreamSchema;
import io.shopflow.extract.files.FileMapping.FieldMapping;
import io.shopflow.extract.files.FileMapping.FieldMapping.Column;
import io.shopflow.extract.files.FileMapping.FieldMapping.Constant;
import io.shopflow.extract.files.FileMapping.FieldMapping.Fallback;
import io.shopflow.extract.files.FileMapping.FieldMapping.Join;
import io.shopflow.extract.files.FileMapping.FieldMapping.Lookup;
import io.shopflow.extract.files.FileMapping.FileFormat;
import io.shopflow.extract.files.FileMapping.RowFilter;
import io.shopflow.extract.files.FileMapping.StreamMapping;
import io.shopflow.extract.yaml.FormatParser;
import io.shopflow.extract.yaml.YamlObject;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads a source of kind {@code files}. */
final class FileMappingParser {

    private static final List<String> KEYS =
            List.of(
                    "kind",
                    "path",
                    "zone",
                    "currency",
                    "country",
                    "dates",
                    "numbers",
                    "nulls",
                    "format",
                    "statuses",
                    "streams");

    private static final List<String> FIELD_KEYS =
            List.of(
                    "column",
                    "columns",
                    "join",
                    "constant",
                    "lookup",
                    "fallback",
                    "optional",
                    "dates",
                    "numbers",
                    "negate",
                    "negative");

    /** The longest name that common file systems allow. */
    private static final int MAX_NAME_CHARACTERS = 255;

    /** A field's value comes from exactly one of these. */
    private static final List<String> ORIGINS = List.of("column", "columns", "constant", "lookup");

    private static final FileFormat DEFAULT_FORMAT =
            new FileFormat.Csv(',', java.nio.charset.StandardCharsets.UTF_8);

    /**
     * Encodings whose first 128 code points are ASCII, so that line ends and quotes are single
     * bytes.
     */
    private static final List<String> ENCODINGS =
            List.of("UTF-8", "US-ASCII", "ISO-8859-1", "ISO-8859-15", "windows-1252");

    private final String source;
    private final YamlObject root;

    /** Formats by file name: a lookup reads a file in the format that its stream declares. */
    private final Map<String, FileFormat> formats = new HashMap<>();

    private final Map<String, FieldFormat> fieldFormats = new LinkedHashMap<>();
    private FileFormat defaultFormat = DEFAULT_FORMAT;

    FileMappingParser(String source, YamlObject root) {
        this.source = source;
        this.root = root;
    }

    Optional<FileMapping> parse() {
        root.allow(KEYS);
        root.requiredText("zone", "Europe/London");
        var zone = FormatParser.zone(root, "zone");
        Optional<String> currency = FormatParser.currency(root);
        Optional<String> country = FormatParser.country(root);
        DateFormat dates = FormatParser.dates(root);
        NumberFormat numbers = FormatParser.numbers(root);
        List<String> nulls = FormatParser.nulls(root);
        Map<String, String> statuses = FormatParser.statuses(root);
        defaultFormat = format(root, DEFAULT_FORMAT);
        List<StreamMapping> streams = streams();
        return zone.map(
                found ->
                        new FileMapping(
                                source,
                                root.resolved("path").orElse(null),
                                root.has("path") ? root.written("path") : null,
                                new SourceFormat(
                                        found,
                                        currency.orElse(null),
                                        country.orElse(null),
                                        dates,
                                        numbers,
                                        statuses,
                                        fieldFormats,
                                        nulls),
                                streams));
    }

    private List<StreamMapping> streams() {
        Optional<YamlObject> object = root.object("streams");
        if (object.isEmpty() || object.get().keys().isEmpty()) {
            root.mistake(
                    "streams",
                    "mapping_missing",
                    "'streams' must name at least one stream with its file and fields.");
            return List.of();
        }
        Map<StreamName, YamlObject> objects = new LinkedHashMap<>();
        for (String name : object.get().keys()) {
            Optional<StreamName> stream = StreamName.ofCanonicalName(name);
            if (stream.isEmpty()) {
                object.get()
                        .mistake(
                                name,
                                "mapping_unknown_stream",
                                "'%s' is not a stream; use one of: %s."
                                        .formatted(
                                                YamlObject.shown(name),
                                                Arrays.stream(StreamName.values())
                                                        .map(StreamName::canonicalName)
                                                        .collect(Collectors.joining(", "))));
                continue;
            }
            object.get().object(name).ifPresent(found -> objects.put(stream.get(), found));
        }
        objects.values()
                .forEach(
                        found -> {
                            FileFormat format = format(found, defaultFormat);
                            found.texts("file").forEach(file -> formats.put(file, format));
                        });
        List<StreamMapping> streams = new ArrayList<>();
        objects.forEach((stream, found) -> streams.add(stream(stream, found)));
        return streams;
    }

    private StreamMapping stream(StreamName stream, YamlObject object) {
        object.allow(
                List.of(
                        "file",
                        "format",
                        "fields",
                        "where",
                        "repeated_ids",
                        "whole",
                        "gone_percent"));
        List<String> files = object.texts("file");
        files.forEach(file -> checkName(object, file));
        if (files.isEmpty()) {
            object.mistake(
                    "file",
                    "mapping_missing",
                    "The stream %s needs a 'file', or a list of them."
                            .formatted(stream.canonicalName()));
        }
        return new StreamMapping(
                stream,
                files,
                files.isEmpty()
                        ? defaultFormat
                        : formats.getOrDefault(files.getFirst(), defaultFormat),
                fields(stream, object),
                filters(object),
                object.flag("repeated_ids"),
                object.flag("whole"),
                gonePercent(object));
    }

    /** Rejects names outside the folder. */
    private static void checkName(YamlObject object, String file) {
        if (file.contains("*") || file.contains("?")) {
            object.invalid(
                    "file",
                    "'%s' is a pattern, and patterns are not read. Name each file, in a list."
                            .formatted(YamlObject.shown(file)));
        }
        boolean within =
                !file.startsWith("/")
                        && !file.contains("\\")
                        && file.chars().noneMatch(Character::isISOControl)
                        && !("/" + file + "/").contains("/../");
        if (!within || file.length() > MAX_NAME_CHARACTERS) {
            object.invalid(
                    "file",
                    "'%s' is not the name of a file in the folder, or has more than %d characters."
                            .formatted(YamlObject.shown(file), MAX_NAME_CHARACTERS));
        }
    }

    private static int gonePercent(YamlObject object) {
        if (object.has("gone_percent") && !object.flag("whole")) {
            object.invalid("gone_percent", "'gone_percent' requires 'whole: true'.");
        }
        return object.integer("gone_percent", 0, 100, StreamMapping.GONE_PERCENT);
    }

    private Map<String, FieldMapping> fields(StreamName stream, YamlObject object) {
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
                && root.object("streams")
                        .filter(streams -> streams.isObject("orders"))
                        .flatMap(streams -> streams.object("orders"))
                        .filter(orders -> orders.isObject("fields"))
                        .flatMap(orders -> orders.object("fields"))
                        .filter(fields -> fields.has("currency"))
                        .isPresent();
    }

    private Optional<FieldMapping> field(StreamName stream, Field field, YamlObject fields) {
        if (!fields.isObject(field.name())) {
            return fields.text(field.name()).map(column -> new Column(column, false));
        }
        YamlObject object = fields.object(field.name()).orElseThrow();
        object.allow(FIELD_KEYS);
        fieldFormat(stream, field, object);
        return origin(object, fields, field.name());
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

    /** Reads an object with column, columns, constant or lookup, and optionally a fallback. */
    private Optional<FieldMapping> origin(YamlObject object, YamlObject parent, String name) {
        List<String> origins = ORIGINS.stream().filter(object::has).toList();
        if (origins.size() != 1) {
            parent.invalid(
                    name,
                    "'%s' needs exactly one of: %s; it has %s."
                            .formatted(
                                    name,
                                    String.join(", ", ORIGINS),
                                    origins.isEmpty() ? "none" : String.join(" and ", origins)));
            return Optional.empty();
        }
        if (object.has("join") && !object.has("columns")) {
            object.invalid("join", "'join' requires 'columns'.");
        }
        if (object.has("optional") && !object.has("column")) {
            object.invalid("optional", "'optional' requires 'column'.");
        }
        Optional<FieldMapping> first =
                switch (origins.getFirst()) {
                    case "column" ->
                            object.text("column")
                                    .map(column -> new Column(column, object.flag("optional")));
                    case "columns" -> join(object);
                    case "constant" -> object.resolved("constant").map(Constant::new);
                    default -> lookup(object);
                };
        if (!object.has("fallback")) {
            return first;
        }
        return first.flatMap(
                preferred -> fallback(object).map(otherwise -> new Fallback(preferred, otherwise)));
    }

    private Optional<FieldMapping> fallback(YamlObject object) {
        if (!object.isObject("fallback")) {
            return object.text("fallback").map(column -> new Column(column, false));
        }
        YamlObject fallback = object.object("fallback").orElseThrow();
        fallback.allow(
                List.of("column", "columns", "join", "constant", "lookup", "fallback", "optional"));
        return origin(fallback, object, "fallback");
    }

    private static Optional<FieldMapping> join(YamlObject object) {
        List<String> columns = object.texts("columns");
        if (columns.isEmpty()) {
            object.mistake("columns", "mapping_missing", "'columns' must name the columns.");
            return Optional.empty();
        }
        return Optional.of(new Join(columns, object.text("join").orElse("-")));
    }

    private Optional<FieldMapping> lookup(YamlObject object) {
        Optional<YamlObject> found = object.object("lookup");
        if (found.isEmpty()) {
            return Optional.empty();
        }
        YamlObject lookup = found.get();
        lookup.allow(List.of("file", "on", "key", "column", "format"));
        Optional<String> file = lookup.requiredText("file", "customers.csv");
        Optional<String> on = lookup.requiredText("on", "customer_id");
        Optional<String> column = lookup.requiredText("column", "city");
        if (file.isEmpty() || on.isEmpty() || column.isEmpty()) {
            return Optional.empty();
        }
        FileFormat format = format(lookup, formats.getOrDefault(file.get(), defaultFormat));
        return Optional.of(
                new Lookup(
                        file.get(),
                        format,
                        on.get(),
                        lookup.text("key").orElse(on.get()),
                        column.get()));
    }

    private static List<RowFilter> filters(YamlObject object) {
        List<RowFilter> filters = new ArrayList<>();
        for (YamlObject filter : object.objects("where")) {
            List<String> conditions = List.of("is", "is_not", "empty");
            filter.allow(List.of("column", "is", "is_not", "empty"));
            Optional<String> column = filter.requiredText("column", "type");
            List<String> given = conditions.stream().filter(filter::has).toList();
            if (given.size() != 1) {
                filter.mistake(
                        given.isEmpty() ? "column" : given.get(1),
                        "mapping_value",
                        "A condition needs exactly one of: %s."
                                .formatted(String.join(", ", conditions)));
            } else if (column.isPresent()) {
                filters.add(
                        switch (given.getFirst()) {
                            case "is" -> new RowFilter.In(column.get(), filter.texts("is"));
                            case "is_not" ->
                                    new RowFilter.NotIn(column.get(), filter.texts("is_not"));
                            default -> new RowFilter.Empty(column.get(), filter.flag("empty"));
                        });
            }
        }
        return filters;
    }

    private static FileFormat format(YamlObject parent, FileFormat otherwise) {
        Optional<YamlObject> object = parent.object("format");
        if (object.isEmpty()) {
            return otherwise;
        }
        YamlObject format = object.get();
        format.allow(List.of("type", "delimiter", "encoding"));
        String type = format.text("type").orElse("csv");
        if (type.equals("json")) {
            if (format.has("delimiter") || format.has("encoding")) {
                format.invalid("type", "JSON has no delimiter, and its encoding is always UTF-8.");
            }
            return new FileFormat.Json();
        }
        if (!type.equals("csv")) {
            format.invalid(
                    "type",
                    "'%s' is not a type of file; use one of: csv, json."
                            .formatted(YamlObject.shown(type)));
        }
        return new FileFormat.Csv(delimiter(format), encoding(format));
    }

    private static char delimiter(YamlObject format) {
        String text = format.text("delimiter").orElse(",");
        String delimiter = text.equals("tab") ? "\t" : text;
        if (delimiter.length() != 1 || delimiter.charAt(0) > 127 || "\"\r\n".contains(delimiter)) {
            format.invalid(
                    "delimiter",
                    "'delimiter' must be one ASCII character such as ',' or ';', or 'tab'.");
            return ',';
        }
        return delimiter.charAt(0);
    }

    private static Charset encoding(YamlObject format) {
        String name = format.text("encoding").orElse("UTF-8");
        return ENCODINGS.stream()
                .filter(
                        known ->
                                known.toLowerCase(Locale.ROOT)
                                        .equals(name.toLowerCase(Locale.ROOT)))
                .findFirst()
                .map(Charset::forName)
                .orElseGet(
                        () -> {
                            format.invalid(
                                    "encoding",
                                    "'%s' is not an encoding that can be read; use one of: %s. Convert the file to UTF-8."
                                            .formatted(
                                                    YamlObject.shown(name),
                                                    String.join(", ", ENCODINGS)));
                            return java.nio.charset.StandardCharsets.UTF_8;
                        });
    }
}
