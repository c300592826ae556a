package io.shopflow.load;

import static io.shopflow.load.TestRun.deliver;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.shopflow.core.stream.StreamName;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

/** On a busy server, a login takes longer than the five seconds that a pool waits by default. */
@QuarkusTest
@QuarkusTestResource(LoadTestServers.class)
class SlowLoginTest {

    @Test
    void aPartIsLoadedAlthoughTheLoginTakesSixSeconds() throws SQLException {
        TestRun run = new TestRun("slow_login");
        try (Connection connection = Database.connect();
                Statement statement = connection.createStatement()) {
            delayLogins(statement, 6);
            try {
                statement.execute(
                        "select pg_terminate_backend(pid) from pg_stat_activity where backend_type = 'client backend' and pid <> pg_backend_pid()");
                assertThat(
                                deliver(
                                        run.part(
                                                StreamName.ORDERS,
                                                CleanRow.of(StreamName.ORDERS, "1")
                                                        .at("2026-01-01T00:00:00Z"))))
                        .isEmpty();
            } finally {
                delayLogins(statement, 0);
            }
        }
        assertThat(
                        Database.rows(
                                "select count(*) from warehouse.fact_orders where source = 'slow_login'"))
                .containsExactly("1");
    }

    private static void delayLogins(Statement statement, int seconds) throws SQLException {
        statement.execute("alter system set pre_auth_delay = %d".formatted(seconds));
        statement.execute("select pg_reload_conf()");
    }
}
