package io.shopflow.load;

import io.shopflow.laptop.servers.LocalPostgres;
import io.shopflow.laptop.servers.LocalSecrets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;

/** The loader's login, which is rotated as a company does it. */
public final class LoaderLogin {

    static final String SECRET = "shopflow/loader";
    private static final String ROLE = "shopflow_loader";

    private final LocalPostgres postgres;
    private final LocalSecrets secrets;
    private int rotations;

    LoaderLogin(LocalPostgres postgres, LocalSecrets secrets) {
        this.postgres = postgres;
        this.secrets = secrets;
    }

    /** Gives the role a new password, puts it into the secret, and ends the role's connections. */
    public void rotate() {
        String password = "password-" + ++rotations;
        try (Connection connection =
                        DriverManager.getConnection(
                                postgres.jdbcUrl(), postgres.user(), postgres.password());
                Statement statement = connection.createStatement()) {
            statement.execute("alter role %s login password '%s'".formatted(ROLE, password));
            secrets.put(SECRET, Map.of("username", ROLE, "password", password));
            statement.execute(
                    "select pg_terminate_backend(pid) from pg_stat_activity where usename = '%s'"
                            .formatted(ROLE));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
