package io.shopflow.load.warehouse;

import java.sql.SQLException;

/**
 * The database is unavailable or a statement failed. Nothing was written, and the event will be
 * delivered again.
 */
public final class WarehouseException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    WarehouseException(String message, SQLException cause) {
        super("%s (SQLSTATE %s)".formatted(message, cause.getSQLState()), cause);
    }
}
