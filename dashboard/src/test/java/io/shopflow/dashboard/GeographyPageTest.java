package io.shopflow.dashboard;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.shopflow.dashboard.MapOfOrders.Line;
import io.shopflow.dashboard.MapOfOrders.Order;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The figures of the page, held against those of the rows that were loaded, in plain Java. */
@QuarkusTest
@QuarkusTestResource(WarehouseServer.class)
class GeographyPageTest {
    private static final String AREAS = "Sales by postcode area";
    private static final String MARCH = "/geography?from=2026-03-01&to=2026-03-31";

    private static final MapOfOrders.Kind UK =
            new MapOfOrders.Kind(
                    order ->
                            !List.of("GB", "JE").contains(String.valueOf(order.country()))
                                    ? null
                                    : order.area() == null || order.area().equals("XX")
                                            ? MapOfOrders.UNKNOWN
                                            : order.area(),
                    GeographyPageTest::name,
                    "area",
                    "areas",
                    "orders without an area",
                    "Unknown postcode area",
                    "All UK orders");

    /** Orders of half a year, a few of them without customer, postcode, country or line. */
    private static List<Order> randomShop(long seed) {
        Random random = new Random(seed);
        Warehouse warehouse = Warehouse.empty();
        warehouse.product("shop", "a", "Tray", "Kitchen", 1L);
        warehouse.product("shop", "b", "Towel", "Bath", 1L);
        List<Order> sold = new ArrayList<>();
        String[] areas = {"LS", "LS", "LS", "SW", "SW", "M", "EC", "BF", "ZE", "XX", null};
        for (int n = 1; n <= 240; n++) {
            String id = "o" + n;
            LocalDate day = LocalDate.of(2026, 1, 1).plusDays(random.nextInt(180));
            String customer = random.nextInt(9) == 0 ? null : "c" + random.nextInt(60);
            String country = random.nextInt(8) == 0 ? any(random, "IE", "JE", null) : "GB";
            String area = any(random, areas);
            if ("JE".equals(country)) {
                area = "JE";
            }
            String region = any(random, "Yorkshire", "London", null);
            String status = any(random, "completed", "completed", "processing", "cancelled");
            warehouse.order(
                    "shop", id, day.toString(), status, customer, "GBP", country, region, area);
            List<Line> lines = new ArrayList<>();
            for (String product : new String[] {"a", "b"}) {
                if (random.nextInt(5) < 3) {
                    long price = 100 + random.nextInt(9000);
                    long refunded = random.nextInt(6) == 0 ? random.nextInt(100) : 0;
                    warehouse.line("shop", id, product, 1, price, 0, "GBP");
                    if (refunded > 0) {
                        warehouse.refund("shop", id, product, refunded, "GBP");
                    }
                    lines.add(new Line(product.equals("a") ? "Kitchen" : "Bath", price - refunded));
                }
            }
            if (!status.equals("cancelled")) {
                sold.add(new Order(id, day, customer, country, region, area, lines));
            }
        }
        warehouse.ran("shop", Warehouse.RUN, "complete", Instant.now());
        return sold;
    }

    private static String any(Random random, String... values) {
        return values[random.nextInt(values.length)];
    }

    @ParameterizedTest
    @CsvSource({
        "2026-03-01, 2026-04-30, , 1",
        "2026-02-11, 2026-05-07, , 2",
        "2026-03-05, 2026-03-28, , 3",
        "2026-02-01, 2026-06-30, Bath, 4",
        "2026-03-17, 2026-05-02, Kitchen, 5",
        "2025-01-01, 2026-12-31, , 6",
    })
    void eachAreaHasTheFiguresOfItsOrders(
            LocalDate from, LocalDate to, String category, long seed) {
        List<Order> sold = randomShop(seed);
        LocalDate oldest = sold.stream().map(Order::day).min(Comparator.naturalOrder()).get();
        long days = to.toEpochDay() - from.toEpochDay() + 1;
        boolean comparable = !from.minusDays(days).isBefore(oldest);
        List<Order> now = MapOfOrders.between(sold, from, to, category);
        List<Order> before =
                MapOfOrders.between(sold, from.minusDays(days), from.minusDays(1), category);
        Page page =
                Page.at(
                        "/geography?map=uk&from=%s&to=%s%s"
                                .formatted(
                                        from, to, category == null ? "" : "&category=" + category));
        assertThat(page.table(AREAS))
                .containsExactlyElementsOf(
                        new MapOfOrders(UK, now, category).rows(comparable ? before : null));
        String net = MapOfOrders.pounds(now.stream().mapToLong(order -> order.net(category)).sum());
        assertThat(page.table("Sales by country").getLast())
                .startsWith("All countries | | %d | %s |".formatted(now.size(), net));
        assertThat(page.table("Sales by region").getLast())
                .startsWith("All regions | | %d | %s |".formatted(now.size(), net));
    }

    private static String name(String area) {
        return area
                + " "
                + switch (area) {
                    case "LS" -> "Leeds";
                    case "SW" -> "South West London";
                    case "M" -> "Manchester";
                    case "EC" -> "East Central London";
                    case "ZE" -> "Shetland";
                    case "JE" -> "Jersey";
                    default -> "not on the map";
                };
    }

    /** Six customers in Leeds, four in Manchester, one without postcode, one in Ireland. */
    private static Warehouse northernShop() {
        Warehouse warehouse = Warehouse.empty();
        warehouse.product("shop", "a", "Tray", "Kitchen", 1L);
        for (int n = 1; n <= 12; n++) {
            String area = n <= 6 ? "LS" : n <= 10 ? "M" : n == 11 ? null : "D0";
            String country = n == 12 ? "IE" : "GB";
            String id = "o" + n;
            warehouse.order(
                    "shop",
                    id,
                    "2026-03-1" + n % 10,
                    "completed",
                    "c" + n,
                    "GBP",
                    country,
                    country.equals("IE") ? "Dublin" : "North",
                    area);
            warehouse.line("shop", id, "a", 1, 100 * n, 0, "GBP");
        }
        return warehouse.ran("shop", Warehouse.RUN, "complete", Instant.now());
    }

    @Test
    void areasWithFewCustomersAreHiddenButInTheSums() {
        northernShop();
        Page page = Page.at(MARCH);
        assertThat(page.table(AREAS))
                .containsExactly(
                        "LS Leeds | | £21.00 | 6 | 6 | £3.50 | –",
                        "1 area with fewer than 5 customers and orders without an area | | £45.00 | 5 | – | – | –",
                        "All UK orders | | £66.00 | 11 | – | – | –");
        assertThat(page.text())
                .contains(
                        "UK orders, with those to Man, Jersey and Guernsey, have £66.00 of £78.00")
                .contains(
                        "Not shown: 1 area with fewer than 5 customers and orders without an area, which have £45.00 net sales.")
                .contains("LS Leeds: £21.00 net sales, 6 orders, 6 customers, £3.50 per order")
                .contains("M Manchester: fewer than 5 customers, not shown")
                .contains("SW South West London: no orders");
        assertThat(page.html()).doesNotContain("area-M\"");
        assertThat(page.table("Sales by country"))
                .containsExactly(
                        "2 countries with the fewest customers | | 12 | £78.00 | 100.0%",
                        "All countries | | 12 | £78.00 | 100.0%");
        assertThat(page.table("Sales by region"))
                .containsExactly(
                        "2 other regions | | 12 | £78.00 | 100.0%",
                        "All regions | | 12 | £78.00 | 100.0%");
    }

    /** A sum of too few customers would reveal what is hidden, as would a difference of sums. */
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "LS 7, SW 6, M 2, B 1; LS 7; 3 areas with the fewest customers; 9",
                "LS 7, SW 6, M 2, B 3; LS 7, SW 6; 2 areas with fewer than 5 customers; 5",
                "LS 7, SW 6, - 2; LS 7; 1 area with the fewest customers and orders without an area; 8",
                "LS 7, M 4, - 6; - 6; 2 areas with the fewest customers; 11",
                "M 4, - 6; ; 1 area with fewer than 5 customers and orders without an area; 10",
                "M 2, - 1; ; 1 area with fewer than 5 customers and orders without an area not shown;",
                "M 2; ; 1 area with fewer than 5 customers not shown;",
            })
    void whatIsHiddenHasTheFiguresOfFiveCustomersOrNone(
            String customers, String shown, String hidden, Long orders) {
        Warehouse warehouse = Warehouse.empty().product("shop", "a", "Tray", "Kitchen", 1L);
        int sold = 0;
        for (String area : customers.split(", ")) {
            String[] parts = area.split(" ");
            for (int n = 0; n < Integer.parseInt(parts[1]); n++) {
                String id = "o" + ++sold;
                String letters = parts[0].equals("-") ? null : parts[0];
                warehouse.order(
                        "shop", id, "2026-03-10", "completed", id, "GBP", "GB", "North", letters);
                warehouse.line("shop", id, "a", 1, 100, 0, "GBP");
            }
        }
        warehouse.ran("shop", Warehouse.RUN, "complete", Instant.now());
        List<String> rows = Page.at(MARCH).table(AREAS);
        String last = rows.get(rows.size() - (shown != null && shown.contains("-") ? 3 : 2));
        assertThat(last)
                .isEqualTo(
                        hidden
                                + (orders == null
                                        ? " | | – | – | – | – | –"
                                        : " | | £%d.00 | %d | – | – | –"
                                                .formatted(orders, orders)));
        assertThat(rows).hasSize(2 + (shown == null ? 0 : shown.split(", ").length));
        assertThat(rows.getLast())
                .startsWith("All UK orders | | £%d.00 | %d".formatted(sold, sold));
        JsonPath json = given().get("/api/v1" + MARCH).jsonPath();
        assertThat(json.<Integer>get("figures.hiddenAreas.orders"))
                .isEqualTo(orders == null ? null : orders.intValue());
        assertThat(json.<Integer>get("figures.hiddenAreas.netMinor"))
                .isEqualTo(orders == null ? null : orders.intValue() * 100);
        assertThat(json.getBoolean("figures.hiddenAreas.withUnknownArea"))
                .isEqualTo(hidden.contains("without an area"));
        assertThat(json.<Object>get("figures.unknownArea") != null)
                .isEqualTo(shown != null && shown.contains("-"));
        assertThat(json.getInt("figures.allAreas.orders")).isEqualTo(sold);
    }

    /** Who ordered to two areas is one customer of their sum. */
    @Test
    void aCustomerOfTwoHiddenAreasCountsOnce() {
        Warehouse warehouse = Warehouse.empty().product("shop", "a", "Tray", "Kitchen", 1L);
        String[] areas = {"LS", "LS", "LS", "LS", "LS", "M", "M", "M", "B", "B"};
        for (int n = 0; n < areas.length; n++) {
            String customer = "c" + (n < 5 ? n : 5 + n % 3);
            warehouse.order(
                    "shop",
                    "o" + n,
                    "2026-03-10",
                    "completed",
                    customer,
                    "GBP",
                    "GB",
                    "N",
                    areas[n]);
            warehouse.line("shop", "o" + n, "a", 1, 100, 0, "GBP");
        }
        warehouse.ran("shop", Warehouse.RUN, "complete", Instant.now());
        assertThat(Page.at(MARCH).table(AREAS))
                .containsExactly(
                        "3 areas with the fewest customers | | £10.00 | 10 | – | – | –",
                        "All UK orders | | £10.00 | 10 | – | – | –");
        assertThat(Page.at(MARCH).text())
                .contains("M Manchester: fewer than 5 customers, not shown")
                .contains("LS Leeds: not shown, so that");
    }

    /** A shop that does not check its postcodes had areas that do not exist in its legend. */
    @Test
    void lettersOfNoPostcodeAreaAreUnknown() {
        Warehouse warehouse = Warehouse.empty().product("shop", "a", "Tray", "Kitchen", 1L);
        String[] areas = {"LS", "XX", "ZZ", "QQ", null, "XX", "BF", "BF", "BF", "BF", "BF"};
        for (int n = 0; n < 15; n++) {
            warehouse.order(
                    "shop",
                    "o" + n,
                    "2026-03-10",
                    "completed",
                    // The same customer without a postcode and with one of no area.
                    "c" + (n == 5 ? 4 : n),
                    "GBP",
                    "GB",
                    "North",
                    n < areas.length ? areas[n] : "LS");
            warehouse.line("shop", "o" + n, "a", 1, 100, 0, "GBP");
        }
        warehouse.order("shop", "z", "2026-03-10", "completed", "z", "GBP", "GB", "N", "ZZ");
        warehouse.line("shop", "z", "a", 1, 100, 0, "GBP");
        warehouse.ran("shop", Warehouse.RUN, "complete", Instant.now());
        Page page = Page.at(MARCH);
        assertThat(page.table(AREAS))
                .containsExactly(
                        "BF not on the map | | £5.00 | 5 | 5 | £1.00 | –",
                        "LS Leeds | | £5.00 | 5 | 5 | £1.00 | –",
                        "Unknown postcode area | | £6.00 | 6 | 5 | £1.00 | –",
                        "All UK orders | | £16.00 | 16 | – | – | –");
        assertThat(page.text())
                .contains("Orders without a valid postcode are in no area: 6 orders with £6.00");
        JsonPath json = given().get("/api/v1" + MARCH).jsonPath();
        assertThat(json.getList("figures.areas.area")).containsExactly("BF", "LS");
        assertThat(json.getInt("figures.unknownArea.customers")).isEqualTo(5);
        assertThat(json.getInt("figures.allAreas.areas")).isEqualTo(2);
    }

    @Test
    void bothDrawingsHaveAllAreasWithTheirFigures() {
        randomShop(1);
        for (String view : List.of("tiles", "map")) {
            String html = Page.at("/geography?range=all&metric=orders&view=" + view).html();
            assertThat(Pattern.compile("<a class=\"area ").matcher(html).results()).hasSize(124);
            assertThat(html).containsPattern("<a class=\"area step-5\" href=\"#area-LS\"");
            assertThat(html.length()).isLessThan(150_000);
        }
    }

    @Test
    void theLegendHasTheRangeOfEachColour() {
        List<Order> sold = randomShop(2);
        Page page = Page.at("/geography?range=all&metric=orders");
        MapOfOrders map = new MapOfOrders(UK, sold, null);
        List<String> hidden = map.hidden();
        long least =
                map.byArea().entrySet().stream()
                        .filter(area -> !area.getKey().equals(MapOfOrders.UNKNOWN))
                        .filter(area -> !hidden.contains(area.getKey()))
                        .mapToLong(area -> area.getValue().size())
                        .min()
                        .orElseThrow();
        String legend = page.html().substring(page.html().indexOf("class=\"legend\""));
        assertThat(legend).containsPattern("step-1\"></span>" + least + " ");
        assertThat(page.text()).contains("The scale starts at the lowest of them, not at zero.");
    }

    @Test
    void theTableIsSortedByTheChosenFigure() {
        randomShop(3);
        List<String> metrics = List.of("net", "orders", "customers", "aov", "growth");
        for (String metric : metrics) {
            Page page = Page.at("/geography?from=2026-04-01&to=2026-06-29&metric=" + metric);
            List<BigDecimal> figures =
                    page.table(AREAS).stream()
                            .filter(row -> row.matches("[A-Z]{1,2} .*"))
                            .map(row -> row.split("\\s*\\|\\s*"))
                            .map(cells -> cells[cells.length - 5 + metrics.indexOf(metric)])
                            .map(figure -> figure.replace("−", "-").replaceAll("[£,%+±]", ""))
                            .map(BigDecimal::new)
                            .toList();
            assertThat(figures)
                    .as(metric)
                    .hasSizeGreaterThan(3)
                    .isSortedAccordingTo(Comparator.reverseOrder());
            assertThat(page.html())
                    .contains("name=\"metric\" value=\"" + metric + "\"")
                    .containsPattern(
                            "metric=" + metric + "&amp;view=tiles\" aria-current=\"true\"");
        }
    }

    @Test
    void filtersAreKeptFromPageToPage() {
        northernShop();
        String overview =
                Page.at("/?from=2026-03-01&to=2026-03-15&category=Kitchen&currency=GBP").html();
        String query = "from=2026-03-01&amp;to=2026-03-15&amp;category=Kitchen&amp;currency=GBP";
        assertThat(overview).contains("href=\"/geography?" + query + "\"");
        String page = Page.at("/geography?range=90d&source=shop&metric=orders&view=map").html();
        assertThat(page)
                .contains("href=\"/?range=90d&amp;source=shop\"")
                .contains(
                        "href=\"/geography?range=30d&amp;source=shop&amp;metric=orders&amp;view=map\"")
                .contains(
                        "href=\"/geography?range=90d&amp;source=shop&amp;metric=aov&amp;view=map\"")
                .contains(
                        "href=\"/geography?range=90d&amp;source=shop&amp;metric=orders&amp;view=tiles\"")
                .contains("action=\"/geography\"");
    }

    @Test
    void aShopThatDoesNotSellToTheUkHasNoMapOfIt() {
        Warehouse.empty().brazilianShop();
        Page page = Page.at("/geography?range=all");
        assertThat(page.html()).doesNotContain("<svg class=\"tiles").doesNotContain("UK postcode");
        assertThat(page.table("Sales by region"))
                .containsExactly(
                        "1 other region | | 1 | R$1,234.56 | 100.0%",
                        "All regions | | 1 | R$1,234.56 | 100.0%");
    }

    @Test
    void ordersWithoutPostcodesHaveNoMap() {
        Warehouse.empty().smallShop();
        Page page = Page.at("/geography?from=2026-02-01&to=2026-03-31");
        assertThat(page.text())
                .contains("No postcode is known of the 4 orders that were sent to the UK");
        assertThat(page.html()).doesNotContain("<svg class=\"tiles");
    }

    @Test
    void aRangeWithoutSalesAndAnEmptyWarehouseShowAMessage() {
        northernShop();
        assertThat(Page.at("/geography?from=2027-01-01").text())
                .contains("No sales in this range", "Show all time");
        Warehouse.empty();
        Page page = Page.at("/geography");
        assertThat(page.text()).contains("No sales yet", "./shopflow up");
        assertThat(page.html()).contains("aria-current=\"page\">Geography</a>");
    }

    @ParameterizedTest
    @CsvSource({
        "metric=profit, 'net, orders, customers, aov or growth'",
        "view=globe, tiles or map",
        "map=mars, 'uk, brazil or world'",
        "range=1y, '30d, 90d, 12m or all'"
    })
    void anInvalidParameterIsReportedWithTheAllowedValues(String query, String allowed) {
        northernShop();
        String page =
                given().get("/geography?" + query).then().statusCode(400).extract().asString();
        assertThat(new Page(page).text()).contains(allowed);
    }

    @Test
    void thePageLoadsNothingFromOtherHostsAndHasNoInlineStyle() {
        northernShop();
        for (String view : List.of("tiles", "map")) {
            String page = given().get("/geography?view=" + view).asString();
            assertThat(page)
                    .doesNotContain("http://", "https://", "style=\"", "<script>", "onload");
        }
    }

    @Test
    void anUnchangedPageIsNotSentAgain() {
        northernShop();
        String tag = given().get(MARCH).then().statusCode(200).extract().header("ETag");
        given().header("If-None-Match", tag).get(MARCH).then().statusCode(304);
        given().header("If-None-Match", tag).get(MARCH + "&metric=orders").then().statusCode(200);
    }
}
