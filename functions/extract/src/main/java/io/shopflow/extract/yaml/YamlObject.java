package io.shopflow.extract.yaml;

import io.shopflow.core.run.Problem;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * A YAML mapping being read. Mistakes are collected with their lines rather than thrown, so that
 * all of them can be reported at once; a value that cannot be read is returned as empty.
 */
public final class YamlObject {

    private static final Pattern REFERENCE = Pattern.compile("\\$\\{([A-Za-z_][A-Za-z0-9_]*)}");

    /** What may have been meant as a reference; without an end, the rest of the text. */
    private static final Pattern EXPRESSION = Pattern.compile("\\$\\{[^}]*}?");

    /** Characters of the longest text that a message quotes. */
    private static final int MAX_SHOWN = 100;

    private static final Pattern CONTROLS = Pattern.compile("\\p{Cntrl}");

    /** State shared by all objects of a document. */
    public static final class Document {

        private final String file;
        private final UnaryOperator<@Nullable String> variables;
        private final List<Problem> problems = new ArrayList<>();

        /**
         * An empty document.
         *
         * @param file its name in messages
         * @param variables the values of references; null for an unknown one
         */
        public Document(String file, UnaryOperator<@Nullable String> variables) {
            this.file = file;
            this.variables = variables;
        }

        /** The mistakes so far. */
        public List<Problem> problems() {
            return problems;
        }

        /** Reports a mistake. */
        public void add(long line, @Nullable String path, String rule, String message) {
            problems.add(Problem.of(rule, message).in(file).atLine(line).at(path));
        }
    }

    /** A key with its value. */
    private record Entry(Node key, Node value) {}

    private final Document document;
    private final String path;
    private final long line;
    private final Map<String, Entry> entries = new LinkedHashMap<>();

    private YamlObject(Document document, String path, long line, MappingNode node) {
        this.document = document;
        this.path = path;
        this.line = line;
        for (NodeTuple tuple : node.getValue()) {
            if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
                document.add(
                        line(tuple.getKeyNode()), path, "mapping_key", "A key must be plain text.");
                continue;
            }
            Entry before = entries.get(key.getValue());
            if (before != null) {
                document.add(
                        line(key),
                        pathOf(key.getValue()),
                        "mapping_duplicate",
                        "'%s' is here and in line %d; keep one."
                                .formatted(shown(key.getValue()), line(before.key())));
                continue;
            }
            entries.put(key.getValue(), new Entry(key, tuple.getValueNode()));
        }
    }

    /** The document's root. */
    public static Optional<YamlObject> root(Document document, Node node) {
        if (node instanceof MappingNode mapping) {
            return Optional.of(new YamlObject(document, "", line(node), mapping));
        }
        document.add(
                line(node),
                null,
                "mapping_type",
                "The file must be a mapping, like 'kind: files'.");
        return Optional.empty();
    }

    static long line(Node node) {
        return node.getStartMark().map(mark -> mark.getLine() + 1L).orElse(1L);
    }

    /** Reports every key other than these. */
    public void allow(List<String> keys) {
        entries.forEach(
                (name, entry) -> {
                    if (!keys.contains(name)) {
                        document.add(
                                line(entry.key()),
                                pathOf(name),
                                "mapping_unknown_key",
                                "'%s' is not known here%s; allowed: %s."
                                        .formatted(
                                                shown(name),
                                                path.isEmpty() ? "" : " in " + path,
                                                String.join(", ", keys)));
                    }
                });
    }

    /** Whether the key is there. */
    public boolean has(String key) {
        return entries.containsKey(key);
    }

    /** The keys, in the order of the file. */
    public List<String> keys() {
        return List.copyOf(entries.keySet());
    }

    /** The first line of each text that is no key, within the values of these keys. */
    public Map<String, Long> lines(List<String> keys) {
        Map<String, Long> lines = new HashMap<>();
        keys.forEach(key -> value(key).ifPresent(node -> addLines(node, lines)));
        return lines;
    }

    private static void addLines(Node node, Map<String, Long> lines) {
        switch (node) {
            case ScalarNode scalar -> lines.merge(scalar.getValue(), line(scalar), Math::min);
            case SequenceNode list -> list.getValue().forEach(item -> addLines(item, lines));
            case MappingNode mapping ->
                    mapping.getValue().forEach(tuple -> addLines(tuple.getValueNode(), lines));
            default -> {}
        }
    }

    /** The line of a key, or of the object if the key is missing. */
    long lineOf(String key) {
        Entry entry = entries.get(key);
        return entry == null ? line : line(entry.key());
    }

    String pathOf(String key) {
        return path.isEmpty() ? shown(key) : path + "." + shown(key);
    }

    /** Reports a mistake at a key. */
    public void mistake(String key, String rule, String message) {
        document.add(lineOf(key), pathOf(key), rule, message);
    }

    /** Reports that a key's value is not allowed. */
    public void invalid(String key, String message) {
        mistake(key, "mapping_value", message);
    }

    /** A configured text as messages quote it: on one line, and cut if it is long. */
    public static String shown(String text) {
        String line = CONTROLS.matcher(text).replaceAll(" ");
        return line.length() <= MAX_SHOWN
                ? line
                : line.substring(0, line.offsetByCodePoints(0, MAX_SHOWN / 2)) + "…";
    }

    /** The text of a required key; reports a missing key and returns empty. */
    public Optional<String> requiredText(String key, String example) {
        if (!has(key)) {
            mistake(
                    key,
                    "mapping_missing",
                    "'%s' is missing; write for example '%s: %s'.".formatted(key, key, example));
            return Optional.empty();
        }
        return text(key);
    }

    /** The text of a key, which must not contain a reference. */
    public Optional<String> text(String key) {
        return value(key).flatMap(node -> text(node, pathOf(key)));
    }

    /** The text of a key, with references to the source's variables replaced. */
    public Optional<String> resolved(String key) {
        return value(key)
                .flatMap(node -> scalar(node, pathOf(key)))
                .flatMap(scalar -> resolved(scalar, pathOf(key)));
    }

    /** As {@link #resolved}, of a required key. */
    public Optional<String> requiredResolved(String key, String example) {
        return has(key) ? resolved(key) : requiredText(key, example);
    }

    /** The text of a key as messages quote it: with references, never with their values. */
    public String written(String key) {
        return value(key)
                .filter(ScalarNode.class::isInstance)
                .map(node -> shown(((ScalarNode) node).getValue()))
                .orElse("");
    }

    /** True or false; false if the key is missing. */
    public boolean flag(String key) {
        Optional<String> text = text(key);
        if (text.isPresent() && !text.get().equals("true") && !text.get().equals("false")) {
            mistake(
                    key,
                    "mapping_type",
                    "'%s' must be true or false, not '%s'.".formatted(key, shown(text.get())));
        }
        return text.filter("true"::equals).isPresent();
    }

    /** A whole number within limits; another value is reported, and the default returned. */
    public int integer(String key, int least, int most, int otherwise) {
        Optional<String> text = text(key);
        if (text.isPresent() && text.get().matches("\\d{1,9}")) {
            int number = Integer.parseInt(text.get());
            if (number >= least && number <= most) {
                return number;
            }
        }
        text.ifPresent(
                wrong ->
                        invalid(
                                key,
                                "'%s' must be a whole number from %d to %d, not '%s'."
                                        .formatted(key, least, most, shown(wrong))));
        return otherwise;
    }

    /** A duration like {@code 30s}; another value is reported, and the default returned. */
    public Duration duration(String key, Duration otherwise) {
        Optional<String> text = text(key);
        try {
            return text.isEmpty() ? otherwise : Duration.parse("PT" + text.get());
        } catch (DateTimeParseException e) {
            invalid(
                    key,
                    "'%s' must be a duration like 30s, 5m or 1h, not '%s'."
                            .formatted(key, shown(text.orElseThrow())));
            return otherwise;
        }
    }

    /** One text, or a list of them. */
    public List<String> texts(String key) {
        return items(key).stream().flatMap(item -> text(item, pathOf(key)).stream()).toList();
    }

    /** One value or a list of them, as written: {@code NULL} is a text here. */
    public List<String> literals(String key) {
        List<String> literals = new ArrayList<>();
        for (Node item : items(key)) {
            if (item instanceof ScalarNode scalar) {
                literals.add(scalar.getValue());
            } else {
                mistake(
                        key,
                        "mapping_type",
                        "Each item of '%s' must be one value, not %s.".formatted(key, kind(item)));
            }
        }
        return literals;
    }

    private Optional<Node> value(String key) {
        return Optional.ofNullable(entries.get(key)).map(Entry::value);
    }

    /** The items of a list, or a single value. */
    private List<Node> items(String key) {
        return value(key)
                .map(node -> node instanceof SequenceNode list ? list.getValue() : List.of(node))
                .orElse(List.of());
    }

    /** A nested object. */
    public Optional<YamlObject> object(String key) {
        if (!has(key) || isObject(key)) {
            return value(key)
                    .map(
                            node ->
                                    new YamlObject(
                                            document,
                                            pathOf(key),
                                            lineOf(key),
                                            (MappingNode) node));
        }
        mistake(
                key,
                "mapping_type",
                "'%s' must be a mapping of keys to values, not %s."
                        .formatted(key, kind(value(key).orElseThrow())));
        return Optional.empty();
    }

    /** Whether the key's value is a mapping. */
    public boolean isObject(String key) {
        return value(key).filter(MappingNode.class::isInstance).isPresent();
    }

    /** The items of a list, each a text or an object. */
    public <T> List<T> mixed(
            String key,
            Function<String, Optional<T>> ofText,
            Function<YamlObject, Optional<T>> ofObject) {
        return items(key).stream()
                .flatMap(
                        item ->
                                (item instanceof MappingNode mapping
                                                ? ofObject.apply(
                                                        new YamlObject(
                                                                document,
                                                                pathOf(key),
                                                                line(item),
                                                                mapping))
                                                : text(item, pathOf(key)).flatMap(ofText))
                                        .stream())
                .toList();
    }

    /** One object, or a list of them. */
    public List<YamlObject> oneOrMore(String key) {
        return value(key).filter(SequenceNode.class::isInstance).isPresent()
                ? objects(key)
                : object(key).stream().toList();
    }

    /** A list of objects. */
    public List<YamlObject> objects(String key) {
        Entry entry = entries.get(key);
        if (entry == null) {
            return List.of();
        }
        if (!(entry.value() instanceof SequenceNode sequence)) {
            mistake(
                    key,
                    "mapping_type",
                    "'%s' must be a list, each item beginning with '- '.".formatted(key));
            return List.of();
        }
        List<YamlObject> objects = new ArrayList<>();
        for (Node item : sequence.getValue()) {
            if (item instanceof MappingNode mapping) {
                objects.add(new YamlObject(document, pathOf(key), line(item), mapping));
            } else {
                document.add(
                        line(item),
                        pathOf(key),
                        "mapping_type",
                        "Each item of '%s' must be a mapping, not %s.".formatted(key, kind(item)));
            }
        }
        return objects;
    }

    private Optional<String> text(Node node, String at) {
        Optional<String> text = scalar(node, at).map(ScalarNode::getValue);
        if (text.isPresent() && EXPRESSION.matcher(text.get()).find()) {
            document.add(
                    line(node),
                    at,
                    "reference_misplaced",
                    "'%s' is not allowed here: references are allowed in url, key, secret, path, zone, currency, country and constant."
                            .formatted(shown(text.get())));
            return Optional.empty();
        }
        return text;
    }

    private Optional<ScalarNode> scalar(Node node, String at) {
        if (!(node instanceof ScalarNode scalar)) {
            document.add(
                    line(node),
                    at,
                    "mapping_type",
                    "'%s' must be one value, not %s.".formatted(at, kind(node)));
            return Optional.empty();
        }
        if (scalar.getTag().equals(Tag.NULL)) {
            document.add(
                    line(node),
                    at,
                    "mapping_missing",
                    "'%s' has no value; give one, or leave the key out.".formatted(at));
            return Optional.empty();
        }
        return Optional.of(scalar);
    }

    private Optional<String> resolved(ScalarNode scalar, String at) {
        Set<String> unknown =
                EXPRESSION
                        .matcher(scalar.getValue())
                        .results()
                        .map(MatchResult::group)
                        .filter(expression -> !REFERENCE.matcher(expression).matches())
                        .map(YamlObject::shown)
                        .collect(Collectors.toCollection(TreeSet::new));
        if (!unknown.isEmpty()) {
            document.add(
                    line(scalar),
                    at,
                    "reference_unknown",
                    "'%s' is not a reference. Write ${NAME} with the name of one of the source's variables, in letters, digits and _; properties, defaults and blanks are not supported."
                            .formatted(String.join("', '", unknown)));
            return Optional.empty();
        }
        StringBuilder text = new StringBuilder();
        TreeSet<String> missing = new TreeSet<>();
        Matcher reference = REFERENCE.matcher(scalar.getValue());
        while (reference.find()) {
            String value = document.variables.apply(reference.group(1));
            if (value == null || value.isEmpty()) {
                missing.add(shown(reference.group(1)));
            } else {
                reference.appendReplacement(text, Matcher.quoteReplacement(value));
            }
        }
        if (!missing.isEmpty()) {
            document.add(
                    line(scalar),
                    at,
                    "variable_missing",
                    "The source has no variable %s. Put it into the source's own secret, or set it for the extract function under a name that begins with SHOPFLOW_ and the source's name; others must be in SHOPFLOW_SOURCE_ALLOWED_VARIABLES."
                            .formatted(String.join(", ", missing)));
            return Optional.empty();
        }
        return Optional.of(reference.appendTail(text).toString());
    }

    private static String kind(Node node) {
        return switch (node) {
            case SequenceNode list -> "a list";
            case MappingNode mapping -> "a mapping";
            default -> "a single value";
        };
    }
}
