package io.shopflow.extract.files;

import io.shopflow.extract.files.FieldMapping.Column;
import io.shopflow.extract.files.FieldMapping.Constant;
import io.shopflow.extract.files.FieldMapping.Fallback;
import io.shopflow.extract.files.FieldMapping.Join;
import io.shopflow.extract.files.FieldMapping.Lookup;
import io.shopflow.extract.yaml.YamlObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads where values come from. */
final class ValueParser {

    /** A value comes from exactly one of these. */
    private static final List<String> ORIGINS = List.of("column", "columns", "constant", "lookup");

    private static final List<String> KEYS =
            List.of("column", "columns", "join", "constant", "lookup", "fallback", "optional");

    private final FileFormatParser formats;

    ValueParser(FileFormatParser formats) {
        this.formats = formats;
    }

    /**
     * Reads an object with one of the origins, and optionally a fallback.
     *
     * @param name of the object in its parent
     * @param more keys that the object may have besides
     */
    Optional<FieldMapping> value(
            YamlObject object, YamlObject parent, String name, List<String> more) {
        List<String> allowed = new ArrayList<>(KEYS);
        allowed.addAll(more);
        object.allow(allowed);
        return origin(object, parent, name);
    }

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
        return named(object, "fallback");
    }

    /** A column's name or an object. */
    private Optional<FieldMapping> named(YamlObject object, String key) {
        if (!object.isObject(key)) {
            return object.text(key).map(column -> new Column(column, false));
        }
        return value(object.object(key).orElseThrow(), object, key, List.of());
    }

    private static Optional<FieldMapping> join(YamlObject object) {
        List<String> columns = object.texts("columns");
        if (columns.isEmpty()) {
            object.mistake("columns", "mapping_missing", "'columns' must name the columns.");
            return Optional.empty();
        }
        List<FieldMapping> values =
                columns.stream().<FieldMapping>map(column -> new Column(column, false)).toList();
        return Optional.of(new Join(values, object.text("join").orElse("-")));
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
        FileFormat format = FileFormatParser.format(lookup, formats.of(file.get()));
        return Optional.of(
                new Lookup(
                        file.get(),
                        format,
                        new Column(on.get(), false),
                        lookup.text("key").orElse(on.get()),
                        column.get()));
    }
}
