package io.shopflow.dashboard;

import static io.restassured.RestAssured.given;
import static io.shopflow.dashboard.CustomerShop.buyers;
import static io.shopflow.dashboard.CustomerShop.generated;
import static io.shopflow.dashboard.CustomerShop.score;
import static io.shopflow.dashboard.CustomerShop.segment;
import static java.util.Comparator.comparing;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.path.json.config.JsonPathConfig;
import io.restassured.path.json.config.JsonPathConfig.NumberReturnType;
import io.restassured.response.Response;
import io.shopflow.dashboard.CustomerShop.Buyer;
import io.shopflow.dashboard.CustomerShop.Order;
import io.shopflow.dashboard.ProductShop.Line;
import io.shopflow.dashboard.ProductShop.Sold;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The API: its figures, held against counts in plain Java of the rows that were loaded. */
@QuarkusTest
@QuarkusTestResource(WarehouseServer.class)
class ApiTest {
    private static final String API = "/api/v1";
    private static final String DESCRIPTION = API + "/openapi";

    private static final List<String> ADDRESSES =
            List.of(
                    "/overview",
                    "/overview?from=2026-03-01&to=2026-03-31",
                    "/products",
                    "/products?show=unsold&range=30d",
                    "/products/shop/a",
                    "/customers",
                    "/customers/shop/c1",
                    "/geography",
                    "/runs",
                    "/runs/" + Warehouse.RUN,
                    "/quality");

    private static JsonPath at(String path) {
        Warehouse.refreshMarts();
        Response response = given().urlEncodingEnabled(false).get(API + path);
        assertThat(response.statusCode()).as(path + response.asString()).isEqualTo(200);
        return json(response);
    }

    private static JsonPath json(Response response) {
        return response.jsonPath(
                JsonPathConfig.jsonPathConfig().numberReturnType(NumberReturnType.BIG_DECIMAL));
    }

    private static long number(JsonPath json, String path) {
        return new java.math.BigDecimal(json.get(path).toString()).longValueExact();
    }

    @Test
    void theOverviewHasTheFiguresOfTheRange() {
        Warehouse.empty().smallShop();
        JsonPath json = at("/overview?from=2026-03-01&to=2026-03-31");
        // Order 1: 2 × 10.00 + 5.00 - 1.00; order 2: 10.00; order 5: 10.00, refunded in full.
        String totals = "figures.totals.";
        assertThat(number(json, totals + "orders")).isEqualTo(3);
        assertThat(number(json, totals + "grossMinor")).isEqualTo(4500);
        assertThat(number(json, totals + "reductionsMinor")).isEqualTo(1100);
        assertThat(number(json, totals + "netMinor")).isEqualTo(3400);
        assertThat(number(json, totals + "averageOrderMinor")).isEqualTo(1133);
        assertThat(number(json, totals + "averageSpendMinor")).isEqualTo(1133);
        assertThat(number(json, totals + "customers")).isEqualTo(3);
        assertThat(number(json, totals + "returningCustomers")).isEqualTo(1);
        // Trays cost 4.00, of towels the cost is not known.
        assertThat(number(json, totals + "profitMinor")).isEqualTo(1800);
        assertThat(number(json, totals + "coveredMinor")).isEqualTo(3000);
        assertThat(number(json, totals + "comparedMinor")).isEqualTo(3400);
        assertThat(json.getString("figures.previous.from")).isEqualTo("2026-01-29");
        assertThat(number(json, "figures.previous.netMinor")).isEqualTo(1000);
        // Before, only towels were sold.
        assertThat(json.<Object>get("figures.previous.profitMinor")).isNull();
        assertThat(json.<Object>get("figures.changes.profitPercent")).isNull();
        assertThat(json.getString("figures.changes.netPercent")).isEqualTo("240.0");
        String products = "figures.changes.products.";
        assertThat(json.getList(products + "top.id")).containsExactly("a", "b");
        assertThat(json.getList(products + "top.source")).containsExactly("shop", "shop");
        assertThat(json.getList(products + "top.group")).containsExactly("Kitchen", "Bath");
        assertThat(number(json, products + "top[0].net.beforeMinor")).isZero();
        assertThat(number(json, products + "top[0].net.differenceMinor")).isEqualTo(3000);
        assertThat(number(json, products + "top[1].net.beforeMinor")).isEqualTo(1000);
        assertThat(number(json, products + "top[1].net.nowMinor")).isEqualTo(400);
        assertThat(number(json, products + "top[1].net.differenceMinor")).isEqualTo(-600);
        assertThat(number(json, products + "otherCount")).isZero();
        assertThat(number(json, products + "others.differenceMinor")).isZero();
        assertThat(json.<Object>get(products + "ofNoLine")).isNull();
        assertThat(number(json, products + "all.differenceMinor")).isEqualTo(2400);
        assertThat(json.getList("figures.changes.categories.top.name"))
                .containsExactly("Kitchen", "Bath");
        assertThat(json.getList("figures.changes.regions.top.group")).containsExactly("GB", "GB");
        assertThat(json.getList("figures.months.month")).containsExactly("2026-03");
        String overTime = "figures.overTime.";
        assertThat(json.getString(overTime + "by")).isEqualTo("day");
        assertThat(json.getList(overTime + "periods")).hasSize(31);
        assertThat(json.getString(overTime + "periods[7].from")).isEqualTo("2026-03-08");
        assertThat(json.getString(overTime + "periods[7].before.from")).isEqualTo("2026-02-05");
        assertThat(number(json, overTime + "periods[7].before.netMinor")).isEqualTo(1000);
        assertThat(number(json, overTime + "periods[9].netMinor")).isEqualTo(2400);
        assertThat(json.getList("figures.regions.region")).containsExactly("London", "Wales");
        assertThat(json.getList("figures.products.mostBought.id")).containsExactly("a", "b");
        assertThat(number(json, "figures.products.unsold")).isEqualTo(1);
        assertThat(number(json, "figures.rejected.stillOut")).isEqualTo(2);
        assertThat(json.getMap("filter"))
                .isEqualTo(
                        new TreeMap<String, Object>() {
                            {
                                put("from", "2026-03-01");
                                put("to", "2026-03-31");
                                put("sources", List.of("shop"));
                                put("currency", "GBP");
                                put("category", null);
                            }
                        });
        assertThat(json.getString("page")).isEqualTo("/?from=2026-03-01&to=2026-03-31");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"?currency=GBP&range=all", "?currency=GBP&from=2026-02-11&to=2026-09-17"})
    void productsHaveTheFiguresOfTheirLines(String filter) {
        ProductShop shop = ProductShop.generated(7).load();
        JsonPath json = at("/products" + filter + "&sort=rank");
        LocalDate from =
                filter.contains("from") ? LocalDate.of(2026, 2, 11) : LocalDate.of(1970, 1, 1);
        LocalDate to =
                filter.contains("from") ? LocalDate.of(2026, 9, 17) : LocalDate.of(2999, 1, 1);
        List<Line> lines = shop.sold(from, to, "GBP");
        List<Sold> sold = shop.byProduct(lines).stream().map(shop::figures).toList();
        Sold all = shop.figures(lines);
        assertThat(number(json, "figures.sold.products")).isEqualTo(sold.size());
        assertThat(number(json, "figures.sold.sales.grossMinor")).isEqualTo(all.gross());
        assertThat(number(json, "figures.sold.sales.netMinor")).isEqualTo(all.net());
        assertThat(number(json, "figures.sold.sales.coveredMinor")).isEqualTo(all.covered());
        assertThat(number(json, "figures.sold.sales.comparedMinor")).isEqualTo(all.unsigned());
        List<Map<String, Object>> listed = json.getList("figures.products");
        assertThat(listed).hasSize(Math.min(50, sold.size()));
        assertThat(listed.stream().map(product -> text(product, "netMinor")).toList())
                .isEqualTo(
                        sold.stream()
                                .map(Sold::net)
                                .sorted(comparing((Long net) -> net).reversed())
                                .limit(50)
                                .map(String::valueOf)
                                .toList());
        listed.forEach(
                product -> {
                    Sold own =
                            shop.byProduct(lines).stream()
                                    .filter(
                                            some ->
                                                    String.valueOf(some.getFirst().source())
                                                                    .equals(product.get("source"))
                                                            && String.valueOf(
                                                                            some.getFirst()
                                                                                    .product())
                                                                    .equals(product.get("id")))
                                    .findFirst()
                                    .map(shop::figures)
                                    .orElse(null);
                    if (own != null) {
                        assertThat(
                                        List.of(
                                                text(product, "netMinor"),
                                                text(product, "grossMinor"),
                                                text(product, "refundedMinor"),
                                                text(product, "profitMinor"),
                                                product.get("orders").toString()))
                                .containsExactly(
                                        String.valueOf(own.net()),
                                        String.valueOf(own.gross()),
                                        String.valueOf(own.refund()),
                                        String.valueOf(own.profit()),
                                        String.valueOf(own.orders()));
                    }
                });
    }

    private static String text(Map<String, Object> product, String amount) {
        return String.valueOf(((Map<?, ?>) product.get("sales")).get(amount));
    }

    @Test
    void aProductHasItsSalesItsPricesAndItsPartners() {
        Warehouse warehouse = Warehouse.empty().smallShop();
        warehouse.run(
                "update warehouse.dim_products set price_minor = 1100, currency = 'GBP' where product_id = 'a'");
        JsonPath json = at("/products/shop/a?range=all");
        assertThat(number(json, "figures.orders")).isEqualTo(3);
        assertThat(number(json, "figures.units")).isEqualTo(4);
        assertThat(number(json, "figures.unitsReturned")).isEqualTo(1);
        assertThat(number(json, "figures.sales.netMinor")).isEqualTo(3000);
        assertThat(number(json, "figures.sales.profitMinor")).isEqualTo(1800);
        assertThat(number(json, "figures.price.minor")).isEqualTo(1100);
        assertThat(json.getString("figures.unitCost.currency")).isEqualTo("GBP");
        assertThat(json.getList("figures.boughtTogether.products.id")).containsExactly("b");
        assertThat(json.getString("page")).isEqualTo("/products/shop/a?range=all&source=shop");
    }

    @Test
    void customersHaveTheirSegmentsAndCohorts() {
        List<Order> orders = generated();
        CustomerShop.load(orders);
        List<Buyer> buyers = buyers(orders, "GBP");
        JsonPath json = at("/customers?currency=GBP&cohorts=24&range=all");
        Map<String, Long> segments =
                buyers.stream()
                        .collect(
                                Collectors.groupingBy(
                                        buyer -> segmentOf(buyer, buyers),
                                        TreeMap::new,
                                        Collectors.counting()));
        Map<String, Long> found = new TreeMap<>();
        json.<Map<String, Object>>getList("figures.segments")
                .forEach(
                        row ->
                                found.put(
                                        row.get("segment").toString(),
                                        Long.valueOf(row.get("customers").toString())));
        assertThat(found).isEqualTo(segments);
        Map<YearMonth, Long> cohorts =
                buyers.stream()
                        .collect(
                                Collectors.groupingBy(
                                        buyer -> YearMonth.from(buyer.since()),
                                        Collectors.counting()));
        json.<Map<String, Object>>getList("figures.cohorts")
                .forEach(
                        cohort ->
                                assertThat(Long.valueOf(cohort.get("customers").toString()))
                                        .isEqualTo(
                                                cohorts.get(
                                                        YearMonth.parse(
                                                                cohort.get("month").toString()))));
        assertThat(json.getList("figures.top.id"))
                .isEqualTo(
                        buyers.stream()
                                .sorted(comparing(Buyer::spent).reversed().thenComparing(Buyer::id))
                                .limit(20)
                                .map(Buyer::id)
                                .toList());
        assertThat(number(json, "figures.leaving.churned"))
                .isEqualTo(buyers.stream().filter(buyer -> buyer.daysSince() > 90).count());
    }

    private static String segmentOf(Buyer buyer, List<Buyer> buyers) {
        int worth =
                score(buyers, buyer, b -> b.orders().size()) + score(buyers, buyer, Buyer::spent);
        return segment(score(buyers, buyer, b -> -b.daysSince()), (worth + 1) / 2);
    }

    @Test
    void aCustomerHasItsValueItsOrdersAndItsSegment() {
        List<Order> orders = generated();
        CustomerShop.load(orders);
        List<Buyer> buyers = buyers(orders, "GBP");
        Buyer buyer = buyers.get(3);
        JsonPath json = at("/customers/shop/" + buyer.id() + "?currency=GBP&range=all");
        assertThat(number(json, "figures.value.netMinor")).isEqualTo(buyer.spent());
        assertThat(number(json, "figures.value.orders")).isEqualTo(buyer.orders().size());
        assertThat(number(json, "figures.value.daysSince")).isEqualTo(buyer.daysSince());
        assertThat(json.getString("figures.value.since")).isEqualTo(buyer.since().toString());
        assertThat(json.getString("figures.segments[0].segment"))
                .isEqualTo(segmentOf(buyer, buyers));
        assertThat(
                        json.<Map<String, Object>>getList("figures.orders").stream()
                                .map(order -> order.get("day") + " " + order.get("netMinor"))
                                .toList())
                .containsExactlyInAnyOrderElementsOf(
                        buyer.orders().stream()
                                .map(order -> order.day() + " " + order.net())
                                .toList());
    }

    @Test
    void areasWithFewCustomersAreHidden() {
        Warehouse warehouse = Warehouse.empty().product("shop", "a", "Tray", "Kitchen", 1L);
        for (int n = 1; n <= 11; n++) {
            warehouse.order(
                    "shop",
                    "o" + n,
                    "2026-03-10",
                    "completed",
                    "c" + n,
                    "GBP",
                    "GB",
                    "North",
                    n <= 5 ? "LS" : n <= 9 ? "M" : "B");
            warehouse.line("shop", "o" + n, "a", 1, 100 * n, 0, "GBP");
        }
        warehouse.ran("shop", Warehouse.RUN, "complete", Instant.now());
        JsonPath json = at("/geography?range=all");
        assertThat(json.getList("figures.areas.area")).containsExactly("LS");
        assertThat(json.getString("figures.areas[0].name")).isEqualTo("Leeds");
        assertThat(number(json, "figures.areas[0].netMinor")).isEqualTo(1500);
        assertThat(number(json, "figures.hiddenAreas.areas")).isEqualTo(2);
        assertThat(number(json, "figures.hiddenAreas.orders")).isEqualTo(6);
        assertThat(number(json, "figures.hiddenAreas.netMinor")).isEqualTo(5100);
        assertThat(number(json, "figures.netMinor")).isEqualTo(6600);
        assertThat(json.getList("figures.countries.country")).containsExactly("GB");
        assertThat(json.prettify()).doesNotContain("\"M\"");
    }

    /** Five customers each in Leeds and without a postcode, three each in two other areas. */
    @Test
    void areasAddUpToAllOrdersWithPostcodeAreas() {
        Warehouse warehouse = Warehouse.empty().product("shop", "a", "Tray", "Kitchen", 1L);
        String[] areas = {"LS", "LS", "LS", "LS", "LS", "M", "M", "M", "SW", "SW", "SW"};
        for (int n = 0; n < 17; n++) {
            warehouse.order(
                    "shop",
                    "o" + n,
                    "2026-03-10",
                    "completed",
                    "c" + n,
                    "GBP",
                    n == 16 ? "IE" : "GB",
                    "North",
                    n < areas.length ? areas[n] : null);
            warehouse.line("shop", "o" + n, "a", 1, 1 << n, 0, "GBP");
        }
        warehouse.ran("shop", Warehouse.RUN, "complete", Instant.now());
        JsonPath json = at("/geography?range=all");
        assertThat(number(json, "figures.unknownArea.orders")).isEqualTo(5);
        assertThat(number(json, "figures.unknownArea.customers")).isEqualTo(5);
        assertThat(number(json, "figures.unknownArea.netMinor")).isEqualTo(0b11111 << 11);
        assertThat(number(json, "figures.unknownArea.averageOrderMinor")).isEqualTo(12698);
        assertThat(number(json, "figures.allAreas.areas")).isEqualTo(3);
        for (String figure : List.of("orders", "netMinor")) {
            assertThat(number(json, "figures.allAreas." + figure))
                    .as(figure)
                    .isEqualTo(
                            number(json, "figures.areas[0]." + figure)
                                    + number(json, "figures.hiddenAreas." + figure)
                                    + number(json, "figures.unknownArea." + figure))
                    .isEqualTo(
                            number(json, "figures." + figure)
                                    - (figure.equals("orders") ? 1 : 1 << 16));
        }
    }

    @Test
    void runsHaveTheirLedgers() {
        Warehouse.empty().smallShop().brazilianShop();
        JsonPath json = at("/runs?source=shop");
        assertThat(json.getList("figures.runs.runId")).containsExactly(Warehouse.RUN);
        assertThat(number(json, "figures.runs[0].rows.extracted")).isEqualTo(10);
        assertThat(number(json, "figures.runs[0].rows.quarantined")).isEqualTo(2);
        assertThat(json.getBoolean("figures.runs[0].balanced")).isTrue();
        assertThat(at("/runs").getList("figures.runs")).hasSize(2);
        JsonPath run = at("/runs/" + Warehouse.RUN);
        assertThat(run.getList("figures.streams.stream")).containsExactly("orders");
        assertThat(run.getString("figures.rejections[0].example")).isEqualTo("12,50 <b>");
        assertThat(number(run, "figures.rejections[0].stillOut")).isEqualTo(2);
    }

    @Test
    void qualityHasTheRowsOfTheDays() {
        Warehouse.empty().smallShop();
        JsonPath json = at("/quality?source=shop");
        assertThat(json.getList("figures.streams.stream")).containsExactly("orders");
        assertThat(number(json, "figures.streams[0].rows.loaded")).isEqualTo(7);
        assertThat(number(json, "figures.streams[0].counted")).isEqualTo(10);
        assertThat(json.getString("figures.rules[0].rule")).isEqualTo("number_format");
        assertThat(number(json, "figures.rules[0].stillOut")).isEqualTo(2);
    }

    @Test
    void eachAnswerSaysWhatItMeansHowFreshItIsAndWhatIsInDoubt() {
        Warehouse.empty()
                .smallShop()
                .found(Warehouse.RUN, "other_currency", "refunds", "rows.", false)
                .run("update warehouse.fact_orders set ship_postcode_area = 'LS'");
        for (String address : ADDRESSES) {
            JsonPath json = at(address);
            assertThat(json.getString("freshness.version")).as(address).isNotBlank();
            assertThat(Instant.parse(json.getString("freshness.asOf"))).as(address).isNotNull();
            assertThat(json.getList("freshness.sources.source")).containsExactly("shop");
            assertThat(json.getList("freshness.sources.newestOrderOn"))
                    .containsExactly("2026-03-31");
            assertThat(json.getList("quality.kind"))
                    .as(address)
                    .containsExactly("doubt", "rejected");
            assertThat(json.getString("quality[0].explanation")).contains("refunds: 1");
            String page = json.getString("page");
            String html =
                    given().urlEncodingEnabled(false)
                            .get(page)
                            .then()
                            .statusCode(200)
                            .extract()
                            .asString();
            Map<String, String> definitions = json.getMap("definitions");
            definitions.forEach(
                    (figure, definition) -> {
                        String[] parts = definition.split("#");
                        assertThat(parts[0]).isEqualTo(page);
                        assertThat(html).as(definition).contains("id=\"" + parts[1] + "\"");
                    });
            assertThat(definitions.isEmpty())
                    .as(address)
                    .isEqualTo(address.startsWith("/runs") || address.startsWith("/quality"));
        }
    }

    @Test
    void aWarehouseWithoutSalesHasNoFigures() {
        Warehouse.empty();
        for (String address : List.of("/overview", "/products", "/customers", "/geography")) {
            JsonPath json = at(address);
            assertThat(json.<Object>get("figures")).isNull();
            assertThat(json.<Object>get("filter")).isNull();
            assertThat(json.getList("freshness.sources")).isEmpty();
        }
        assertThat(at("/runs").getList("figures.runs")).isEmpty();
        assertThat(at("/quality").getList("figures.streams")).isEmpty();
        Warehouse.empty().ran("shop", Warehouse.RUN, "running", Instant.now());
        assertThat(at("/overview").getList("quality.kind")).containsExactly("running");
    }

    @Test
    void anUnchangedAnswerIsNotSentAgain() {
        Warehouse warehouse = Warehouse.empty().smallShop();
        String tag = given().get(API + "/overview").then().statusCode(200).extract().header("ETag");
        assertThat(tag).isNotBlank();
        given().header("If-None-Match", tag).get(API + "/overview").then().statusCode(304);
        given().header("If-None-Match", tag).get(API + "/products").then().statusCode(200);
        warehouse.loaded("shop", Warehouse.RUN, "orders", 2);
        given().header("If-None-Match", tag).get(API + "/overview").then().statusCode(200);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/overview?from=x&currency=XXX | currency,from",
                "/overview?source=nowhere | source",
                "/overview?range=1y | range",
                "/overview?from=2026-03-02&to=2026-03-01 | from",
                "/overview?category=%00 | category",
                "/overview?by=hour | by",
                "/products?by=hour | by",
                "/products?sort=price&page=0 | page,sort",
                "/products/shop/a?from=x | from",
                "/customers?cohorts=13 | cohorts",
                "/customers/shop/c1?page=x | page",
                "/geography?to=2026-02-30 | to",
                "/runs?source=%27 | source",
                "/runs?source=nowhere | source",
                "/quality?source=nowhere&days=1 | days,source",
                "/quality?days=31&stream=x&source=%00 | days,source,stream",
            })
    void invalidParametersAreNamed(String address, String parameters) {
        Warehouse.empty().smallShop();
        Response response = given().urlEncodingEnabled(false).get(API + address);
        assertProblem(response, 400);
        assertThat(new TreeSet<>(json(response).<String>getList("parameters.parameter")))
                .containsExactly(parameters.split(","));
        assertThat(json(response).<String>getList("parameters.allowed"))
                .allSatisfy(allowed -> assertThat(allowed).isNotBlank());
        assertThat(json(response).getString("detail")).contains(parameters.split(","));
    }

    private static void assertProblem(Response response, int status) {
        assertThat(response.statusCode()).as(response.asString()).isEqualTo(status);
        assertThat(response.contentType()).startsWith("application/problem+json");
        assertThat(response.header("Cache-Control")).isEqualTo("no-store");
        JsonPath problem = json(response);
        assertThat(number(problem, "status")).isEqualTo(status);
        assertThat(problem.getString("type")).isEqualTo("about:blank");
        assertThat(problem.getString("title")).isNotBlank();
        assertThat(problem.getString("detail")).isNotBlank().doesNotContain("Exception");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/nothing",
                "",
                "/products/shop/nothing",
                "/products/shop/%00",
                "/customers/shop/nobody",
                "/customers/nowhere/c1?from=x",
                "/runs/nothing",
                "/runs/01JD000000000000000000000U"
            })
    void whatIsNotThereIsAProblem(String address) {
        Warehouse.empty().smallShop();
        assertProblem(given().urlEncodingEnabled(false).get(API + address), 404);
    }

    @Test
    void onlyReadingIsAllowed() {
        assertProblem(given().post(API + "/overview"), 405);
        assertProblem(given().accept("text/html").get(API + "/overview"), 406);
    }

    @Test
    void answersHaveTheSecurityHeadersOfThePages() {
        Warehouse.empty().smallShop();
        Response page = given().get("/");
        for (String address : List.of("/overview", "/overview?from=x", "/nothing", "/openapi")) {
            Response answer = given().get(API + address);
            for (String header :
                    List.of(
                            "Content-Security-Policy",
                            "X-Content-Type-Options",
                            "Referrer-Policy",
                            "Cross-Origin-Opener-Policy",
                            "Permissions-Policy")) {
                assertThat(answer.header(header)).as(address).isEqualTo(page.header(header));
            }
            assertThat(answer.header("Access-Control-Allow-Origin")).isNull();
        }
        given().header("Host", "evil.example").get(API + "/overview").then().statusCode(403);
    }

    /** Each answer has exactly the fields that the description names, at every depth. */
    @Test
    void theDescriptionIsThatOfTheAnswers() {
        Warehouse warehouse = Warehouse.empty().smallShop();
        warehouse.run(
                "insert into etl.part_warnings (run_id, stream, part, rule, field, rows) values (?, 'orders', 1, 'r', 'f', 1)",
                Warehouse.RUN);
        warehouse.found(Warehouse.RUN, "other_currency", "refunds", "rows.", false);
        JsonPath description = json(given().get(DESCRIPTION + "?format=json"));
        Map<String, Map<String, Object>> paths = description.getMap("paths");
        Map<String, Map<String, Object>> schemas = description.getMap("components.schemas");
        assertThat(paths.keySet())
                .containsExactlyInAnyOrder(
                        "/api/v1/overview",
                        "/api/v1/products",
                        "/api/v1/products/{source}/{id}",
                        "/api/v1/customers",
                        "/api/v1/customers/{source}/{id}",
                        "/api/v1/geography",
                        "/api/v1/runs",
                        "/api/v1/runs/{runId}",
                        "/api/v1/quality");
        List<String> differences = new ArrayList<>();
        for (String address : ADDRESSES) {
            String path =
                    API
                            + address.replaceFirst("\\?.*", "")
                                    .replaceFirst("/shop/\\w+$", "/{source}/{id}")
                                    .replaceFirst("/runs/\\w+$", "/runs/{runId}");
            Map<String, Object> operation = cast(paths.get(path).get("get"));
            assertThat(operation.get("summary")).as(path).isNotNull();
            Map<String, Object> responses = cast(operation.get("responses"));
            assertThat(responses.keySet()).contains("200", "304", "400", "404", "503");
            Map<String, Object> content = cast(cast(responses.get("200")).get("content"));
            Map<String, Object> schema = cast(cast(content.get("application/json")).get("schema"));
            compare(
                    path,
                    schema,
                    given().get(API + address).jsonPath().getMap("$"),
                    schemas,
                    differences);
        }
        compare(
                "problem",
                Map.of("$ref", "#/components/schemas/Problem"),
                given().get(API + "/overview?from=x").jsonPath().getMap("$"),
                schemas,
                differences);
        assertThat(differences).isEmpty();
        Map<String, Object> overview = cast(paths.get("/api/v1/overview").get("get"));
        assertThat(
                        ((List<?>) overview.get("parameters"))
                                .stream().map(parameter -> cast(parameter).get("name")).toList())
                .containsExactlyInAnyOrder(
                        "from", "to", "range", "category", "source", "currency", "by", "compare");
        assertThat(
                        ((List<?>) overview.get("parameters"))
                                .stream()
                                        .map(ApiTest::cast)
                                        .filter(parameter -> "by".equals(parameter.get("name")))
                                        .map(parameter -> parameter.get("description").toString())
                                        .toList())
                .singleElement()
                .asString()
                .contains("day, week or month");
        assertThat(schemas).containsKey("Problem");
    }

    private static void compare(
            String where,
            Map<String, Object> schema,
            @Nullable Object found,
            Map<String, Map<String, Object>> schemas,
            List<String> differences) {
        Map<String, Object> resolved = resolved(schema, schemas);
        String type = String.valueOf(resolved.get("type"));
        if (found != null && !type.matches(".*(" + kind(found) + ").*")) {
            differences.add(where + " is " + type + ", not " + found);
        }
        if (found instanceof List<?> items) {
            for (Object item : items.stream().limit(2).toList()) {
                compare(where + "[]", cast(resolved.get("items")), item, schemas, differences);
            }
        } else if (found instanceof Map<?, ?> fields && resolved.get("properties") != null) {
            Map<String, Object> properties = cast(resolved.get("properties"));
            if (!properties.keySet().equals(fields.keySet())) {
                differences.add(where + " " + properties.keySet() + " " + fields.keySet());
                return;
            }
            properties.forEach(
                    (name, property) ->
                            compare(
                                    where + "." + name,
                                    cast(property),
                                    fields.get(name),
                                    schemas,
                                    differences));
        } else if (found instanceof Map && resolved.get("additionalProperties") == null) {
            differences.add(where + " has no properties: " + resolved);
        }
    }

    /** What a schema calls the type of a value. */
    private static String kind(Object found) {
        if (found instanceof String) {
            return "string";
        }
        if (found instanceof Boolean) {
            return "boolean";
        }
        if (found instanceof Number) {
            return "integer|number";
        }
        return found instanceof List ? "array" : "object";
    }

    /** Also where a reference stands beside a description, or as one of several alternatives. */
    private static Map<String, Object> resolved(
            Map<String, Object> schema, Map<String, Map<String, Object>> schemas) {
        if (schema.get("$ref") instanceof String reference) {
            return schemas.get(reference.replaceFirst(".*/", ""));
        }
        for (String several : List.of("anyOf", "oneOf", "allOf")) {
            if (schema.get(several) instanceof List<?> alternatives) {
                return alternatives.stream()
                        .map(ApiTest::cast)
                        .filter(one -> one.containsKey("$ref"))
                        .map(one -> resolved(one, schemas))
                        .findFirst()
                        .orElse(schema);
            }
        }
        return schema;
    }

    @SuppressWarnings("unchecked") // JSON objects have names as keys
    private static Map<String, Object> cast(Object object) {
        return (Map<String, Object>) object;
    }

    @Test
    void theDescriptionIsSentAsJsonAndAsYaml() {
        assertThat(given().get(DESCRIPTION).asString()).startsWith("---\nopenapi:");
        assertThat(
                        json(given().accept("application/json").get(DESCRIPTION))
                                .getString("info.title"))
                .isEqualTo("ShopFlow");
        // No page of a library, which would need scripts and styles of its own.
        assertThat(
                        Stream.of("/q/swagger-ui", "/q/openapi", "/openapi")
                                .map(path -> given().get(path).statusCode())
                                .distinct()
                                .toList())
                .containsExactly(404);
    }
}
