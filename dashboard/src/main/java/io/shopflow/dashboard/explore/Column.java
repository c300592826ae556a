package io.shopflow.dashboard.explore;

import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A column of a view, as the catalogue of the database describes it.
 *
 * @param type as PostgreSQL writes it
 * @param meaning its comment; empty if there is none
 */
public record Column(String name, String type, Kind kind, String meaning) {

    Column(String name, String type, String meaning) {
        this(name, type, Kind.ofType(type), meaning);
    }

    /** What is compared and sorted. */
    String value() {
        String column = "v." + quoted(name);
        if (type.equals("real") && kind == Kind.NUMBER) {
            // As it is written: compared with decimals, 0.1 would be another number.
            return column + "::text::numeric";
        }
        return kind == Kind.OTHER ? column + "::text" : column;
    }

    /** Whether equal values may be written in several ways. */
    boolean isDecimal() {
        return kind == Kind.NUMBER && !List.of("smallint", "integer", "bigint").contains(type);
    }

    /** The same column, compared as it is written. */
    Column asText() {
        return new Column(name, type, Kind.OTHER, meaning);
    }

    /** The value as text; PostgreSQL reads it again without a loss. Times are in UTC. */
    String text() {
        String value = value();
        return kind == Kind.INSTANT
                ? "(%s at time zone 'UTC')::text".formatted(value)
                : value + "::text";
    }

    /** A parameter with a value of this column as {@link #text} has it. */
    String parameter() {
        return switch (kind) {
            case TEXT, OTHER -> "cast(? as text)";
            case INSTANT -> "(cast(? as timestamp) at time zone 'UTC')";
            case NUMBER, DATE, TIME, BOOLEAN -> "cast(? as %s)".formatted(numericType());
        };
    }

    /** A filter may be beyond the numbers of the column's type, or between them. */
    private String numericType() {
        return switch (type) {
            case "smallint", "integer", "bigint", "real" -> "numeric";
            default -> type.replaceFirst("\\(.*?\\)", "");
        };
    }

    /** Whether PostgreSQL takes two values, as text, for equal. */
    boolean areEqual(@Nullable String one, @Nullable String other) {
        if (one == null || other == null || kind != Kind.NUMBER || one.equals(other)) {
            return Objects.equals(one, other);
        }
        // 1.0 and 1.00 are equal, and so are 0 and -0; the others, NaN and Infinity, have one name.
        return isFinite(one)
                && isFinite(other)
                && new BigDecimal(one).compareTo(new BigDecimal(other)) == 0;
    }

    private static boolean isFinite(String number) {
        return Character.isDigit(number.charAt(number.length() - 1));
    }

    static String quoted(String name) {
        return "\"" + name.replace("\"", "\"\"") + "\"";
    }
}
