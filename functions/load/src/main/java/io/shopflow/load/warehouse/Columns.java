package io.shopflow.load.warehouse;

import static java.util.stream.Collectors.joining;

import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Columns of a statement, in order. Their names come from the streams' schemas, never from data,
 * and are quoted because a field's name may be a keyword of SQL.
 */
record Columns(List<String> names) {

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]*");

    Columns {
        names = List.copyOf(names);
        for (String name : names) {
            if (!NAME.matcher(name).matches()) {
                throw new IllegalArgumentException("not the name of a column: " + name);
            }
        }
    }

    static Columns of(String... names) {
        return new Columns(List.of(names));
    }

    Columns and(Columns others) {
        return new Columns(Stream.concat(names.stream(), others.names.stream()).toList());
    }

    Columns without(String... others) {
        List<String> left = List.of(others);
        return new Columns(names.stream().filter(name -> !left.contains(name)).toList());
    }

    boolean contains(String name) {
        return names.contains(name);
    }

    /** {@code "a", "b"}. */
    String listed() {
        return each(column -> column);
    }

    /** {@code table."a", table."b"}. */
    String of(String table) {
        return each(column -> table + "." + column);
    }

    /** {@code "a" = table."a", "b" = table."b"}. */
    String setFrom(String table) {
        return each(column -> column + " = " + table + "." + column);
    }

    /** The expression for each quoted column, separated by commas. */
    String each(UnaryOperator<String> expression) {
        return names.stream().map(name -> '"' + name + '"').map(expression).collect(joining(", "));
    }
}
