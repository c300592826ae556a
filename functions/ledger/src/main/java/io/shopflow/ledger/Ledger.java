package io.shopflow.ledger;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/** The ledger of a warehouse, read on a connection of its own each time. */
public final class Ledger {

    private final DataSource database;

    /** Reads from this database. */
    public Ledger(DataSource database) {
        this.database = database;
    }

    /**
     * Reads from the ledger.
     *
     * @throws LedgerException where the warehouse cannot be read; a retry may help
     */
    public <T> T read(LedgerQuestion<T> question) {
        try (Connection connection = database.getConnection()) {
            return question.ask(new LedgerReader(connection));
        } catch (SQLException e) {
            throw new LedgerException(e);
        }
    }
}
