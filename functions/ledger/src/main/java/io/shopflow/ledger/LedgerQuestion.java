package io.shopflow.ledger;

import java.sql.SQLException;

/**
 * What is read from the ledger on one connection.
 *
 * @param <T> what comes of it
 */
@FunctionalInterface
public interface LedgerQuestion<T> {

    /** Reads it. */
    T ask(LedgerReader ledger) throws SQLException;
}
