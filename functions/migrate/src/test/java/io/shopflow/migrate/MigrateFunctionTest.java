package io.shopflow.migrate;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.shopflow.lambda.tests.AnswersSmokeTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** In order: what has been migrated stays so. */
@QuarkusTest
@QuarkusTestResource(EmptyPostgres.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class MigrateFunctionTest implements AnswersSmokeTest {

    @Test
    @Order(1)
    void anEmptyDatabaseGetsEveryMigration() throws IOException {
        List<String> migrations;
        try (Stream<Path> files =
                Files.list(Path.of(System.getProperty("shopflow.home"), "sql", "migrations"))) {
            migrations = files.map(file -> file.getFileName().toString()).sorted().toList();
        }

        ValidatableResponse reply = migrate();

        reply.statusCode(200);
        assertThat(reply.extract().<Integer>path("applied")).isEqualTo(migrations.size());
        assertThat(reply.extract().<String>path("version"))
                .isEqualTo(migrations.getLast().substring(1, 4));
    }

    @Test
    @Order(2)
    void migratingAgainChangesNothing() {
        assertThat(migrate().statusCode(200).extract().<Integer>path("applied")).isZero();
    }

    @Override
    public String function() {
        return "migrate";
    }

    /** The version grows with each migration. */
    @Override
    public void compare(JsonNode response, JsonNode recorded) {
        assertThat(response.fieldNames())
                .toIterable()
                .containsExactlyElementsOf(recorded::fieldNames);
        assertThat(response.path("applied").asInt()).isZero();
    }

    @Test
    @Order(3)
    void theDashboardReadsAndDoesNotWrite() throws SQLException {
        try (Connection dashboard =
                        DriverManager.getConnection(
                                System.getProperty(EmptyPostgres.DATABASE),
                                "shopflow_dashboard",
                                "it's a 'quoted' \"secret\"");
                Statement statement = dashboard.createStatement()) {
            for (String view : views()) {
                statement.executeQuery("select * from " + view).close();
            }
            assertThatThrownBy(() -> statement.execute("delete from warehouse.fact_orders"))
                    .hasMessageContaining("permission denied");
        }
    }

    @Test
    @Order(3)
    void toolsOfPeopleReadWhatIsDocumentedAndNothingElse() throws SQLException {
        try (Connection tool =
                        DriverManager.getConnection(
                                System.getProperty(EmptyPostgres.DATABASE),
                                "shopflow_bi",
                                EmptyPostgres.BI_PASSWORD);
                Statement statement = tool.createStatement()) {
            for (String view :
                    rows(
                            "select schemaname || '.' || viewname from pg_views where schemaname in ('production', 'analytics')")) {
                statement.executeQuery("select * from " + view).close();
            }
            for (String table :
                    rows(
                            "select schemaname || '.' || tablename from pg_tables where schemaname in ('etl', 'warehouse')")) {
                assertThatThrownBy(() -> statement.execute("select from " + table))
                        .as(table)
                        .hasMessageContaining("permission denied");
            }
            assertThatThrownBy(() -> statement.execute("create table analytics.t ()"))
                    .hasMessageContaining("permission denied");
        }
    }

    @Test
    @Order(3)
    void martsAreReadByAllAndWrittenByTheirRefreshOnly() throws SQLException {
        for (String role : List.of("shopflow_loader", "shopflow_dashboard", "shopflow_bi")) {
            try (Connection connection = connect();
                    Statement statement = connection.createStatement()) {
                statement.execute("set role " + role);
                for (String mart :
                        rows("select tablename from pg_tables where schemaname = 'marts'")) {
                    statement.executeQuery("select * from marts." + mart).close();
                    assertThatThrownBy(() -> statement.execute("delete from marts." + mart))
                            .as("%s of %s", mart, role)
                            .hasMessageContaining("permission denied");
                }
                String refresh = "select marts.refresh(array['nowhere'])";
                if (role.equals("shopflow_loader")) {
                    statement.execute(refresh);
                } else {
                    assertThatThrownBy(() -> statement.execute(refresh))
                            .as(role)
                            .hasMessageContaining("permission denied");
                }
            }
        }
    }

    @Test
    @Order(3)
    void theRefreshOfMartsRunsNothingOfItsCaller() throws SQLException {
        for (String table :
                rows(
                        """
                        select unnest(array[
                            'taken_orders', 'taken_products', 'touched_sources', 'touched_orders', 'touched_products',
                            'touched_customers', 'order_counts', 'sales_orders', 'catalogue'
                        ])
                        """)) {
            try (Connection connection = connect();
                    Statement statement = connection.createStatement()) {
                statement.execute("set role shopflow_loader");
                statement.execute(
                        """
                        create temporary table %1$s (source text);
                        create function pg_temp.run() returns trigger language plpgsql
                        as $$ begin raise exception 'run as %%', current_user; end $$;
                        create trigger run before insert or delete or truncate on pg_temp.%1$s
                        for each statement execute function pg_temp.run()
                        """
                                .formatted(table));
                statement.execute("insert into etl.stale_orders values ('nowhere')");
                statement.execute("select marts.refresh(array['nowhere'])");
            }
        }
    }

    @Test
    @Order(4)
    void everyTableAndViewHasAComment() throws SQLException {
        assertThat(
                        rows(
                                """
                                select relnamespace::regnamespace || '.' || relname
                                from pg_class
                                where relkind in ('r', 'v')
                                    and relnamespace::regnamespace::text
                                        in ('etl', 'warehouse', 'marts', 'production', 'analytics')
                                    and obj_description(oid, 'pg_class') is null
                                """))
                .isEmpty();
    }

    @Test
    @Order(5)
    void everyColumnOfTheStarAndOfTheMartsHasAComment() throws SQLException {
        assertThat(
                        rows(
                                """
                                select attrelid::regclass || '.' || attname
                                from pg_attribute
                                inner join pg_class on pg_class.oid = attrelid
                                where relkind = 'r'
                                    and relnamespace::regnamespace::text in ('warehouse', 'marts')
                                    and relname <> 'dim_date'
                                    and attnum > 0
                                    and col_description(attrelid, attnum) is null
                                """))
                .isEmpty();
    }

    @Test
    @Order(6)
    void anEditedMigrationFailsTheInvocation() throws SQLException {
        execute("update flyway_schema_history set checksum = checksum + 1 where version = '001'");

        migrate()
                .statusCode(500)
                .body("errorType", endsWith("ApplicationException"))
                .body("errorMessage", containsString("FlywayValidateException"));

        execute("update flyway_schema_history set checksum = checksum - 1 where version = '001'");
        migrate().statusCode(200);
    }

    private static ValidatableResponse migrate() {
        return given().contentType("application/json").body("{}").when().post("/").then();
    }

    private static List<String> views() throws SQLException {
        return rows(
                "select schemaname || '.' || viewname from pg_views where schemaname in ('etl', 'production', 'analytics')");
    }

    private static List<String> rows(String sql) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            List<String> rows = new ArrayList<>();
            while (result.next()) {
                rows.add(result.getString(1));
            }
            return rows;
        }
    }

    private static void execute(String sql) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static Connection connect() throws SQLException {
        return DriverManager.getConnection(
                System.getProperty(EmptyPostgres.DATABASE), "postgres", "postgres");
    }
}
