package io.shopflow.extract.files;

import com.google.re2j.Pattern;
import io.shopflow.core.source.RawText;
import io.shopflow.core.source.SourceFormat.NumberFormat;
import io.shopflow.extract.files.Condition.Comparison;
import io.shopflow.extract.yaml.YamlObject;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads conditions on the columns of a row. */
final class ConditionParser {

    /** A condition on a column has exactly one of these. */
    private static final List<String> TESTS =
            List.of(
                    "is",
                    "is_not",
                    "empty",
                    "starts_with",
                    "matches",
                    "equals",
                    "above",
                    "below",
                    "at_least",
                    "at_most");

    /** Instead of a column and a test. */
    private static final List<String> COMBINATIONS = List.of("all", "any", "not", "sale_found");

    private static final List<String> KEYS =
            Stream.of(List.of("column"), TESTS, COMBINATIONS).flatMap(List::stream).toList();

    /** Numbers in a mapping are written as in most programs, whatever the files' format is. */
    private static final DecimalReader NUMBERS = new DecimalReader(NumberFormat.plain());

    private ConditionParser() {}

    /** The list of conditions at a key. */
    static List<Condition> list(YamlObject object, String key) {
        List<Condition> conditions = new ArrayList<>();
        for (YamlObject item : object.objects(key)) {
            condition(item).ifPresent(conditions::add);
        }
        return conditions;
    }

    /** One condition at a key, or a list of which all must hold. */
    static Optional<Condition> oneOrAll(YamlObject object, String key) {
        if (object.isObject(key)) {
            return object.object(key).flatMap(ConditionParser::condition);
        }
        List<Condition> conditions = list(object, key);
        return conditions.isEmpty() ? Optional.empty() : Optional.of(new Condition.All(conditions));
    }

    private static Optional<Condition> condition(YamlObject object) {
        object.allow(KEYS);
        List<String> combined = COMBINATIONS.stream().filter(object::has).toList();
        if (!combined.isEmpty()) {
            return combination(object, combined);
        }
        Optional<String> column = object.requiredText("column", "type");
        List<String> given = TESTS.stream().filter(object::has).toList();
        if (given.size() != 1) {
            object.mistake(
                    given.isEmpty() ? "column" : given.get(1),
                    "mapping_value",
                    "A condition needs exactly one of: %s.".formatted(String.join(", ", TESTS)));
            return Optional.empty();
        }
        return column.flatMap(name -> test(object, name, given.getFirst()));
    }

    private static Optional<Condition> combination(YamlObject object, List<String> combined) {
        String key = combined.getFirst();
        if (object.keys().size() > 1) {
            object.invalid(
                    object.keys().get(1),
                    "'%s' stands alone; put other conditions beside it into a list under 'all'."
                            .formatted(key));
            return Optional.empty();
        }
        return switch (key) {
            case "all" -> Optional.of(new Condition.All(list(object, key)));
            case "any" -> Optional.of(new Condition.Any(list(object, key)));
            case "sale_found" -> Optional.of(new Condition.SaleFound(object.flag(key)));
            default -> oneOrAll(object, key).map(Condition.Not::new);
        };
    }

    private static Optional<Condition> test(YamlObject object, String column, String test) {
        return switch (test) {
            case "is" -> Optional.of(new Condition.Is(column, comparable(object, test)));
            case "is_not" ->
                    Optional.of(
                            new Condition.Not(new Condition.Is(column, comparable(object, test))));
            case "empty" -> {
                Condition empty = new Condition.Empty(column);
                yield Optional.of(object.flag(test) ? empty : new Condition.Not(empty));
            }
            case "starts_with" ->
                    Optional.of(new Condition.StartsWith(column, comparable(object, test)));
            case "matches" ->
                    ExpressionParser.pattern(object, test)
                            .map((Pattern found) -> new Condition.Matches(column, found));
            default ->
                    number(object, test)
                            .map(
                                    found ->
                                            new Condition.Compared(
                                                    column,
                                                    Comparison.valueOf(
                                                            test.toUpperCase(Locale.ROOT)),
                                                    found));
        };
    }

    private static List<String> comparable(YamlObject object, String key) {
        return object.texts(key).stream().map(RawText::comparable).toList();
    }

    private static Optional<BigDecimal> number(YamlObject object, String key) {
        Optional<String> text = object.text(key);
        Optional<BigDecimal> number = text.map(NUMBERS::read);
        if (text.isPresent() && number.isEmpty()) {
            object.invalid(
                    key,
                    "'%s' compares numbers, and '%s' is none. Write one like 0 or -12.5; texts are compared by 'is'."
                            .formatted(key, YamlObject.shown(text.get())));
        }
        return number;
    }
}
