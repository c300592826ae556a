package io.shopflow.ledger;

import java.sql.SQLException;

/**
 * A query of the ledger on one connection.
 *
 * @param <T> its result
 */
@FunctionalInterface
public interface LedgerQuery<T> {

    /** Runs the query. */
    T run(LedgerReader ledger) throws SQLException;
}
