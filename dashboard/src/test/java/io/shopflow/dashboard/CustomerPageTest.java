package io.shopflow.dashboard;

import static io.restassured.RestAssured.given;
import static io.shopflow.dashboard.CustomerShop.NEWEST;
import static io.shopflow.dashboard.CustomerShop.buyers;
import static io.shopflow.dashboard.CustomerShop.generated;
import static io.shopflow.dashboard.CustomerShop.load;
import static io.shopflow.dashboard.CustomerShop.segment;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.shopflow.dashboard.CustomerShop.Buyer;
import io.shopflow.dashboard.CustomerShop.Order;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The page of a customer, held against counts in plain Java of the orders that were loaded. */
@QuarkusTest
@QuarkusTestResource(WarehouseServer.class)
class CustomerPageTest {
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("d MMM uuuu", Locale.UK);
    private static final DateTimeFormatter MONTH =
            DateTimeFormatter.ofPattern("MMM uuuu", Locale.UK);

    private static final String ORDERS = "Orders of the customer";
    private static final String BOUGHT = "Products that the customer bought most";
    private static final String STANDINGS = "Segment of the customer by month";

    private static String money(long minor) {
        return "£" + String.format(Locale.UK, "%,.2f", minor / 100.0);
    }

    private static String days(long days) {
        return days == 1 ? "1 day ago" : days + " days ago";
    }

    @Test
    void valueAndSegmentsAreThoseOfTheCustomersOrders() {
        List<Order> orders = generated();
        load(orders);
        List<Buyer> buyers = buyers(orders, "GBP");
        List<Buyer> looked =
                IntStream.range(0, buyers.size())
                        .filter(n -> n % 12 == 0)
                        .mapToObj(buyers::get)
                        .toList();
        assertThat(looked).hasSizeGreaterThan(10);
        for (Buyer buyer : looked) {
            Page page = Page.at("/customers/shop/" + buyer.id() + "?currency=GBP");
            assertThat(page.card("spent"))
                    .isEqualTo(BigDecimal.valueOf(buyer.spent(), 2).toPlainString());
            assertThat(page.card("aov"))
                    .isEqualTo(
                            BigDecimal.valueOf(buyer.spent(), 2)
                                    .divide(
                                            BigDecimal.valueOf(buyer.orders().size()),
                                            2,
                                            RoundingMode.HALF_UP)
                                    .toPlainString());
            assertThat(page.card("last")).isEqualTo(String.valueOf(buyer.daysSince()));
            assertThat(page.cardText("last"))
                    .contains(
                            buyer.daysSince() > 90
                                    ? "has left"
                                    : buyer.daysSince() >= 60 ? "newly at risk" : "active");
            assertThat(page.text()).contains("Customer since " + DAY.format(buyer.since()));
            List<String> standings = standings(buyer, orders, buyers);
            assertThat(page.table(STANDINGS)).isEqualTo(standings);
            assertThat(page.card("segment")).isEqualTo(standings.getFirst().split(" \\| ")[1]);
        }
    }

    /**
     * Of the newest 24 months, by what the customer had until then among the customers of today.
     */
    private static List<String> standings(Buyer buyer, List<Order> orders, List<Buyer> buyers) {
        List<String> rows = new ArrayList<>();
        YearMonth newest = YearMonth.from(NEWEST);
        YearMonth first =
                YearMonth.from(
                        buyer.orders().stream()
                                .map(Order::day)
                                .min(Comparator.naturalOrder())
                                .orElseThrow());
        for (YearMonth month = newest;
                !month.isBefore(first) && rows.size() < 24;
                month = month.minusMonths(1)) {
            LocalDate until = month.equals(newest) ? NEWEST : month.atEndOfMonth();
            LocalDate last =
                    orders.stream()
                            .filter(order -> buyer.id().equals(order.customer()))
                            .map(Order::day)
                            .filter(day -> !day.isAfter(until))
                            .max(Comparator.naturalOrder())
                            .orElseThrow();
            List<Order> own = buyer.orders().stream().filter(o -> !o.day().isAfter(until)).toList();
            long days = ChronoUnit.DAYS.between(last, until);
            long spent = own.stream().mapToLong(Order::net).sum();
            int recency = score(buyers, other -> other.daysSince() > days);
            int frequency = score(buyers, other -> other.orders().size() < own.size());
            int monetary = score(buyers, other -> other.spent() < spent);
            rows.add(
                    "%s%s | %s | %d · %d · %d | %s | %d | %s"
                            .formatted(
                                    MONTH.format(month),
                                    month.equals(newest) ? " to 20 only" : "",
                                    segment(recency, (frequency + monetary + 1) / 2),
                                    recency,
                                    frequency,
                                    monetary,
                                    days(days),
                                    own.size(),
                                    money(spent)));
        }
        return rows;
    }

    private static int score(List<Buyer> buyers, Predicate<Buyer> worse) {
        return (int) Math.min(5, 1 + 5 * buyers.stream().filter(worse).count() / buyers.size());
    }

    @Test
    void ordersAreListedNewestFirstInPages() {
        List<Order> orders = new ArrayList<>();
        for (int n = 0; n < 60; n++) {
            orders.add(new Order("shop", "often", NEWEST.minusDays(3L * n), "GBP", 1000 + n));
        }
        orders.add(new Order("shop", "other", NEWEST, "GBP", 7));
        load(orders);
        String address = "/customers/shop/often?from=2026-06-01&to=2026-10-20";
        List<String> expected =
                IntStream.range(0, 60)
                        .filter(n -> !orders.get(n).day().isBefore(LocalDate.of(2026, 6, 1)))
                        .mapToObj(
                                n ->
                                        "o%d | %s | completed | 1 | %s | £0.00 | £0.00 | %s"
                                                .formatted(
                                                        n + 1,
                                                        DAY.format(orders.get(n).day()),
                                                        money(1000 + n),
                                                        money(1000 + n)))
                        .toList();
        assertThat(expected).hasSize(48);
        long net = IntStream.range(0, 48).mapToLong(n -> 1000 + n).sum();

        Page first = Page.at(address);
        assertThat(first.table(ORDERS)).hasSize(26).startsWith(expected.get(0), expected.get(1));
        assertThat(first.table(ORDERS).subList(0, 25)).isEqualTo(expected.subList(0, 25));
        assertThat(first.table(ORDERS).getLast())
                .isEqualTo(
                        "All of the range | | | | %s | £0.00 | £0.00 | %s"
                                .formatted(money(net), money(net)));
        assertThat(first.text()).contains("48 orders in this range", "1–25 of 48");
        assertThat(first.html()).doesNotContain("rel=\"prev\"");
        String next = link(first, "<a href=\"([^\"]*)\" rel=\"next\">");
        Page second = Page.at(next);
        assertThat(second.table(ORDERS).subList(0, 23)).isEqualTo(expected.subList(25, 48));
        assertThat(second.text()).contains("26–48 of 48");
        assertThat(second.html()).doesNotContain("rel=\"next\"");
        assertThat(Page.at(address + "&page=99").table(ORDERS)).isEqualTo(second.table(ORDERS));
        assertThat(Page.at(link(second, "<a href=\"([^\"]*)\" rel=\"prev\">")).table(ORDERS))
                .isEqualTo(first.table(ORDERS));
        assertThat(given().get(address + "&page=0").then().statusCode(400).extract().asString())
                .contains("<code>page</code>", "a whole number from 1");
    }

    private static String link(Page page, String pattern) {
        Matcher link = Pattern.compile(pattern).matcher(page.html());
        assertThat(link.find()).as(pattern).isTrue();
        return link.group(1).replace("&amp;", "&").replaceFirst("#.*", "");
    }

    @Test
    void unitsRefundsAndProductsAreThoseOfTheRange() {
        Warehouse warehouse = Warehouse.empty().smallShop();
        warehouse.order("shop", "7", "2026-03-11", "completed", "c4", "GBP", "GB", "London");
        warehouse.line("shop", "7", null, 4, 100, 0, "GBP");
        Page page = Page.at("/customers/shop/c1?range=all");
        assertThat(page.table(ORDERS))
                .containsExactly(
                        "1 | 10 Mar 2026 | completed | 3 | £25.00 | £1.00 | £0.00 | £24.00",
                        "3 | 5 Feb 2026 | completed | 3 | £15.00 | £0.00 | £5.00 | £10.00",
                        "All of the range | | | | £40.00 | £1.00 | £5.00 | £34.00");
        assertThat(page.table(BOUGHT))
                .containsExactly(
                        "Linen towel | 4 | 2 | £14.00",
                        "Oak &lt;b&gt;tray&lt;/b&gt; &amp; &quot;lid&quot; | 2 | 1 | £20.00");
        Page march = Page.at("/customers/shop/c1?from=2026-03-01&to=2026-03-31");
        assertThat(march.table(ORDERS)).hasSize(2);
        assertThat(march.table(BOUGHT).getFirst()).contains("| 2 | 1 | £20.00");
        // The value is of all time.
        assertThat(march.card("spent")).isEqualTo("34.00");
        assertThat(march.card("aov")).isEqualTo("17.00");
        Page refunded = Page.at("/customers/shop/c4?range=all");
        assertThat(refunded.table(ORDERS))
                .contains(
                        "5 | 20 Mar 2026 | refunded | 1 1 returned | £10.00 | £0.00 | £10.00 | £0.00");
        assertThat(refunded.table(BOUGHT))
                .hasSize(2)
                .first()
                .asString()
                .endsWith("| 4 | 1 | £4.00");
    }

    @Test
    void cancelledOrdersCountForNothing() {
        Warehouse warehouse = Warehouse.empty().smallShop();
        warehouse.run(
                """
                insert into warehouse.dim_customers (source, customer_id, valid_from, valid_to, version_at, run_id,
                    part, source_row, last_version_at, last_run_id, last_part, last_source_row)
                values ('shop', 'c3', '-infinity', 'infinity', now(), 'r', 1, 1, now(), 'r', 1, 1)
                """);
        Page page = Page.at("/customers/shop/c3?range=all");
        assertThat(page.text()).contains("No order in GBP", "counts as a sale");
        assertThat(page.table(ORDERS)).isEmpty();
        assertThat(page.table(STANDINGS)).isEmpty();
    }

    @Test
    void aRangeWithoutOrdersLeavesTheValueAndLeadsToAllTime() {
        Warehouse.empty().smallShop();
        Page page = Page.at("/customers/shop/c5?range=30d");
        assertThat(page.text())
                .contains("No order from 2 Mar 2026 to 31 Mar 2026", "No order of this range has");
        assertThat(page.card("spent")).isEqualTo("5.00");
        String all = link(page, "<a href=\"([^\"]*range=all[^\"]*)\">Show all time</a>");
        assertThat(Page.at(all).table(ORDERS)).hasSize(2);
    }

    @Test
    void ordersInOtherCurrenciesAreApart() {
        load(
                List.of(
                        new Order("shop", "both", NEWEST.minusDays(100), "GBP", 900),
                        new Order("shop", "both", NEWEST.minusDays(20), "EUR", 700),
                        new Order("shop", "euro", NEWEST.minusDays(5), "EUR", 700),
                        new Order("shop", "pound", NEWEST, "GBP", 700)));
        Page page = Page.at("/customers/shop/both?range=all&currency=GBP");
        assertThat(page.card("spent")).isEqualTo("9.00");
        assertThat(page.card("last")).isEqualTo("20");
        assertThat(page.cardText("last")).contains("active · last order in GBP on 12 Jul 2026");
        assertThat(page.table(ORDERS)).hasSize(2);
        Page other = Page.at(link(page, "<a href=\"([^\"]*currency=EUR[^\"]*)\">EUR</a>"));
        assertThat(other.card("spent")).isEqualTo("7.00");
        Page none = Page.at("/customers/shop/euro?range=all&currency=GBP");
        assertThat(none.text()).contains("No order in GBP", "orders in other currencies too: EUR");
    }

    @Test
    void customersAreLinkedWithTheFilter() {
        Warehouse.empty().smallShop().brazilianShop();
        String filter = "?from=2026-03-01&to=2026-03-31&category=Bath";
        Page list = Page.at("/customers" + filter);
        String address = link(list, "href=\"(/customers/shop/c1[^\"]*)\"");
        assertThat(address).isEqualTo("/customers/shop/c1" + filter);
        Page page = Page.at(address);
        assertThat(page.card("spent")).isEqualTo("34.00");
        assertThat(page.html())
                .contains(
                        "<a href=\"/customers?from=2026-03-01&amp;to=2026-03-31&amp;category=Bath\">",
                        "href=\"/products/shop/b?from=2026-03-01&amp;to=2026-03-31&amp;category=Bath\"",
                        "<input type=\"hidden\" name=\"category\" value=\"Bath\">")
                .doesNotContain("name=\"source\"");
        assertThat(list.html().split("href=\"/customers/shop/", -1).length).isGreaterThan(4);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/customers/shop/nobody",
                "/customers/nowhere/c1",
                "/customers/shop/%00",
                "/customers/%00/c1",
                "/customers/shop/c1/orders",
                "/customers/shop/%27%20or%201=1",
                "/customers/shop/nobody?from=x",
            })
    void anUnknownCustomerIsNotFound(String path) {
        Warehouse.empty().smallShop();
        String page =
                given().urlEncodingEnabled(false)
                        .get(path)
                        .then()
                        .statusCode(404)
                        .extract()
                        .asString();
        assertThat(page).contains("There is no page at this address");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a/b",
                "..",
                "~",
                "a b+c",
                "100%",
                "%2F",
                "é𝄞",
                "a?b#c",
                "<script>x</script>",
                "\\",
                "'\"",
                "{id}",
                "\t\n"
            })
    void customersOfAnyIdHaveAPage(String id) {
        load(List.of(new Order("shop", id, NEWEST, "GBP", 900)));
        String address = link(Page.at("/customers"), "href=\"(/customers/shop/[^\"]*)\"");
        Page page = Page.at(address);
        assertThat(page.card("spent")).isEqualTo("9.00");
        assertThat(page.html()).doesNotContain("<script>x");
        assertThat(Page.at(link(page, "href=\"([^\"]*range=30d[^\"]*)\"")).card("spent"))
                .isEqualTo("9.00");
    }

    @Test
    void anUnchangedPageIsNotSentAgain() {
        Warehouse.empty().smallShop();
        Response page = given().get("/customers/shop/c1");
        given().header("If-None-Match", page.header("ETag"))
                .get("/customers/shop/c1")
                .then()
                .statusCode(304);
    }

    @Test
    void whoReadsAboutACustomerIsLogged() {
        Warehouse.empty().smallShop();
        LoggedLines log = LoggedLines.of("io.shopflow.dashboard.customers.CustomerReads");
        Page.at("/customers/shop/c1?range=30d");
        given().get("/customers/shop/nobody").then().statusCode(404);
        assertThat(log.lines())
                .containsExactly("customer_read reader=local customer=/customers/shop/c1");
    }
}
