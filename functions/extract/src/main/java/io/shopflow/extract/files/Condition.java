package io.shopflow.extract.files;

import java.util.List;

/** A condition on one column of a row. */
public sealed interface Condition {

    /** The column's value is one of these. */
    record Is(String column, List<String> values) implements Condition {
        public Is {
            values = List.copyOf(values);
        }
    }

    /** The column has no value. */
    record Empty(String column) implements Condition {}

    /** The condition does not hold. */
    record Not(Condition condition) implements Condition {}
}
