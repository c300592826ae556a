package io.shopflow.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * How fast the pages are with millions of order lines behind them, and how fast the same figures
 * are added up from the facts. Not run with the tests; {@code dashboard/benchmark} prints the
 * figures.
 */
@QuarkusTest
@QuarkusTestResource(WarehouseServer.class)
class DashboardBenchmark {

    private static final long LINES = Long.getLong("shopflow.benchmark.lines", 1_000_000);
    private static final int REQUESTS_OF_A_PAGE =
            Integer.getInteger("shopflow.benchmark.requests", 300);
    private static final int REQUESTS_PER_SECOND = 20;
    private static final int PRODUCTS = 5000;
    private static final LocalDate FIRST = LocalDate.of(2023, 11, 1);
    private static final LocalDate LAST = LocalDate.of(2026, 10, 31);
    private static final List<String> CATEGORIES =
            List.of("Home", "Kitchen", "Clothing", "Outdoor", "Garden", "Bath", "Toys", "Office");

    /** Pages and answers of the API, with an address of random filters. */
    private static final Map<String, Function<Random, String>> PAGES = new LinkedHashMap<>();

    /** Ids of customers with an order. */
    private static List<String> buyers = List.of();

    static {
        PAGES.put("Sales", random -> "/?" + filter(random));
        PAGES.put("Products", random -> "/products?" + filter(random) + productList(random));
        PAGES.put(
                "one product",
                random -> "/products/benchmark/p%d?%s".formatted(product(random), range(random)));
        PAGES.put("Customers", random -> "/customers?" + range(random));
        PAGES.put(
                "one customer",
                random -> "/customers/benchmark/c%d".formatted(random.nextLong(customers()) + 1));
        PAGES.put(
                "Geography",
                random ->
                        "/geography?"
                                + filter(random)
                                + "&metric="
                                + one(random, "net", "orders", "customers", "aov", "growth"));
        PAGES.put("Data quality", random -> "/quality?days=" + one(random, "30", "90"));
        PAGES.put("Runs", random -> "/runs");
        PAGES.put("API overview", random -> "/api/v1/overview?" + filter(random));
    }

    @TestHTTPResource URI home;

    /** Without the pages that are left out: one slow page takes the time of all others. */
    private static List<String> pages() {
        String leftOut = System.getProperty("shopflow.benchmark.without", "");
        return PAGES.keySet().stream().filter(page -> !page.equals(leftOut)).toList();
    }

    @Test
    void pagesBesideFacts() throws Exception {
        fill();
        long lines = Long.parseLong(Warehouse.value("select count(*) from marts.sales_items"));
        buyers =
                List.of(
                        Warehouse.value(
                                        "select string_agg(customer_id, ' ') from (select customer_id from"
                                                + " marts.customer_value order by md5(customer_id) limit 1000) as buyers")
                                .split(" "));
        Random random = new Random(1);
        List<String> pages = new ArrayList<>();
        for (int i = 0; i < REQUESTS_OF_A_PAGE; i++) {
            pages.addAll(pages());
        }
        // The code is compiled, and the connections are opened.
        send(new Random(2), pages.subList(0, pages.size() / 5));
        Map<String, List<Answer>> answers =
                send(random, pages).stream().collect(Collectors.groupingBy(Answer::page));

        System.out.printf(
                "| %,d order lines | requests | not answered | median ms | p99 ms | slowest ms |%n"
                        + "| --- | --: | --: | --: | --: | --: |%n",
                lines);
        pages().forEach(page -> print(page, answers.get(page)));
        answers.values().stream()
                .flatMap(List::stream)
                .sorted((one, other) -> Double.compare(other.millis(), one.millis()))
                .limit(20)
                .forEach(slow -> System.out.printf("%.0f ms %s%n", slow.millis(), slow.address()));
        besideFacts();
    }

    /** The answer to a request; the time is from when it was due, so that waiting counts. */
    private record Answer(String page, String address, int status, double millis) {}

    private List<Answer> send(Random random, List<String> pages) throws InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            List<CompletableFuture<Answer>> sent = new ArrayList<>();
            long started = System.nanoTime();
            for (int i = 0; i < pages.size(); i++) {
                long due = started + i * TimeUnit.SECONDS.toNanos(1) / REQUESTS_PER_SECOND;
                TimeUnit.NANOSECONDS.sleep(due - System.nanoTime());
                String page = pages.get(i);
                String address = PAGES.get(page).apply(random);
                HttpRequest request =
                        HttpRequest.newBuilder(home.resolve(address))
                                .header("Accept-Encoding", "gzip")
                                .build();
                sent.add(
                        client.sendAsync(request, HttpResponse.BodyHandlers.discarding())
                                .thenApply(
                                        response ->
                                                new Answer(
                                                        page,
                                                        address,
                                                        response.statusCode(),
                                                        (System.nanoTime() - due) / 1e6)));
            }
            List<Answer> answers = sent.stream().map(CompletableFuture::join).toList();
            return answers;
        }
    }

    private static void print(String page, List<Answer> answers) {
        double[] millis = answers.stream().mapToDouble(Answer::millis).sorted().toArray();
        System.out.printf(
                "| %s | %d | %d | %.0f | %.0f | %.0f |%n",
                page,
                millis.length,
                answers.stream().filter(answer -> answer.status() != 200).count(),
                millis[millis.length / 2],
                millis[(int) Math.ceil(millis.length * 0.99) - 1],
                millis[millis.length - 1]);
    }

    /** A quarter's sales from the facts, and from the sums that the pages read. */
    private static void besideFacts() {
        compare(
                "net sales and orders of a quarter",
                "select sum(net_minor) || ' ' || count(*) filter (where is_order) from analytics.sales_orders"
                        + " where source = 'benchmark' and currency = 'GBP'"
                        + " and business_date between '2026-03-07' and '2026-06-05'",
                "select sum(net_minor) || ' ' || sum(orders) from marts.sums_by_day"
                        + " where source = 'benchmark' and currency = 'GBP'"
                        + " and business_date between '2026-03-07' and '2026-06-05'");
        compare(
                "customers of a quarter",
                "select count(distinct customer_id) from analytics.sales_orders"
                        + " where source = 'benchmark' and currency = 'GBP' and is_order"
                        + " and business_date between '2026-03-07' and '2026-06-05'",
                "select customers from analytics.customers_between('benchmark', 'GBP', '2026-03-07', '2026-06-05')");
        compare(
                "net sales by category of a quarter",
                "select string_agg(category || ' ' || net, ', ' order by category) from ("
                        + "select category, sum(net_minor) as net from analytics.sales_items"
                        + " where source = 'benchmark' and currency = 'GBP'"
                        + " and business_date between '2026-03-07' and '2026-06-05' group by category) as sums",
                "select string_agg(category || ' ' || net, ', ' order by category) from ("
                        + "select category, sum(net_minor) as net from marts.sums_by_category"
                        + " where source = 'benchmark' and currency = 'GBP'"
                        + " and business_date between '2026-03-07' and '2026-06-05' group by category) as sums");
    }

    private static void compare(String figure, String ofFacts, String ofSums) {
        Timed sums = Timed.value(ofSums);
        sums = Timed.value(ofSums);
        Timed facts = Timed.value(ofFacts);
        assertThat(sums.value()).as(figure).isEqualTo(facts.value());
        System.out.printf(
                "%s: %.1f ms from the sums, %.0f ms from the facts, %.0f times faster%n",
                figure, sums.millis(), facts.millis(), facts.millis() / sums.millis());
    }

    private record Timed(String value, double millis) {
        static Timed value(String sql) {
            long started = System.nanoTime();
            String value = Warehouse.value(sql);
            return new Timed(value, (System.nanoTime() - started) / 1e6);
        }
    }

    private static String filter(Random random) {
        String range = range(random);
        return random.nextInt(3) > 0
                ? range
                : range + "&category=" + CATEGORIES.get(random.nextInt(CATEGORIES.size()));
    }

    /** From days to years, most of them recent: few are chosen twice. */
    private static String range(Random random) {
        long all = FIRST.until(LAST, ChronoUnit.DAYS);
        long days = (long) Math.pow(all, random.nextDouble());
        long ago = (long) ((all - days) * Math.pow(random.nextDouble(), 2));
        LocalDate to = LAST.minusDays(ago);
        return "from=%s&to=%s".formatted(to.minusDays(days), to);
    }

    private static String productList(Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> "&sort=" + one(random, "units", "profit", "margin", "refunded", "name");
            case 1 -> "&show=unsold";
            case 2 -> "&q=mug&page=" + (1 + random.nextInt(5));
            default -> "&page=" + (1 + random.nextInt(50));
        };
    }

    private static long product(Random random) {
        return 1 + (long) (PRODUCTS * Math.pow(random.nextDouble(), 3));
    }

    private static String one(Random random, String... values) {
        return values[random.nextInt(values.length)];
    }

    private static long orders() {
        return LINES * 10 / 17;
    }

    private static long customers() {
        return orders() / 4;
    }

    /**
     * Fills the warehouse unless an earlier benchmark did. Rows are inserted into the star without
     * its triggers, as they would be after the first load of a source; then its figures are
     * computed as on closing that run.
     */
    private static void fill() {
        if (!Warehouse.value("select count(*) from marts.sources").equals("0")) {
            return;
        }
        Warehouse warehouse = Warehouse.empty();
        long started = System.nanoTime();
        warehouse.run("set session_replication_role = replica");
        insert(warehouse);
        warehouse.run("set session_replication_role = origin");
        System.out.printf("star: %.0f s%n", (System.nanoTime() - started) / 1e9);
        warehouse.run("analyze");
        started = System.nanoTime();
        while (Warehouse.value("select marts.fill_next(array['benchmark'])").equals("t")) {
            System.out.printf("figures: %.0f s%n", (System.nanoTime() - started) / 1e9);
        }
        warehouse.ran("benchmark", Warehouse.RUN, "complete", Instant.now());
        warehouse.manifest(Warehouse.RUN, "orders", 10, 10, 1);
        warehouse.loaded("benchmark", Warehouse.RUN, "orders", 1);
        warehouse.run("vacuum analyze");
        System.out.printf("figures: %.0f s%n", (System.nanoTime() - started) / 1e9);
    }

    private static void insert(Warehouse warehouse) {
        // Numbers that look random, and are the same in each benchmark.
        warehouse.run(
                """
                create or replace function pg_temp.chance(n bigint, kind integer) returns double precision
                language sql immutable parallel safe
                return abs(hashint8extended(n, kind) / 9223372036854775808.0)
                """);
        warehouse.run(
                """
                insert into warehouse.dim_products (source, product_id, name, category,
                    unit_cost_minor, price_minor, currency, valid_from, valid_to, version_at, run_id, part, source_row,
                    last_version_at, last_run_id, last_part, last_source_row)
                select 'benchmark', 'p' || n,
                    (array['Merino throw', 'Linen towel', 'Oak tray', 'Copper mug', 'Teapot', 'Jumper'])[1 + n %% 6] || ' ' || n,
                    (array['%s'])[1 + n %% %d], case when n %% 9 > 0 then 500 + n %% 700 end, 900 + n %% 1400, 'GBP',
                    '-infinity', 'infinity', now(), 'r', 1, n, now(), 'r', 1, n
                from generate_series(1, %d) as n
                """
                        .formatted(
                                String.join("', '", CATEGORIES),
                                CATEGORIES.size(),
                                PRODUCTS + 500));
        warehouse.run(
                """
                insert into warehouse.dim_customers (source, customer_id, country, valid_from, valid_to, version_at, run_id,
                    part, source_row, last_version_at, last_run_id, last_part, last_source_row)
                select 'benchmark', 'c' || n, 'GB', '-infinity', 'infinity', now(), 'r', 1, n, now(), 'r', 1, n
                from generate_series(1, ?) as n
                """,
                customers());
        warehouse.run(
                """
                insert into warehouse.fact_orders (source, order_id, customer_id, status, currency, ordered_at, ordered_on,
                    total_minor, ship_country, ship_region, ship_postcode_area, version_at, run_id, part, source_row)
                select 'benchmark', 'o' || lpad(n::text, 9, '0'), 'c' || customer,
                    (array['completed', 'completed', 'completed', 'processing', 'completed', 'refunded', 'cancelled'])
                        [1 + floor(7 * power(pg_temp.chance(n, 2), 2))::integer],
                    'GBP', day, day, null, 'GB',
                    (array['London', 'South East', 'North West', 'Scotland', 'Yorkshire and the Humber',
                        'East of England', 'West Midlands', 'South West', 'Wales', 'East Midlands',
                        'North East', 'Northern Ireland'])[1 + area % 12],
                    (string_to_array(
                        'SW,M,LS,B,G,BS,N,E,SE,NE,EH,CF,S,L,NG,LE,NW,W,BN,CB,OX,RG,GU,EX,PL,YO,HU,BT,AB,IV,DD,KY,FK,'
                            || 'PA,KA,ML,TD,DG,CA,DL,SR,DH,TS,HG,BD,HX,WF,HD,OL,BL,WN,WA,CH,CW,ST,DE,LN,PE,NR,IP,CO,'
                            || 'SS,RM,IG,EN,WD,AL,HP,LU,MK,NN,CV,DY,WR,HR,GL,SN,BA,TA,DT,BH,SO,PO,RH,TN,ME,CT,WC,EC,ZE',
                        ','
                    ))[1 + area],
                    now(), 'r', 1, n
                from (
                    select n, customer, date '2023-11-01' + (n * 1096 / (? + 1))::integer as day,
                        -- Every twentieth order is sent to somebody else.
                        floor(90 * power(pg_temp.chance(case when n % 20 = 0 then n else customer end, 3), 2))::integer
                            as area
                    from (
                        select n, 1 + floor(? * power(pg_temp.chance(n, 1), 1.5))::bigint as customer
                        from generate_series(1, ?) as n
                    ) as customers
                ) as orders
                """,
                orders(), customers(), orders());
        warehouse.run(
                """
                insert into warehouse.fact_order_items (source, order_item_id, order_id, product_id, name, quantity,
                    unit_price_minor, net_minor, currency, version_at, run_id, part, source_row)
                select 'benchmark', order_id || '-' || line, order_id, 'p' || product, 'Product ' || product, quantity,
                    900 + product % 1400, quantity * (900 + product % 1400), 'GBP', now(), 'r', 1, n
                from (
                    select n, line, 'o' || lpad(n::text, 9, '0') as order_id,
                        1 + floor(? * power(pg_temp.chance(n * 4 + line, 4), 3))::integer as product,
                        1 + floor(3 * power(pg_temp.chance(n * 4 + line, 5), 3))::integer as quantity
                    from generate_series(1, ?) as n
                    cross join lateral generate_series(1, 1 + (n % 10 < 4)::integer + (n % 10 < 3)::integer) as line
                ) as lines
                """,
                PRODUCTS, orders());
        warehouse.run(
                """
                insert into warehouse.fact_refunds (source, refund_id, order_id, order_item_id, amount_minor, currency,
                    refunded_at, refunded_on, version_at, run_id, part, source_row)
                select source, 'r' || source_row, order_id, order_item_id, net_minor, 'GBP', now(),
                    least(date '2023-11-01' + (source_row * 1096 / (? + 1))::integer + 10, date '2026-10-31'),
                    now(), 'r', 1, source_row
                from warehouse.fact_order_items
                where source_row % 33 = 0 and order_item_id like '%-1'
                """,
                orders());
    }
}
