package io.shopflow.extract.files;

import io.shopflow.core.source.SourceFormat;
import io.shopflow.core.source.SourceFormat.DateFormat;
import io.shopflow.core.source.SourceFormat.FieldFormat;
import io.shopflow.core.source.SourceFormat.NumberFormat;
import io.shopflow.core.stream.StreamName;
import io.shopflow.extract.files.FileMapping.RowMapping;
import io.shopflow.extract.files.FileMapping.StreamMapping;
import io.shopflow.extract.files.FileMapping.StreamMapping.Extent;
import io.shopflow.extract.yaml.FormatParser;
import io.shopflow.extract.yaml.YamlObject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
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

    private static final List<String> ROW_KEYS =
            List.of("file", "format", "fields", "where", "each", "fill_down", "find_sale");

    /** Those whose values name columns. */
    private static final List<String> COLUMN_KEYS =
            List.of("fields", "where", "each", "fill_down", "find_sale");

    /** These concern a stream as a whole; of a list of mappings, the first has them. */
    private static final List<String> STREAM_KEYS =
            List.of("repeated_ids", "last_of", "whole", "gone_percent");

    /** The longest name that common file systems allow. */
    private static final int MAX_NAME_CHARACTERS = 255;

    private final String source;
    private final YamlObject root;
    private final FileFormatParser formats;
    private final FieldParser fields;

    FileMappingParser(String source, YamlObject root) {
        this.source = source;
        this.root = root;
        this.formats = new FileFormatParser(root);
        this.fields = new FieldParser(root, new ValueParser(formats));
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
        List<StreamMapping> streams = streams();
        boolean workbooks =
                streams.stream()
                        .flatMap(stream -> stream.rows().stream())
                        .anyMatch(MappingUse::ofWorkbooks);
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
                                        workbooks ? dates.withIso() : dates,
                                        numbers,
                                        statuses,
                                        workbooks ? withIso(fields.formats()) : fields.formats(),
                                        nulls),
                                streams));
    }

    /** A date in a workbook is a number, which is read as ISO 8601 whatever its texts are. */
    private static Map<String, FieldFormat> withIso(Map<String, FieldFormat> formats) {
        Map<String, FieldFormat> changed = new LinkedHashMap<>(formats);
        changed.replaceAll(
                (field, format) -> {
                    DateFormat dates = format.dates();
                    return dates == null
                            ? format
                            : new FieldFormat(dates.withIso(), format.numbers(), format.sign());
                });
        return changed;
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
        Map<StreamName, List<YamlObject>> objects = new LinkedHashMap<>();
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
            List<YamlObject> mappings = object.get().oneOrMore(name);
            if (!mappings.isEmpty()) {
                objects.put(stream.get(), mappings);
            }
        }
        objects.values().stream()
                .flatMap(List::stream)
                .forEach(found -> formats.declare(found, found.texts("file")));
        List<StreamMapping> streams = new ArrayList<>();
        objects.forEach((stream, found) -> streams.add(stream(stream, found)));
        return streams;
    }

    private StreamMapping stream(StreamName stream, List<YamlObject> mappings) {
        List<RowMapping> rows = new ArrayList<>();
        for (YamlObject mapping : mappings) {
            List<String> allowed = new ArrayList<>(ROW_KEYS);
            allowed.addAll(STREAM_KEYS);
            mapping.allow(allowed);
            if (mapping != mappings.getFirst()) {
                STREAM_KEYS.stream().filter(mapping::has).forEach(key -> misplaced(mapping, key));
            }
            rows.add(rows(stream, mapping));
            checkUse(mapping, mappings.getFirst(), rows.getLast());
        }
        YamlObject first = mappings.getFirst();
        return new StreamMapping(
                stream,
                rows,
                first.flag("repeated_ids"),
                lastOf(first, rows),
                extent(first),
                gonePercent(first));
    }

    private static void checkUse(YamlObject object, YamlObject first, RowMapping mapping) {
        if (mapping.findSale() == null && MappingUse.ofSales(mapping)) {
            object.mistake(
                    "find_sale",
                    "mapping_missing",
                    "'sale' and 'sale_found' require 'find_sale', which says how a sale is found: {same: [customer, product, price], quantity: c}.");
        }
        if (MappingUse.ofSums(mapping) && !first.flag("repeated_ids")) {
            object.mistake(
                    "fields",
                    "mapping_missing",
                    "'sum' adds the rows with the same id, so the stream needs 'repeated_ids: true'.");
        }
    }

    private static @Nullable String lastOf(YamlObject object, List<RowMapping> rows) {
        Optional<String> field = object.text("last_of");
        if (field.isPresent()
                && !rows.stream().allMatch(mapping -> mapping.fields().containsKey(field.get()))) {
            object.invalid(
                    "last_of",
                    "'last_of' names a field that each mapping of the stream has, like order_id, not '%s'."
                            .formatted(YamlObject.shown(field.get())));
        }
        return field.orElse(null);
    }

    private static void misplaced(YamlObject mapping, String key) {
        mapping.invalid(
                key,
                "'%s' concerns the stream as a whole; write it at the first mapping of the list."
                        .formatted(key));
    }

    private RowMapping rows(StreamName stream, YamlObject object) {
        List<String> files = object.texts("file");
        files.forEach(file -> checkName(object, file));
        if (files.isEmpty()) {
            object.mistake(
                    "file",
                    "mapping_missing",
                    "The stream %s needs a 'file', or a list of them."
                            .formatted(stream.canonicalName()));
        }
        FileFormat format = formats.of(object);
        return new RowMapping(
                files,
                format,
                fields.fields(stream, object),
                ConditionParser.list(object, "where"),
                EachParser.each(object, format).orElse(null),
                EachParser.fillDown(object).orElse(null),
                EachParser.findSale(object).orElse(null),
                object.lines(COLUMN_KEYS));
    }

    /** Rejects names outside the folder. */
    private static void checkName(YamlObject object, String file) {
        boolean within =
                !file.startsWith("/")
                        && !file.contains("\\")
                        && file.chars().noneMatch(Character::isISOControl)
                        && !("/" + file + "/").contains("/../");
        if (!within || file.length() > MAX_NAME_CHARACTERS) {
            object.invalid(
                    "file",
                    "'%s' is neither the name of a file in the folder nor a pattern like orders-*.csv, or has more than %d characters."
                            .formatted(YamlObject.shown(file), MAX_NAME_CHARACTERS));
        }
    }

    private static Extent extent(YamlObject object) {
        boolean whole = object.flag("whole");
        if (!object.has("whole")) {
            return Extent.UNKNOWN;
        }
        return whole ? Extent.WHOLE : Extent.SLICE;
    }

    private static int gonePercent(YamlObject object) {
        return object.integer("gone_percent", 0, 100, StreamMapping.GONE_PERCENT);
    }
}
