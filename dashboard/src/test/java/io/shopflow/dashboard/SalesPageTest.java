package io.shopflow.dashboard;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(WarehouseServer.class)
class SalesPageTest {
    private static final String MARCH = "/?from=2026-03-01&to=2026-03-31";

    @Test
    void cancelledOrdersAreNoSalesAndRefundsReduceThem() {
        Warehouse.empty().smallShop();
        Page page = Page.at(MARCH);
        assertThat(page.card("orders")).isEqualTo("3");
        assertThat(page.card("net")).isEqualTo("34.00");
        assertThat(page.cardText("net")).contains("£45.00 − £11.00 = £34.00");
        assertThat(page.card("aov")).isEqualTo("11.33");
        assertThat(page.card("spend")).isEqualTo("11.33");
        assertThat(page.card("customers")).isEqualTo("3");
        assertThat(page.cardText("customers")).contains("33.3% returning");
    }

    @Test
    void profitOmitsLinesWithoutCostAndShowsTheCoveredShare() {
        Warehouse.empty().smallShop();
        Page page = Page.at(MARCH);
        // The cost of the fully refunded order is returned.
        assertThat(page.card("profit")).isEqualTo("18.00");
        assertThat(page.cardText("profit")).contains("covers 88.2% of sales");
        assertThat(page.table("Highest profit products"))
                .containsExactly(
                        "Oak &lt;b&gt;tray&lt;/b&gt; &amp; &quot;lid&quot; Kitchen | £30.00 |"
                                + " 100.0% | £18.00");
        Page bath = Page.at(MARCH + "&category=Bath");
        assertThat(bath.cardText("profit")).contains("Unknown", "covers 0.0% of sales");
        assertThat(bath.text()).contains("Unknown is not zero.");
    }

    @Test
    void aNegativeLineOfUnknownCostDoesNotHideAnotherOne() {
        Warehouse warehouse = Warehouse.empty().smallShop();
        warehouse.order("shop", "7", "2026-03-11", "completed", "c9", "GBP", "GB", "London");
        warehouse.line("shop", "7", "b", 1, 500, 0, "GBP").refund("shop", "7", "b", 900, "GBP");

        Page page = Page.at(MARCH);
        assertThat(page.card("net")).isEqualTo("30.00");
        assertThat(page.cardText("profit"))
                .contains("covers 78.9% of sales", "£30.00 of £38.00 net sales");
    }

    @Test
    void whoOrderedInAnotherCurrencyOrCategoryReturns() {
        Warehouse warehouse = Warehouse.empty().smallShop();
        warehouse.order("shop", "7", "2026-01-05", "completed", "c2", "EUR", "IE", "Dublin");
        warehouse.line("shop", "7", "a", 1, 900, 0, "EUR");
        Page page = Page.at(MARCH + "&currency=GBP");
        assertThat(page.card("customers")).isEqualTo("3");
        assertThat(page.cardText("customers"))
                .contains("66.7% returning", "Returning: 2 of 3", "in any currency and category");
        // Their other orders are of the category Bath, or in EUR.
        Page kitchen = Page.at(MARCH + "&currency=GBP&category=Kitchen");
        assertThat(kitchen.card("net")).isEqualTo("30.00");
        assertThat(kitchen.cardText("customers")).contains("Returning: 2 of 3");
        Page euro = Page.at("/?from=2026-01-01&to=2026-01-31&currency=EUR");
        assertThat(euro.card("orders")).isEqualTo("1");
        assertThat(euro.cardText("customers")).contains("Returning: 0 of 1");
    }

    @Test
    void averagesOmitOrdersWithoutLinesAndOrdersOfUnknownCustomers() {
        Warehouse warehouse = Warehouse.empty().smallShop();
        warehouse.order("shop", "7", "2026-03-11", "completed", "c9", "GBP", "GB", "London");
        warehouse.order("shop", "8", "2026-03-12", "completed", null, "GBP", "GB", "London");
        warehouse.line("shop", "8", "b", 1, 600, 0, "GBP");

        Page page = Page.at(MARCH);
        assertThat(page.card("net")).isEqualTo("40.00");
        assertThat(page.card("orders")).isEqualTo("5");
        assertThat(page.card("aov")).isEqualTo("10.00");
        assertThat(page.cardText("aov")).contains("£40.00 ÷ 4", "orders without lines, 1 in all");
        assertThat(page.card("spend")).isEqualTo("11.33");
        assertThat(page.cardText("spend"))
                .contains(
                        "£34.00 ÷ 3",
                        "without a known customer, 1 in all",
                        "Orders without lines: 1");
    }

    @Test
    void aSourceWithoutAnySaleHasAPage() {
        Warehouse warehouse = Warehouse.empty().smallShop();
        warehouse.order("later", "1", "2026-03-01", "cancelled", "c1", "GBP", "GB", "London");
        warehouse.ran("later", "01JD0000000000000000000009", "complete", Instant.now());

        assertThat(Page.at("/?source=later").text()).contains("No sales yet", "later");
        assertThat(Page.at("/").html()).contains("<option value=\"later\"");
    }

    @Test
    void unitsMayHaveDecimals() {
        Warehouse warehouse = Warehouse.empty().smallShop();
        warehouse.order("shop", "7", "2026-03-11", "completed", "c9", "GBP", "GB", "London");
        warehouse.line("shop", "7", "c", 1, 600, 0, "GBP");
        warehouse.run(
                "update warehouse.fact_order_items set quantity = 1.5 where order_item_id = '7-c'");

        assertThat(Page.at(MARCH).table("Most bought products"))
                .contains("Never sold Bath | 1.5 | £6.00");
    }

    @Test
    void figuresAreComparedWithAsManyDaysBefore() {
        Warehouse.empty().smallShop();
        Page page = Page.at(MARCH);
        assertThat(page.cardText("net")).contains("+240.0% compared with the 31 days before");
        assertThat(page.cardText("orders")).contains("+200.0%");
        assertThat(page.cardText("aov")).contains("+13.3%");
        assertThat(Page.at("/?range=all").cardText("net"))
                .contains("no earlier period to compare with");
    }

    @Test
    void aRangeThatEndsAfterTheDataIsComparedWithAsManyDaysAsTheDataHas() {
        Warehouse.empty().smallShop();
        Page march = Page.at(MARCH);
        Page longer = Page.at("/?from=2026-03-01&to=2026-04-30");
        assertThat(longer.text()).contains("1 Mar 2026 to 30 Apr 2026 (data until 31 Mar 2026)");
        for (String card : List.of("net", "orders", "aov", "customers", "profit")) {
            assertThat(longer.cardText(card)).isEqualTo(march.cardText(card));
        }
        assertThat(Page.at("/customers?from=2026-03-01&to=2026-04-30").cardText("customers"))
                .contains("+200.0% compared with the 31 days before");
        assertThat(march.text()).doesNotContain("data until");
    }

    @Test
    void customersWithoutAnOrderForNinetyDaysAreLeavingWhateverTheRange() {
        Warehouse.empty().smallShop();
        Page page = Page.at(MARCH + "&category=Bath");
        assertThat(page.card("churn")).isEqualTo("1");
        assertThat(page.cardText("churn")).contains("25.0% of 4 customers", "last 90 days");
    }

    @Test
    void productsAreRankedByUnitsAndTheUnsoldAreCounted() {
        Warehouse.empty().smallShop();
        Page page = Page.at(MARCH);
        String tray = "Oak &lt;b&gt;tray&lt;/b&gt; &amp; &quot;lid&quot; Kitchen | 4 | £30.00";
        String towel = "Linen towel Bath | 1 | £4.00";
        assertThat(page.table("Most bought products")).containsExactly(tray, towel);
        assertThat(page.table("Least bought products")).containsExactly(towel, tray);
        assertThat(page.text()).contains("1 of 3 products in the catalogue did not sell at all");
    }

    @Test
    void aProductThatOnlyOrdersNameIsNoneOfTheCatalogue() {
        Warehouse.empty()
                .smallShop()
                .inferredProduct("shop", "named")
                .order("shop", "7", "2026-03-11", "completed", "c9", "GBP", "GB", "London")
                .line("shop", "7", "named", 1, 600, 0, "GBP")
                .inferredProduct("shop", "of a cancelled order");
        Page page = Page.at(MARCH);
        assertThat(page.table("Most bought products")).hasSize(3);
        assertThat(page.text()).contains("1 of 3 products in the catalogue did not sell at all");
        assertThat(Page.at("/?range=all&category=unknown").text()).contains("no catalogue");
        assertThat(Page.at("/products" + MARCH.substring(1)).cardText("sold"))
                .contains("1 of 3 products in the catalogue did not sell");
    }

    @Test
    void withoutACatalogueItIsUnknownWhatDidNotSell() {
        Warehouse.empty().smallShop().brazilianShop();
        assertThat(Page.at("/?source=olist").text()).contains("no catalogue");
        Page page = Page.at("/products?source=olist&show=unsold");
        assertThat(page.cardText("sold")).contains("no catalogue");
        assertThat(page.text()).doesNotContain("All products of the catalogue sold");
    }

    @Test
    void regionsAndMonthsAddUpToTheNetSales() {
        Warehouse.empty().smallShop();
        Page page = Page.at("/?from=2026-02-01&to=2026-03-31&by=month");
        assertThat(page.card("net")).isEqualTo("44.00");
        assertThat(page.table("Sales by month"))
                .containsExactly(
                        "Feb 2026 | 1 | £15.00 | £10.00 | £0.00 4 Dec – 31 Dec 2025",
                        "Mar 2026 | 3 | £45.00 | £34.00 | £0.00 1 Jan – 31 Jan 2026");
        assertThat(page.table("Sales by region"))
                .containsExactly(
                        "London United Kingdom | 3 | £34.00 | 77.3%",
                        "Wales United Kingdom | 1 | £10.00 | 22.7%");
        assertThat(Page.at("/?range=all").table("Sales by region"))
                .contains("Unknown region unknown country | 1 | £5.00 | 10.2%");
    }

    /** The newest day of the data was taken for the last one with an amount. */
    @Test
    void aRefundOfItsOwnAfterTheNewestOrderIsInNoRegionOfTheDaysBefore() {
        Warehouse warehouse = Warehouse.empty().smallShop();
        warehouse.order("shop", "7", "2026-04-11", "completed", "c9", "GBP", "IE", "Dublin");
        warehouse.refund("shop", "7", null, 250, "GBP");
        Page page = Page.at(MARCH);
        assertThat(page.card("net")).isEqualTo("34.00");
        assertThat(page.table("Sales by region"))
                .containsExactly(
                        "London United Kingdom | 2 | £24.00 | 70.6%",
                        "Wales United Kingdom | 1 | £10.00 | 29.4%");
    }

    @Test
    void monthsWithoutSalesAreZeroAndCutMonthsAreMarked() {
        Warehouse.empty().smallShop();
        Page page = Page.at("/?from=2025-12-10&to=2026-02-28&by=month");
        assertThat(page.table("Sales by month"))
                .containsExactly(
                        "Dec 2025 10–31 only | 0 | £0.00 | £0.00 | £0.00 20 Sept – 11 Oct 2025",
                        "Jan 2026 | 0 | £0.00 | £0.00 | £0.00 12 Oct – 11 Nov 2025",
                        "Feb 2026 | 1 | £15.00 | £10.00 | £0.00 12 Nov – 9 Dec 2025");
    }

    @Test
    void aCategoryShowsItsOwnLinesOnly() {
        Warehouse.empty().smallShop();
        Page page = Page.at(MARCH + "&category=Bath");
        assertThat(page.card("orders")).isEqualTo("1");
        assertThat(page.card("net")).isEqualTo("4.00");
        assertThat(page.cardText("net")).contains("£5.00 − £1.00 = £4.00");
        assertThat(page.table("Most bought products")).hasSize(1);
        assertThat(page.html()).contains("category=Bath\"");
    }

    @Test
    void rangesAreCountedFromTheNewestDayInTheData() {
        Warehouse.empty().smallShop();
        assertThat(Page.at("/").text()).contains("1 Apr 2025 to 31 Mar 2026 · GBP");
        assertThat(Page.at("/?range=30d").text()).contains("2 Mar 2026 to 31 Mar 2026");
        assertThat(Page.at("/?range=90d").text()).contains("1 Jan 2026 to 31 Mar 2026");
        assertThat(Page.at("/?range=all").text()).contains("15 Jan 2025 to 31 Mar 2026");
        assertThat(Page.at("/?range=30d&from=2026-02-01&to=").text())
                .contains("1 Feb 2026 to 31 Mar 2026");
        assertThat(Page.at("/?to=2025-02-01").text()).contains("15 Jan 2025 to 1 Feb 2025");
        assertThat(Page.at("/?from=2027-01-01").text()).contains("No sales in this range");
        assertThat(Page.at("/?to=2020-01-01").text()).contains("No sales in this range");
        assertThat(Page.at("/?from=2027-01-01&source=shop&currency=GBP").html())
                .contains("href=\"/?range=all&amp;source=shop&amp;currency=GBP\"");
    }

    @Test
    void aFailedSourceWithoutFiguresHereIsNoticedToo() {
        Warehouse warehouse = Warehouse.empty().smallShop().brazilianShop();
        warehouse.ran("olist", "01JD0000000000000000000008", "incomplete", Instant.now());
        warehouse.ran("superstore", "01JD0000000000000000000009", "incomplete", Instant.now());
        assertThat(Page.at("/").text()).contains("The last run is incomplete. olist, superstore");
        assertThat(Page.at("/?source=shop").text()).doesNotContain("The last run is incomplete.");
        assertThat(Page.at("/?currency=GBP").text()).doesNotContain("The last run is incomplete.");
    }

    @Test
    void currenciesAreNeverAddedUp() {
        Warehouse.empty().smallShop().brazilianShop();
        Page newest = Page.at("/?range=all");
        assertThat(newest.text()).contains("· GBP");
        assertThat(newest.card("net")).isEqualTo("49.00");
        Page other = Page.at("/?range=all&source=olist");
        assertThat(other.text()).contains("· BRL", "SP Brazil");
        assertThat(other.card("net")).isEqualTo("1234.56");
        assertThat(other.cardText("net")).contains("R$1,235");
        assertThat(Page.at("/?range=all&currency=BRL").card("net")).isEqualTo("1234.56");
    }

    @Test
    void sourcesOfOneCurrencyAreAddedUp() {
        Warehouse warehouse = Warehouse.empty().smallShop();
        warehouse.order("till", "1", "2026-03-05", "completed", null, "GBP", "IE", "Dublin");
        warehouse.line("till", "1", "q", 1, 600, 0, "GBP");
        warehouse.ran("till", "01JE0000000000000000000001", "complete", Instant.now());
        warehouse.loaded("till", "01JE0000000000000000000001", "orders", 1);
        Page page = Page.at(MARCH);
        assertThat(page.card("net")).isEqualTo("40.00");
        assertThat(page.cardText("spend")).contains("orders without a known customer, 1 in all");
        assertThat(page.text()).contains("All sources");
        assertThat(Page.at(MARCH + "&source=till").card("net")).isEqualTo("6.00");
        assertThat(Page.at(MARCH + "&source=till").cardText("spend")).contains("–");

        warehouse.brazilianShop();
        Page beside = Page.at(MARCH);
        assertThat(beside.card("net")).isEqualTo("40.00");
        assertThat(beside.text()).contains("All sources in GBP");
    }

    @Test
    void namesOfProductsAreTextNotMarkup() {
        Warehouse.empty().smallShop();
        assertThat(Page.at("/?range=all").html()).doesNotContain("<b>tray");
        given().get("/?category=<script>alert(1)</script>")
                .then()
                .statusCode(400)
                .body(org.hamcrest.Matchers.not(org.hamcrest.Matchers.containsString("<script>a")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "from=yesterday|from|YYYY-MM-DD",
                "to=2026-02-30|to|YYYY-MM-DD",
                "from=9999-01-01|from|2999-12-31",
                "from=2026-03-02&to=2026-03-01|from|a day not after to, 2026-03-01",
                "range=1y|range|30d, 90d, 12m or all",
                "category=Cars|category|one of Bath, Kitchen, unknown",
                "source=nowhere|source|one of shop",
                "currency=XXX|currency|one of GBP",
                "by=year|by|day, week or month",
                "by=Day|by|day, week or month",
            })
    void anInvalidParameterIsReportedWithTheAllowedValues(
            String query, String parameter, String allowed) {
        Warehouse.empty().smallShop();
        String page = given().get("/?" + query).then().statusCode(400).extract().asString();
        assertThat(new Page(page).text()).contains(parameter + " is ", allowed);
    }

    @Test
    void anEmptyWarehousePageSaysWhatToDo() {
        Warehouse warehouse = Warehouse.empty();
        assertThat(Page.at("/").text()).contains("No sales yet", "./shopflow up");
        warehouse.ran("shop", Warehouse.RUN, "running", Instant.now());
        assertThat(Page.at("/").text()).contains("the first run has been running since");
        warehouse.run("update etl.runs set status = 'incomplete', closed_at = now()");
        assertThat(Page.at("/").text()).contains("the last run ended incomplete");
    }

    @Test
    void freshnessAndQualityLeadToTheRun() {
        Warehouse.empty().smallShop();
        Page page = Page.at("/");
        assertThat(page.text())
                .contains("newest order 31 Mar 2026", "last complete run", Warehouse.RUN);
        assertThat(page.html()).contains("href=\"/runs/" + Warehouse.RUN + "\"");
        assertThat(page.card("quality")).isEqualTo("2");
        assertThat(page.cardText("quality")).contains("last run: 2 rejected of 10 read · balanced");
        assertThat(page.text())
                .contains(
                        "Rows were rejected. shop",
                        "shop: 2 rejected rows are not in these figures.")
                .doesNotContain("These figures are old");
    }

    @Test
    void rejectedRowsOfAllRunsCountUntilTheyAreLoaded() {
        String second = "01JD0000000000000000000002";
        Warehouse warehouse = Warehouse.empty().smallShop();
        warehouse.ran("shop", second, "complete", Instant.now());
        Page page = Page.at("/");
        assertThat(page.card("quality")).isEqualTo("2");
        assertThat(page.cardText("quality")).contains("last run: 0 rejected of 0 read");
        warehouse.run("delete from etl.quarantined_rows where id = '1'");
        warehouse.run("update etl.part_ledger set loaded_at = clock_timestamp()");
        assertThat(Page.at("/").card("quality")).isEqualTo("1");
        assertThat(Page.at("/").text()).contains("shop: 1 rejected row is not in these figures.");
        assertThat(Page.at("/runs/" + Warehouse.RUN).table("Rejected rows of the run"))
                .containsExactly(
                        "number_format | orders | total | 2 | 1 | 12,50 &lt;b&gt; | orders.csv:7");
    }

    @Test
    void findingsOfTheLastClosedRunAreShownBesideTheFigures() {
        Warehouse warehouse = Warehouse.empty().smallShop();
        warehouse.found(Warehouse.RUN, "orphans", "order_items", "lines without an order.", false);
        warehouse.ran("shop", "01JD0000000000000000000002", "running", Instant.now());
        assertThat(Page.at("/").text())
                .contains(
                        "These figures are in doubt. 1 finding in shop",
                        "shop: order_items: 1 line without an order.");
        for (int n = 1; n <= 4; n++) {
            warehouse.found(Warehouse.RUN, "rule" + n, "", "finding " + n, true);
        }
        assertThat(Page.at("/").text())
                .contains("5 findings in shop", "1 finding 1", "1 finding 3", "2 more findings.")
                .doesNotContain("finding 4");
        assertThat(Page.at("/runs/" + Warehouse.RUN).text())
                .contains("rule4. 1 finding 4", "orphans of order_items. 1 line without an order.");
    }

    @Test
    void whatOnlyInformsIsNoDoubt() {
        Warehouse warehouse = Warehouse.empty().smallShop();
        warehouse.found(
                Warehouse.RUN, "rows_deleted", "orders", "rows of earlier runs: deleted.", false);
        warehouse.run("update etl.run_findings set informs = true");
        assertThat(Page.at("/").text())
                .doesNotContain("in doubt", "rows of earlier runs: deleted.");
        Page run = Page.at("/runs/" + Warehouse.RUN);
        assertThat(run.text()).contains("rows_deleted of orders. 1 row of earlier runs: deleted.");
        assertThat(run.html()).contains("notice-information").doesNotContain("notice-doubt");
    }

    @Test
    void aRunWithoutNewPartsForHoursHasStopped() {
        String second = "01JD0000000000000000000002";
        Warehouse warehouse = Warehouse.empty().smallShop();
        warehouse.ran("shop", second, "running", Instant.now().minus(Duration.ofHours(3)));
        assertThat(Page.at("/").text()).contains("The last run has stopped.");
        assertThat(Page.at("/runs").table("Runs").getFirst()).contains("shop | stopped |");
        assertThat(Page.at("/runs/" + second).text()).contains("This run has stopped.");
        warehouse.loaded("shop", second, "orders", 1);
        assertThat(Page.at("/").text()).doesNotContain("has stopped");
        assertThat(Page.at("/runs/" + second).text()).doesNotContain("has stopped");
    }

    @Test
    void sumsBeyondALongAreShownInFull() {
        Warehouse warehouse = Warehouse.empty().smallShop();
        for (int n = 1; n <= 3; n++) {
            warehouse.order(
                    "shop", "big" + n, "2026-03-1" + n, "completed", "c1", "GBP", "GB", "London");
            warehouse.line("shop", "big" + n, "a", 1, 4_000_000_000_000_000_000L, 0, "GBP");
        }
        Page page = Page.at(MARCH);
        assertThat(page.card("net")).isEqualTo("120000000000000034.00");
        assertThat(Page.at("/runs").table("Runs")).isNotEmpty();
        assertThat(Page.at(MARCH + "&category=Kitchen").card("net")).startsWith("1200000000000000");
    }

    @Test
    void onlyCategoriesOfTheChosenSourceAreOffered() {
        Warehouse.empty().smallShop().brazilianShop().product("olist", "m", "Mesa", "moveis", null);
        assertThat(Page.at("/?source=olist").html())
                .contains("<option value=\"moveis\">")
                .doesNotContain("<option value=\"Kitchen\"");
        assertThat(Page.at("/?source=olist&category=Kitchen").html())
                .contains("<option value=\"Kitchen\" selected>");
        assertThat(Page.at("/?source=shop").html())
                .contains("<option value=\"Kitchen\">")
                .doesNotContain("moveis");
    }

    @Test
    void tensOfThousandsOfCategoriesStillGiveASmallPage() {
        Warehouse warehouse = Warehouse.empty().smallShop();
        warehouse.run(
                """
                insert into warehouse.dim_products (source, product_id, name, category,
                    valid_from, valid_to, version_at, run_id, part, source_row,
                    last_version_at, last_run_id, last_part, last_source_row)
                select 'shop', 'many' || n, 'x', 'Category number ' || n, '-infinity', 'infinity', now(),
                    'r', 1, 1, now(), 'r', 1, 1
                from generate_series(1, 50000) as n
                """);
        Page page = Page.at(MARCH + "&category=Kitchen");
        assertThat(page.html().length()).isLessThan(200_000);
        assertThat(page.text()).contains("type one of 50,003; the list has the first 300");
        assertThat(page.html()).contains("name=\"category\" value=\"Kitchen\"");
        String mistake = given().get("/?category=Cars").then().statusCode(400).extract().asString();
        assertThat(mistake.length()).isLessThan(20_000);
        assertThat(new Page(mistake).text()).contains("and 49953 more");
    }

    @Test
    void aRunThatIsNotClosedIsNotCalledUnbalanced() {
        String second = "01JD0000000000000000000002";
        Warehouse warehouse = Warehouse.empty().smallShop();
        warehouse.ran("shop", second, "running", Instant.now()).loaded("shop", second, "orders", 1);
        assertThat(Page.at("/").cardText("quality")).contains("not closed yet");
        assertThat(Page.at("/").text()).doesNotContain("not balanced");
        assertThat(Page.at("/runs/" + second).text()).doesNotContain("not balanced");
    }

    @Test
    void figuresStayThoseOfTheLastClosedRunWhileTheNextIsLoaded() {
        String second = "01JD0000000000000000000002";
        Warehouse warehouse = Warehouse.empty().smallShop();
        Page before = Page.at(MARCH);
        warehouse.ran("shop", second, "running", Instant.now());
        warehouse.product("shop", "d", "Lamp", "Light", 100L);
        warehouse.order("shop", "7", "2026-04-11", "completed", "c9", "GBP", "GB", "London");
        warehouse.line("shop", "7", "d", 1, 600, 0, "GBP").loaded("shop", second, "orders", 1);

        Page during = Page.whileLoading(MARCH);
        for (String card : List.of("net", "orders", "customers", "profit", "churn")) {
            assertThat(during.cardText(card)).isEqualTo(before.cardText(card));
        }
        assertThat(during.text())
                .contains("newest order 31 Mar 2026", "of 3 products in the catalogue");
        assertThat(during.html()).doesNotContain("Light");
        assertThat(Page.at("/").text()).contains("newest order 11 Apr 2026");
        assertThat(Page.at("/?range=30d").text()).contains("to 11 Apr 2026", "Lamp Light");
    }

    @Test
    void aRangeOfYearsMonthsAndDaysIsTheSumOfItsDays() {
        Warehouse.empty().busyShop();
        Page page = Page.at("/?from=2024-12-30&to=2026-09-02");
        String inRange = "business_date between '2024-12-30' and '2026-09-02'";
        assertThat(page.card("orders"))
                .isEqualTo(
                        Warehouse.value(
                                "select count(*) from analytics.sales_orders where " + inRange));
        assertThat(page.card("net"))
                .isEqualTo(
                        Warehouse.value(
                                "select round(sum(net_minor) / 100, 2) from analytics.sales_orders where "
                                        + inRange));
        assertThat(page.card("customers"))
                .isEqualTo(
                        Warehouse.value(
                                "select count(distinct customer_id) from analytics.sales_orders where "
                                        + inRange));
        assertThat(page.card("profit"))
                .isEqualTo(
                        Warehouse.value(
                                "select round(sum(profit_minor) / 100, 2) from analytics.sales_items where "
                                        + inRange));
    }

    @Test
    void anIncompleteLastRunIsShownAsIncomplete() {
        String second = "01JD0000000000000000000002";
        Warehouse.empty().smallShop().ran("shop", second, "incomplete", Instant.now());
        Page page = Page.at("/");
        assertThat(page.text()).contains("The last run is incomplete.");
        assertThat(page.html()).contains("/runs/" + second);
    }

    @Test
    void figuresOlderThanADayAreMarked() {
        Warehouse.empty()
                .smallShop()
                .run("update etl.runs set closed_at = now() - interval '25 hours'");
        assertThat(Page.at("/").text()).contains("These figures are old.");
    }

    @Test
    void figuresDuringTheFirstRunAreMarked() {
        Warehouse.empty()
                .smallShop()
                .run("update etl.runs set closed_at = null, status = 'running'");
        assertThat(Page.at("/").text())
                .contains("The first run is still running.", "no complete run yet");
    }

    @Test
    void anUnchangedPageIsNotSentAgainAndNewDataChangesIt() {
        Warehouse warehouse = Warehouse.empty().smallShop();
        String tag = given().get(MARCH).then().statusCode(200).extract().header("ETag");
        given().header("If-None-Match", tag).get(MARCH).then().statusCode(304);
        String before = given().get("/freshness").jsonPath().getString("version");
        warehouse.order("shop", "7", "2026-03-30", "completed", "c9", "GBP", "GB", "Wales");
        warehouse.line("shop", "7", "b", 1, 500, 0, "GBP");
        Warehouse.refreshMarts();
        warehouse.loaded("shop", Warehouse.RUN, "orders", 2);
        assertThat(given().get("/freshness").jsonPath().getString("version")).isNotEqualTo(before);
        given().header("If-None-Match", tag).get(MARCH).then().statusCode(200);
        assertThat(Page.at(MARCH).card("net")).isEqualTo("39.00");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/runs", "/?from=x", "/nowhere", "/runs/nowhere"})
    void pagesLoadNothingFromOtherHostsAndAllowNoInlineScript(String path) {
        Warehouse.empty().smallShop();
        Response page = given().get(path);
        assertThat(page.header("Content-Security-Policy"))
                .contains("default-src 'none'", "script-src 'self'")
                .doesNotContain("unsafe");
        assertThat(page.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(page.header("Referrer-Policy")).isEqualTo("same-origin");
        assertThat(page.asString())
                .contains("<html lang=\"en-GB\">")
                .doesNotContain("http://", "https://", "style=\"", "onclick", "onload");
    }

    @Test
    void assetsAreKeptByBrowsersAndCompressed() {
        Warehouse.empty().smallShop();
        java.util.regex.Matcher assets =
                java.util.regex.Pattern.compile("\"(/assets/[^\"]+)\"")
                        .matcher(Page.at("/").html());
        int found = 0;
        while (assets.find()) {
            Response asset = given().header("Accept-Encoding", "gzip").get(assets.group(1));
            assertThat(asset.statusCode()).as(assets.group(1)).isEqualTo(200);
            assertThat(asset.header("Cache-Control")).contains("immutable", "max-age=31536000");
            found++;
        }
        assertThat(found).isGreaterThanOrEqualTo(4);
    }

    @Test
    void anUnavailableDatabaseIsReportedAndRecovers() {
        Warehouse warehouse = Warehouse.empty().smallShop();
        String endSessions =
                "select pg_terminate_backend(pid) from pg_stat_activity where usename ="
                        + " 'shopflow_dashboard'";
        warehouse.run("alter role shopflow_dashboard nologin");
        try {
            warehouse.run(endSessions);
            Response away = given().get("/");
            assertThat(away.statusCode()).isEqualTo(503);
            assertThat(away.header("Retry-After")).isEqualTo("10");
            assertThat(new Page(away.asString()).text())
                    .contains("The database is unavailable", "does not answer")
                    .doesNotContain("FATAL", "Exception");
            given().get("/q/health").then().statusCode(503);
            // The load balancer's health check: the page that reports the problem must stay
            // reachable.
            given().get("/q/health/live").then().statusCode(200);
        } finally {
            warehouse.run("alter role shopflow_dashboard login");
        }
        Instant deadline = Instant.now().plus(Duration.ofSeconds(20));
        while (given().get("/").statusCode() != 200 && Instant.now().isBefore(deadline)) {
            Thread.onSpinWait();
        }
        given().get("/").then().statusCode(200);
        given().get("/q/health").then().statusCode(200);
    }

    @Test
    void aMissingPrivilegeIsReportedWithWhatGrantsIt() {
        Warehouse warehouse = Warehouse.empty().smallShop();
        warehouse.run("revoke usage on schema etl from shopflow_dashboard");
        try {
            Response page = given().get("/");
            assertThat(page.statusCode()).isEqualTo(503);
            assertThat(page.asString()).contains("migrate");
        } finally {
            warehouse.run("grant usage on schema etl to shopflow_dashboard");
        }
    }

    @Test
    void aBugIsAPageWithoutInternalDetails() {
        Warehouse warehouse = Warehouse.empty().smallShop();
        warehouse.run("alter database shopflow set shopflow.churn_days = 'ninety'");
        try {
            warehouse.run(
                    "select pg_terminate_backend(pid) from pg_stat_activity where usename ="
                            + " 'shopflow_dashboard'");
            Instant deadline = Instant.now().plus(Duration.ofSeconds(20));
            Response page = given().get("/");
            // The pool may return a terminated connection once more.
            while (page.statusCode() == 503 && Instant.now().isBefore(deadline)) {
                page = given().get("/");
            }
            assertThat(page.statusCode()).isEqualTo(500);
            assertThat(page.asString())
                    .contains("Internal error")
                    .doesNotContain("Exception", "ninety", "select");
        } finally {
            warehouse.run("alter database shopflow reset shopflow.churn_days");
            warehouse.run(
                    "select pg_terminate_backend(pid) from pg_stat_activity where usename ="
                            + " 'shopflow_dashboard'");
        }
        Instant deadline = Instant.now().plus(Duration.ofSeconds(20));
        while (given().get("/").statusCode() != 200 && Instant.now().isBefore(deadline)) {
            Thread.onSpinWait();
        }
        given().get("/").then().statusCode(200);
    }
}
