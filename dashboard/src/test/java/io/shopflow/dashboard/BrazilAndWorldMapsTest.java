package io.shopflow.dashboard;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.shopflow.dashboard.MapOfOrders.Line;
import io.shopflow.dashboard.MapOfOrders.Order;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The maps of Brazil and of the world, held against the rows that were loaded, in plain Java. */
@QuarkusTest
@QuarkusTestResource(WarehouseServer.class)
class BrazilAndWorldMapsTest {
    private static final String STATES = "Sales by state";
    private static final String COUNTRIES = "Sales by country";
    private static final String MARCH = "/geography?from=2026-03-01&to=2026-03-31";

    /** How shops write a state, and which one it is; empty for what is none. */
    private static final Map<String, String> SPELLINGS =
            Map.ofEntries(
                    Map.entry("SP", "SP"),
                    Map.entry("São Paulo", "SP"),
                    Map.entry("SAO PAULO", "SP"),
                    Map.entry("Sa\u0303o Paulo", "SP"),
                    Map.entry("BR-SP", "SP"),
                    Map.entry("Estado de São Paulo", "SP"),
                    Map.entry("State of São Paulo", "SP"),
                    Map.entry("São Paulo (SP)", "SP"),
                    Map.entry("SP - São Paulo", "SP"),
                    Map.entry(" sp ", "SP"),
                    Map.entry("Rio de Janeiro", "RJ"),
                    Map.entry("Estado do Rio de Janeiro", "RJ"),
                    Map.entry("rj", "RJ"),
                    Map.entry("Rio Grande do Sul", "RS"),
                    Map.entry("Rio Grande do Norte", "RN"),
                    Map.entry("Mato Grosso", "MT"),
                    Map.entry("Mato Grosso do Sul", "MS"),
                    Map.entry("Pará", "PA"),
                    Map.entry("Paraíba", "PB"),
                    Map.entry("Paraná", "PR"),
                    Map.entry("Distrito Federal", "DF"),
                    Map.entry("Federal District", "DF"),
                    Map.entry("Brazil", ""),
                    Map.entry("Lisboa", ""),
                    Map.entry("XX", ""),
                    Map.entry("Rio", ""),
                    Map.entry("-", ""),
                    // It names two states.
                    Map.entry("São Paulo (RJ)", ""),
                    Map.entry("SP RJ", ""));

    private static final MapOfOrders.Kind BRAZIL =
            new MapOfOrders.Kind(
                    order -> {
                        if (!"BR".equals(order.country())) {
                            return null;
                        }
                        String state = order.region() == null ? "" : SPELLINGS.get(order.region());
                        return state.isEmpty() ? MapOfOrders.UNKNOWN : state;
                    },
                    state ->
                            state
                                    + " "
                                    + Map.of(
                                                    "SP", "São Paulo",
                                                    "RJ", "Rio de Janeiro",
                                                    "RS", "Rio Grande do Sul",
                                                    "RN", "Rio Grande do Norte",
                                                    "MT", "Mato Grosso",
                                                    "MS", "Mato Grosso do Sul",
                                                    "PA", "Pará",
                                                    "PB", "Paraíba",
                                                    "PR", "Paraná",
                                                    "DF", "Distrito Federal")
                                            .get(state),
                    "state",
                    "states",
                    "orders without a state",
                    "Unknown state",
                    "All orders to Brazil");

    private static final MapOfOrders.Kind WORLD =
            new MapOfOrders.Kind(
                    order -> order.country() == null ? MapOfOrders.UNKNOWN : order.country(),
                    country ->
                            country
                                    + " "
                                    + Map.of(
                                                    "BR", "Brazil",
                                                    "GB", "United Kingdom",
                                                    "FR", "France",
                                                    "GF", "French Guiana",
                                                    "XK", "Kosovo",
                                                    "SG", "Singapore, not on the map",
                                                    "ZZ", "not on the map")
                                            .get(country),
                    "country",
                    "countries",
                    "orders without a country",
                    "Unknown country",
                    "All countries");

    /** Orders of half a year, a few of them without customer, state, country or line. */
    private static List<Order> randomShop(long seed) {
        Random random = new Random(seed);
        Warehouse warehouse = Warehouse.empty();
        warehouse.product("shop", "a", "Tray", "Kitchen", 1L);
        warehouse.product("shop", "b", "Towel", "Bath", 1L);
        String[] spellings = SPELLINGS.keySet().stream().sorted().toArray(String[]::new);
        List<Order> sold = new ArrayList<>();
        for (int n = 1; n <= 240; n++) {
            String id = "o" + n;
            LocalDate day = LocalDate.of(2026, 1, 1).plusDays(random.nextInt(180));
            String customer = random.nextInt(9) == 0 ? null : "c" + random.nextInt(60);
            String country =
                    random.nextInt(3) > 0
                            ? "BR"
                            : any(random, "GB", "GB", "FR", "FR", "GF", "XK", "SG", "ZZ", null);
            String region = random.nextInt(8) == 0 ? null : any(random, spellings);
            String status = any(random, "completed", "completed", "processing", "cancelled");
            warehouse.order(
                    "shop", id, day.toString(), status, customer, "GBP", country, region, null);
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
                sold.add(new Order(id, day, customer, country, region, null, lines));
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
    void eachStateAndEachCountryHasTheFiguresOfItsOrders(
            LocalDate from, LocalDate to, String category, long seed) {
        List<Order> sold = randomShop(seed);
        LocalDate oldest = sold.stream().map(Order::day).min(Comparator.naturalOrder()).get();
        long days = to.toEpochDay() - from.toEpochDay() + 1;
        boolean comparable = !from.minusDays(days).isBefore(oldest);
        List<Order> now = MapOfOrders.between(sold, from, to, category);
        List<Order> before =
                MapOfOrders.between(sold, from.minusDays(days), from.minusDays(1), category);
        String address =
                "/geography?from=%s&to=%s%s"
                        .formatted(from, to, category == null ? "" : "&category=" + category);
        MapOfOrders brazil = new MapOfOrders(BRAZIL, now, category);
        MapOfOrders world = new MapOfOrders(WORLD, now, category);
        assertThat(Page.at(address + "&map=brazil").table(STATES))
                .containsExactlyElementsOf(brazil.rows(comparable ? before : null));
        assertThat(Page.at(address + "&map=world").table(COUNTRIES))
                .containsExactlyElementsOf(world.rows(comparable ? before : null));

        JsonPath json = given().get("/api/v1" + address).jsonPath();
        assertAnswered(json, "brazil", brazil, category);
        assertAnswered(json, "world", world, category);
    }

    private static void assertAnswered(
            JsonPath json, String map, MapOfOrders expected, String category) {
        String of = "figures." + map;
        Map<String, List<Order>> shown = new TreeMap<>(expected.byArea());
        List<String> hidden = expected.hidden();
        shown.keySet().removeIf(area -> hidden.contains(area) || area.equals(MapOfOrders.UNKNOWN));
        Map<String, List<Integer>> answered = new HashMap<>();
        for (Map<String, Object> area : json.<Map<String, Object>>getList(of + ".areas")) {
            answered.put(
                    (String) area.get("area"),
                    List.of((Integer) area.get("orders"), (Integer) area.get("netMinor")));
        }
        Map<String, List<Integer>> figures = new HashMap<>();
        shown.forEach((area, orders) -> figures.put(area, figures(orders, category)));
        assertThat(answered).isEqualTo(figures);
        List<Order> all = expected.byArea().values().stream().flatMap(List::stream).toList();
        assertThat(
                        List.of(
                                json.getInt(of + ".allAreas.orders"),
                                json.getInt(of + ".allAreas.netMinor")))
                .isEqualTo(figures(all, category));
        assertThat(json.getInt(of + ".hiddenAreas.areas"))
                .isEqualTo(hidden.stream().filter(a -> !a.equals(MapOfOrders.UNKNOWN)).count());
        List<Order> unknown = expected.byArea().get(MapOfOrders.UNKNOWN);
        boolean isShown = unknown != null && !hidden.contains(MapOfOrders.UNKNOWN);
        assertThat(json.<Integer>get(of + ".unknownArea.orders"))
                .isEqualTo(isShown ? (Integer) unknown.size() : null);
    }

    private static List<Integer> figures(List<Order> orders, String category) {
        return List.of(orders.size(), (int) orders.stream().mapToLong(o -> o.net(category)).sum());
    }

    /** A shop of orders of a pound each, each of its own customer. */
    private static Warehouse shop(String... places) {
        Warehouse warehouse = Warehouse.empty().product("shop", "a", "Tray", "Kitchen", 1L);
        int sold = 0;
        for (String place : places) {
            String[] parts = place.split(" ", 2);
            String[] where = parts[1].split(":", -1);
            for (int n = 0; n < Integer.parseInt(parts[0]); n++) {
                String id = "o" + ++sold;
                warehouse.order(
                        "shop",
                        id,
                        "2026-03-10",
                        "completed",
                        id,
                        "GBP",
                        where[0].equals("-") ? null : where[0],
                        where.length > 1 && !where[0].equals("GB") ? where[1] : null,
                        where.length > 1 && where[0].equals("GB") ? where[1] : null);
                warehouse.line("shop", id, "a", 1, 100, 0, "GBP");
            }
        }
        return warehouse.ran("shop", Warehouse.RUN, "complete", Instant.now());
    }

    @Test
    void aStateIsTheSameHoweverItIsWritten() {
        String[] places =
                SPELLINGS.keySet().stream().map(s -> "1 BR:" + s).sorted().toArray(String[]::new);
        shop(places);
        long written = SPELLINGS.values().stream().filter("SP"::equals).count();
        long unknown = SPELLINGS.values().stream().filter(String::isEmpty).count();
        assertThat(written).isGreaterThan(5);
        Page page = Page.at(MARCH);
        assertThat(page.table(STATES))
                .startsWith(
                        "SP São Paulo | | £%d.00 | %d | %d | £1.00 | –"
                                .formatted(written, written, written))
                .contains(
                        "Unknown state | | £%d.00 | %d | %d | £1.00 | –"
                                .formatted(unknown, unknown, unknown));
        assertThat(page.text())
                .contains(
                        "Orders whose region is no known state are in no state: 7 orders with £7.00");
    }

    /** All of the shapes, by code and by name. */
    @Test
    void everyStateIsKnownByItsCodeAndByItsName() {
        shop("6 BR:SP");
        String html = Page.at(MARCH).html();
        List<String> states =
                Pattern.compile("<title>([A-Z]{2}) ([^:]+): ")
                        .matcher(html)
                        .results()
                        .map(MatchResult::group)
                        .toList();
        assertThat(states).hasSize(27);
        List<String> places = new ArrayList<>();
        for (String state : states) {
            String code = state.substring(7, 9);
            String name = state.substring(10, state.length() - 2);
            places.add("2 BR:" + code);
            places.add("3 BR:" + name.toUpperCase(java.util.Locale.ROOT));
        }
        shop(places.toArray(String[]::new));
        assertThat(Page.at(MARCH).table(STATES))
                .hasSize(28)
                .last()
                .isEqualTo("All orders to Brazil | | £135.00 | 135 | – | – | –");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "7 BR:SP, 6 BR:RJ, 2 BR:AC, 1 BR:AP; SP 7; 3 states with the fewest customers; 9",
                "7 BR:SP, 6 BR:RJ, 2 BR:AC, 3 BR:AP; SP 7, RJ 6; 2 states with fewer than 5 customers; 5",
                "7 BR:SP, 6 BR:RJ, 2 BR:-; SP 7; 1 state with the fewest customers and orders without a state; 8",
                "7 BR:SP, 4 BR:RJ, 6 BR:-; Unknown 6; 2 states with the fewest customers; 11",
                "2 BR:SP; ; 1 state with fewer than 5 customers not shown;",
            })
    void statesWithFewCustomersAreHidden(String places, String shown, String hidden, Long orders) {
        shop(places.split(", "));
        Page page = Page.at(MARCH + "&map=brazil");
        List<String> rows = page.table(STATES);
        List<String> expected = shown == null ? List.of() : Arrays.asList(shown.split(", "));
        assertThat(
                        rows.stream()
                                .filter(row -> row.matches("([A-Z]{2}|Unknown) .*"))
                                .map(
                                        row ->
                                                row.replaceAll(
                                                        "^(\\S+) .*£[0-9.]+ \\| (\\d+) \\| \\d+ .*",
                                                        "$1 $2"))
                                .toList())
                .containsExactlyElementsOf(expected);
        assertThat(rows)
                .contains(
                        hidden
                                + (orders == null
                                        ? " | | – | – | – | – | –"
                                        : " | | £%d.00 | %d | – | – | –"
                                                .formatted(orders, orders)));
        assertThat(page.html()).doesNotContain("id=\"area-AC\"").doesNotContain("#area-AC");
    }

    @Test
    void noTableOfThePageHasWhatTheMapHides() {
        shop("7 BR:SP", "6 BR:RJ", "2 BR:AC", "4 BR:AP", "8 FR:Paris", "1 IE:Dublin", "5 SG");
        for (String map : List.of("brazil", "world")) {
            Page page = Page.at(MARCH + "&map=" + map);
            assertThat(page.html()).doesNotContain("Dublin").doesNotContain(">AC <span");
            assertThat(page.table("Sales by region"))
                    .containsExactly(
                            "Paris France | | 8 | £8.00 | 24.2%",
                            "SP Brazil | | 7 | £7.00 | 21.2%",
                            "RJ Brazil | | 6 | £6.00 | 18.2%",
                            "Unknown region Singapore | | 5 | £5.00 | 15.2%",
                            "3 other regions | | 7 | £7.00 | 21.2%",
                            "All regions | | 33 | £33.00 | 100.0%");
        }
        assertThat(Page.at(MARCH + "&map=brazil").table(COUNTRIES))
                .containsExactly(
                        "Brazil | | 19 | £19.00 | 57.6%",
                        "France | | 8 | £8.00 | 24.2%",
                        "2 countries with the fewest customers | | 6 | £6.00 | 18.2%",
                        "All countries | | 33 | £33.00 | 100.0%");
        JsonPath json = given().get("/api/v1" + MARCH).jsonPath();
        assertThat(json.getList("figures.countries.country")).containsExactly("BR", "FR");
        assertThat(json.getList("figures.regions.region"))
                .containsExactly("Paris", "SP", "RJ", "unknown");
        assertThat(json.getInt("figures.otherRegions.orders")).isEqualTo(7);
    }

    /** Alone, the other regions would have the figures of too few customers. */
    @Test
    void otherRegionsHaveTheFiguresOfFiveCustomers() {
        shop("7 BR:SP", "6 BR:RJ", "2 BR:AC");
        assertThat(Page.at(MARCH).table("Sales by region"))
                .containsExactly(
                        "SP Brazil | | 7 | £7.00 | 46.7%",
                        "2 other regions | | 8 | £8.00 | 53.3%",
                        "All regions | | 15 | £15.00 | 100.0%");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "6 GB:LS, 5 BR:SP, 5 FR; UK, Brazil, World; UK postcode area",
                "5 GB:LS, 6 BR:SP, 5 FR; UK, Brazil, World; Brazilian state",
                "5 GB:LS, 5 BR:SP, 6 FR; UK, Brazil, World; country",
                "5 GB:LS, 5 BR:SP, 5 FR; UK, Brazil, World; UK postcode area",
                // The orders without postcode are sent to the UK too.
                "5 GB:LS, 4 GB, 6 BR:SP; UK, Brazil, World; UK postcode area",
                "9 GB, 6 BR:SP; Brazil, World; country",
                "9 GB:LS, 6 FR; UK, World; UK postcode area",
                "9 BR:Lisboa, 2 GB:LS; UK, World; country",
                "9 -, 6 FR; ; country",
            })
    void theMapWithTheMostOrdersIsShownAndThoseWithOrdersAreOffered(
            String places, String offered, String shown) {
        shop(places.split(", "));
        Page page = Page.at(MARCH);
        assertThat(page.text()).contains("Net sales by " + shown);
        assertThat(offered(page))
                .containsExactlyElementsOf(
                        offered == null ? List.of() : Arrays.asList(offered.split(", ")));
    }

    private static List<String> offered(Page page) {
        int start = page.html().indexOf("<nav class=\"presets\" aria-label=\"Map\">");
        if (start < 0) {
            return List.of();
        }
        String nav = page.html().substring(start, page.html().indexOf("</nav>", start));
        return Pattern.compile(">([A-Za-z]+)</a>")
                .matcher(nav)
                .results()
                .map(link -> link.group(1))
                .toList();
    }

    @Test
    void withoutAnyKnownCountryThereIsNoMap() {
        shop("9 -");
        Page page = Page.at(MARCH);
        assertThat(page.html()).doesNotContain("class=\"steered\"").doesNotContain("areas-title");
        assertThat(page.table(COUNTRIES))
                .containsExactly(
                        "Unknown country | | 9 | £9.00 | 100.0%",
                        "All countries | | 9 | £9.00 | 100.0%");
    }

    @Test
    void theChosenMapIsKeptByEveryLinkOfThePage() {
        shop("6 GB:LS", "5 BR:SP", "5 FR");
        String html = Page.at("/geography?range=90d&map=brazil&metric=orders&view=map").html();
        assertThat(html)
                .contains(
                        "href=\"/geography?range=30d&amp;metric=orders&amp;view=map&amp;map=brazil\"")
                .contains(
                        "href=\"/geography?range=90d&amp;metric=aov&amp;view=map&amp;map=brazil\"")
                .contains(
                        "href=\"/geography?range=90d&amp;metric=orders&amp;view=map&amp;map=world\"")
                .contains(
                        "href=\"/geography?range=90d&amp;metric=orders&amp;view=map&amp;map=brazil\" aria-current=\"true\">Brazil<")
                .contains("<input type=\"hidden\" name=\"map\" value=\"brazil\">")
                .doesNotContain("aria-label=\"Drawing\"");
        assertThat(Page.at("/geography?range=90d&map=uk").html())
                .contains("href=\"/geography?range=90d&amp;metric=net&amp;view=map&amp;map=uk\"");
        assertThat(Page.at("/geography?range=90d").html())
                .doesNotContain("name=\"map\"")
                .contains("href=\"/geography?range=30d&amp;metric=net&amp;view=tiles\"");
    }

    @Test
    void aChosenMapWithoutOrdersSaysSoAndStaysChosen() {
        shop("6 GB:LS", "5 FR");
        Page page = Page.at(MARCH + "&map=brazil");
        assertThat(offered(page)).containsExactly("UK", "Brazil", "World");
        assertThat(page.text())
                .contains("None of these orders was sent to a known Brazilian state.");
        assertThat(page.html()).doesNotContain("class=\"steered\"").contains("map=brazil");
    }

    @Test
    void aMapThatDoesNotExistIsReported() {
        shop("6 GB:LS");
        String page =
                given().get("/geography?map=mars").then().statusCode(400).extract().asString();
        assertThat(new Page(page).text()).contains("mars", "uk, brazil or world");
    }

    @Test
    void theMapsHaveAllShapesWithTheirFiguresAndNameTheirSource() {
        shop("7 BR:SP", "2 BR:AC", "9 FR", "5 SG", "5 GF");
        String brazil = Page.at(MARCH + "&map=brazil").html();
        assertThat(Pattern.compile("<a class=\"area ").matcher(brazil).results()).hasSize(27);
        assertThat(brazil)
                .containsPattern(
                        "<a class=\"area hidden\" href=\"#areas-hidden\"><title>AC Acre: fewer than 5")
                .contains("<title>RJ Rio de Janeiro: no orders</title>")
                .contains(
                        "Made with Natural Earth. Free vector and raster map data @ naturalearthdata.com.")
                .doesNotContain("http://", "https://", "style=\"", "gibbs/uk-postcodes");
        assertThat(brazil.length()).isLessThan(60_000);
        String world = Page.at(MARCH + "&map=world&metric=orders").html();
        assertThat(Pattern.compile("<a class=\"area ").matcher(world).results()).hasSize(176);
        assertThat(world)
                .containsPattern(
                        "<a class=\"area step-[1-5]\" href=\"#area-FR\"><title>FR France: £9.00")
                .containsPattern(
                        "<a class=\"area step-[1-5]\" href=\"#area-GF\"><title>GF French Guiana: £5.00")
                .contains("<title>DE Germany: no orders</title>")
                .contains(
                        "Made with Natural Earth. Free vector and raster map data @ naturalearthdata.com.")
                .contains("SG <span class=\"muted\">Singapore, not on the map</span>")
                .doesNotContain("http://", "https://", "style=\"");
        assertThat(world.length()).isLessThan(150_000);
    }

    /** Who ordered to two states, or under two spellings of one, is one customer. */
    @Test
    void aCustomerCountsOnceInAStateAndInEachOfTwo() {
        Warehouse warehouse = Warehouse.empty().product("shop", "a", "Tray", "Kitchen", 1L);
        String[] regions = {"SP", "São Paulo", "BR-SP", "RJ", "Rio de Janeiro"};
        for (int n = 0; n < 30; n++) {
            warehouse.order(
                    "shop",
                    "o" + n,
                    "2026-03-10",
                    "completed",
                    "c" + n % 6,
                    "GBP",
                    "BR",
                    regions[n / 6]);
            warehouse.line("shop", "o" + n, "a", 1, 100, 0, "GBP");
        }
        warehouse.ran("shop", Warehouse.RUN, "complete", Instant.now());
        assertThat(Page.at(MARCH).table(STATES))
                .containsExactly(
                        "SP São Paulo | | £18.00 | 18 | 6 | £1.00 | –",
                        "RJ Rio de Janeiro | | £12.00 | 12 | 6 | £1.00 | –",
                        "All orders to Brazil | | £30.00 | 30 | – | – | –");
        assertThat(Page.at(MARCH + "&map=world").table(COUNTRIES))
                .containsExactly(
                        "BR Brazil | | £30.00 | 30 | 6 | £1.00 | –",
                        "All countries | | £30.00 | 30 | – | – | –");
    }
}
