package io.shopflow.dashboard;

import static io.restassured.RestAssured.given;
import static io.shopflow.dashboard.CustomerShop.NEWEST;
import static io.shopflow.dashboard.CustomerShop.buyers;
import static io.shopflow.dashboard.CustomerShop.generated;
import static io.shopflow.dashboard.CustomerShop.load;
import static io.shopflow.dashboard.CustomerShop.score;
import static io.shopflow.dashboard.CustomerShop.segment;
import static java.util.Comparator.comparing;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
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
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The figures of customers, held against counts in plain Java of the orders that were loaded. */
@QuarkusTest
@QuarkusTestResource(WarehouseServer.class)
class CustomersPageTest {
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("d MMM uuuu", Locale.UK);
    private static final DateTimeFormatter MONTH =
            DateTimeFormatter.ofPattern("MMM uuuu", Locale.UK);

    private static String money(long minor) {
        return "£" + String.format(Locale.UK, "%,.2f", minor / 100.0);
    }

    private static String percent(long part, long whole) {
        return whole == 0
                ? "–"
                : BigDecimal.valueOf(part * 100)
                                .divide(BigDecimal.valueOf(whole), 4, RoundingMode.HALF_UP)
                                .setScale(1, RoundingMode.HALF_UP)
                        + "%";
    }

    private static YearMonth month(LocalDate day) {
        return YearMonth.from(day);
    }

    @Test
    void segmentsAreFifthsOfTheCustomersByRecencyFrequencyAndValue() {
        List<Order> orders = generated();
        load(orders);
        List<Buyer> buyers = buyers(orders, "GBP");
        Map<String, long[]> expected = new TreeMap<>();
        for (Buyer buyer : buyers) {
            int recency = score(buyers, buyer, b -> -b.daysSince());
            int worth =
                    (score(buyers, buyer, b -> b.orders().size())
                                    + score(buyers, buyer, Buyer::spent)
                                    + 1)
                            / 2;
            long[] sums = expected.computeIfAbsent(segment(recency, worth), none -> new long[2]);
            sums[0]++;
            sums[1] += buyer.spent();
        }
        long spent = buyers.stream().mapToLong(Buyer::spent).sum();

        List<String> rows = Page.at("/customers?currency=GBP").table("Customers by segment");
        assertThat(rows).hasSameSizeAs(expected.keySet());
        expected.forEach(
                (segment, sums) ->
                        assertThat(rows)
                                .anyMatch(
                                        row ->
                                                row.startsWith(segment + " ")
                                                        && row.endsWith(
                                                                " | %d | %s | %s | %s"
                                                                        .formatted(
                                                                                sums[0],
                                                                                percent(
                                                                                        sums[0],
                                                                                        buyers
                                                                                                .size()),
                                                                                money(sums[1]),
                                                                                percent(
                                                                                        sums[1],
                                                                                        spent)))));
    }

    @Test
    void cohortsShowWhoOrderedAgainInEachMonth() {
        List<Order> orders = generated();
        load(orders);
        List<Buyer> buyers = buyers(orders, "GBP");
        assertThat(Page.at("/customers?currency=GBP").table(cohortCaption()))
                .isEqualTo(cohorts(buyers, 12));
        assertThat(Page.at("/customers?currency=GBP&cohorts=24").table(cohortCaption()))
                .isEqualTo(cohorts(buyers, 24));
    }

    private static String cohortCaption() {
        return "Share of each cohort that ordered again, by months since the first order";
    }

    private static List<String> cohorts(List<Buyer> buyers, int count) {
        YearMonth newest = month(NEWEST);
        Map<YearMonth, List<Buyer>> byMonth =
                buyers.stream().collect(Collectors.groupingBy(buyer -> month(buyer.since())));
        List<YearMonth> shown =
                byMonth.keySet().stream()
                        .filter(month -> month.isAfter(newest.minusMonths(count)))
                        .sorted(Comparator.reverseOrder())
                        .toList();
        long longest = shown.getLast().until(newest, ChronoUnit.MONTHS);
        return shown.stream()
                .map(
                        cohort -> {
                            List<Buyer> members = byMonth.get(cohort);
                            StringBuilder row = new StringBuilder(MONTH.format(cohort));
                            row.append(" | ").append(members.size());
                            for (int since = 1; since <= longest; since++) {
                                YearMonth at = cohort.plusMonths(since);
                                row.append(" | ");
                                if (!at.isAfter(newest)) {
                                    row.append(percent(activeIn(members, at), members.size()))
                                            .append(at.equals(newest) ? " so far" : "");
                                }
                            }
                            return row.toString().replace("  ", " ").replace("  ", " ").strip();
                        })
                .toList();
    }

    private static long activeIn(List<Buyer> buyers, YearMonth month) {
        return buyers.stream()
                .filter(b -> b.orders().stream().anyMatch(o -> month(o.day()).equals(month)))
                .count();
    }

    @Test
    void newAndReturningCustomersAddUpToTheSalesOfTheMonth() {
        List<Order> orders = generated();
        load(orders);
        Map<String, Buyer> buyers =
                buyers(orders, "GBP").stream()
                        .collect(Collectors.toMap(Buyer::id, Function.identity()));
        List<String> expected = new ArrayList<>();
        for (YearMonth at = YearMonth.of(2026, 5);
                !at.isAfter(month(NEWEST));
                at = at.plusMonths(1)) {
            YearMonth here = at;
            List<Order> sold =
                    orders.stream()
                            .filter(o -> o.currency().equals("GBP") && month(o.day()).equals(here))
                            .toList();
            List<Order> known = sold.stream().filter(o -> o.customer() != null).toList();
            List<Order> fresh =
                    known.stream()
                            .filter(o -> month(buyers.get(o.customer()).since()).equals(here))
                            .toList();
            List<Order> again = known.stream().filter(o -> !fresh.contains(o)).toList();
            expected.add(
                    Stream.of(
                                    MONTH.format(at)
                                            + (at.equals(month(NEWEST)) ? " to 20 only" : ""),
                                    customers(fresh),
                                    money(net(fresh)),
                                    customers(again),
                                    money(net(again)),
                                    percent(net(again), net(known)),
                                    money(net(sold) - net(known)))
                            .map(String::valueOf)
                            .collect(Collectors.joining(" | ")));
        }
        // Months are whole, although the range begins within one.
        assertThat(
                        Page.at("/customers?currency=GBP&from=2026-05-17")
                                .table("New and returning customers by month"))
                .isEqualTo(expected);
    }

    private static long customers(List<Order> orders) {
        return orders.stream().map(Order::customer).distinct().count();
    }

    private static long net(List<Order> orders) {
        return orders.stream().mapToLong(Order::net).sum();
    }

    @Test
    void listsHaveTheCustomersWhoSpentMost() {
        List<Order> orders = generated();
        load(orders);
        List<Buyer> buyers = buyers(orders, "GBP");
        Page page = Page.at("/customers?currency=GBP&range=30d");
        List<Buyer> risk =
                buyers.stream().filter(b -> b.daysSince() >= 60 && b.daysSince() <= 90).toList();
        List<Buyer> churned = buyers.stream().filter(b -> b.daysSince() > 90).toList();
        assertThat(risk).isNotEmpty();
        assertThat(churned).hasSizeGreaterThan(20);
        assertThat(page.table("Customers newly at risk")).isEqualTo(list(risk, false));
        assertThat(page.table("Customers who left")).isEqualTo(list(churned, false));
        assertThat(page.table("Top customers")).isEqualTo(list(buyers, true));
        assertThat(page.card("leaving")).isEqualTo(String.valueOf(churned.size()));
        assertThat(page.cardText("leaving"))
                .contains(
                        percent(churned.size(), buyers.size()),
                        risk.size() + " newly at risk",
                        "60 to 90 days ago");
    }

    private static List<String> list(List<Buyer> buyers, boolean since) {
        return buyers.stream()
                .sorted(comparing(Buyer::spent).reversed().thenComparing(Buyer::id))
                .limit(20)
                .map(
                        b ->
                                "%s | %d | %s | %s%s %s ago"
                                        .formatted(
                                                b.id(),
                                                b.orders().size(),
                                                money(b.spent()),
                                                since ? DAY.format(b.since()) + " | " : "",
                                                DAY.format(b.last()),
                                                b.daysSince() == 1
                                                        ? "1 day"
                                                        : b.daysSince() + " days"))
                .toList();
    }

    @Test
    void cardsAreThoseOfTheOverviewWhateverTheCategory() {
        Warehouse.empty().smallShop();
        String march = "?from=2026-03-01&to=2026-03-31";
        Page page = Page.at("/customers" + march + "&category=Bath");
        assertThat(page.card("customers")).isEqualTo("3");
        assertThat(page.card("spend")).isEqualTo("11.33");
        assertThat(page.card("returning")).isEqualTo("1");
        assertThat(page.cardText("returning")).contains("33.3%", "1 of 3 customers");
        assertThat(page.cardText("customers")).contains("+200.0% compared with the 31 days before");
        assertThat(page.card("leaving")).isEqualTo("1");
        Page overview = Page.at("/" + march);
        assertThat(overview.card("customers")).isEqualTo(page.card("customers"));
        assertThat(overview.card("spend")).isEqualTo(page.card("spend"));
        // The category is kept for the pages that filter by it.
        assertThat(page.html())
                .contains(
                        "href=\"/?from=2026-03-01&amp;to=2026-03-31&amp;category=Bath\"",
                        "<input type=\"hidden\" name=\"category\" value=\"Bath\">");
        assertThat(page.text()).doesNotContain("Bath · ");
    }

    @Test
    void whoOrdersInAnotherCurrencyHasNotLeft() {
        List<Order> orders =
                List.of(
                        new Order("shop", "stays", NEWEST.minusDays(200), "GBP", 900),
                        new Order("shop", "stays", NEWEST.minusDays(3), "EUR", 100),
                        new Order("shop", "left", NEWEST.minusDays(200), "GBP", 700),
                        new Order("shop", "soon", NEWEST.minusDays(60), "GBP", 600),
                        new Order("shop", "last", NEWEST.minusDays(90), "GBP", 500),
                        new Order("shop", "here", NEWEST, "GBP", 400));
        load(orders);
        Page page = Page.at("/customers?currency=GBP");
        assertThat(page.table("Customers who left")).hasSize(1).first().asString().contains("left");
        assertThat(page.table("Customers newly at risk"))
                .extracting(row -> row.substring(0, 4))
                .containsExactly("soon", "last");
    }

    @Test
    void customersOfSourcesAreListedTogetherUnderTheirSources() {
        load(
                List.of(
                        new Order("shop", "a", NEWEST, "GBP", 900),
                        new Order("till", "a", NEWEST.minusDays(40), "GBP", 1900),
                        new Order("till", "b", NEWEST.minusDays(130), "GBP", 100)));
        Page page = Page.at("/customers");
        assertThat(page.table("Top customers"))
                .extracting(row -> row.substring(0, 6))
                .containsExactly("a till", "a shop", "b till");
        // The till's newest day is 40 days before the shop's.
        assertThat(page.table("Top customers").getLast()).endsWith("90 days ago");
        assertThat(page.table("Customers newly at risk")).hasSize(1);
        assertThat(page.table("Customers who left")).isEmpty();
    }

    @Test
    void aShopWithoutKnownCustomersShowsAMessage() {
        load(List.of(new Order("shop", null, NEWEST, "GBP", 900)));
        assertThat(Page.at("/customers").text()).contains("No known customer");
        Warehouse.empty();
        assertThat(Page.at("/customers").text()).contains("No sales yet");
    }

    @Test
    void aRangeWithoutOrdersLeavesTheFiguresOfAllTime() {
        load(List.of(new Order("shop", "a", NEWEST, "GBP", 900)));
        Page page = Page.at("/customers?from=2027-01-01");
        assertThat(page.card("customers")).isEqualTo("0");
        assertThat(page.cardText("spend")).contains("–");
        assertThat(page.text())
                .contains(
                        "No orders of known customers in this range",
                        "this needs orders of at least two months");
        assertThat(page.table("Top customers")).hasSize(1);
    }

    @Test
    void anInvalidNumberOfCohortsIsReported() {
        load(List.of(new Order("shop", "a", NEWEST, "GBP", 900)));
        String answer =
                given().get("/customers?cohorts=13").then().statusCode(400).extract().asString();
        assertThat(answer).contains("13", "12 or 24");
    }

    @Test
    void noticesAreThoseOfTheOverview() {
        Warehouse.empty()
                .smallShop()
                .found(Warehouse.RUN, "other_currency", "refunds", "rows.", false);
        assertThat(Page.at("/customers").text())
                .contains("These figures are in doubt.", "last complete run");
    }
}
