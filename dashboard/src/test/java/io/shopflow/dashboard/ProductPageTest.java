package io.shopflow.dashboard;

import static io.restassured.RestAssured.given;
import static io.shopflow.dashboard.ProductShop.coverage;
import static io.shopflow.dashboard.ProductShop.money;
import static io.shopflow.dashboard.ProductShop.percent;
import static java.util.Comparator.comparing;
import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.shopflow.dashboard.ProductShop.Item;
import io.shopflow.dashboard.ProductShop.Line;
import io.shopflow.dashboard.ProductShop.Sold;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The page of a product, held against counts in plain Java of the lines that were loaded. */
@QuarkusTest
@QuarkusTestResource(WarehouseServer.class)
class ProductPageTest {
    private static final DateTimeFormatter MONTH =
            DateTimeFormatter.ofPattern("MMM uuuu", Locale.UK);

    @ParameterizedTest
    @CsvSource({
        "id1, 2024-06-01, 2027-03-31",
        "id2, 2026-02-11, 2026-09-17",
        "id4, 2026-01-01, 2026-10-20",
        "ghost, 2024-06-01, 2027-03-31",
    })
    void figuresAreThoseOfTheProductsLines(String id, LocalDate from, LocalDate to) {
        ProductShop shop = ProductShop.generated(5).load();
        List<Line> ofProduct =
                shop.sold(LocalDate.EPOCH, LocalDate.of(2999, 1, 1), "GBP").stream()
                        .filter(line -> line.source().equals("shop") && id.equals(line.product()))
                        .toList();
        List<Line> lines =
                ofProduct.stream()
                        .filter(line -> !line.day().isBefore(from) && !line.day().isAfter(to))
                        .toList();
        Sold sold = shop.figures(lines);
        assertThat(sold.orders()).isPositive();
        List<Line> refunded =
                ofProduct.stream()
                        .filter(
                                line ->
                                        !line.refundedOn().isBefore(from)
                                                && !line.refundedOn().isAfter(to))
                        .toList();
        long refundedThen = refunded.stream().mapToLong(Line::refund).sum();

        Page page = Page.at("/products/shop/%s?currency=GBP&from=%s&to=%s".formatted(id, from, to));

        assertThat(page.card("net")).isEqualTo(BigDecimal.valueOf(sold.net(), 2).toPlainString());
        assertThat(page.cardText("net"))
                .contains(money(sold.gross() - sold.discount() - refundedThen));
        assertThat(page.card("units")).isEqualTo(String.valueOf(sold.units()));
        assertThat(page.cardText("units")).contains("in " + sold.orders() + " order");
        assertThat(page.cardText("refunded"))
                .contains(
                        percent(sold.refund(), sold.gross() - sold.discount()),
                        money(refundedThen) + " refunded in the range");
        if (sold.profit() == null) {
            assertThat(page.cardText("profit")).contains("Unknown");
        } else {
            assertThat(page.card("profit"))
                    .isEqualTo(BigDecimal.valueOf(sold.profit(), 2).toPlainString());
            assertThat(page.cardText("profit"))
                    .contains(
                            "margin " + percent(sold.profit(), sold.coveredNet()),
                            "covers " + coverage(sold.covered(), sold.unsigned()));
        }
        assertThat(page.table("Sales of the product by month"))
                .isEqualTo(months(lines, refunded, from, to, shop, sold, refundedThen));
        assertThat(page.table("Sales of the product by region")).isEqualTo(regions(lines, sold));
        assertThat(page.table("Products bought together with it"))
                .isEqualTo(together(shop, lines, id));
    }

    private static List<String> months(
            List<Line> lines,
            List<Line> refunded,
            LocalDate from,
            LocalDate to,
            ProductShop shop,
            Sold sold,
            long refundedThen) {
        // Figures begin with the first sale of the source, and end with its newest order or refund.
        List<Line> all = shop.lines().stream().filter(l -> l.source().equals("shop")).toList();
        LocalDate oldest =
                all.stream()
                        .filter(line -> line.counts() && line.currency().equals("GBP"))
                        .map(Line::day)
                        .min(LocalDate::compareTo)
                        .orElseThrow();
        LocalDate newest = all.stream().map(Line::day).max(LocalDate::compareTo).orElseThrow();
        LocalDate first = from.isAfter(oldest) ? from : oldest;
        LocalDate last = to.isBefore(newest) ? to : newest;
        YearMonth end =
                refunded.stream()
                        .filter(line -> line.refund() > 0)
                        .map(line -> YearMonth.from(line.refundedOn()))
                        .max(YearMonth::compareTo)
                        .filter(month -> month.isAfter(YearMonth.from(last)))
                        .orElse(YearMonth.from(last));
        List<String> rows = new ArrayList<>();
        for (YearMonth at = YearMonth.from(first); !at.isAfter(end); at = at.plusMonths(1)) {
            YearMonth month = at;
            LocalDate start = first.isAfter(month.atDay(1)) ? first : month.atDay(1);
            LocalDate stop = last.isBefore(month.atEndOfMonth()) ? last : month.atEndOfMonth();
            boolean whole =
                    month.isAfter(YearMonth.from(last))
                            || (start.equals(month.atDay(1)) && stop.equals(month.atEndOfMonth()));
            Sold here =
                    shop.figures(
                            lines.stream()
                                    .filter(line -> YearMonth.from(line.day()).equals(month))
                                    .toList());
            long then =
                    refunded.stream()
                            .filter(line -> YearMonth.from(line.refundedOn()).equals(month))
                            .mapToLong(Line::refund)
                            .sum();
            rows.add(
                    row(
                            MONTH.format(month)
                                    + (whole
                                            ? ""
                                            : " %d–%d only"
                                                    .formatted(
                                                            start.getDayOfMonth(),
                                                            stop.getDayOfMonth())),
                            here,
                            then));
        }
        rows.add(row("All", sold, refundedThen));
        return rows;
    }

    private static String row(String name, Sold sold, long then) {
        return "%s | %d | %d | %s | %s | %s | %s | %s | %s"
                .formatted(
                        name,
                        sold.orders(),
                        sold.units(),
                        money(sold.gross()),
                        money(sold.discount()),
                        money(sold.refund()),
                        money(sold.net()),
                        money(then),
                        money(sold.gross() - sold.discount() - then));
    }

    private static List<String> regions(List<Line> lines, Sold sold) {
        return lines.stream().collect(groupingBy(Line::region)).entrySet().stream()
                .sorted(
                        comparing(
                                        (Map.Entry<String, List<Line>> region) ->
                                                region.getValue().stream()
                                                        .mapToLong(Line::net)
                                                        .sum())
                                .reversed()
                                .thenComparing(Map.Entry::getKey))
                .map(
                        region -> {
                            long net = region.getValue().stream().mapToLong(Line::net).sum();
                            return "%s United Kingdom | %d | %s | %s"
                                    .formatted(
                                            region.getKey(),
                                            region.getValue().stream()
                                                    .map(Line::order)
                                                    .distinct()
                                                    .count(),
                                            money(net),
                                            percent(net, sold.net()));
                        })
                .toList();
    }

    private static List<String> together(ProductShop shop, List<Line> lines, String id) {
        Set<String> orders = lines.stream().map(Line::order).collect(toSet());
        Map<String, Set<String>> baskets =
                shop.lines().stream()
                        .filter(line -> orders.contains(line.order()) && line.product() != null)
                        .collect(
                                groupingBy(
                                        Line::order,
                                        java.util.stream.Collectors.mapping(
                                                line -> Objects.requireNonNull(line.product()),
                                                toSet())));
        baskets.values().removeIf(products -> products.size() < 2);
        Map<String, Long> partners =
                baskets.values().stream()
                        .flatMap(Set::stream)
                        .filter(product -> !product.equals(id))
                        .collect(groupingBy(product -> product, counting()));
        return partners.entrySet().stream()
                .sorted(
                        comparing((Map.Entry<String, Long> partner) -> partner.getValue())
                                .reversed()
                                .thenComparing(Map.Entry::getKey))
                .limit(10)
                .map(
                        partner -> {
                            Item item = shop.item("shop", partner.getKey());
                            return "%s | %d | %s"
                                    .formatted(
                                            item == null ? "zghost" : item.name(),
                                            partner.getValue(),
                                            percent(partner.getValue(), baskets.size()));
                        })
                .toList();
    }

    @Test
    void aRefundOfTheOrderIsSpreadOverItsLinesAndItsDays() {
        Warehouse warehouse = Warehouse.empty().smallShop();
        warehouse.order("shop", "7", "2026-03-30", "completed", "c9", "GBP", "GB", "Wales");
        warehouse
                .line("shop", "7", "b", 1, 1000, 0, "GBP")
                .line("shop", "7", "c", 1, 500, 0, "GBP");
        warehouse.refund("shop", "7", null, 300, "GBP").refund("shop", "7", null, 151, "GBP");
        warehouse.run(
                """
                update warehouse.fact_refunds set
                    refunded_on = case amount_minor when 300 then date '2026-03-31' else date '2026-04-05' end
                where order_id = '7'
                """);
        String range = "?from=2026-03-01&to=2026-04-30";
        // 300 and 151 of 1500: of the first line 301, of which 200 in March, as 301 × 300 / 451 is.
        assertThat(Page.at("/products/shop/b" + range).table("Sales of the product by month"))
                .containsExactly(
                        "Mar 2026 | 2 | 2 | £15.00 | £1.00 | £3.01 | £10.99 | £2.00 | £12.00",
                        "Apr 2026 | 0 | 0 | £0.00 | £0.00 | £0.00 | £0.00 | £1.01 | −£1.01",
                        "All | 2 | 2 | £15.00 | £1.00 | £3.01 | £10.99 | £3.01 | £10.99");
        assertThat(Page.at("/products/shop/c" + range).table("Sales of the product by month"))
                .endsWith("All | 1 | 1 | £5.00 | £0.00 | £1.50 | £3.50 | £1.50 | £3.50");
    }

    @Test
    void pricesAndCostsAreThoseOfEachVersion() {
        Warehouse warehouse = Warehouse.empty().smallShop();
        warehouse.run(
                """
                update warehouse.dim_products
                set valid_from = '2026-03-15 12:00Z', price_minor = 1100, sku = 'T-1', currency = 'EUR'
                where product_id = 'a'
                """);
        warehouse.run(
                """
                insert into warehouse.dim_products (source, product_id, name, category, price_minor,
                    unit_cost_minor, valid_from, valid_to, version_at, run_id, part, source_row,
                    last_version_at, last_run_id, last_part, last_source_row)
                values ('shop', 'a', 'Tray', null, 900, null, '-infinity', '2026-03-15 12:00Z', now(), 'r', 1, 1,
                    now(), 'r', 1, 1)
                """);
        Page page = Page.at("/products/shop/a?range=all");
        assertThat(page.table("Price and cost over time"))
                .containsExactly(
                        "15 Mar 2026, 12:00 GMT | now | €11.00 | €4.00 | Kitchen | Oak"
                                + " &lt;b&gt;tray&lt;/b&gt; &amp; &quot;lid&quot;",
                        "the beginning | 15 Mar 2026, 12:00 GMT | £9.00 | Unknown | unknown | Tray");
        assertThat(page.text()).contains("Id a shop SKU T-1 Category Kitchen Price €11.00");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a/b",
                "a//b/",
                "/",
                "..",
                ".",
                "~",
                "~..",
                "a b+c",
                "100%",
                "%2F",
                "%252e",
                "é𝄞",
                "a?b#c",
                "a&b=c",
                "a;b=c",
                "<script>alert('1')</script>",
                "\\",
                "'\"",
                "../../runs",
                "a:b@c",
                "{id}",
                "\t\n",
                "a."
            })
    void productsOfAnyIdHaveAPage(String id) {
        Warehouse warehouse = Warehouse.empty().product("shop", id, "Found it", "Bath", 100L);
        warehouse.order("shop", "1", "2026-03-10", "completed", "c1", "GBP", "GB", "London");
        warehouse.line("shop", "1", id, 2, 1000, 0, "GBP");
        warehouse.ran("shop", Warehouse.RUN, "complete", java.time.Instant.now());
        for (String list : List.of("/products?range=all", "/?range=all")) {
            Matcher link =
                    Pattern.compile("href=\"(/products/[^\"]*)\">Found it</a>")
                            .matcher(Page.at(list).html());
            assertThat(link.find()).as(list).isTrue();
            String address = link.group(1).replace("&amp;", "&");
            assertThat(java.net.URI.create("http://x" + address).normalize().getRawPath())
                    .isEqualTo(address.substring(0, address.indexOf('?')));
            Page page = Page.at(address);
            assertThat(page.text()).contains("Found it · ShopFlow");
            assertThat(page.card("net")).isEqualTo("20.00");
            assertThat(page.html()).doesNotContain("<script>alert");
            // The links of the page lead to it too.
            Matcher preset =
                    Pattern.compile("href=\"([^\"]*range=30d[^\"]*)\"").matcher(page.html());
            assertThat(preset.find()).isTrue();
            assertThat(Page.at(preset.group(1).replace("&amp;", "&")).text()).contains("Found it");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/products/shop/nothing",
                "/products/nowhere/a",
                "/products/shop/%00",
                "/products/%00/a",
                "/products/shop/a/b",
                "/products/shop",
                "/products/shop/%27%20or%201=1",
                "/products/shop/nothing?from=x",
            })
    void anUnknownProductIsNotFound(String path) {
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

    @Test
    void aProductThatDidNotSellHasItsHistory() {
        Warehouse.empty().smallShop();
        Page page = Page.at("/products/shop/c?range=all");
        assertThat(page.text()).contains("Not sold in this range", "Unit cost £1.00");
        assertThat(page.table("Price and cost over time")).hasSize(1);
        assertThat(page.html()).contains("href=\"/products/shop/c?range=all\"");
    }

    @Test
    void aProductThatOnlyOrdersNameShowsAMessage() {
        Warehouse.empty().smallShop().brazilianShop();
        Page page = Page.at("/products/olist/z?range=all");
        assertThat(page.text())
                .contains(
                        "The catalogue does not have this product; orders name it.",
                        "The catalogue has never had this product.",
                        "No order of this range has it together with another product");
        assertThat(page.card("net")).isEqualTo("1234.56");
    }

    @Test
    void linksKeepTheFilterAsItWas() {
        Warehouse.empty().smallShop().brazilianShop();
        Page page = Page.at("/products/shop/a?from=2026-03-01&to=2026-03-31&category=Bath");
        // Neither the source of the product nor the category is changed.
        assertThat(page.html())
                .contains(
                        "<a href=\"/products?from=2026-03-01&amp;to=2026-03-31&amp;category=Bath\">",
                        "<a href=\"/?from=2026-03-01&amp;to=2026-03-31&amp;category=Bath\">",
                        "href=\"/products/shop/b?from=2026-03-01&amp;to=2026-03-31&amp;category=Bath\"",
                        "<input type=\"hidden\" name=\"category\" value=\"Bath\">")
                .doesNotContain("name=\"source\"");
        assertThat(page.card("net")).isEqualTo("30.00");
        assertThat(Page.at("/products/shop/a?range=90d&source=shop").html())
                .contains(
                        "<input type=\"hidden\" name=\"source\" value=\"shop\">",
                        "href=\"/products?range=90d&amp;source=shop\"");
    }

    @Test
    void anInvalidFilterIsReported() {
        Warehouse.empty().smallShop();
        String page =
                given().get("/products/shop/a?from=x&currency=XXX")
                        .then()
                        .statusCode(400)
                        .extract()
                        .asString();
        assertThat(page).contains("YYYY-MM-DD", "one of GBP");
    }

    @Test
    void anOrderOfVeryManyProductsIsNoBasket() {
        Warehouse warehouse = Warehouse.empty().smallShop();
        warehouse.order("shop", "7", "2026-03-11", "completed", "c9", "GBP", "GB", "London");
        warehouse.line("shop", "7", "a", 1, 600, 0, "GBP");
        for (int n = 0; n < 100; n++) {
            warehouse.line("shop", "7", "many" + n, 1, 600, 0, "GBP");
        }
        assertThat(Page.at("/products/shop/a?range=all").table("Products bought together with it"))
                .containsExactly("Linen towel | 1 | 100.0%");
    }
}
