package io.shopflow.load.warehouse;

import io.shopflow.ledger.Statements;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** The stored figures: schema {@code marts}. */
final class Marts {

    private Marts() {}

    /**
     * Fills the next mart of a source that the marts do not contain, in the connection's
     * transaction. Returns whether there is another one to fill before {@link #refresh}.
     */
    static boolean fillNext(Connection connection, String source) throws SQLException {
        try (PreparedStatement statement =
                        Statements.prepare(connection, "select marts.fill_next(array[?])", source);
                ResultSet next = statement.executeQuery()) {
            next.next();
            return next.getBoolean(1);
        }
    }

    /**
     * Brings the marts of a source up to date with the star, in the connection's transaction. A
     * second transaction that refreshes the same source waits for the end of the first. Returns the
     * number of orders that were computed.
     */
    static long refresh(Connection connection, String source) throws SQLException {
        try (PreparedStatement statement =
                        Statements.prepare(connection, "select marts.refresh(array[?])", source);
                ResultSet orders = statement.executeQuery()) {
            orders.next();
            return orders.getLong(1);
        }
    }
}
