package io.shopflow.extract.files;

import com.google.re2j.Pattern;
import java.math.BigDecimal;
import java.util.List;

/** A condition on a row. */
public sealed interface Condition {

    /** The column's value is one of these. */
    record Is(String column, List<String> values) implements Condition {
        public Is {
            values = List.copyOf(values);
        }
    }

    /** The column has no value. */
    record Empty(String column) implements Condition {}

    /** The column's value begins with one of these. */
    record StartsWith(String column, List<String> prefixes) implements Condition {
        public StartsWith {
            prefixes = List.copyOf(prefixes);
        }
    }

    /** The column's value contains a match of the expression. */
    record Matches(String column, Pattern pattern) implements Condition {}

    /** The column's value is a number in this relation to another one. */
    record Compared(String column, Comparison comparison, BigDecimal number) implements Condition {}

    /** An earlier sale is found that the row returns, or none is. */
    record SaleFound(boolean found) implements Condition {}

    /** The condition does not hold. */
    record Not(Condition condition) implements Condition {}

    /** All conditions hold. */
    record All(List<Condition> conditions) implements Condition {
        public All {
            conditions = List.copyOf(conditions);
        }
    }

    /** At least one condition holds. */
    record Any(List<Condition> conditions) implements Condition {
        public Any {
            conditions = List.copyOf(conditions);
        }
    }

    /** The relation of a value to a number. */
    enum Comparison {
        EQUALS,
        ABOVE,
        BELOW,
        AT_LEAST,
        AT_MOST;

        /** Whether the relation holds, by the result of {@code value.compareTo(number)}. */
        boolean holds(int order) {
            return switch (this) {
                case EQUALS -> order == 0;
                case ABOVE -> order > 0;
                case BELOW -> order < 0;
                case AT_LEAST -> order >= 0;
                case AT_MOST -> order <= 0;
            };
        }
    }
}
