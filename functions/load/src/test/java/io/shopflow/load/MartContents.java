package io.shopflow.load;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** The contents of the marts, compared with the rows they are made of. */
final class MartContents {

    /** The marts that keep the rows of a view of the same name. */
    private static final List<String> ROWS =
            List.of(
                    "sales_orders",
                    "sales_items",
                    "unallocated_sales",
                    "sales_refunds",
                    "left_out_rows");

    /** The marts that keep sums of these rows; a query of each adds up the orders and items. */
    private static final List<String> SUMS =
            List.of(
                    "sums_by_day",
                    "sums_by_category",
                    "sums_by_region",
                    "sums_by_postcode_area",
                    "sums_by_product",
                    "customer_gaps",
                    "customers_by_last_order",
                    "cohorts",
                    "segment_sales",
                    "score_limits");

    /** The marts that contain numbers of customers, which depend on the order of the loads. */
    private static final List<String> NUMBERED =
            List.of("customer_numbers", "customers_by_address");

    private MartContents() {}

    /** Brings the marts of these sources up to date, as closing their runs does. */
    static void refresh(Connection connection, List<String> sources) throws SQLException {
        call(connection, "select marts.refresh(?)", sources);
    }

    /** Rows are those of their views, and all marts are those that are filled anew. */
    static void assertRecomputed(Connection connection, List<String> sources, String when)
            throws SQLException {
        for (String mart : ROWS) {
            assertSame(
                    connection,
                    "(select * from analytics.%s where order_id is not null) as shown"
                            .formatted(mart),
                    "marts." + mart,
                    sources,
                    when);
        }
        for (String mart : SUMS) {
            assertSame(connection, added(mart), "marts." + mart, sources, when);
        }
        assertCustomersCounted(connection, sources, when);
        assertSame(
                connection,
                """
                (
                    select distinct
                        source,
                        currency,
                        grain,
                        case grain
                            when 'third' then
                                case
                                    when extract(day from business_date) <= 10 then date_trunc('month', business_date)::date
                                    when extract(day from business_date) <= 20 then date_trunc('month', business_date)::date + 10
                                    else date_trunc('month', business_date)::date + 20
                                end
                            else date_trunc(grain, business_date)::date
                        end as period,
                        country,
                        region,
                        coalesce(postcode_area, 'unknown') as postcode_area,
                        customer_id
                    from orders
                    cross join unnest(array['day', 'third', 'month', 'year']) as grain
                    where is_order and customer_id is not null
                ) as of_orders
                """,
                """
                (
                    select source, currency, grain, period, country, region, postcode_area, customer_id
                    from marts.customers_by_address
                    cross join generate_series(0, 1023) as bit
                    left join marts.customer_numbers using (source)
                    where get_bit(customer_bits, bit) = 1 and customer_number = block * 1024 + bit
                ) as of_bits
                """,
                sources,
                when);
        assertSame(
                connection,
                """
                (
                    select distinct source, customer_id
                    from orders
                    where is_order and customer_id is not null
                ) as customers
                """,
                "(select source, customer_id from marts.customer_numbers) as numbered",
                sources,
                when);
        assertSame(
                connection,
                """
                (
                    select source, order_id, order_item_id, refunded_minor
                    from items
                    where refunded_minor <> 0
                ) as of_lines
                """,
                """
                (
                    select source, order_id, order_item_id, sum(refunded_minor)
                    from analytics.sales_item_refunds
                    group by source, order_id, order_item_id
                ) as by_date
                """,
                sources,
                when);
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            List<String> marts = marts(connection);
            marts.removeAll(NUMBERED);
            for (String mart : marts) {
                statement.execute(
                        "create temporary table kept_%1$s on commit drop as select * from marts.%1$s"
                                .formatted(mart));
            }
            call(connection, "select marts.rebuild(?)", sources);
            for (String mart : marts) {
                assertSame(connection, "kept_" + mart, "marts." + mart, sources, when);
            }
        } finally {
            connection.rollback();
            connection.setAutoCommit(true);
        }
    }

    private static String added(String mart) {
        try (InputStream sql = MartContents.class.getResourceAsStream("/sums/" + mart + ".sql")) {
            return "(%s) as added".formatted(new String(sql.readAllBytes(), UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Customers of ranges of days, from the gaps between orders and from the orders. */
    private static void assertCustomersCounted(
            Connection connection, List<String> sources, String when) throws SQLException {
        List<String> differences = new ArrayList<>();
        try (PreparedStatement statement =
                connection.prepareStatement(
                        """
                        with sold as (
                            select source, currency, '' as category, business_date, order_id, customer_id
                            from marts.sales_orders
                            where source = any (?) and is_order
                            union
                            select source, orders.currency, items.category, orders.business_date, order_id, customer_id
                            from marts.sales_orders as orders
                            inner join marts.sales_items as items using (source, order_id)
                            where source = any (?)
                        ),
                        days as (
                            select distinct source, currency, category, business_date + shift as day
                            from sold
                            cross join (values (-40), (-1), (0), (1)) as shifts (shift)
                        ),
                        chosen as (
                            select
                                *,
                                row_number() over (
                                    partition by source, currency, category order by md5(day::text)
                                ) as number
                            from days
                        ),
                        ranges as (
                            select first.source, first.currency, first.category, first.day as first_day, last.day as last_day
                            from chosen as first
                            inner join chosen as last using (source, currency, category)
                            where first.number <= 6 and last.number <= 6 and first.day <= last.day
                        ),
                        customers as (
                            select
                                ranges.*,
                                sold.customer_id,
                                count(*) filter (
                                    where sold.category = ranges.category
                                        and sold.currency = ranges.currency
                                        and sold.business_date >= first_day
                                ) as orders,
                                count(*) filter (where sold.category = '') as orders_to_date
                            from ranges
                            left join sold on sold.source = ranges.source and sold.business_date <= last_day
                            group by
                                ranges.source, ranges.currency, ranges.category, first_day, last_day, sold.customer_id
                        ),
                        expected as (
                            select
                                source,
                                currency,
                                category,
                                first_day,
                                last_day,
                                count(customer_id) filter (where orders > 0) as customers,
                                count(customer_id) filter (where orders > 0 and orders_to_date > 1) as returning_customers
                            from customers
                            group by source, currency, category, first_day, last_day
                        )
                        select expected, found
                        from expected
                        cross join lateral analytics.customers_between(
                            source, currency, first_day, last_day, category
                        ) as found
                        where (expected.customers, expected.returning_customers)
                            is distinct from (found.customers, found.returning_customers)
                        limit 10
                        """)) {
            statement.setArray(1, names(connection, sources));
            statement.setArray(2, names(connection, sources));
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    differences.add(rows.getString(1) + " is " + rows.getString(2));
                }
            }
        }
        assertThat(differences).as("customers between days, %s", when).isEmpty();
    }

    private static List<String> marts(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows =
                        statement.executeQuery(
                                "select tablename from pg_tables where schemaname = 'marts'")) {
            List<String> marts = new ArrayList<>();
            while (rows.next()) {
                marts.add(rows.getString(1));
            }
            assertThat(marts).contains("sales_orders", "customer_value");
            return marts;
        }
    }

    private static void assertSame(
            Connection connection, String expected, String found, List<String> sources, String when)
            throws SQLException {
        List<String> differences = new ArrayList<>();
        try (PreparedStatement statement =
                connection.prepareStatement(
                        """
                        with orders as materialized (select * from marts.sales_orders where source = any (?)),
                        items as materialized (select * from marts.sales_items where source = any (?)),
                        expected as (select * from %1$s where source = any (?)),
                        found as (select * from %2$s where source = any (?))
                        (select '-' as sign, missing::text from (table expected except all table found) as missing)
                        union all
                        (select '+', extra::text from (table found except all table expected) as extra)
                        limit 10
                        """
                                .formatted(expected, found))) {
            for (int parameter = 1; parameter <= 4; parameter++) {
                statement.setArray(parameter, names(connection, sources));
            }
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    differences.add(rows.getString(1) + rows.getString(2));
                }
            }
        }
        assertThat(differences).as("%s and %s, %s", expected, found, when).isEmpty();
    }

    private static void call(Connection connection, String sql, List<String> sources)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setArray(1, names(connection, sources));
            statement.execute();
        }
    }

    private static Array names(Connection connection, List<String> sources) throws SQLException {
        return connection.createArrayOf("text", sources.toArray());
    }
}
