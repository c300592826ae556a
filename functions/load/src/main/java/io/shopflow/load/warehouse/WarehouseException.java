package io.shopflow.load.warehouse;

import java.sql.SQLException;

/** The database is away or refused a statement. Nothing was written; the event comes again. */
public final class WarehouseException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    WarehouseException(String what, SQLException cause) {
        super("%s (SQLSTATE %s)".formatted(what, cause.getSQLState()), cause);
    }
}
