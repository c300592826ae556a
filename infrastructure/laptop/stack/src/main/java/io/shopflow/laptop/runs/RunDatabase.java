package io.shopflow.laptop.runs;

import io.shopflow.ledger.LedgerQuery;
import io.shopflow.ledger.LedgerReader;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The stack's warehouse, on one connection that is reopened after a failure. Thread-safe. Every
 * method throws {@link DatabaseUnavailableException} if the server is unavailable, for instance
 * during its restart.
 */
public final class RunDatabase implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(RunDatabase.class);

    private final String jdbcUrl;
    private final Properties properties = new Properties();
    private @Nullable Connection connection;

    /** The warehouse at this address; connects at the first query. */
    public RunDatabase(String jdbcUrl, String user, String password) {
        this.jdbcUrl = jdbcUrl;
        properties.setProperty("user", user);
        properties.setProperty("password", password);
        properties.setProperty("connectTimeout", "3");
        properties.setProperty("socketTimeout", "30");
        properties.setProperty("ApplicationName", "shopflow-stack");
    }

    /** The database is unavailable or unusable. */
    public static final class DatabaseUnavailableException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        DatabaseUnavailableException(SQLException cause) {
            super(cause.getMessage(), cause);
        }
    }

    /** Whether the schema has been migrated. */
    public boolean migrated() {
        return use(
                open -> {
                    try (Statement statement = open.createStatement();
                            ResultSet row =
                                    statement.executeQuery(
                                            "select to_regclass('etl.run_ledger') is not null")) {
                        return row.next() && row.getBoolean(1);
                    }
                });
    }

    /** Reads from the ledger. */
    public <T> T read(LedgerQuery<T> query) {
        return use(open -> query.run(new LedgerReader(open)));
    }

    /** Lets a role of the migrations log in with this password. */
    public void allowLogin(String role, String password) {
        use(
                open -> {
                    try (PreparedStatement quoted =
                            open.prepareStatement(
                                    "select format('alter role %I login password %L', ?::text, ?::text)")) {
                        quoted.setString(1, role);
                        quoted.setString(2, password);
                        try (ResultSet row = quoted.executeQuery();
                                Statement statement = open.createStatement()) {
                            row.next();
                            return statement.execute(row.getString(1));
                        }
                    }
                });
    }

    @Override
    public synchronized void close() {
        disconnect();
    }

    private synchronized <T> T use(Work<T> work) {
        try {
            return work.on(connection());
        } catch (SQLException e) {
            disconnect();
            throw new DatabaseUnavailableException(e);
        }
    }

    private Connection connection() throws SQLException {
        if (connection == null) {
            connection = DriverManager.getConnection(jdbcUrl, properties);
        }
        return connection;
    }

    private void disconnect() {
        Connection open = connection;
        connection = null;
        if (open != null) {
            try {
                open.close();
            } catch (SQLException e) {
                LOG.debug("the connection was already unusable; the next query opens another", e);
            }
        }
    }

    private interface Work<T> {
        T on(Connection open) throws SQLException;
    }
}
