package io.shopflow.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The views for analysts, on generated shops of many customers and products, are those that {@link
 * ExpectedReports} counts. Another run of a failure: {@code -Dshopflow.seed=…}.
 */
@QuarkusTest
@QuarkusTestResource(LoadTestServers.class)
class ReportsTest {

    private static final int SHOPS = 30;
    private static final int EDITS = 20;
    private static final long SEED = Long.getLong("shopflow.seed", System.nanoTime());

    /** The queries that are more than the rows of a view; all run. */
    private static final List<String> COMPARED =
            List.of(
                    "top-customers",
                    "churned-customers",
                    "best-sellers-by-category",
                    "monthly-revenue",
                    "average-order-value-by-country",
                    "customer-segments");

    private static final Map<String, String> VIEWS = new LinkedHashMap<>();

    static {
        VIEWS.put(
                "customer_value",
                "customer_id, currency, orders, spent_minor, first_order, last_order, days_since_last_order, churned, average_order_minor, customer_since, newly_at_risk");
        VIEWS.put(
                "sales_weekly",
                "week, iso_year, iso_week, currency, orders, gross_minor, discount_minor, refunded_minor, net_minor, orders_without_lines, average_order_minor");
        VIEWS.put(
                "customer_segments",
                "customer_id, currency, orders, spent_minor, days_since_last_order, recency, frequency, monetary, segment, compared_customers");
        VIEWS.put(
                "segment_sales",
                "currency, segment, customers, orders, spent_minor, customers_share, spent_share");
        VIEWS.put(
                "customer_cohorts",
                "currency, cohort, customers, month, months_since, active_customers, orders, net_minor, retained_share, is_partial");
        VIEWS.put(
                "new_and_returning",
                "grain, currency, period, new_customers, new_orders, new_net_minor, returning_customers, returning_orders, returning_net_minor, unknown_orders, unknown_net_minor");
        VIEWS.put(
                "bought_together",
                "currency, product_id, partner_rank, partner_id, baskets_with_both, baskets_with_product, baskets_with_partner, baskets, baskets_left_out, support, confidence, lift");
        VIEWS.put(
                "product_profit",
                "product_id, category, currency, is_sold, orders, trim_scale(units), trim_scale(units_returned), gross_minor, discount_minor, refunded_minor, net_minor, refunded_share, cost_minor, covered_share, profit_minor, margin");
    }

    @Test
    void reportsOfGeneratedShopsAreThoseThatTheirListsSay() throws SQLException {
        List<GeneratedShop> shops = new ArrayList<>();
        try (Connection connection = Database.connect();
                Statement statement = connection.createStatement()) {
            // With many sources that share their ids, the planner expects far too few rows.
            statement.execute("set enable_nestloop = off");
            WarehouseRows rows = new WarehouseRows(connection);
            for (int number = 0; number < SHOPS; number++) {
                GeneratedShop shop =
                        new GeneratedShop(
                                "reports_" + number,
                                SEED + number,
                                new GeneratedShop.Size(
                                        1 + number % 25,
                                        1 + number % 30,
                                        2 + number % 6,
                                        40 + 10 * number,
                                        List.of("EUR", "EUR", "USD")));
                rows.add(shop.source, shop.open(5 + 3 * number));
                shops.add(shop);
            }
            rows.products(shops);
            rows.write();
            List<String> sources = shops.stream().map(shop -> shop.source).toList();
            MartContents.refresh(connection, sources);
            for (int edits = 0; edits < EDITS; edits++) {
                shops.forEach(shop -> rows.add(shop.source, shop.edit()));
            }
            rows.write();
            MartContents.refresh(connection, sources);
            Map<String, Map<String, List<String>>> found =
                    FoundFigures.of(connection, sources, VIEWS);
            for (GeneratedShop shop : shops) {
                Map<String, List<String>> expected = ExpectedReports.of(shop);
                for (String view : VIEWS.keySet()) {
                    assertThat(
                                    found.getOrDefault(shop.source, Map.of())
                                            .getOrDefault(view, List.of()))
                            .as("%s of %s, seed %d", view, shop.source, SEED)
                            .containsExactlyInAnyOrderElementsOf(
                                    expected.getOrDefault(view, List.of()));
                }
            }
            assertQueries(connection, shops);
        }
        assertReportsAddUpToSales();
    }

    /** What holds whatever the definitions are. */
    private static void assertReportsAddUpToSales() {
        assertThat(
                        Database.rows(
                                """
                                with news as (
                                    select
                                        source,
                                        currency,
                                        period as month,
                                        new_customers,
                                        new_orders + returning_orders + unknown_orders as orders,
                                        new_net_minor + returning_net_minor + unknown_net_minor as net_minor
                                    from analytics.new_and_returning
                                    where grain = 'month' and source like 'reports_%'
                                ),
                                months as (
                                    select * from analytics.sales_monthly where source like 'reports_%'
                                ),
                                firsts as (
                                    select * from analytics.customer_cohorts where months_since = 0 and source like 'reports_%'
                                )
                                select months.source, months.month, news.month
                                from months
                                full join news using (source, currency, month)
                                left join firsts using (source, currency, month)
                                where (months.orders, months.net_minor, coalesce(firsts.active_customers, 0))
                                    is distinct from (news.orders, news.net_minor, news.new_customers)
                                """))
                .isEmpty();
    }

    private static void assertQueries(Connection connection, List<GeneratedShop> shops)
            throws SQLException {
        Map<String, Map<String, List<String>>> answers = new TreeMap<>();
        for (Path file : queries()) {
            answers.put(
                    Objects.toString(file.getFileName()).replace(".sql", ""),
                    answer(connection, file, shops.stream().map(shop -> shop.source).toList()));
        }
        assertThat(answers)
                .hasSizeGreaterThan(10)
                .allSatisfy((query, rows) -> assertThat(rows).as(query).isNotEmpty());
        for (GeneratedShop shop : shops) {
            Map<String, List<String>> expected = ExpectedReports.ofQueries(shop);
            for (String query : COMPARED) {
                assertThat(answers.get(query).getOrDefault(shop.source, List.of()))
                        .as("%s of %s, seed %d", query, shop.source, SEED)
                        .containsExactlyInAnyOrderElementsOf(
                                expected.getOrDefault(query, List.of()));
            }
        }
    }

    private static List<Path> queries() {
        try (Stream<Path> files =
                Files.list(Path.of(System.getProperty("shopflow.home"), "sql/analytics"))) {
            return files.filter(file -> file.toString().endsWith(".sql")).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** By source. */
    private static Map<String, List<String>> answer(
            Connection connection, Path file, List<String> sources) throws SQLException {
        Map<String, List<String>> answer = new TreeMap<>();
        try (PreparedStatement statement =
                connection.prepareStatement(
                        "select * from (%s) as answer where source = any (?)"
                                .formatted(
                                        Files.readString(file).strip().replaceFirst(";$", "\n")))) {
            statement.setArray(1, connection.createArrayOf("text", sources.toArray()));
            try (ResultSet rows = statement.executeQuery()) {
                ResultSetMetaData columns = rows.getMetaData();
                while (rows.next()) {
                    List<String> texts = new ArrayList<>();
                    for (int column = 1; column <= columns.getColumnCount(); column++) {
                        String name = columns.getColumnName(column);
                        String value = rows.getString(column);
                        if (value != null && name.startsWith("units")) {
                            value = new BigDecimal(value).stripTrailingZeros().toPlainString();
                        }
                        if (!name.equals("source")) {
                            texts.add(value == null ? "-" : value);
                        }
                    }
                    answer.computeIfAbsent(rows.getString("source"), none -> new ArrayList<>())
                            .add(String.join("|", texts));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return answer;
    }

    @Test
    void anOrderOfVeryManyProductsIsLeftOutOfBasketsAndCounted() {
        Database.execute(
                """
                insert into marts.sales_items (source, order_id, order_item_id, business_date, product_id, category, currency,
                    country, region, units, gross_minor, net_minor, units_returned, discount_minor, refunded_minor, unallocated_refund_minor)
                select 'baskets', 'o' || size, size || '-' || number, '2026-05-05', 'p' || number, 'c', 'GBP',
                    'GB', 'unknown', 1, 1, 1, 0, 0, 0, 0
                from unnest(array[1, 100, 101, 3000]) as sizes (size), generate_series(1, size) as numbers (number)
                """);
        String between = "from analytics.bought_together_between('baskets', 'GBP', '%s', '%s')";

        assertThat(
                        Database.rows(
                                "select count(*), min(baskets), max(baskets_left_out), max(partner_rank), min(lift) "
                                        + between.formatted("2026-05-05", "2026-05-05")))
                .containsExactly("2000|1|2|20|1.0000");
        assertThat(Database.rows("select count(*) " + between.formatted("2026-05-06", "infinity")))
                .containsExactly("0");
        Database.execute("delete from marts.sales_items where source = 'baskets'");
    }

    @Test
    void toolsAndTheDashboardReadTheReports() throws SQLException {
        for (String role : List.of("shopflow_bi", "shopflow_dashboard")) {
            try (Connection connection = Database.connect();
                    Statement statement = connection.createStatement()) {
                statement.execute("set role " + role);
                for (String view : VIEWS.keySet()) {
                    statement.execute("select * from analytics.%s limit 1".formatted(view));
                }
                statement.execute("select * from analytics.calendar limit 1");
                statement.execute(
                        "select * from analytics.bought_together_between('any', 'GBP', '2026-01-01', '2026-12-31')");
                statement.execute("select * from analytics.scores_today('any', 'GBP', 1, 1, 1)");
            }
        }
    }
}
