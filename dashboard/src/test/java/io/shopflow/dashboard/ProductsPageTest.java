package io.shopflow.dashboard;

import static io.restassured.RestAssured.given;
import static io.shopflow.dashboard.ProductShop.NEWEST;
import static io.shopflow.dashboard.ProductShop.coverage;
import static io.shopflow.dashboard.ProductShop.money;
import static io.shopflow.dashboard.ProductShop.percent;
import static java.util.Comparator.comparing;
import static java.util.Comparator.nullsLast;
import static java.util.Comparator.reverseOrder;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.shopflow.dashboard.ProductShop.Item;
import io.shopflow.dashboard.ProductShop.Line;
import io.shopflow.dashboard.ProductShop.Sold;
import java.math.BigDecimal;
import java.math.MathContext;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The list of products, held against counts in plain Java of the lines that were loaded. */
@QuarkusTest
@QuarkusTestResource(WarehouseServer.class)
class ProductsPageTest {
    private static final String MARCH = "/products?from=2026-03-01&to=2026-03-31";

    /** A product of the list. */
    private record Listed(long rank, String name, String text, Sold sold) {}

    private static List<Listed> listed(ProductShop shop, List<Line> sold, boolean sources) {
        List<Sold> products = shop.byProduct(sold).stream().map(shop::figures).toList();
        return products.stream()
                .map(
                        product -> {
                            Line line = product.lines().getFirst();
                            Item item = shop.item(line);
                            long rank =
                                    1
                                            + products.stream()
                                                    .filter(other -> other.net() > product.net())
                                                    .count();
                            String name = shop.name(product.lines());
                            String about =
                                    Stream.of(
                                                    shop.category(line),
                                                    item == null ? null : item.sku(),
                                                    sources && line.product() != null
                                                            ? line.source()
                                                            : null)
                                            .filter(text -> text != null)
                                            .collect(Collectors.joining(" · "));
                            return new Listed(
                                    rank,
                                    name,
                                    "%s %s | %d | %d | %d | %s | %s | %s | %s | %s"
                                            .formatted(
                                                    name,
                                                    about,
                                                    rank,
                                                    product.units(),
                                                    product.orders(),
                                                    money(product.gross()),
                                                    money(product.net()),
                                                    percent(
                                                            product.refund(),
                                                            product.gross() - product.discount()),
                                                    profit(product),
                                                    product.profit() == null
                                                                    || product.coveredNet() <= 0
                                                            ? "–"
                                                            : percent(
                                                                    product.profit(),
                                                                    product.coveredNet())),
                                    product);
                        })
                .toList();
    }

    private static String profit(Sold product) {
        if (product.profit() == null) {
            return "Unknown";
        }
        return money(product.profit())
                + (product.covered() == product.unsigned()
                        ? ""
                        : " covers " + coverage(product.covered(), product.unsigned()));
    }

    private static @Nullable BigDecimal share(@Nullable Long part, long whole) {
        return part == null || whole <= 0
                ? null
                : BigDecimal.valueOf(part)
                        .divide(BigDecimal.valueOf(whole), MathContext.DECIMAL128);
    }

    private static final Map<String, Function<Listed, @Nullable BigDecimal>> VALUES =
            Map.of(
                    "rank", row -> BigDecimal.valueOf(row.rank()),
                    "units", row -> BigDecimal.valueOf(row.sold().units()),
                    "orders", row -> BigDecimal.valueOf(row.sold().orders()),
                    "gross", row -> BigDecimal.valueOf(row.sold().gross()),
                    "net", row -> BigDecimal.valueOf(row.sold().net()),
                    "refunded",
                            row ->
                                    share(
                                            row.sold().refund(),
                                            row.sold().gross() - row.sold().discount()),
                    "profit",
                            row ->
                                    row.sold().profit() == null
                                            ? null
                                            : BigDecimal.valueOf(row.sold().profit()),
                    "margin", row -> share(row.sold().profit(), row.sold().coveredNet()));

    private static List<String> sorted(List<Listed> rows, String sort, String order) {
        Comparator<Listed> comparator =
                sort.equals("name")
                        ? comparing(Listed::name, directed(order))
                        : comparing(VALUES.get(sort), nullsLast(directed(order)));
        return rows.stream()
                .sorted(
                        comparator
                                .thenComparing(Listed::rank)
                                .thenComparing(Listed::name)
                                .thenComparing(row -> row.sold().lines().getFirst().source()))
                .map(Listed::text)
                .toList();
    }

    private static <T extends Comparable<T>> Comparator<T> directed(String order) {
        return order.equals("desc") ? Comparator.<T>reverseOrder() : Comparator.<T>naturalOrder();
    }

    /** The rows of all pages. */
    private static List<String> allPages(String query, int count) {
        List<String> rows = new ArrayList<>();
        for (int page = 1; page <= Math.max(1, (count + 49) / 50); page++) {
            rows.addAll(Page.at(query + "&page=" + page).table("Products sold"));
        }
        return rows;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "rank",
                "name",
                "units",
                "orders",
                "gross",
                "net",
                "refunded",
                "profit",
                "margin"
            })
    void theListIsSortedByEachColumn(String sort) {
        ProductShop shop = ProductShop.generated(7).load();
        List<Listed> rows = listed(shop, shop.sold(LocalDate.EPOCH, NEWEST, "GBP"), true);
        assertThat(rows).hasSizeGreaterThan(60);
        for (String order : List.of("asc", "desc")) {
            assertThat(
                            allPages(
                                    "/products?range=all&currency=GBP&sort=%s&order=%s"
                                            .formatted(sort, order),
                                    rows.size()))
                    .as(sort + " " + order)
                    .isEqualTo(sorted(rows, sort, order));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "2025-03-07, 2026-09-18, GBP",
        "2026-01-01, 2026-06-30, GBP",
        "2026-10-03, 2026-10-09, GBP",
        "2026-10-20, 2026-12-31, GBP",
        "2024-01-01, 2027-01-01, GBP",
    })
    void aRangeHasTheSalesOfItsDays(LocalDate from, LocalDate to, String currency) {
        ProductShop shop = ProductShop.generated(from.toEpochDay()).load();
        List<Line> sold = shop.sold(from, to, currency);
        List<Listed> rows = listed(shop, sold, true);
        String query = "/products?currency=%s&from=%s&to=%s".formatted(currency, from, to);
        assertThat(allPages(query, rows.size())).isEqualTo(sorted(rows, "rank", "asc"));
        assertThat(Page.at(query + "&category=Bath").table("Products sold"))
                .isEqualTo(
                        sorted(
                                listed(
                                        shop,
                                        sold.stream()
                                                .filter(l -> shop.category(l).equals("Bath"))
                                                .toList(),
                                        true),
                                "rank",
                                "asc"));
        assertThat(Page.at(query + "&source=till").table("Products sold"))
                .isEqualTo(
                        sorted(
                                listed(
                                        shop,
                                        sold.stream()
                                                .filter(l -> l.source().equals("till"))
                                                .toList(),
                                        false),
                                "rank",
                                "asc"));
        Sold all = shop.figures(sold);
        Page page = Page.at(query);
        assertThat(page.card("sold")).isEqualTo(String.valueOf(rows.size()));
        assertThat(page.card("net")).isEqualTo(BigDecimal.valueOf(all.net(), 2).toPlainString());
        assertThat(page.cardText("refunded"))
                .contains(percent(all.refund(), all.gross() - all.discount()));
        assertThat(page.card("profit"))
                .isEqualTo(
                        all.profit() == null
                                ? "none"
                                : BigDecimal.valueOf(all.profit(), 2).toPlainString());
        assertThat(page.cardText("profit")).contains("covers");
        Page overview = Page.at(query.replace("/products", "/"));
        assertThat(page.table("Sums of products"))
                .containsExactly(
                        "All products sold | %s | %s | %s | %s"
                                .formatted(
                                        money(all.gross()),
                                        money(all.discount()),
                                        money(all.refund()),
                                        money(all.net())),
                        "Belongs to no product | | | | £0.00",
                        "Net sales | | | | " + money(all.net()));
        assertThat(overview.card("net")).isEqualTo(page.card("net"));
    }

    @ParameterizedTest
    @CsvSource({
        "2025-03-07, 2026-09-18, GBP, Scotland",
        "2026-01-01, 2026-06-30, EUR, London",
        "2024-01-01, 2027-01-01, GBP, Wales",
    })
    void aRegionHasTheSalesOfItsOrders(
            LocalDate from, LocalDate to, String currency, String region) {
        ProductShop shop = ProductShop.generated(from.toEpochDay()).load();
        List<Line> sold =
                shop.sold(from, to, currency).stream()
                        .filter(line -> line.region().equals(region))
                        .toList();
        List<Listed> rows = listed(shop, sold, true);
        String query =
                "/products?currency=%s&from=%s&to=%s&region=%s"
                        .formatted(currency, from, to, region);
        for (String sort : List.of("profit", "rank")) {
            assertThat(
                            allPages(query + "&order=desc&sort=" + sort, rows.size()).stream()
                                    .map(ProductsPageTest::pounds))
                    .containsExactlyElementsOf(sorted(rows, sort, "desc"));
        }
        List<Line> ofHome =
                sold.stream().filter(line -> shop.category(line).equals("Home")).toList();
        assertThat(
                        Page.at(query + "&category=Home").table("Products sold").stream()
                                .map(ProductsPageTest::pounds))
                .containsExactlyElementsOf(sorted(listed(shop, ofHome, true), "rank", "asc"));
        Sold all = shop.figures(sold);
        Page page = Page.at(query);
        assertThat(page.card("net")).isEqualTo(BigDecimal.valueOf(all.net(), 2).toPlainString());
        assertThat(page.table("Sums of products").stream().map(ProductsPageTest::pounds))
                .endsWith("Net sales, sent to " + region + " | | | | " + money(all.net()));
        assertThat(page.text()).contains("Only orders that were sent to " + region);
        assertThat(page.html())
                .contains("<option value=\"" + region + "\">", "name=\"region\" value=\"" + region)
                .contains("&amp;sort=profit&amp;order=desc&amp;region=" + region);
        assertThat(Page.at(query.replace("/products", "/")).html())
                .contains(
                        "/products?from=%s&amp;to=%s&amp;currency=%s&amp;region=%s"
                                .formatted(from, to, currency, region));
        long sentThere =
                given().get("/products.csv" + query.substring("/products".length()))
                                .asString()
                                .lines()
                                .count()
                        - 1;
        assertThat(sentThere).isEqualTo(rows.size());
        assertThat(given().get("/api/v1" + query).jsonPath().getLong("figures.sold.sales.netMinor"))
                .isEqualTo(all.net());
    }

    private static String pounds(String row) {
        return row.replace('€', '£');
    }

    /** What an order has beyond its lines is in the sums of its region, and of no other. */
    @Test
    void refundsOfNoLineAreOfTheRegionOfTheirOrder() {
        Warehouse warehouse = Warehouse.empty().smallShop();
        warehouse.order("shop", "7", "2026-03-11", "completed", "c9", "GBP", "GB", "Wales");
        warehouse.refund("shop", "7", null, 250, "GBP");
        Warehouse.refreshMarts();
        assertThat(Page.at(MARCH + "&region=Wales").table("Sums of products"))
                .endsWith(
                        "Belongs to no product | | | | −£2.50",
                        "Net sales, sent to Wales | | | | £7.50");
        assertThat(Page.at(MARCH + "&region=London").table("Sums of products"))
                .contains("Belongs to no product | | | | £0.00");
        Page nowhere = Page.at(MARCH + "&region=Atlantis%22%3E");
        assertThat(nowhere.card("sold")).isEqualTo("0");
        assertThat(nowhere.html()).doesNotContain("Atlantis\">");
    }

    @Test
    void productsThatDidNotSellAreListed() {
        ProductShop shop = ProductShop.generated(3).load();
        LocalDate from = NEWEST.minusDays(40);
        List<Line> sold = shop.sold(from, NEWEST, "GBP");
        List<Item> idle =
                shop.catalogue().stream()
                        .filter(item -> item.source().equals("shop"))
                        .filter(item -> sold.stream().noneMatch(l -> item.equals(shop.item(l))))
                        .sorted(comparing(Item::name))
                        .toList();
        assertThat(idle).hasSizeBetween(9, 50);
        String query = "/products?currency=GBP&source=shop&from=" + from;
        Page page = Page.at(query + "&show=unsold");
        assertThat(page.table("Products that did not sell"))
                .isEqualTo(idle.stream().map(item -> text(shop, item)).toList());
        assertThat(Page.at(query).cardText("sold"))
                .contains(idle.size() + " of 62 products in the catalogue did not sell");
        assertThat(
                        Page.at(query + "&show=unsold&sort=price&order=desc&category=Home")
                                .table("Products that did not sell"))
                .isEqualTo(
                        idle.stream()
                                .filter(item -> "Home".equals(item.category()))
                                .sorted(
                                        comparing(Item::price, nullsLast(reverseOrder()))
                                                .thenComparing(Item::name))
                                .map(item -> text(shop, item))
                                .toList());
    }

    private static String text(ProductShop shop, Item item) {
        String last =
                shop.lines().stream()
                        .filter(line -> line.counts() && item.equals(shop.item(line)))
                        .map(Line::day)
                        .max(Comparator.naturalOrder())
                        .map(
                                java.time.format.DateTimeFormatter.ofPattern(
                                                "d MMM uuuu", java.util.Locale.UK)
                                        ::format)
                        .orElse("never");
        return "%s%s | %s | %s | %s | %s"
                .formatted(
                        item.name(),
                        item.sku() == null ? "" : " " + item.sku(),
                        item.category() == null ? "unknown" : item.category(),
                        item.price() == null ? "–" : money(item.price()),
                        item.cost() == null ? "Unknown" : money(item.cost()),
                        last);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @Test
    void theSearchFindsNamesIdsAndSkusAsTheyAreWritten() {
        Warehouse warehouse = Warehouse.empty().smallShop();
        warehouse.run("update warehouse.dim_products set sku = '10%_OFF\\' where product_id = 'b'");
        warehouse.run("update warehouse.dim_products set name = 'Éclair' where product_id = 'a'");
        Map<String, String> found =
                Map.of(
                        "éCLAIR", "Éclair",
                        "clai", "Éclair",
                        "towel", "Linen towel",
                        "%", "Linen towel",
                        "0%_off\\", "Linen towel",
                        "_", "Linen towel",
                        "B", "Linen towel");
        found.forEach(
                (text, name) ->
                        assertThat(Page.at(MARCH + "&q=" + encoded(text)).table("Products sold"))
                                .as(text)
                                .singleElement()
                                .asString()
                                .contains(name));
        for (String text : List.of("__", "' or ''='", "\"", "1%0", "\\'", ":search", "?", "{0}")) {
            Page page = Page.at(MARCH + "&q=" + encoded(text));
            assertThat(page.table("Products sold")).as(text).isEmpty();
            assertThat(page.text()).contains("No product that sold in this range has");
        }
        Page page = Page.at(MARCH + "&q=towel");
        assertThat(page.text()).contains("1 to 1 of 1 product with “towel”");
        // The rank stays, and the sums are those of all products.
        assertThat(page.table("Products sold").getFirst())
                .startsWith("Linen towel Bath · 10%_OFF\\ | 2 | ");
        assertThat(page.table("Sums of products"))
                .startsWith(
                        "1 product found | £5.00 | £1.00 | £0.00 | £4.00",
                        "All products sold | £45.00 | £1.00 | £10.00 | £34.00");
        assertThat(Page.at(MARCH + "&show=unsold&q=NEVER").table("Products that did not sell"))
                .hasSize(1);
        assertThat(Page.at(MARCH + "&show=unsold&q=towel").text())
                .contains("No product that did not sell in this range has “towel” in its name");
    }

    @Test
    void whatBelongsToNoLineIsShownSoThatTheSumIsThatOfTheOverview() {
        Warehouse warehouse = Warehouse.empty().smallShop();
        // More than the whole order; and an order without lines that was refunded.
        warehouse.order("shop", "7", "2026-03-30", "completed", "c9", "GBP", "GB", "Wales");
        warehouse.line("shop", "7", "b", 1, 500, 0, "GBP").refund("shop", "7", null, 800, "GBP");
        warehouse.order("shop", "8", "2026-03-30", "completed", "c9", "GBP", "GB", "Wales");
        warehouse.refund("shop", "8", null, 100, "GBP");
        Page page = Page.at(MARCH);
        assertThat(page.table("Sums of products"))
                .containsExactly(
                        "All products sold | £50.00 | £1.00 | £15.00 | £34.00",
                        "Belongs to no product | | | | −£4.00",
                        "Net sales | | | | £30.00");
        assertThat(Page.at(MARCH.replace("/products", "/")).card("net")).isEqualTo("30.00");
        assertThat(Page.at(MARCH + "&category=Bath").table("Sums of products"))
                .endsWith("Belongs to no product | | | | £0.00", "Net sales of Bath | | | | £4.00");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "sort=price|sort is price|one of name, rank, units, orders, gross, net, refunded, profit, margin",
                "sort=net_minor%3Bdrop|sort is net_minor;drop|one of name, rank",
                "show=unsold&sort=net|sort is net|one of name, category, price, cost",
                "order=up|order is up|asc or desc",
                "show=all|show is all|sold or unsold",
                "page=0|page is 0|a whole number from 1 to 1000000",
                "page=99999999999|page is 99999999999|a whole number",
                "page=x&sort=y&from=z|page is x|YYYY-MM-DD",
                "q=%00|q is|at most 200 characters",
            })
    void anInvalidParameterIsReportedWithTheAllowedValues(
            String query, String mistake, String allowed) {
        Warehouse.empty().smallShop();
        String page =
                given().urlEncodingEnabled(false)
                        .get("/products?" + query)
                        .then()
                        .statusCode(400)
                        .extract()
                        .asString();
        assertThat(new Page(page).text()).contains(mistake, allowed);
    }

    @Test
    void aSearchOfAnySizeIsRefusedWithASmallPage() {
        Warehouse.empty().smallShop();
        String page =
                given().get("/products?q=" + "x".repeat(201))
                        .then()
                        .statusCode(400)
                        .extract()
                        .asString();
        assertThat(page.length()).isLessThan(4000);
        given().get("/products?q=" + "x".repeat(100_000)).then().statusCode(414);
        assertThat(Page.at("/products?q=" + "x".repeat(200)).text())
                .contains("No product that sold in this range has");
    }

    @Test
    void namesAreTextNotMarkupAndTheSearchIsShownAsText() {
        Warehouse.empty().smallShop();
        assertThat(Page.at(MARCH).html()).doesNotContain("<b>tray").contains("&lt;b&gt;tray");
        assertThat(Page.at(MARCH + "&q=" + encoded("\"><script>alert(1)</script>")).html())
                .doesNotContain("<script>alert");
    }

    @Test
    void theFilterAndTheChoicesAreKeptInLinks() {
        Warehouse.empty().smallShop();
        Page page = Page.at(MARCH + "&category=Bath&q=linen&sort=units&order=desc");
        assertThat(page.html())
                .contains(
                        "href=\"/customers?from=2026-03-01&amp;to=2026-03-31&amp;category=Bath\"",
                        "href=\"/products?range=30d&amp;category=Bath&amp;sort=units&amp;order=desc&amp;q=linen\"",
                        "href=\"/products?from=2026-03-01&amp;to=2026-03-31&amp;category=Bath&amp;sort=units&amp;order=asc&amp;q=linen#list-title\"",
                        "class=\"column-units\" aria-sort=\"descending\"",
                        "<input type=\"hidden\" name=\"sort\" value=\"units\">",
                        "name=\"q\" value=\"linen\"");
        assertThat(page.html().split("aria-sort")).hasSize(2);
    }

    @Test
    void aPageAfterTheLastOneIsTheLastOne() {
        ProductShop.generated(7).load();
        Page page = Page.at("/products?range=all&currency=GBP&page=900");
        assertThat(page.text()).contains("Page 2 of 2", "51 to ");
        assertThat(page.html()).contains("rel=\"prev\"").doesNotContain("rel=\"next\"");
        assertThat(page.table("Products sold"))
                .isEqualTo(
                        Page.at("/products?range=all&currency=GBP&page=2").table("Products sold"));
    }

    @Test
    void anEmptyWarehouseAndARangeWithoutSalesShowAMessage() {
        Warehouse.empty();
        assertThat(Page.at("/products").text()).contains("No sales yet", "./shopflow up");
        Warehouse.empty().smallShop();
        Page page = Page.at("/products?from=2027-01-01");
        assertThat(page.text())
                .contains("No sales in this range. The data has sales from 15 Jan 2025");
        assertThat(page.card("sold")).isEqualTo("0");
        assertThat(page.cardText("sold")).contains("3 of 3 products in the catalogue did not sell");
        assertThat(page.cardText("profit")).contains("Unknown");
        assertThat(
                        Page.at("/products?from=2027-01-01&show=unsold")
                                .table("Products that did not sell"))
                .hasSize(3);
    }

    @Test
    void oldFiguresAndFindingsAreNoticed() {
        Warehouse.empty()
                .smallShop()
                .found(Warehouse.RUN, "other_currency", "refunds", "rows.", false)
                .run("update etl.runs set closed_at = now() - interval '25 hours'");
        assertThat(Page.at("/products").text())
                .contains("These figures are old.", "These figures are in doubt.");
    }

    @Test
    void theFileHasTheWholeListForSpreadsheets() {
        Warehouse warehouse = Warehouse.empty().smallShop();
        warehouse.run(
                "update warehouse.dim_products set name = '=HYPERLINK(\"x\"), 1', sku = '@a', category = '-Bath' where product_id = 'b'");
        Page page = Page.at(MARCH + "&sort=net&order=asc");
        Matcher link = Pattern.compile("href=\"(/products.csv[^\"]*)\"").matcher(page.html());
        assertThat(link.find()).isTrue();
        Response file = given().urlEncodingEnabled(false).get(link.group(1).replace("&amp;", "&"));
        assertThat(file.statusCode()).isEqualTo(200);
        assertThat(file.contentType()).isEqualToIgnoringCase("text/csv;charset=UTF-8");
        assertThat(file.header("Content-Disposition"))
                .isEqualTo("attachment; filename=\"products-2026-03-01-to-2026-03-31.csv\"");
        assertThat(new String(file.asByteArray(), StandardCharsets.UTF_8).split("\r\n"))
                .containsExactly(
                        "\uFEFFrank,source,product_id,name,sku,category,units,orders,gross_sales,discounts,refunds,net_sales,refunded_share,profit,margin,covered_share,currency",
                        "2,\"shop\",\"b\",\"'=HYPERLINK(\"\"x\"\"), 1\",\"'@a\",\"'-Bath\",1,1,5.00,1.00,0.00,4.00,0.0000,,,0.0000,GBP",
                        "1,\"shop\",\"a\",\"Oak <b>tray</b> & \"\"lid\"\"\",,\"Kitchen\",4,3,40.00,0.00,10.00,30.00,0.2500,18.00,0.6000,1.0000,GBP");
        assertThat(given().get("/products.csv?range=all&show=unsold").asString())
                .contains(
                        "source,product_id,name,sku,category,price,unit_cost,currency,last_sold\r\n"
                                + "\"shop\",\"c\",\"Never sold\",,\"Bath\",,1.00,GBP,\r\n");
        given().get("/products.csv?sort=x").then().statusCode(400);
    }

    /** A spreadsheet reads wide signs like others, and does not see what precedes them. */
    @ParameterizedTest
    @CsvSource({
        "'=', true",
        "'+', true",
        "'-', true",
        "'@', true",
        "'\t', true",
        "'\t=', true",
        "'\uFF1D', true",
        "'\uFF0B', true",
        "'\uFF0D', true",
        "'\uFF20', true",
        "'\uFE66', true",
        "'\u2212', true",
        "'\u034F=', true",
        "'\u3164=', true",
        "'\u2800=', true",
        "'\u115F\u200B\u00A0 @', true",
        "'\uFEFF\u2028+', true",
        "'\u3164\uFF1D', true",
        "'a=', false",
        "'\u3164a', false",
        "'\u2800', false",
        "'\u00C4=', false",
        "'5-', false"
    })
    void aTextOfTheFileIsNoFormula(String begin, boolean quoted) {
        Warehouse warehouse = Warehouse.empty().smallShop();
        warehouse.run(
                "update warehouse.dim_products set name = ? where product_id = 'c'", begin + "1");
        assertThat(given().get("/products.csv?range=all&show=unsold").asString())
                .contains("\"shop\",\"c\",\"" + (quoted ? "'" : "") + begin + "1\",");
    }

    @Test
    void aSourceWithoutSalesHasNoFile() {
        Warehouse warehouse = Warehouse.empty().smallShop();
        warehouse.ran("later", "01JD0000000000000000000009", "incomplete", Instant.now());
        given().get("/products.csv?source=later").then().statusCode(404);
        assertThat(given().get("/api/v1/overview?source=later").asString())
                .contains("\"source\":\"later\"", "\"kind\":\"incomplete\"")
                .doesNotContain("\"source\":\"shop\"", "\"kind\":\"rejected\"");
    }

    @Test
    void theFileHasTheRowsOfAllPages() {
        ProductShop shop = ProductShop.generated(7).load();
        Warehouse.refreshMarts();
        List<Line> sold = shop.sold(LocalDate.EPOCH, NEWEST, "GBP");
        String file = given().get("/products.csv?range=all&currency=GBP").asString();
        assertThat(file.lines()).hasSize(1 + shop.byProduct(sold).size());
        BigDecimal net =
                file.lines()
                        .skip(1)
                        .map(line -> new BigDecimal(line.split(",")[11]))
                        .reduce(BigDecimal.ZERO, BigDecimal::add);
        assertThat(net).isEqualTo(BigDecimal.valueOf(shop.figures(sold).net(), 2));
    }
}
