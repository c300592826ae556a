package io.shopflow.extract.files;

import com.google.re2j.Pattern;
import io.shopflow.extract.files.FieldMapping.Choice;
import io.shopflow.extract.files.FieldMapping.Column;
import io.shopflow.extract.files.FieldMapping.Computed;
import io.shopflow.extract.files.FieldMapping.Constant;
import io.shopflow.extract.files.FieldMapping.Edited;
import io.shopflow.extract.files.FieldMapping.Fallback;
import io.shopflow.extract.files.FieldMapping.ItemNumber;
import io.shopflow.extract.files.FieldMapping.Join;
import io.shopflow.extract.files.FieldMapping.Lookup;
import io.shopflow.extract.files.FieldMapping.NumberWithin;
import io.shopflow.extract.files.FieldMapping.OfSale;
import io.shopflow.extract.files.FieldMapping.Operation;
import io.shopflow.extract.files.FieldMapping.RowNumber;
import io.shopflow.extract.files.FieldMapping.Sum;
import io.shopflow.extract.yaml.YamlObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads where values come from. */
final class ValueParser {

    /** A value comes from exactly one of these. */
    private static final List<String> ORIGINS =
            List.of(
                    "column",
                    "columns",
                    "constant",
                    "lookup",
                    "when",
                    "add",
                    "subtract",
                    "multiply",
                    "divide",
                    "sum",
                    "sale",
                    "row_number",
                    "item_number",
                    "number_within");

    /** Changes of a text, made in the order in which they are written. */
    private static final List<String> EDITS =
            List.of("match", "map", "replace", "remove_prefix", "remove_suffix", "letters");

    private static final List<String> OTHERS =
            List.of("join", "then", "else", "where", "round", "fallback", "optional");

    private static final int MAX_DECIMALS = 12;

    private static final List<String> KEYS =
            Stream.of(ORIGINS, EDITS, OTHERS).flatMap(List::stream).toList();

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
        required(object, "join", List.of("columns"));
        required(object, "optional", List.of("column"));
        required(object, "then", List.of("when"));
        required(object, "else", List.of("when"));
        required(object, "where", List.of("sum"));
        required(object, "round", List.of("add", "subtract", "multiply", "divide"));
        Optional<FieldMapping> first =
                origin(object, origins.getFirst()).map(origin -> edited(object, origin));
        if (!object.has("fallback")) {
            return first;
        }
        return first.flatMap(
                preferred ->
                        named(object, "fallback")
                                .map(otherwise -> new Fallback(preferred, otherwise)));
    }

    private static void required(YamlObject object, String key, List<String> others) {
        if (object.has(key) && others.stream().noneMatch(object::has)) {
            object.invalid(
                    key, "'%s' requires '%s'.".formatted(key, String.join("' or '", others)));
        }
    }

    private Optional<FieldMapping> origin(YamlObject object, String origin) {
        return switch (origin) {
            case "column" ->
                    object.text(origin).map(column -> new Column(column, object.flag("optional")));
            case "columns" -> join(object);
            case "constant" -> object.resolved(origin).map(Constant::new);
            case "lookup" -> lookup(object);
            case "when" -> choice(object);
            case "sum" ->
                    named(object, origin)
                            .map(number -> new Sum(number, ConditionParser.list(object, "where")));
            case "sale" -> sale(object);
            case "row_number" -> number(object, origin, new RowNumber());
            case "item_number" -> number(object, origin, new ItemNumber());
            case "number_within" -> object.text(origin).map(NumberWithin::new);
            default -> computed(object, origin);
        };
    }

    private static Optional<FieldMapping> number(
            YamlObject object, String key, FieldMapping number) {
        if (object.text(key).filter("false"::equals).isPresent()) {
            object.invalid(key, "Write '%s: true', or leave the field out.".formatted(key));
        }
        return object.flag(key) ? Optional.of(number) : Optional.empty();
    }

    private static Optional<FieldMapping> sale(YamlObject object) {
        Optional<String> field = object.text("sale");
        if (field.isPresent() && !List.of("id", "order_id").contains(field.get())) {
            object.invalid(
                    "sale",
                    "'sale' must be id, for the line that is returned, or order_id, for its order, not '%s'."
                            .formatted(YamlObject.shown(field.get())));
        }
        return field.map(found -> new OfSale(found.equals("order_id")));
    }

    private Optional<FieldMapping> choice(YamlObject object) {
        Optional<Condition> when = ConditionParser.oneOrAll(object, "when");
        if (!object.has("then")) {
            object.mistake(
                    "when",
                    "mapping_missing",
                    "'when' needs 'then': the value where the condition holds. 'else' is the value elsewhere; without it there is none.");
            return Optional.empty();
        }
        Optional<FieldMapping> then = named(object, "then");
        Optional<FieldMapping> otherwise =
                object.has("else") ? named(object, "else") : Optional.of(new Constant(""));
        return when.isEmpty() || then.isEmpty() || otherwise.isEmpty()
                ? Optional.empty()
                : Optional.of(new Choice(when.get(), then.get(), otherwise.get()));
    }

    private Optional<FieldMapping> computed(YamlObject object, String operation) {
        List<FieldMapping> numbers = values(object, operation);
        if (numbers.size() < 2) {
            object.invalid(
                    operation,
                    "'%s' needs a list of at least two numbers: names of columns, or values like {constant: 1}."
                            .formatted(operation));
            return Optional.empty();
        }
        return Optional.of(
                new Computed(
                        Operation.valueOf(operation.toUpperCase(Locale.ROOT)),
                        numbers,
                        object.has("round") ? object.integer("round", 0, MAX_DECIMALS, 2) : null));
    }

    /** A list of values, each a column's name or an object. */
    private List<FieldMapping> values(YamlObject object, String key) {
        return object.mixed(
                key,
                column -> Optional.of(new Column(column, false)),
                item -> value(item, object, key, List.of()));
    }

    private static FieldMapping edited(YamlObject object, FieldMapping origin) {
        List<Edit> edits = new ArrayList<>();
        for (String key : object.keys()) {
            if (EDITS.contains(key)) {
                edit(object, key).ifPresent(edits::add);
            }
        }
        return edits.isEmpty() ? origin : new Edited(origin, edits);
    }

    private static Optional<Edit> edit(YamlObject object, String key) {
        return switch (key) {
            case "match" -> ExpressionParser.pattern(object, key).map(Edit.Match::new);
            case "map" -> Optional.of(new Edit.Translation(texts(object, key)));
            case "replace" -> Optional.of(new Edit.Replacement(texts(object, key)));
            case "remove_prefix" ->
                    object.text(key)
                            .map(text -> "^" + Pattern.quote(text))
                            .map(ValueParser::removed);
            case "remove_suffix" ->
                    object.text(key)
                            .map(text -> Pattern.quote(text) + "$")
                            .map(ValueParser::removed);
            default -> letters(object, key);
        };
    }

    private static Edit removed(String expression) {
        return new Edit.Removal(Pattern.compile(expression));
    }

    private static Optional<Edit> letters(YamlObject object, String key) {
        Optional<String> text = object.text(key);
        if (text.isPresent() && !List.of("upper", "lower").contains(text.get())) {
            object.invalid(
                    key,
                    "'%s' must be upper or lower, not '%s'."
                            .formatted(key, YamlObject.shown(text.get())));
        }
        return text.map(found -> new Edit.Letters(found.equals("upper")));
    }

    private static Map<String, String> texts(YamlObject object, String key) {
        Map<String, String> texts = new LinkedHashMap<>();
        object.object(key)
                .ifPresent(
                        table -> {
                            for (String text : table.keys()) {
                                if (text.isEmpty()) {
                                    table.invalid(
                                            text,
                                            "An empty text stands for no value; use 'fallback'.");
                                } else {
                                    table.text(text).ifPresent(other -> texts.put(text, other));
                                }
                            }
                        });
        return texts;
    }

    /** A column's name or an object. */
    private Optional<FieldMapping> named(YamlObject object, String key) {
        if (!object.isObject(key)) {
            return object.text(key).map(column -> new Column(column, false));
        }
        return value(object.object(key).orElseThrow(), object, key, List.of());
    }

    private Optional<FieldMapping> join(YamlObject object) {
        List<FieldMapping> values = values(object, "columns");
        if (values.isEmpty()) {
            object.mistake("columns", "mapping_missing", "'columns' must name the columns.");
            return Optional.empty();
        }
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
        Optional<FieldMapping> on =
                lookup.isObject("on")
                        ? named(lookup, "on")
                        : lookup.requiredText("on", "customer_id")
                                .map(name -> new Column(name, false));
        Optional<String> column = lookup.requiredText("column", "city");
        if (file.isEmpty() || on.isEmpty() || column.isEmpty()) {
            return Optional.empty();
        }
        if (!lookup.has("key") && lookup.isObject("on")) {
            lookup.mistake(
                    "on",
                    "mapping_missing",
                    "'on' is not a column, so 'key' must name the column of the other file.");
            return Optional.empty();
        }
        FileFormat format = FileFormatParser.format(lookup, formats.of(file.get()));
        String key = lookup.text("key").orElseGet(() -> lookup.text("on").orElse(""));
        return Optional.of(new Lookup(file.get(), format, on.get(), key, column.get()));
    }
}
