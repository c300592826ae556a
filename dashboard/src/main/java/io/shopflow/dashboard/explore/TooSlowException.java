package io.shopflow.dashboard.explore;

import java.sql.SQLException;

/** The database cancelled a query that took longer than its time limit. */
public final class TooSlowException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** See <a href="https://www.postgresql.org/docs/17/errcodes-appendix.html">PostgreSQL</a>. */
    private static final String QUERY_CANCELED = "57014";

    private TooSlowException(SQLException cause) {
        super("The query took too long.", cause);
    }

    /** What a failed query means. */
    static RuntimeException of(SQLException failure) {
        return QUERY_CANCELED.equals(failure.getSQLState())
                ? new TooSlowException(failure)
                : new jakarta.persistence.PersistenceException(failure);
    }
}
