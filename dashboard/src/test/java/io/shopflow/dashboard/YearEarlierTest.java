package io.shopflow.dashboard;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.MonthDay;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Ranges compared with the same days a year earlier, held against sums in plain Java of the rows
 * that were loaded.
 */
@QuarkusTest
@QuarkusTestResource(WarehouseServer.class)
class YearEarlierTest {
    private static final LocalDate OLDEST = LocalDate.of(2023, 2, 1);
    private static final LocalDate NEWEST = LocalDate.of(2025, 4, 10);
    private static final LocalDate LEAP_DAY = LocalDate.of(2024, 2, 29);
    private static final List<String> REGIONS = List.of("Wales", "London", "Scotland");
    private static final List<String> AREAS = List.of("CF", "SW", "EH");

    private static final int NO_LINE = -1;

    /** The only order of a day, of at most one line. */
    private record Sale(LocalDate day, String customer, int category, int region, long net) {}

    private static List<Sale> generated() {
        Random random = new Random(11);
        Warehouse warehouse = Warehouse.empty();
        for (int n = 0; n < 6; n++) {
            warehouse.product("shop", "p" + n, "Product " + n, "Category " + n % 3, null);
        }
        List<Sale> sales = new ArrayList<>();
        OLDEST.datesUntil(NEWEST.plusDays(1))
                .forEach(
                        day -> {
                            int product = random.nextInt(6);
                            int region = random.nextInt(3);
                            long price = 100 + random.nextInt(9_000);
                            String customer = "c" + random.nextInt(60);
                            String id = "o" + day;
                            warehouse.order(
                                    "shop",
                                    id,
                                    day.toString(),
                                    "completed",
                                    customer,
                                    "GBP",
                                    "GB",
                                    REGIONS.get(region),
                                    AREAS.get(region));
                            if (random.nextInt(5) == 0) {
                                sales.add(new Sale(day, customer, NO_LINE, region, 0));
                                return;
                            }
                            warehouse.line("shop", id, "p" + product, 1, price, 0, "GBP");
                            sales.add(new Sale(day, customer, product % 3, region, price));
                        });
        warehouse.ran("shop", Warehouse.RUN, "complete", Instant.now());
        return sales;
    }

    /** Whether a day of the year before is compared with a day of the range. */
    private static boolean isComparedWith(LocalDate earlier, LocalDate day, LocalDate from) {
        if (earlier.getYear() != day.getYear() - 1) {
            return false;
        }
        MonthDay date = MonthDay.from(day);
        MonthDay other = MonthDay.from(earlier);
        MonthDay end = MonthDay.of(2, 28);
        return date.equals(other)
                || earlier.equals(LEAP_DAY) && date.equals(end)
                || day.equals(LEAP_DAY) && day.equals(from) && other.equals(end);
    }

    private static List<Sale> before(
            List<Sale> sales, LocalDate from, LocalDate to, LocalDate start) {
        List<LocalDate> days = from.datesUntil(to.plusDays(1)).toList();
        return sales.stream()
                .filter(
                        sale ->
                                days.stream()
                                        .anyMatch(day -> isComparedWith(sale.day(), day, start)))
                .toList();
    }

    private static long net(Stream<Sale> sales) {
        return sales.mapToLong(Sale::net).sum();
    }

    private static long customers(List<Sale> sales) {
        return sales.stream().map(Sale::customer).distinct().count();
    }

    private static JsonPath json(String address) {
        return given().urlEncodingEnabled(false)
                .get(address)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    /**
     * Leap days in either year and at either end, a whole year, and a range that ends after the
     * data.
     */
    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "2025-03-01, 2025-03-31, day, -",
                "2025-02-20, 2025-02-28, day, -",
                "2025-02-20, 2025-03-10, day, Category 1",
                "2024-02-20, 2024-02-28, day, -",
                "2024-02-20, 2024-02-29, day, -",
                "2024-02-20, 2024-03-10, day, -",
                "2024-02-29, 2024-03-10, day, -",
                "2024-02-29, 2024-02-29, day, -",
                "2024-02-01, 2024-05-20, week, Category 0",
                "2024-02-01, 2024-05-20, month, -",
                "2025-02-01, 2025-02-28, month, -",
                "2024-04-11, 2025-04-10, month, -",
                "2025-03-20, 2025-05-31, day, -",
            })
    void aRangeIsComparedWithTheSameDaysAYearEarlier(
            LocalDate from, LocalDate to, String by, @Nullable String category) {
        List<Sale> all = generated();
        List<Sale> sales =
                all.stream()
                        .filter(sale -> category == null || category.endsWith("" + sale.category()))
                        .toList();
        LocalDate last = to.isAfter(NEWEST) ? NEWEST : to;
        List<Sale> before = before(sales, from, last, from);
        String query =
                "?from=%s&to=%s&by=%s&compare=year".formatted(from, to, by)
                        + (category == null ? "" : "&category=" + category.replace(" ", "%20"));
        JsonPath json = json("/api/v1/overview" + query);
        assertThat(json.getLong("figures.previous.netMinor")).isEqualTo(net(before.stream()));
        assertThat(json.getLong("figures.previous.orders")).isEqualTo(before.size());
        assertThat(json.getLong("figures.previous.customers")).isEqualTo(customers(before));
        List<Sale> ofLines = before.stream().filter(sale -> sale.category() != NO_LINE).toList();
        BigDecimal average =
                BigDecimal.valueOf(net(ofLines.stream()))
                        .divide(BigDecimal.valueOf(customers(ofLines)), RoundingMode.HALF_UP);
        assertThat(json.getLong("figures.previous.averageSpendMinor"))
                .isEqualTo(average.longValueExact());
        List<Sale> whole = before(all, from, last, from);
        assertThat(json.getString("figures.previous.from"))
                .isEqualTo(whole.getFirst().day().toString());
        assertThat(json.getString("figures.previous.to"))
                .isEqualTo(whole.getLast().day().toString());

        Set<LocalDate> compared = new HashSet<>();
        for (Map<String, Object> period :
                json.<Map<String, Object>>getList("figures.overTime.periods")) {
            LocalDate first = LocalDate.parse(period.get("from").toString());
            LocalDate end = LocalDate.parse(period.get("to").toString());
            List<Sale> own = before(all, first, end.isAfter(last) ? last : end, from);
            Map<?, ?> shown = (Map<?, ?>) period.get("before");
            if (own.isEmpty()) {
                assertThat(shown).as(first + " to " + end).isNull();
                continue;
            }
            own.forEach(sale -> assertThat(compared.add(sale.day())).isTrue());
            assertThat(shown).as(first + " to " + end).isNotNull();
            assertThat(String.valueOf(shown.get("from")))
                    .isEqualTo(own.getFirst().day().toString());
            assertThat(String.valueOf(shown.get("to"))).isEqualTo(own.getLast().day().toString());
            assertThat(((Number) shown.get("netMinor")).longValue())
                    .isEqualTo(net(own.stream().filter(sales::contains)));
        }
        assertThat(compared).hasSize(whole.size());

        List<Sale> now =
                sales.stream()
                        .filter(sale -> !sale.day().isBefore(from) && !sale.day().isAfter(to))
                        .toList();
        for (int number = 0; number < 3; number++) {
            int region = number;
            assertChange(
                    json,
                    "regions",
                    REGIONS.get(number),
                    net(before.stream().filter(sale -> sale.region() == region)),
                    net(now.stream().filter(sale -> sale.region() == region)));
            assertChange(
                    json,
                    "categories",
                    "Category " + number,
                    net(before.stream().filter(sale -> sale.category() == region)),
                    net(now.stream().filter(sale -> sale.category() == region)));
        }
        assertThat(json("/api/v1/customers" + query).getLong("figures.spending.previousCustomers"))
                .isEqualTo(customers(whole));
    }

    /** What was sold in neither is not listed. */
    private static void assertChange(
            JsonPath json, String kind, String name, long before, long now) {
        List<Map<String, Object>> listed =
                json.<Map<String, Object>>getList("figures.changes." + kind + ".top").stream()
                        .filter(one -> name.equals(one.get("name")))
                        .toList();
        if (before == 0 && now == 0) {
            assertThat(listed).isEmpty();
            return;
        }
        assertThat(listed).hasSize(1);
        Map<?, ?> net = (Map<?, ?>) listed.getFirst().get("net");
        assertThat(((Number) net.get("beforeMinor")).longValue()).as(name).isEqualTo(before);
        assertThat(((Number) net.get("nowMinor")).longValue()).as(name).isEqualTo(now);
    }

    @Test
    void thePagesNameTheDaysAndKeepTheChoice() {
        generated();
        Page page = Page.at("/?from=2025-03-01&to=2025-03-31&compare=year");
        assertThat(page.text())
                .contains(
                        "compared with the same days a year earlier",
                        "the same days a year earlier: 1 Mar – 31 Mar 2024")
                .doesNotContain("31 days before");
        assertThat(page.html())
                .contains(
                        "<option value=\"year\" selected>",
                        "href=\"/products?from=2025-03-01&amp;to=2025-03-31&amp;compare=year\"",
                        "href=\"/?range=90d&amp;compare=year\"");
        assertThat(Page.at("/products?range=90d&compare=year").html())
                .contains("<input type=\"hidden\" name=\"compare\" value=\"year\">");
        assertThat(
                        Page.at(
                                        "/geography?from=2025-03-01&to=2025-03-31&metric=growth&compare=year")
                                .text())
                .contains("Change of net sales from the same days a year earlier.");
        assertThat(Page.at("/customers?from=2025-03-01&to=2025-03-31&compare=year").text())
                .contains("compared with the same days a year earlier");
        assertThat(Page.at("/?from=2025-03-01&to=2025-03-31").html())
                .doesNotContain("compare=year");
    }

    @Test
    void aRangeOfMoreThanAYearIsComparedWithNothing() {
        generated();
        assertThat(
                        json("/api/v1/overview?from=2024-04-10&to=2025-04-10&compare=year")
                                .<Object>get("figures.previous"))
                .isNull();
        assertThat(Page.at("/?from=2024-04-10&to=2025-04-10&compare=year").text())
                .contains("choose a range that begins later and is not longer than a year");
    }

    @Test
    void anotherComparisonIsRejected() {
        generated();
        given().get("/?compare=decade").then().statusCode(400);
        assertThat(given().get("/api/v1/overview?compare=decade").asString())
                .contains("compare", "before or year");
    }
}
