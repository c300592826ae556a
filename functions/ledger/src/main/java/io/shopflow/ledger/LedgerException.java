package io.shopflow.ledger;

import java.sql.SQLException;

/** The warehouse cannot be read; a retry may help. */
public final class LedgerException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    LedgerException(SQLException cause) {
        super("The warehouse cannot be read: " + cause.getMessage(), cause);
    }
}
