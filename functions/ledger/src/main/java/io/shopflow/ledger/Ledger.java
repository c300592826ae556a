package io.shopflow.ledger;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/** Reads the ledger of a warehouse; each call uses its own connection. */
public final class Ledger {

    private final DataSource database;

    /** The ledger in this database. */
    public Ledger(DataSource database) {
        this.database = database;
    }

    /**
     * Runs a query.
     *
     * @throws LedgerException if the warehouse cannot be read; a retry may help
     */
    public <T> T read(LedgerQuery<T> query) {
        try (Connection connection = database.getConnection()) {
            return query.run(new LedgerReader(connection));
        } catch (SQLException e) {
            throw new LedgerException(e);
        }
    }
}
