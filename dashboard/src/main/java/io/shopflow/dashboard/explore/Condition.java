package io.shopflow.dashboard.explore;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/**
 * A filter of one column.
 *
 * @param value as {@link Kind#read} writes it; for {@link Operator#EMPTY} yes or no
 */
public record Condition(Column column, Operator operator, String value) {

    /** The name of its parameter in addresses. */
    public String parameter() {
        return column.name() + "." + operator.key();
    }

    /** The parameter as part of an address. */
    String query() {
        return URLEncoder.encode(parameter(), StandardCharsets.UTF_8)
                + "="
                + URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    /** What stands between column and value. */
    public String words() {
        return operator == Operator.EMPTY && value.equals("no") ? "is not empty" : operator.words();
    }

    /** Whether the value is part of the sentence. */
    public boolean hasValue() {
        return operator != Operator.EMPTY;
    }
}
