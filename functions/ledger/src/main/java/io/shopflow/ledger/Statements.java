package io.shopflow.ledger;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Prepares statements and sets their parameters. */
final class Statements {

    private Statements() {}

    /** Prepares a statement. An array of strings is one parameter. */
    static PreparedStatement prepare(Connection connection, String sql, @Nullable Object... values)
            throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        for (int index = 0; index < values.length; index++) {
            Object value = values[index];
            if (value instanceof String[] texts) {
                statement.setArray(index + 1, connection.createArrayOf("text", texts));
            } else {
                statement.setObject(index + 1, value);
            }
        }
        return statement;
    }
}
