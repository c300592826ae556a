package io.shopflow.dashboard;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** Puts rows into the warehouse like loads, directly into the star schema. */
public final class Warehouse {
    static final String RUN = "01JD0000000000000000000001";

    private static Warehouse current;
    private final AtomicInteger numbers = new AtomicInteger();
    private final String url;
    private final String user;
    private final String password;
    private Connection connection;

    Warehouse(String url, String user, String password) {
        this.url = url;
        this.user = user;
        this.password = password;
    }

    static void use(Warehouse warehouse) {
        current = warehouse;
    }

    /** The warehouse of the application under test, emptied. */
    public static Warehouse empty() {
        current.run(
                """
                truncate etl.runs, etl.run_streams, etl.run_parts, etl.run_problems, etl.part_ledger,
                    etl.late_parts, etl.part_rejections, etl.part_warnings, etl.run_findings, etl.quarantined_rows,
                    etl.run_notifications,
                    warehouse.dim_customers, warehouse.dim_products, warehouse.fact_orders,
                    warehouse.fact_order_items,
                    warehouse.fact_refunds
                """);
        // Apart: the triggers of the tables above note what was truncated.
        current.run("truncate etl.stale_orders, etl.stale_products, etl.mart_fills");
        current.run(
                """
                do $$ begin
                    execute (
                        select 'truncate ' || string_agg(format('marts.%I', tablename), ', ')
                        from pg_tables
                        where schemaname = 'marts'
                    );
                end $$
                """);
        return current;
    }

    /** What closing a run does for the figures of all sources. */
    static void refreshMarts() {
        current.run(
                """
                select marts.refresh(array(
                    select source from warehouse.fact_orders union select source from warehouse.dim_products
                ))
                """);
    }

    /** One for all statements: opening one takes longer than most of them. */
    private Connection connection() throws SQLException {
        if (connection == null || connection.isClosed()) {
            connection = DriverManager.getConnection(url, user, password);
        }
        return connection;
    }

    void run(String sql, Object... values) {
        try (PreparedStatement statement = connection().prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            statement.execute();
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    /** What a request returns that reads a table which is locked until seconds after it waits. */
    <T> T whileLocked(String table, int seconds, Supplier<T> request) {
        try (Connection locking = DriverManager.getConnection(url, user, password);
                Statement statement = locking.createStatement()) {
            locking.setAutoCommit(false);
            statement.execute("lock table " + table + " in access exclusive mode");
            CompletableFuture<T> result = CompletableFuture.supplyAsync(request);
            String waiting =
                    """
                    select pg_sleep(case when found then %d else 0.05 end), found
                    from (select exists (select from pg_locks where not granted) as found) as locks
                    """
                            .formatted(seconds);
            boolean waited = false;
            while (!waited && !result.isDone()) {
                try (ResultSet found = statement.executeQuery(waiting)) {
                    waited = found.next() && found.getBoolean("found");
                }
            }
            locking.rollback();
            return result.join();
        } catch (SQLException e) {
            throw new IllegalStateException(table, e);
        }
    }

    /** The one value that a query gives, as text. */
    static String value(String sql) {
        try (PreparedStatement statement = current.connection().prepareStatement(sql);
                ResultSet rows = statement.executeQuery()) {
            rows.next();
            return rows.getString(1);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    Warehouse product(String source, String id, String name, String category, Long unitCost) {
        run(
                """
                insert into warehouse.dim_products (source, product_id, name, category,
                    unit_cost_minor, valid_from, valid_to, version_at, run_id, part, source_row,
                    last_version_at, last_run_id, last_part, last_source_row)
                values (?, ?, ?, ?, ?, '-infinity', 'infinity', now(), 'r', 1, 1, now(), 'r', 1, 1)
                """,
                source,
                id,
                name,
                category,
                unitCost);
        return this;
    }

    /** A product that an order or a review names, without a row of its own. */
    Warehouse inferredProduct(String source, String id) {
        run(
                """
                insert into warehouse.dim_products (source, product_id, is_inferred, valid_from,
                    valid_to, version_at, run_id, part, source_row, last_version_at, last_run_id,
                    last_part, last_source_row)
                values (?, ?, true, '-infinity', 'infinity', now(), 'r', 1, 1, now(), 'r', 1, 1)
                """,
                source,
                id);
        return this;
    }

    Warehouse order(
            String source,
            String id,
            String day,
            String status,
            String customer,
            String currency,
            String country,
            String region) {
        return order(source, id, day, status, customer, currency, country, region, null);
    }

    Warehouse order(
            String source,
            String id,
            String day,
            String status,
            String customer,
            String currency,
            String country,
            String region,
            String postcodeArea) {
        run(
                """
                insert into warehouse.fact_orders (source, order_id, customer_id, status, currency,
                    ordered_at, ordered_on, ship_country, ship_region, ship_postcode_area, version_at,
                    run_id, part, source_row)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, now(), 'r', 1, 1)
                """,
                source,
                id,
                customer,
                status,
                currency,
                LocalDate.parse(day).atTime(12, 0).atOffset(ZoneOffset.UTC),
                LocalDate.parse(day),
                country,
                region,
                postcodeArea);
        return this;
    }

    Warehouse line(
            String source,
            String order,
            String product,
            long quantity,
            long unitPrice,
            long discount,
            String currency) {
        run(
                """
                insert into warehouse.fact_order_items (source, order_item_id, order_id, product_id,
                    name, quantity, unit_price_minor, net_minor, currency, version_at, run_id, part,
                    source_row)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, now(), 'r', 1, 1)
                """,
                source,
                order + "-" + product,
                order,
                product,
                product,
                quantity,
                unitPrice,
                quantity * unitPrice - discount,
                currency);
        return this;
    }

    Warehouse refund(String source, String order, String product, long amount, String currency) {
        return refund(source, order, product, amount, currency, LocalDate.now(ZoneOffset.UTC));
    }

    Warehouse refund(
            String source,
            String order,
            String product,
            long amount,
            String currency,
            LocalDate day) {
        run(
                """
                insert into warehouse.fact_refunds (source, refund_id, order_id, order_item_id,
                    amount_minor, currency, refunded_at, refunded_on, version_at, run_id, part,
                    source_row)
                values (?, ?, ?, ?, ?, ?, ?, ?, now(), 'r', 1, 1)
                """,
                source,
                "f" + numbers.incrementAndGet(),
                order,
                product == null ? null : order + "-" + product,
                amount,
                currency,
                day.atTime(12, 0).atOffset(ZoneOffset.UTC),
                day);
        return this;
    }

    Warehouse ran(String source, String runId, String status, Instant at) {
        run(
                """
                insert into etl.runs (run_id, source, status, full_run, started_at, closed_at)
                values (?, ?, ?, true, ?, ?)
                """,
                runId,
                source,
                status,
                at.minusSeconds(75).atOffset(ZoneOffset.UTC),
                status.equals("running") ? null : at.atOffset(ZoneOffset.UTC));
        if (!status.equals("running")) {
            refreshMarts();
        }
        return this;
    }

    /** Adds a loaded part of a run: ten rows, two of them rejected. */
    Warehouse loaded(String source, String runId, String stream, int part) {
        run(
                """
                insert into etl.part_ledger (run_id, stream, part, source, bucket, object_key,
                    object_version, extracted, inserted, updated, unchanged, duplicate, quarantined,
                    pseudonym_key_id, loaded_at, load_millis)
                values (?, ?, ?, ?, 'lake', ?, 'v1', 10, 5, 1, 1, 1, 2, 'k1', clock_timestamp(), 42)
                """,
                runId,
                stream,
                part,
                source,
                "clean/%s/%s-%s-%d.csv".formatted(stream, source, runId, part));
        return this;
    }

    /** Adds two rejected rows of a part that the figures still lack. */
    Warehouse rejected(String source, String runId, String stream, int part, String example) {
        run(
                """
                insert into etl.part_rejections (run_id, stream, part, rule, field, rows, example, position)
                values (?, ?, ?, 'number_format', 'total', 2, ?, 'orders.csv:7')
                """,
                runId,
                stream,
                part,
                example);
        run(
                """
                insert into etl.quarantined_rows (source, stream, run_id, part, ordinal, id, rule, field)
                select ?, ?, ?, ?, n, n::text, 'number_format', 'total' from generate_series(1, 2) as n
                """,
                source,
                stream,
                runId,
                part);
        return this;
    }

    /** Adds a finding of a run's close. */
    Warehouse found(String runId, String rule, String stream, String message, boolean failsRun) {
        run(
                "insert into etl.run_findings (run_id, rule, stream, rows, message, fails_run) values (?, ?, ?, 1, ?, ?)",
                runId,
                rule,
                stream,
                message,
                failsRun);
        return this;
    }

    Warehouse manifest(String runId, String stream, long counted, long extracted, int parts) {
        run(
                """
                insert into etl.run_streams (run_id, stream, counted, extracted, parts)
                values (?, ?, ?, ?, ?)
                """,
                runId,
                stream,
                counted,
                extracted,
                parts);
        for (int part = 1; part <= parts; part++) {
            run(
                    """
                    insert into etl.run_parts (run_id, stream, part, raw_key, rows)
                    values (?, ?, ?, ?, ?)
                    """,
                    runId,
                    stream,
                    part,
                    "raw/" + stream + part,
                    extracted / parts);
        }
        return this;
    }

    /** Six orders of five customers, with figures of March 2026 that are easy to add up. */
    public Warehouse smallShop() {
        product("shop", "a", "Oak <b>tray</b> & \"lid\"", "Kitchen", 400L);
        product("shop", "b", "Linen towel", "Bath", null);
        product("shop", "c", "Never sold", "Bath", 100L);
        order("shop", "1", "2026-03-10", "completed", "c1", "GBP", "GB", "London");
        line("shop", "1", "a", 2, 1000, 0, "GBP").line("shop", "1", "b", 1, 500, 100, "GBP");
        order("shop", "2", "2026-03-31", "processing", "c2", "GBP", "GB", "Wales");
        line("shop", "2", "a", 1, 1000, 0, "GBP");
        order("shop", "3", "2026-02-05", "completed", "c1", "GBP", "GB", "London");
        line("shop", "3", "b", 3, 500, 0, "GBP").refund("shop", "3", "b", 500, "GBP");
        order("shop", "4", "2026-03-15", "cancelled", "c3", "GBP", "GB", "London");
        line("shop", "4", "a", 100, 1000, 0, "GBP");
        order("shop", "5", "2026-03-20", "refunded", "c4", "GBP", "GB", "London");
        line("shop", "5", "a", 1, 1000, 0, "GBP").refund("shop", "5", "a", 1000, "GBP");
        order("shop", "6", "2025-01-15", "completed", "c5", "GBP", null, null);
        line("shop", "6", "b", 1, 500, 0, "GBP");
        ran("shop", RUN, "complete", Instant.now());
        return manifest(RUN, "orders", 10, 10, 1)
                .loaded("shop", RUN, "orders", 1)
                .rejected("shop", RUN, "orders", 1, "12,50 <b>");
    }

    /** An older shop without a catalogue, which sells in another currency. */
    Warehouse brazilianShop() {
        inferredProduct("olist", "z");
        order("olist", "1", "2018-08-01", "completed", "x", "BRL", "BR", "SP");
        line("olist", "1", "z", 1, 123456, 0, "BRL");
        String run = "01CA0000000000000000000001";
        return ran("olist", run, "complete", Instant.now()).loaded("olist", run, "orders", 1);
    }

    /** A shop that sends orders to most states of Brazil, and to many countries. */
    Warehouse worldShop() {
        product("shop", "a", "Tray", "Kitchen", 1L);
        run(
                """
                insert into warehouse.fact_orders (source, order_id, customer_id, status, currency,
                    ordered_at, ordered_on, ship_country, ship_region, version_at, run_id, part, source_row)
                select 'shop', 'w' || n, 'c' || (n * 7919 % 900), 'completed', 'GBP', day, day,
                    case
                        when n % 3 > 0 then 'BR'
                        when n % 29 > 0 then
                            (string_to_array(
                                'US,FR,DE,GB,ES,IT,CA,AU,JP,CN,IN,MX,AR,CL,CO,PT,NL,BE,CH,AT,SE,NO,DK,FI,PL,CZ,GR,TR,ZA,'
                                    || 'EG,NG,KE,MA,SG,HK,KR,TH,ID,PH,NZ,RU,UA,IE,LU',
                                ','
                            ))[1 + least(n * 37 % 44, n * 53 % 44)]
                    end,
                    case
                        when n % 3 > 0 and n % 31 > 0 then
                            (string_to_array(
                                'SP,RJ,MG,RS,PR,SC,BA,DF,ES,GO,PE,CE,PA,MT,MA,MS,PB,PI,RN,AL,SE,TO,RO,AM,AC,AP',
                                ','
                            ))[1 + least(n * 37 % 26, n * 53 % 26)]
                    end,
                    now(), 'r', 1, 1
                from (
                    select n, date '2026-10-20' - cast(360 * power(n / 2400.0, 1.3) as integer) as day
                    from generate_series(1, 2400) as n
                ) as orders
                """);
        run(
                """
                insert into warehouse.fact_order_items (source, order_item_id, order_id, product_id,
                    name, quantity, unit_price_minor, net_minor, currency, version_at, run_id, part,
                    source_row)
                select 'shop', 'w' || n, 'w' || n, 'a', 'x', 1, 900 + n % 700, 900 + n % 700, 'GBP',
                    now(), 'r', 1, 1
                from generate_series(1, 2400) as n
                """);
        return ran("shop", RUN, "complete", Instant.now());
    }

    /** Two years of a shop with names as long as real ones; the same on each call. */
    Warehouse busyShop() {
        run(
                """
                insert into warehouse.dim_products (source, product_id, name, category,
                    unit_cost_minor, valid_from, valid_to, version_at, run_id, part, source_row,
                    last_version_at, last_run_id, last_part, last_source_row)
                select 'shop', 'p' || n,
                    (array['Merino', 'Linen', 'Oak', 'Copper', 'Stoneware', 'Recycled wool', 'Canvas'])[1 + n % 7]
                        || ' ' || (array['throw', 'mug', 'reading lamp', 'serving tray', 'backpack', 'jumper', 'teapot with infuser', 'cushion'])[1 + n % 8]
                        || ', ' || (array['sand', 'moss', 'slate'])[1 + n % 3],
                    (array['Home', 'Kitchen', 'Clothing', 'Outdoor', 'Garden'])[1 + n % 5],
                    case when n % 9 > 0 then 500 + n * 21 end,
                    '-infinity', 'infinity', now(), 'r', 1, 1, now(), 'r', 1, 1
                from generate_series(1, 120) as n
                """);
        run(
                """
                insert into warehouse.fact_orders (source, order_id, customer_id, status, currency,
                    ordered_at, ordered_on, ship_country, ship_region, ship_postcode_area, version_at,
                    run_id, part, source_row)
                select 'shop', 'o' || n, 'c' || (n * 7919 % 900),
                    (array['completed', 'completed', 'processing', 'completed', 'refunded', 'cancelled'])[1 + n % 6],
                    'GBP', day, day, case when n % 19 > 0 then 'GB' else 'IE' end,
                    (array['London', 'South East', 'North West', 'Scotland', 'Yorkshire and the Humber',
                        'East of England', 'West Midlands', 'South West', 'Wales', 'East Midlands',
                        'North East', 'Northern Ireland'])[1 + least(n * 31 % 12, n * 17 % 12)],
                    case
                        when n % 19 = 0 then 'D0'
                        when n % 23 > 0 then
                            (string_to_array(
                                'SW,M,LS,B,G,BS,N,E,SE,NE,EH,CF,S,L,NG,LE,NW,W,BN,CB,OX,RG,GU,EX,PL,YO,HU,BT,AB,IV,DD,KY,FK,'
                                    || 'PA,KA,ML,TD,DG,CA,DL,SR,DH,TS,HG,BD,HX,WF,HD,OL,BL,WN,WA,CH,CW,ST,DE,LN,PE,NR,IP,CO,'
                                    || 'SS,RM,IG,EN,WD,AL,HP,LU,MK,NN,CV,DY,WR,HR,GL,SN,BA,TA,DT,BH,SO,PO,RH,TN,ME,CT,WC,EC,ZE',
                                ','
                            ))[1 + least(n * 37 % 90, n * 53 % 90)]
                    end,
                    now(), 'r', 1, 1
                from (
                    select n, date '2026-10-20' - cast(730 * power(n / 4000.0, 1.3) as integer) as day
                    from generate_series(1, 4000) as n
                ) as orders
                """);
        run(
                """
                insert into warehouse.fact_order_items (source, order_item_id, order_id, product_id,
                    name, quantity, unit_price_minor, net_minor, currency, version_at, run_id, part,
                    source_row)
                select 'shop', 'o' || n || '-' || line, 'o' || n, 'p' || product, 'x', 1 + n % 3,
                    900 + product * 37, (1 + n % 3) * (900 + product * 37) - n % 200, 'GBP', now(),
                    'r', 1, 1
                from (
                    select n, line, 1 + least(n * 13 % 118, n * line * 29 % 118) as product
                    from generate_series(1, 4000) as n, generate_series(1, 2) as line
                ) as lines
                """);
        ran("shop", RUN, "complete", Instant.now());
        manifest(RUN, "orders", 10, 10, 1).manifest(RUN, "order_items", 20, 20, 2);
        loaded("shop", RUN, "orders", 1).loaded("shop", RUN, "order_items", 1);
        rejected("shop", RUN, "orders", 1, "$ 1.234.567,89");
        found(
                RUN,
                "orphans",
                "order_items",
                "rows of orders that are not there: they are in no figure; the order's row is missing or was rejected",
                false);
        return loaded("shop", RUN, "order_items", 2);
    }
}
