package io.shopflow.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A warehouse that was loaded before there were marts. */
@QuarkusTest
@QuarkusTestResource(LoadTestServers.class)
class MartsOfALoadedWarehouseTest {

    private static final String LAST_WITHOUT_MARTS = "029";

    private static String url = "";

    @BeforeAll
    static void loadedBeforeThereWereMarts() throws SQLException {
        Database.execute("create database loaded");
        url = System.getProperty("load.test.database").replaceFirst("/[^/?]+(\\?|$)", "/loaded$1");
        migrate(LAST_WITHOUT_MARTS);
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute(
                    """
                    insert into etl.runs (run_id, source, status, started_at, closed_at)
                    values
                        ('1', 'closed', 'complete', '2026-01-01', '2026-01-02'),
                        ('2', 'open', 'running', '2026-01-01', null);
                    insert into warehouse.dim_products (
                        source, product_id, name, unit_cost_minor, valid_from, valid_to, version_at, run_id, part,
                        source_row, last_version_at, last_run_id, last_part, last_source_row
                    )
                    select source, 'p', 'Mug', 20, '-infinity', 'infinity', '2026-01-01', run_id, 1, 1, '2026-01-01', run_id, 1, 1
                    from etl.runs;
                    insert into warehouse.fact_orders (
                        source, order_id, customer_id, status, currency, ordered_at, ordered_on, version_at, run_id, part,
                        source_row
                    )
                    select source, '1', 'c', 'completed', 'GBP', '2026-01-01', '2026-01-01', '2026-01-01', run_id, 1, 1
                    from etl.runs;
                    insert into warehouse.fact_order_items (
                        source, order_item_id, order_id, product_id, quantity, unit_price_minor, net_minor, currency,
                        version_at, run_id, part, source_row
                    )
                    select source, 'a', '1', 'p', 1, 100, 100, 'GBP', '2026-01-01', run_id, 1, 1
                    from etl.runs
                    """);
        }
        migrate("latest");
    }

    @AfterAll
    static void drop() {
        Database.execute("drop database loaded with (force)");
    }

    @Test
    void theMigrationStoresTheFiguresOfSourcesWithAClosedRun() throws SQLException {
        assertThat(figures()).contains("closed|1|100|80");
        try (Connection connection = connect()) {
            MartContents.assertRecomputed(connection, List.of("closed"), "migrated");
        }
    }

    @Test
    void theOthersHaveTheirFiguresWithTheirFirstClose() throws SQLException {
        assertThat(figures()).containsExactly("closed|1|100|80");
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute(
                    "update etl.runs set status = 'complete', closed_at = now() where source = 'open'");
            try (ResultSet net =
                    statement.executeQuery(
                            "select net_minor from marts.sales_orders where source = 'open'")) {
                net.next();
                assertThat(net.getLong(1)).isEqualTo(100);
            }
            connection.rollback();
        }
    }

    private static List<String> figures() throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet rows =
                        statement.executeQuery(
                                """
                                select array_agg(figures.text order by figures.text)
                                from (
                                    select concat_ws('|', months.source, months.orders, months.net_minor, products.profit_minor) as text
                                    from analytics.sales_monthly as months
                                    inner join analytics.product_sales as products using (source)
                                ) as figures
                                """)) {
            rows.next();
            return List.of((String[]) rows.getArray(1).getArray());
        }
    }

    private static void migrate(String version) {
        Flyway.configure()
                .dataSource(url, "postgres", "postgres")
                .locations("filesystem:" + System.getProperty("shopflow.home") + "/sql/migrations")
                .target(version)
                .load()
                .migrate();
    }

    private static Connection connect() throws SQLException {
        return DriverManager.getConnection(url, "postgres", "postgres");
    }
}
