package io.shopflow.dashboard;

import static io.restassured.RestAssured.given;
import static java.util.Comparator.comparing;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What changed most, held against sums in plain Java of the rows that were loaded. */
@QuarkusTest
@QuarkusTestResource(WarehouseServer.class)
class SalesChangesTest {
    private static final String BY_CATEGORY = "Change of net sales by category";
    private static final String BY_PRODUCT = "Change of net sales by product";
    private static final String BY_REGION = "Change of net sales by region";

    private static final String MARCH = "?from=2026-03-01&to=2026-03-31";

    /** The days that March is compared with. */
    private static final LocalDate BEFORE = LocalDate.of(2026, 1, 29);

    private static final LocalDate FROM = LocalDate.of(2026, 3, 1);
    private static final LocalDate TO = LocalDate.of(2026, 3, 31);

    /**
     * An amount of net sales.
     *
     * @param product its name; null for what belongs to no line
     */
    private record Amount(
            LocalDate day,
            String region,
            @Nullable String category,
            @Nullable String product,
            long net) {}

    /** Net sales before and now. */
    private record Net(String name, long before, long now) {
        static Net of(String name, List<Amount> amounts) {
            return new Net(name, sum(amounts, BEFORE, FROM.minusDays(1)), sum(amounts, FROM, TO));
        }

        private static long sum(List<Amount> amounts, LocalDate from, LocalDate to) {
            return amounts.stream()
                    .filter(amount -> !amount.day().isBefore(from) && !amount.day().isAfter(to))
                    .mapToLong(Amount::net)
                    .sum();
        }

        static Net sum(String name, List<Net> several) {
            return new Net(
                    name,
                    several.stream().mapToLong(Net::before).sum(),
                    several.stream().mapToLong(Net::now).sum());
        }

        long difference() {
            return now - before;
        }

        /** As the table has it. */
        String row() {
            String sign = difference() > 0 ? "+" : difference() < 0 ? "" : "±";
            String word = difference() > 0 ? "up" : difference() < 0 ? "down" : "unchanged";
            return "%s | %s | %s | %s%s %s"
                    .formatted(
                            name,
                            ProductShop.money(before),
                            ProductShop.money(now),
                            sign,
                            ProductShop.money(difference()),
                            word);
        }
    }

    /** The rows of a table, counted from the amounts that are in the range or before. */
    private static List<String> expected(
            List<Amount> amounts, Function<Amount, @Nullable String> thing, String total) {
        List<Amount> counted =
                amounts.stream()
                        .filter(one -> !one.day().isBefore(BEFORE) && !one.day().isAfter(TO))
                        .toList();
        Map<String, List<Amount>> things =
                counted.stream()
                        .filter(amount -> thing.apply(amount) != null)
                        .collect(groupingBy(thing, TreeMap::new, toList()));
        List<Net> ranked =
                things.entrySet().stream()
                        .map(entry -> Net.of(entry.getKey(), entry.getValue()))
                        .sorted(
                                comparing((Net net) -> -Math.abs(net.difference()))
                                        .thenComparing(Net::name))
                        .toList();
        List<Net> rows = new ArrayList<>(ranked.subList(0, Math.min(5, ranked.size())));
        if (ranked.size() > 5) {
            List<Net> others = ranked.subList(5, ranked.size());
            rows.add(Net.sum("Other (" + others.size() + ")", others));
        }
        Net rest =
                Net.of(
                        "Belongs to no line",
                        counted.stream().filter(amount -> thing.apply(amount) == null).toList());
        if (rest.before() != 0 || rest.now() != 0) {
            rows.add(rest);
        }
        Net sum = Net.sum(total, rows);
        assertThat(sum).isEqualTo(Net.of(total, counted));
        rows.add(sum);
        return rows.stream().map(Net::row).toList();
    }

    /**
     * Three months of orders of all kinds: with lines of sold, deleted and unknown products,
     * refunds of more than was sold, refunds of the whole order, and orders that are nothing but a
     * refund.
     */
    private static List<Amount> generated(long seed) {
        Random random = new Random(seed);
        Warehouse warehouse = Warehouse.empty();
        for (int n = 0; n < 12; n++) {
            warehouse.product("shop", "p" + n, "Product " + n, category(n), null);
        }
        warehouse.order("shop", "first", "2026-01-02", "completed", "c", "GBP", "GB", "Wales");
        warehouse.order("shop", "last", "2026-04-20", "completed", "c", "GBP", "GB", "Wales");
        List<Amount> amounts = new ArrayList<>();
        for (int n = 0; n < 150; n++) {
            String order = "o" + n;
            LocalDate day = LocalDate.of(2026, 1, 10).plusDays(random.nextInt(100));
            boolean counts = random.nextInt(10) > 0;
            boolean pounds = random.nextInt(10) > 0;
            String currency = pounds ? "GBP" : "EUR";
            String region = "Region " + random.nextInt(8);
            warehouse.order(
                    "shop",
                    order,
                    day.toString(),
                    counts ? "completed" : "cancelled",
                    "c" + random.nextInt(20),
                    currency,
                    "GB",
                    region);
            List<Amount> own = new ArrayList<>();
            int lines = random.nextInt(4);
            for (int line = 0; line < lines; line++) {
                // Some are sold in the first or the second half only.
                int half = day.isBefore(LocalDate.of(2026, 2, 25)) ? 0 : 4;
                int product = half + random.nextInt(10);
                boolean ofCatalogue = product < 12;
                String id = (ofCatalogue ? "p" : "ghost") + product;
                long price = 100 + random.nextInt(5_000);
                long discount = random.nextInt(100);
                if (own.stream().anyMatch(other -> id.equals(idOf(other)))) {
                    continue;
                }
                warehouse.line("shop", order, id, 2, price, discount, currency);
                long net = 2 * price - discount;
                if (lines > 1 && random.nextInt(4) == 0) {
                    long refund = random.nextInt(12_000);
                    warehouse.refund("shop", order, id, refund, currency);
                    net -= refund;
                }
                own.add(
                        new Amount(
                                day,
                                region,
                                ofCatalogue ? category(product) : "unknown",
                                ofCatalogue ? "Product " + product : id,
                                net));
            }
            if (own.size() == lines && lines < 2 && random.nextInt(2) == 0) {
                long refund = 1 + random.nextInt(8_000);
                warehouse.refund("shop", order, null, refund, currency);
                long left = own.stream().mapToLong(Amount::net).sum();
                own.replaceAll(
                        one ->
                                new Amount(
                                        day,
                                        region,
                                        one.category(),
                                        one.product(),
                                        Math.max(0, left - refund)));
                own.add(new Amount(day, region, null, null, -Math.max(0, refund - left)));
            }
            if (counts && pounds) {
                amounts.addAll(own);
            }
        }
        warehouse.ran("shop", Warehouse.RUN, "complete", Instant.now());
        return amounts;
    }

    private static String idOf(Amount amount) {
        String product = String.valueOf(amount.product());
        return product.replace("Product ", "p");
    }

    private static @Nullable String category(int product) {
        return "Category " + product % 7;
    }

    private static @Nullable String product(Amount amount) {
        return amount.product() == null ? null : amount.product() + " " + amount.category();
    }

    private static String region(Amount amount) {
        return amount.region() + " United Kingdom";
    }

    private static JsonPath overview(String filter) {
        Warehouse.refreshMarts();
        return given().urlEncodingEnabled(false)
                .get("/api/v1/overview" + filter)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void eachTableHasTheLargestDifferencesAndAddsUpToTheCard(long seed) {
        List<Amount> amounts = generated(seed);
        Page page = Page.at("/" + MARCH + "&currency=GBP");
        assertThat(page.table(BY_CATEGORY))
                .isEqualTo(expected(amounts, Amount::category, "Net sales"));
        assertThat(page.table(BY_PRODUCT))
                .isEqualTo(expected(amounts, SalesChangesTest::product, "Net sales"));
        assertThat(page.table(BY_REGION))
                .isEqualTo(expected(amounts, SalesChangesTest::region, "Net sales"));

        for (String table : List.of(BY_CATEGORY, BY_PRODUCT)) {
            assertThat(page.table(table)).hasSize(8).element(5, STRING).startsWith("Other (");
            assertThat(page.table(table)).element(6, STRING).startsWith("Belongs to no line");
        }
        assertThat(page.table(BY_REGION)).hasSize(7);

        JsonPath json = overview(MARCH + "&currency=GBP");
        long difference =
                json.getLong("figures.totals.netMinor") - json.getLong("figures.previous.netMinor");
        assertThat(page.card("net"))
                .isEqualTo(
                        BigDecimal.valueOf(json.getLong("figures.totals.netMinor"), 2)
                                .toPlainString());
        for (String by : List.of("categories", "products", "regions")) {
            assertThat(sumOfDifferences(json, by)).as(by).isEqualTo(difference);
            assertThat(json.getLong("figures.changes." + by + ".all.differenceMinor"))
                    .as(by)
                    .isEqualTo(difference);
        }
    }

    private static long sumOfDifferences(JsonPath json, String by) {
        String changes = "figures.changes." + by;
        List<Number> top = json.getList(changes + ".top.net.differenceMinor");
        Number rest = json.get(changes + ".ofNoLine.differenceMinor");
        return top.stream().mapToLong(Number::longValue).sum()
                + json.getLong(changes + ".others.differenceMinor")
                + (rest == null ? 0 : rest.longValue());
    }

    @ParameterizedTest
    @CsvSource({"1, Category 0", "2, Category 3", "3, unknown"})
    void aCategoryIsComparedByItsOwnLinesOnly(long seed, String category) {
        List<Amount> ofCategory =
                generated(seed).stream()
                        .filter(amount -> category.equals(amount.category()))
                        .toList();
        String filter = MARCH + "&currency=GBP&category=" + category.replace(" ", "%20");
        Page page = Page.at("/" + filter);
        String total = "Net sales of " + category;
        assertThat(page.table(BY_PRODUCT))
                .isEqualTo(expected(ofCategory, SalesChangesTest::product, total));
        assertThat(page.table(BY_REGION))
                .isEqualTo(expected(ofCategory, SalesChangesTest::region, total));
        // Of one category there is nothing to rank.
        assertThat(page.table(BY_CATEGORY)).isEmpty();

        JsonPath json = overview(filter);
        assertThat(json.getList("figures.changes.categories.top.name")).containsExactly(category);
        for (String by : List.of("categories", "products", "regions")) {
            assertThat(json.<Object>get("figures.changes." + by + ".ofNoLine")).as(by).isNull();
            assertThat(sumOfDifferences(json, by))
                    .as(by)
                    .isEqualTo(json.getLong("figures.changes." + by + ".all.differenceMinor"));
        }
    }

    /** The shop of the other tests: in February towels, in March trays and a towel. */
    @Test
    void newAndGoneProductsAreComparedWithNothing() {
        Warehouse warehouse = Warehouse.empty().smallShop();
        warehouse.order("shop", "7", "2026-02-11", "completed", "c9", "GBP", "GB", "Wales");
        warehouse.line("shop", "7", "c", 1, 600, 0, "GBP");
        Page page = Page.at("/" + MARCH);
        assertThat(page.table(BY_PRODUCT))
                .containsExactly(
                        "Oak &lt;b&gt;tray&lt;/b&gt; &amp; &quot;lid&quot; Kitchen | £0.00 | £30.00"
                                + " | +£30.00 up",
                        "Linen towel Bath | £10.00 | £4.00 | −£6.00 down",
                        "Never sold Bath | £6.00 | £0.00 | −£6.00 down",
                        "Net sales | £16.00 | £34.00 | +£18.00 up");
        assertThat(page.table(BY_CATEGORY))
                .containsExactly(
                        "Kitchen | £0.00 | £30.00 | +£30.00 up",
                        "Bath | £16.00 | £4.00 | −£12.00 down",
                        "Net sales | £16.00 | £34.00 | +£18.00 up");
        assertThat(page.text()).contains("from the 31 days before, the largest differences first");
    }

    @Test
    void refundsOfMoreThanWasSoldAreNegativeOrBelongToNoLine() {
        Warehouse warehouse = Warehouse.empty().smallShop();
        warehouse.order("shop", "7", "2026-03-11", "completed", "c9", "GBP", "GB", "Wales");
        warehouse.line("shop", "7", "c", 1, 600, 0, "GBP").refund("shop", "7", "c", 900, "GBP");
        warehouse.order("shop", "8", "2026-02-12", "completed", "c9", "GBP", "IE", "Dublin");
        warehouse.refund("shop", "8", null, 250, "GBP");
        Page page = Page.at("/" + MARCH);
        assertThat(page.table(BY_PRODUCT))
                .contains(
                        "Never sold Bath | £0.00 | −£3.00 | −£3.00 down",
                        "Belongs to no line | −£2.50 | £0.00 | +£2.50 up",
                        "Net sales | £7.50 | £31.00 | +£23.50 up");
        assertThat(page.table(BY_REGION))
                .containsExactly(
                        "London United Kingdom | £10.00 | £24.00 | +£14.00 up",
                        "Wales United Kingdom | £0.00 | £7.00 | +£7.00 up",
                        "Dublin Ireland | −£2.50 | £0.00 | +£2.50 up",
                        "Net sales | £7.50 | £31.00 | +£23.50 up");
    }

    @Test
    void thingsLeadToTheirFigures() {
        Warehouse.empty().smallShop();
        String html = Page.at("/" + MARCH).html();
        String filter = "?from=2026-03-01&amp;to=2026-03-31";
        assertThat(table(html, "changes-category"))
                .contains("href=\"/" + filter + "&amp;category=Kitchen\"");
        assertThat(table(html, "changes-product"))
                .contains("href=\"/products/shop/a" + filter + "\"")
                .contains("scope=\"row\"", "scope=\"col\"");
    }

    private static String table(String html, String id) {
        int start = html.indexOf("id=\"" + id + "\"");
        return html.substring(start, html.indexOf("</table>", start));
    }

    @ParameterizedTest
    @ValueSource(strings = {"?range=all", "?from=2025-01-15&to=2025-12-31", "?range=12m"})
    void withoutAnEarlierPeriodThereIsASentenceAndNoTable(String filter) {
        Warehouse.empty().smallShop();
        Page page = Page.at("/" + filter);
        assertThat(page.text())
                .contains("What changed most There is no earlier period to compare with");
        for (String table : List.of(BY_CATEGORY, BY_PRODUCT, BY_REGION)) {
            assertThat(page.html()).doesNotContain(table);
        }
        JsonPath json = overview(filter);
        for (String by : List.of("categories", "products", "regions")) {
            assertThat(json.<Object>get("figures.changes." + by)).as(by).isNull();
        }
    }

    @Test
    void daysAfterTheDataAreComparedWithNone() {
        Warehouse.empty().smallShop();
        List<String> march = Page.at("/" + MARCH).table(BY_PRODUCT);
        assertThat(Page.at("/?from=2026-03-01&to=2026-04-30").table(BY_PRODUCT)).isEqualTo(march);
        assertThat(march).last().isEqualTo("Net sales | £10.00 | £34.00 | +£24.00 up");
    }

    /** A return of an unknown sale makes no day the newest one. */
    @Test
    void refundsOfTheirOwnAfterTheNewestOrderAreInNoTable() {
        Warehouse warehouse = Warehouse.empty().smallShop();
        warehouse.order("shop", "7", "2026-04-11", "completed", "c9", "GBP", "IE", "Dublin");
        warehouse.refund("shop", "7", null, 250, "GBP");
        Page page = Page.at("/" + MARCH);
        assertThat(page.card("net")).isEqualTo("34.00");
        assertThat(Stream.of(BY_CATEGORY, BY_PRODUCT, BY_REGION).map(page::table))
                .allSatisfy(
                        table ->
                                assertThat(table)
                                        .last()
                                        .isEqualTo("Net sales | £10.00 | £34.00 | +£24.00 up"));
        assertThat(page.table(BY_REGION)).hasSize(3);
        assertThat(page.table("Sales by region")).hasSize(2);
    }
}
