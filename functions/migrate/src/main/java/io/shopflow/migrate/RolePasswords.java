package io.shopflow.migrate;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/** Sets the passwords of the database's roles. */
@Singleton
class RolePasswords {

    /**
     * {@code alter role} takes no parameters: the values are passed as settings of the transaction,
     * and PostgreSQL quotes them.
     */
    private static final String ALTER_ROLE =
            """
            do $$
            begin
                execute format(
                    'alter role %I login password %L',
                    current_setting('shopflow.role'),
                    current_setting('shopflow.password')
                );
            end
            $$
            """;

    private final DataSource database;

    RolePasswords(DataSource database) {
        this.database = database;
    }

    /** Lets the role log in with this password. */
    void set(String role, String password) {
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            try (PreparedStatement settings =
                            connection.prepareStatement(
                                    "select set_config('shopflow.role', ?, true), set_config('shopflow.password', ?, true)");
                    Statement alterRole = connection.createStatement()) {
                settings.setString(1, role);
                settings.setString(2, password);
                settings.execute();
                alterRole.execute(ALTER_ROLE);
                connection.commit();
            } catch (SQLException e) {
                connection.rollback();
                throw e;
            }
        } catch (SQLException e) {
            throw new IllegalStateException(
                    "the role %s cannot be given its password (SQLSTATE %s)"
                            .formatted(role, e.getSQLState()),
                    e);
        }
    }
}
