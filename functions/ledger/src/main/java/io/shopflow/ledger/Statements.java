package io.shopflow.ledger;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Statements with bound parameters. An array of strings is one parameter. */
public final class Statements {

    private Statements() {}

    /** Prepares a statement and sets its parameters. */
    public static PreparedStatement prepare(
            Connection connection, String sql, @Nullable Object... values) throws SQLException {
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

    /** Executes a statement without result; returns the number of written rows. */
    public static long execute(Connection connection, String sql, @Nullable Object... values)
            throws SQLException {
        try (PreparedStatement statement = prepare(connection, sql, values)) {
            return statement.executeLargeUpdate();
        }
    }
}
