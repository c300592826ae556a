package io.shopflow.laptop.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.shopflow.laptop.files.StackException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalPostgresTest {

    @TempDir Path data;

    private LocalPostgres start() {
        return LocalPostgres.start(data.resolve("postgres"), 0);
    }

    private static Connection connect(LocalPostgres postgres) throws SQLException {
        return DriverManager.getConnection(
                postgres.jdbcUrl(), postgres.user(), postgres.password());
    }

    private static void execute(LocalPostgres postgres, String sql) throws SQLException {
        try (Connection connection = connect(postgres);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String query(LocalPostgres postgres, String sql) throws SQLException {
        try (Connection connection = connect(postgres);
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            result.next();
            return result.getString(1);
        }
    }

    @Test
    void dataSurvivesARestartAndEveryKindOfKill() throws Exception {
        try (LocalPostgres postgres = start()) {
            assertThat(postgres.isAlive()).isTrue();
            assertThat(postgres.port()).isPositive();
            assertThat(query(postgres, "show fsync")).isEqualTo("on");
            assertThat(query(postgres, "show shared_buffers")).isEqualTo("256MB");
            assertThat(query(postgres, "show listen_addresses")).isEqualTo("127.0.0.1");
            assertThat(query(postgres, "show server_encoding")).isEqualTo("UTF8");
            execute(postgres, "create table kept (n int)");
            execute(postgres, "insert into kept values (1)");
        }

        // A session that is busy when the server is killed outlives it for a moment.
        try (LocalPostgres postgres = start();
                Connection busy = connect(postgres)) {
            execute(postgres, "insert into kept values (2)");
            Thread sleeper =
                    Thread.ofVirtual()
                            .start(
                                    () -> {
                                        try (Statement statement = busy.createStatement()) {
                                            statement.execute("select pg_sleep(600)");
                                        } catch (SQLException e) {
                                            // The session was cut off.
                                        }
                                    });
            Clients.kill(postgres.pid());
            Clients.await(() -> !postgres.isAlive());
            sleeper.join();
        }

        try (LocalPostgres postgres = start()) {
            assertThat(query(postgres, "select sum(n) from kept")).isEqualTo("3");
        }

        // Files that a crash of the machine may leave.
        Path pidFile = data.resolve("postgres/cluster/postmaster.pid");
        Files.writeString(pidFile, ProcessHandle.current().pid() + "\n");
        start().close();
        Files.writeString(pidFile, "");
        start().close();
        Files.writeString(pidFile, "999999999\n");
        try (LocalPostgres postgres = start()) {
            assertThat(query(postgres, "select sum(n) from kept")).isEqualTo("3");
        }
    }

    @Test
    void aFirstStartThatWasCutOffIsDoneAgain() throws Exception {
        Path cluster = Files.createDirectories(data.resolve("postgres/cluster/base"));
        Files.writeString(cluster.resolveSibling("PG_VERSION"), "17");
        try (LocalPostgres postgres = start()) {
            assertThat(query(postgres, "select current_database()")).isEqualTo("shopflow");
        }
    }

    @Test
    void aTakenPortIsNamed() throws Exception {
        try (ServerSocket other =
                new ServerSocket(0, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))) {
            int port = other.getLocalPort();
            assertThatThrownBy(() -> LocalPostgres.start(data.resolve("postgres"), port))
                    .isInstanceOf(StackException.class)
                    .hasMessageContaining("Port " + port + ", wanted for PostgreSQL");
        }
    }

    @Test
    void dataOfAnotherReleaseShowsTheServersOwnWords() throws Exception {
        start().close();
        Files.writeString(data.resolve("postgres/cluster/PG_VERSION"), "12\n");
        assertThatThrownBy(this::start)
                .isInstanceOf(StackException.class)
                .hasMessageContaining("incompatible with server");
    }
}
