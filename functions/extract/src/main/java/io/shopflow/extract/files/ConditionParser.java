package io.shopflow.extract.files;

import io.shopflow.extract.yaml.YamlObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads conditions on the columns of a row. */
final class ConditionParser {

    /** A condition has exactly one of these. */
    private static final List<String> TESTS = List.of("is", "is_not", "empty");

    private static final List<String> KEYS = List.of("column", "is", "is_not", "empty");

    private ConditionParser() {}

    /** The list of conditions at a key. */
    static List<Condition> list(YamlObject object, String key) {
        List<Condition> conditions = new ArrayList<>();
        for (YamlObject item : object.objects(key)) {
            condition(item).ifPresent(conditions::add);
        }
        return conditions;
    }

    private static Optional<Condition> condition(YamlObject object) {
        object.allow(KEYS);
        Optional<String> column = object.requiredText("column", "type");
        List<String> given = TESTS.stream().filter(object::has).toList();
        if (given.size() != 1) {
            object.mistake(
                    given.isEmpty() ? "column" : given.get(1),
                    "mapping_value",
                    "A condition needs exactly one of: %s.".formatted(String.join(", ", TESTS)));
            return Optional.empty();
        }
        return column.map(
                name ->
                        switch (given.getFirst()) {
                            case "is" -> new Condition.Is(name, object.texts("is"));
                            case "is_not" ->
                                    new Condition.Not(
                                            new Condition.Is(name, object.texts("is_not")));
                            default -> empty(name, object.flag("empty"));
                        });
    }

    private static Condition empty(String column, boolean wanted) {
        Condition empty = new Condition.Empty(column);
        return wanted ? empty : new Condition.Not(empty);
    }
}
