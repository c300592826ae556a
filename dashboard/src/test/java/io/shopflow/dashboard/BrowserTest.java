package io.shopflow.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How the pages look and behave in a browser. */
@QuarkusTest
@QuarkusTestResource(WarehouseServer.class)
class BrowserTest extends InChromium {

    @ParameterizedTest
    @CsvSource({"LIGHT, 1440", "DARK, 1440", "LIGHT, 390", "DARK, 390"})
    void thePageIsWholeAccessibleAndFitsTheScreen(ColorScheme scheme, int width) {
        Warehouse.empty().busyShop();
        Page page =
                open(
                        "/",
                        new Browser.NewContextOptions()
                                .setViewportSize(width, 900)
                                .setColorScheme(scheme)
                                .setReducedMotion(
                                        com.microsoft.playwright.options.ReducedMotion.REDUCE));
        PlaywrightAssertions.assertThat(page.locator(".chart canvas")).hasCount(2);
        page.screenshot(
                new Page.ScreenshotOptions()
                        .setFullPage(true)
                        .setPath(
                                Path.of(
                                        "target",
                                        "screenshots",
                                        "sales-"
                                                + scheme.name().toLowerCase(java.util.Locale.ROOT)
                                                + "-"
                                                + width
                                                + ".png")));
        assertThat(overflow(page)).isZero();
        assertAccessible(page);
        assertThat(complaints).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "/runs, 390",
        "/runs, 1440",
        "/runs/" + Warehouse.RUN + ", 390",
        "/?from=x, 390",
        "/lineage, 390",
        "/lineage?category=Home, 1440"
    })
    void otherPagesAreAccessibleAndFitTheScreen(String path, int width) {
        Warehouse.empty().busyShop();
        Page page = open(path, new Browser.NewContextOptions().setViewportSize(width, 900));
        page.screenshot(
                new Page.ScreenshotOptions()
                        .setFullPage(true)
                        .setPath(
                                Path.of(
                                        "target",
                                        "screenshots",
                                        path.replaceAll("[^a-z]+", "-") + width + ".png")));
        assertThat(overflow(page)).isZero();
        assertAccessible(page);
    }

    @ParameterizedTest
    @CsvSource({
        "net, tiles, LIGHT, 1280",
        "customers, tiles, DARK, 390",
        "growth, tiles, DARK, 1280",
        "growth, map, LIGHT, 390",
        "orders, map, DARK, 1280"
    })
    void theMapOfPostcodeAreasIsAccessibleAndFitsTheScreen(
            String metric, String view, ColorScheme scheme, int width) {
        Warehouse.empty().busyShop();
        Page page =
                open(
                        "/geography?range=90d&metric=" + metric + "&view=" + view,
                        new Browser.NewContextOptions()
                                .setViewportSize(width, 900)
                                .setColorScheme(scheme));
        PlaywrightAssertions.assertThat(page.locator(".steered a.area")).hasCount(124);
        page.screenshot(screenshot("geography-" + metric + "-" + view + "-" + scheme + width));
        assertThat(overflow(page)).isZero();
        assertAccessible(page);
        assertThat(complaints).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "brazil, net, LIGHT, 1280, 27",
        "brazil, growth, DARK, 390, 27",
        "brazil, customers, LIGHT, 390, 27",
        "brazil, orders, DARK, 1280, 27",
        "world, net, LIGHT, 1280, 176",
        "world, growth, DARK, 1280, 176",
        "world, aov, LIGHT, 390, 176",
        "world, customers, DARK, 390, 176"
    })
    void theMapsOfBrazilAndOfTheWorldAreAccessibleAndFitTheScreen(
            String map, String metric, ColorScheme scheme, int width, int areas) {
        Warehouse.empty().worldShop();
        Page page =
                open(
                        "/geography?range=90d&map=" + map + "&metric=" + metric,
                        new Browser.NewContextOptions()
                                .setViewportSize(width, 900)
                                .setColorScheme(scheme));
        PlaywrightAssertions.assertThat(page.locator(".steered a.area")).hasCount(areas);
        page.screenshot(screenshot("geography-" + map + "-" + metric + "-" + scheme + width));
        assertThat(overflow(page)).isZero();
        assertAccessible(page);
        assertThat(complaints).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "brazil, SP, São Paulo, ArrowRight, RJ Rio de Janeiro",
        "brazil, SP, São Paulo, ArrowDown, PR Paraná",
        "world, FR, France, ArrowLeft, ES Spain",
        "world, US, United States, ArrowUp, CA Canada"
    })
    void statesAndCountriesAreReadByKeyboard(
            String map, String area, String name, String key, String next) {
        Warehouse.empty().worldShop();
        Page page = open("/geography?range=90d&map=" + map, desktop());
        Locator link = page.locator("a.area[href='#area-" + area + "']");
        link.focus();
        PlaywrightAssertions.assertThat(page.locator(".readout"))
                .containsText(area + " " + name + ": £");
        link.press("Enter");
        PlaywrightAssertions.assertThat(page.locator("tr:target")).containsText(name);
        link.focus();
        page.keyboard().press(key);
        PlaywrightAssertions.assertThat(page.locator(".readout")).containsText(next);
        page.getByRole(
                        AriaRole.NAVIGATION,
                        new Page.GetByRoleOptions().setName("Map").setExact(true))
                .getByRole(AriaRole.LINK)
                .first()
                .click();
        assertThat(page.url()).contains("map=brazil");
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("12 months")).click();
        page.waitForURL("**/*range=12m*");
        assertThat(page.url()).contains("map=brazil");
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Show")).click();
        assertThat(page.url()).contains("map=brazil");
        assertThat(complaints).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"tiles", "map"})
    void areasAreReadByKeyboard(String view) {
        Warehouse.empty().busyShop();
        Page page = open("/geography?view=" + view, desktop());
        page.getByText("Go to the table").focus();
        page.keyboard().press("Tab");
        page.locator("a.area[href='#area-LS']").focus();
        PlaywrightAssertions.assertThat(page.locator(".readout")).containsText("LS Leeds: £");
        page.keyboard().press("ArrowUp");
        String north = page.locator(".readout").textContent();
        assertThat(north).doesNotContain("LS Leeds");
        page.keyboard().press("ArrowDown");
        PlaywrightAssertions.assertThat(page.locator("a.area:focus")).hasCount(1);
        page.locator("a.area[href='#area-LS']").press("Enter");
        assertThat(page.url()).endsWith("#area-LS");
        PlaywrightAssertions.assertThat(page.locator("tr:target")).containsText("LS Leeds");
        assertThat(
                        (Integer)
                                page.evaluate(
                                        "document.querySelectorAll('.steered [tabindex=\"0\"]').length"))
                .isEqualTo(1);
        assertThat(complaints).isEmpty();
    }

    @Test
    void withoutJavaScriptAnAreaLeadsToItsRow() {
        Warehouse.empty().busyShop();
        Page page = open("/geography", desktop().setJavaScriptEnabled(false));
        page.locator("a.area[href='#area-SW']").click();
        PlaywrightAssertions.assertThat(row(page, "Sales by postcode area", "SW South West London"))
                .isInViewport();
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Orders").setExact(true))
                .click();
        assertThat(page.url()).contains("metric=orders");
    }

    @ParameterizedTest
    @CsvSource({"LIGHT, 1280", "DARK, 1280", "LIGHT, 390", "DARK, 390"})
    void customersAreAccessibleAndFitTheScreen(ColorScheme scheme, int width) {
        Warehouse.empty().busyShop();
        Page page =
                open(
                        "/customers?cohorts=24",
                        new Browser.NewContextOptions()
                                .setViewportSize(width, 900)
                                .setColorScheme(scheme));
        page.screenshot(screenshot("customers-" + scheme + "-" + width));
        PlaywrightAssertions.assertThat(
                        page.getByRole(
                                        AriaRole.TABLE,
                                        new Page.GetByRoleOptions()
                                                .setName("Share of each cohort that ordered again"))
                                .getByRole(AriaRole.ROW))
                .hasCount(8);
        assertThat(overflow(page)).isZero();
        assertAccessible(page);
        assertThat(complaints).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "'', LIGHT, 1280",
        "'?days=90&stream=orders', DARK, 1280",
        "'?days=90', DARK, 390",
        "'?source=shop&stream=reviews', LIGHT, 390"
    })
    void dataQualityIsAccessibleAndFitsTheScreen(String query, ColorScheme scheme, int width) {
        Warehouse warehouse = Warehouse.empty().busyShop().brazilianShop();
        warehouse.run(
                """
                insert into etl.part_rejections (run_id, stream, part, rule, field, rows, example, position)
                values (?, 'order_items', 1, 'reference_unknown', 'product_id', 1, null, 'items.csv:14')
                """,
                Warehouse.RUN);
        Page page =
                open(
                        "/quality" + query,
                        new Browser.NewContextOptions()
                                .setViewportSize(width, 900)
                                .setColorScheme(scheme));
        page.screenshot(
                screenshot("quality" + query.replaceAll("[^a-z0-9]+", "-") + scheme + width));
        PlaywrightAssertions.assertThat(page.locator("h1")).hasText("Data quality");
        assertThat(overflow(page)).isZero();
        assertAccessible(page);
        assertThat(complaints).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "'', LIGHT, 1280",
        "'', DARK, 390",
        "/sales_orders, LIGHT, 390",
        "/sales_orders?sort=net_minor&order=desc, DARK, 1280",
        "/live_lines?name.has=x&gross_minor.min=100, DARK, 390",
        "/sales_orders?source.is=nothing, LIGHT, 390"
    })
    void viewsAreAccessibleAndFitTheScreen(String address, ColorScheme scheme, int width) {
        Warehouse.empty().busyShop();
        Page page =
                open(
                        "/explore" + address,
                        new Browser.NewContextOptions()
                                .setViewportSize(width, 900)
                                .setColorScheme(scheme));
        String name = "explore" + address.replaceAll("[^a-z]+", "-") + scheme + width;
        page.screenshot(screenshot(name));
        for (Locator columns : page.locator("#columns summary").all()) {
            columns.click();
        }
        page.screenshot(screenshot(name + "-open"));
        assertThat(overflow(page)).isZero();
        assertAccessible(page);
        assertThat(complaints).isEmpty();
    }

    @Test
    void aViewIsFilteredSortedAndPagedWithoutJavaScript() {
        Warehouse.empty().busyShop();
        Page page = open("/explore", desktop().setJavaScriptEnabled(false));
        link(page, "sales_orders").click();
        page.getByText("what they mean, and how to filter by them").press("Enter");
        page.locator("[name='region.is']").fill("Scotland");
        page.keyboard().press("Enter");
        page.waitForURL("**/*region.is=Scotland*");
        PlaywrightAssertions.assertThat(page.getByText("region equals “Scotland”")).isVisible();
        link(page, "business_date").press("Enter");
        page.waitForURL("**/explore/sales_orders?region.is=Scotland&sort=business_date&order=asc*");
        String first = page.locator("#rows tbody tr").first().textContent();
        link(page, "Next").press("Enter");
        page.waitForURL("**/*after=*");
        assertThat(page.locator("#rows tbody tr").first().textContent()).isNotEqualTo(first);
        link(page, "Previous").press("Enter");
        page.waitForURL("**/*before=*");
        assertThat(page.locator("#rows tbody tr").first().textContent()).isEqualTo(first);
        page.getByText("Remove the filter region.is").press("Enter");
        page.waitForURL("**/explore/sales_orders?sort=business_date&order=asc");
        assertThat(complaints).isEmpty();
    }

    @Test
    void dataQualityIsFilteredWithoutJavaScript() {
        Warehouse.empty().busyShop();
        Page page = open("/quality", desktop().setJavaScriptEnabled(false));
        page.locator("select[name=stream]").selectOption("order_items");
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Show")).click();
        assertThat(page.url()).contains("days=30", "stream=order_items");
        PlaywrightAssertions.assertThat(row(page, "Rows by source and stream", "order_items"))
                .isVisible();
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("90 days")).click();
        assertThat(page.url()).contains("days=90", "stream=order_items");
    }

    @ParameterizedTest
    @CsvSource({
        "c0?range=all, LIGHT, 1280",
        "c0?range=all, DARK, 390",
        "c176?from=2025-01-01&to=2026-06-30, DARK, 1280",
        "c538?range=30d, LIGHT, 390"
    })
    void theCustomerIsAccessibleAndFitsTheScreen(String address, ColorScheme scheme, int width) {
        Warehouse.empty().busyShop();
        Page page =
                open(
                        "/customers/shop/" + address,
                        new Browser.NewContextOptions()
                                .setViewportSize(width, 900)
                                .setColorScheme(scheme));
        page.screenshot(
                screenshot("customer" + address.replaceAll("[^a-z0-9]+", "-") + scheme + width));
        PlaywrightAssertions.assertThat(page.locator("h1"))
                .hasText(address.replaceFirst("\\?.*", ""));
        assertThat(overflow(page)).isZero();
        assertAccessible(page);
        assertThat(complaints).isEmpty();
    }

    @Test
    void aCustomerIsReachedFromTheListsAndBackByKeyboard() {
        Warehouse.empty().busyShop();
        Page page = open("/customers?range=all&category=Home", desktop());
        Locator first =
                page.getByRole(AriaRole.TABLE, new Page.GetByRoleOptions().setName("Top customers"))
                        .getByRole(AriaRole.LINK)
                        .first();
        String customer = first.textContent();
        first.press("Enter");
        PlaywrightAssertions.assertThat(page.locator("h1")).hasText(customer);
        assertThat(page.url()).contains("range=all", "category=Home");
        page.getByText("Definition of segment by month").press("Enter");
        PlaywrightAssertions.assertThat(page.getByText("with all customers of today")).isVisible();
        page.locator(".crumb a").press("Enter");
        page.waitForURL("**/customers?range=all&category=Home");
        assertThat(complaints).isEmpty();
    }

    @Test
    void cohortsAreChosenByKeyboardAndKeptWithTheFilter() {
        Warehouse.empty().busyShop();
        Page page = open("/customers?range=90d&category=Home", desktop());
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("24 cohorts"))
                .press("Enter");
        page.waitForURL("**/*cohorts=24*");
        page.getByText("Definition of cohorts").press("Enter");
        PlaywrightAssertions.assertThat(page.getByText("A cohort is the customers")).isVisible();
        page.getByLabel("From").focus();
        // The same in every order of day and month.
        page.keyboard().type("02022026");
        page.keyboard().press("Enter");
        page.waitForURL("**/*from=2026-02-02*");
        assertThat(page.url()).contains("/customers?", "cohorts=24", "category=Home");
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Sales").setExact(true))
                .press("Enter");
        page.waitForURL("**/?from=2026-02-02*");
        PlaywrightAssertions.assertThat(page.getByText("Home · 2 Feb 2026")).isVisible();
        assertThat(complaints).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "'', LIGHT, 1280",
        "'', DARK, 390",
        "'&q=mug&sort=margin', DARK, 1280",
        "'&show=unsold', LIGHT, 390",
        "'&q=nothing', LIGHT, 1280"
    })
    void productsAreAccessibleAndFitTheScreen(String choices, ColorScheme scheme, int width) {
        Warehouse.empty().busyShop();
        Page page =
                open(
                        "/products?range=12m" + choices,
                        new Browser.NewContextOptions()
                                .setViewportSize(width, 900)
                                .setColorScheme(scheme));
        page.screenshot(
                screenshot("products" + choices.replaceAll("[^a-z]+", "-") + scheme + width));
        PlaywrightAssertions.assertThat(page.locator("h1")).hasText("Products");
        assertThat(overflow(page)).isZero();
        assertAccessible(page);
        assertThat(complaints).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "p5?range=12m, LIGHT, 1280, 2",
        "p5?range=12m, DARK, 390, 2",
        "p6?range=all, DARK, 1280, 2",
        "p119?range=all, LIGHT, 390, 0"
    })
    void theProductIsAccessibleAndFitsTheScreen(
            String address, ColorScheme scheme, int width, int charts) {
        Warehouse warehouse = Warehouse.empty().busyShop();
        warehouse.run(
                "update warehouse.dim_products set price_minor = 2199, sku = 'LT-' || product_id");
        Page page =
                open(
                        "/products/shop/" + address,
                        new Browser.NewContextOptions()
                                .setViewportSize(width, 900)
                                .setColorScheme(scheme)
                                .setReducedMotion(
                                        com.microsoft.playwright.options.ReducedMotion.REDUCE));
        PlaywrightAssertions.assertThat(page.locator(".chart canvas")).hasCount(charts);
        page.screenshot(
                screenshot("product" + address.replaceAll("[^a-z0-9]+", "-") + scheme + width));
        for (Locator table : page.locator(".chart-table summary").all()) {
            table.click();
        }
        page.screenshot(
                screenshot(
                        "product-open" + address.replaceAll("[^a-z0-9]+", "-") + scheme + width));
        assertThat(overflow(page)).isZero();
        assertAccessible(page);
        assertThat(complaints).isEmpty();
    }

    @Test
    void productsAreSortedSearchedAndPagedByKeyboard() {
        Warehouse.empty().busyShop();
        Page page = open("/products?range=all&category=Home", desktop());
        link(page, "Units").press("Enter");
        page.waitForURL("**/*sort=units&order=desc*");
        PlaywrightAssertions.assertThat(
                        page.getByRole(
                                AriaRole.COLUMNHEADER,
                                new Page.GetByRoleOptions().setName("Units")))
                .hasAttribute("aria-sort", "descending");
        link(page, "Units").press("Enter");
        page.waitForURL("**/*sort=units&order=asc*");
        page.getByLabel("Name, id or SKU").focus();
        page.keyboard().type("SERVING tray");
        page.keyboard().press("Enter");
        page.waitForURL("**/*q=SERVING*");
        assertThat(page.url()).contains("category=Home", "range=all", "sort=units", "order=asc");
        PlaywrightAssertions.assertThat(row(page, "Products sold", "serving tray").first())
                .isVisible();
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("serving tray"))
                .first()
                .press("Enter");
        page.waitForURL("**/products/shop/*");
        assertThat(page.url()).contains("category=Home", "range=all");
        page.locator(".crumb a").press("Enter");
        page.waitForURL("**/products?*");
        PlaywrightAssertions.assertThat(page.getByText("Home · ")).isVisible();
        assertThat(complaints).isEmpty();
    }

    @Test
    void withoutJavaScriptProductsArePagedAndSwitched() {
        Warehouse.empty().busyShop();
        Page page = open("/products?range=all", desktop().setJavaScriptEnabled(false));
        link(page, "Next").click();
        PlaywrightAssertions.assertThat(page.getByText("Page 2 of ")).isVisible();
        link(page, "Never sold").click();
        PlaywrightAssertions.assertThat(
                        page.getByRole(
                                AriaRole.TABLE,
                                new Page.GetByRoleOptions().setName("Products that did not sell")))
                .isVisible();
    }

    private static Locator link(Page page, String name) {
        return page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(name));
    }

    /** Old figures, a run that has stopped, an incomplete one, findings: all at once. */
    private static void inTrouble() {
        Warehouse warehouse = Warehouse.empty().busyShop();
        Instant now = Instant.now();
        warehouse.found(
                Warehouse.RUN,
                "rejected_share",
                "orders",
                "of 2 rows rejected: 50 %, more than the 20 % allowed (number_format of total: 1, for example '12$' at orders.csv:7). Rejected rows are not in the figures.",
                true);
        for (int n = 1; n <= 4; n++) {
            warehouse.found(Warehouse.RUN, "rule" + n, "", "lines of this and that kind.", false);
        }
        warehouse.brazilianShop();
        warehouse.run("update warehouse.fact_orders set currency = 'GBP' where source = 'olist'");
        warehouse.run(
                "update warehouse.fact_order_items set currency = 'GBP' where source = 'olist'");
        warehouse.run("update etl.runs set closed_at = now() - interval '3 days'");
        warehouse.ran("shop", "01JD0000000000000000000008", "incomplete", now);
        warehouse.found("01JD0000000000000000000008", "other_currency", "refunds", "rows.", false);
        warehouse.ran("olist", "01JD0000000000000000000009", "running", now.minusSeconds(10_000));
    }

    @ParameterizedTest
    @CsvSource({"LIGHT, 390", "DARK, 390", "DARK, 1440"})
    void severalNoticesLeaveTheFiguresOnTheScreenOfATelephone(ColorScheme scheme, int width) {
        inTrouble();
        Page page =
                open(
                        "/?source=shop",
                        new Browser.NewContextOptions()
                                .setViewportSize(width, 844)
                                .setColorScheme(scheme));
        Locator notices = page.locator(".notice");
        PlaywrightAssertions.assertThat(notices).hasCount(4);
        page.screenshot(screenshot("trouble-" + scheme + "-" + width));
        for (Locator notice : notices.all()) {
            assertThat(notice.boundingBox().height).isLessThan(90);
        }
        page.locator("summary")
                .filter(new Locator.FilterOptions().setHasText("These figures are in doubt."))
                .press("Enter");
        PlaywrightAssertions.assertThat(page.getByText("refunds: 1 row")).isVisible();
        page.screenshot(screenshot("doubts-" + scheme + "-" + width));
        assertThat(overflow(page)).isZero();
        assertAccessible(page);
    }

    @ParameterizedTest
    @CsvSource({"/runs, LIGHT", "/runs/" + Warehouse.RUN + ", DARK"})
    void noColumnOfRunsIsOutOfSightOnATelephone(String path, ColorScheme scheme) {
        inTrouble();
        Page page =
                open(
                        path,
                        new Browser.NewContextOptions()
                                .setViewportSize(390, 844)
                                .setColorScheme(scheme));
        page.screenshot(screenshot("narrow" + path.replaceAll("[^a-z]+", "-")));
        assertThat(
                        page.evaluate(
                                "[...document.querySelectorAll('.scroll')].filter(e => e.scrollWidth > e.clientWidth).length"))
                .isEqualTo(0);
        assertAccessible(page);
    }

    @ParameterizedTest
    @CsvSource({
        "/, LIGHT, 390",
        "/, DARK, 1440",
        "/customers, LIGHT, 390",
        "/runs, DARK, 390",
        "/geography, DARK, 390",
        "/products, LIGHT, 390",
        "/explore, LIGHT, 390",
        "/explore/sales_orders, DARK, 390",
        "/nowhere, DARK, 390"
    })
    void pagesOfAnEmptyWarehouseAreAccessibleAndFitTheScreen(
            String path, ColorScheme scheme, int width) {
        Warehouse.empty();
        Page page =
                open(
                        path,
                        new Browser.NewContextOptions()
                                .setViewportSize(width, 844)
                                .setColorScheme(scheme));
        page.screenshot(screenshot("empty" + path.replaceAll("[^a-z]+", "-") + scheme + width));
        assertThat(overflow(page)).isZero();
        assertAccessible(page);
    }

    /** Tabs through a page: what has the focus shows an outline, all of it on the screen. */
    @ParameterizedTest
    @CsvSource({
        "/, 390",
        "/customers, 390",
        "/runs, 390",
        "/runs/" + Warehouse.RUN + ", 1440",
        "/geography, 390",
        "/geography?view=map, 1440",
        "/geography?map=world, 390",
        "/products, 390",
        "/products/shop/p5, 390",
        "/explore, 390",
        "/explore/sales_orders?region.is=Scotland, 390"
    })
    void theFocusIsVisibleWhereverItIs(String path, int width) {
        inTrouble();
        Page page = open(path, new Browser.NewContextOptions().setViewportSize(width, 844));
        List<String> hidden = new ArrayList<>();
        for (int step = 0; step < 60; step++) {
            page.keyboard().press("Tab");
            String problem =
                    (String)
                            page.evaluate(
                                    """
                                    () => {
                                      const at = document.activeElement;
                                      if (at === document.body) return "end";
                                      const box = at.getBoundingClientRect();
                                      const style = getComputedStyle(at);
                                      const outlined = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
                                      const seen = box.width > 0 && box.left >= 0 && box.right <= innerWidth && box.bottom > 0 && box.top < innerHeight;
                                      return outlined && seen ? "" : at.outerHTML.slice(0, 120) + " " + style.outline + " " + JSON.stringify(box);
                                    }
                                    """);
            if (problem.equals("end")) {
                break;
            }
            if (!problem.isEmpty()) {
                hidden.add(problem);
            }
        }
        page.screenshot(screenshot("focus" + path.replaceAll("[^a-z]+", "-") + width));
        assertThat(hidden).isEmpty();
    }

    private static Page.ScreenshotOptions screenshot(String name) {
        return new Page.ScreenshotOptions()
                .setFullPage(true)
                .setPath(Path.of("target", "screenshots", name + ".png"));
    }

    private static int overflow(Page page) {
        return (Integer)
                page.evaluate(
                        "document.documentElement.scrollWidth - document.documentElement.clientWidth");
    }

    private static void assertAccessible(Page page) {
        assertThat(
                        new AxeBuilder(page)
                                .analyze().getViolations().stream()
                                        .map(
                                                violation ->
                                                        violation.getId()
                                                                + " "
                                                                + violation.getNodes().stream()
                                                                        .map(n -> n.getHtml())
                                                                        .toList()))
                .isEmpty();
    }

    @Test
    void withoutJavaScriptAllFiguresAreThere() {
        Warehouse.empty().smallShop();
        Page page = open("/?range=all", desktop().setJavaScriptEnabled(false));
        PlaywrightAssertions.assertThat(row(page, "Sales by month", "Mar 2026")).isVisible();
        PlaywrightAssertions.assertThat(row(page, "Sales by region", "London")).isVisible();
        page.getByLabel("Category").selectOption("Bath");
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Show")).click();
        assertThat(page.url()).contains("category=Bath", "range=all");
        PlaywrightAssertions.assertThat(row(page, "Most bought products", "Linen towel"))
                .isVisible();
    }

    @Test
    void theGrainOfSalesOverTimeIsChosenByKeyboardAndKept() {
        Warehouse.empty().busyShop();
        Page page = open("/?range=90d&category=Home", desktop());
        Locator title = page.locator("#over-time-title");
        PlaywrightAssertions.assertThat(title).containsText("Net sales by week: ");
        PlaywrightAssertions.assertThat(title).containsText("compared with the 90 days before");
        grain(page, "Day").press("Enter");
        page.waitForURL("**/*by=day#over-time");
        PlaywrightAssertions.assertThat(title).containsText("Net sales by day: ");
        PlaywrightAssertions.assertThat(title).isInViewport();
        PlaywrightAssertions.assertThat(grain(page, "Day")).hasAttribute("aria-current", "true");
        page.getByText("Figures by day").press("Enter");
        PlaywrightAssertions.assertThat(
                        page.getByRole(
                                        AriaRole.TABLE,
                                        new Page.GetByRoleOptions().setName("Sales by day"))
                                .getByRole(AriaRole.ROW))
                .hasCount(91);
        assertAccessible(page);
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Show")).press("Enter");
        page.waitForURL("**/*category=Home*");
        assertThat(page.url()).contains("range=90d", "by=day");
        link(page, "12 months").click();
        page.waitForURL("**/*range=12m*");
        PlaywrightAssertions.assertThat(title).containsText("Net sales by day");
        grain(page, "Month").click();
        page.waitForURL("**/*by=month#over-time");
        PlaywrightAssertions.assertThat(title).containsText("Net sales by month");
        PlaywrightAssertions.assertThat(page.locator(".chart canvas")).hasCount(2);
        assertThat(complaints).isEmpty();
    }

    /** Of a chart, the tests see only that it is drawn; the screenshots are for readers. */
    @ParameterizedTest
    @CsvSource({
        "range=30d, LIGHT, 1280",
        "range=30d, DARK, 390",
        "range=90d, DARK, 1280",
        "range=12m&by=day, LIGHT, 1280",
        "range=12m&by=day, LIGHT, 390",
        "range=all&by=day, LIGHT, 390"
    })
    void salesOverTimeAreAccessibleAndFitTheScreen(String query, ColorScheme scheme, int width) {
        Warehouse.empty().busyShop();
        Page page =
                open(
                        "/?" + query,
                        new Browser.NewContextOptions()
                                .setViewportSize(width, 900)
                                .setColorScheme(scheme)
                                .setReducedMotion(
                                        com.microsoft.playwright.options.ReducedMotion.REDUCE));
        PlaywrightAssertions.assertThat(page.locator("#over-time canvas")).hasCount(1);
        page.locator("#over-time-table > summary").click();
        page.locator("#over-time")
                .screenshot(
                        new Locator.ScreenshotOptions()
                                .setPath(
                                        Path.of(
                                                "target",
                                                "screenshots",
                                                "over-time-"
                                                        + query.replaceAll("[^a-z0-9]+", "-")
                                                        + scheme
                                                        + width
                                                        + ".png")));
        assertThat(overflow(page)).isZero();
        assertAccessible(page);
        assertThat(complaints).isEmpty();
    }

    /** The build of the chart library had no tooltips, although the page configured them. */
    @Test
    void pointingAtAPeriodShowsItsAmounts() {
        Warehouse.empty().smallShop();
        Page page =
                open(
                        "/?from=2026-03-01&to=2026-03-31",
                        desktop()
                                .setReducedMotion(
                                        com.microsoft.playwright.options.ReducedMotion.REDUCE));
        Locator canvas = page.locator("#over-time canvas");
        canvas.scrollIntoViewIfNeeded();
        Object before = canvas.evaluate("chart => chart.toDataURL()");
        // A day without sales: columns change their colour even without a tooltip.
        canvas.hover(new Locator.HoverOptions().setPosition(700, 40));
        page.waitForCondition(() -> !before.equals(canvas.evaluate("chart => chart.toDataURL()")));
        page.screenshot(screenshot("over-time-tooltip"));
        assertThat(complaints).isEmpty();
    }

    @Test
    void withoutJavaScriptSalesOverTimeAreATableBesideTheDaysBefore() {
        Warehouse.empty().smallShop();
        Page page = open("/?from=2026-03-01&to=2026-03-31", desktop().setJavaScriptEnabled(false));
        PlaywrightAssertions.assertThat(row(page, "Sales by day", "8 Mar 2026 Sunday"))
                .containsText("£10.00 5 Feb 2026");
        grain(page, "Week").click();
        PlaywrightAssertions.assertThat(row(page, "Sales by week", "9 Mar – 15 Mar 2026"))
                .containsText("week 11");
    }

    private static Locator grain(Page page, String name) {
        return page.getByRole(
                        AriaRole.NAVIGATION,
                        new Page.GetByRoleOptions().setName("Sales over time by"))
                .getByRole(AriaRole.LINK, new Locator.GetByRoleOptions().setName(name));
    }

    private static Locator row(Page page, String table, String text) {
        return page.getByRole(AriaRole.TABLE, new Page.GetByRoleOptions().setName(table))
                .getByRole(AriaRole.ROW)
                .filter(new Locator.FilterOptions().setHasText(text));
    }

    @Test
    void filtersWorkByKeyboardAlone() {
        Warehouse.empty().smallShop();
        Page page = open("/", desktop());
        page.keyboard().press("Tab");
        PlaywrightAssertions.assertThat(page.getByText("Skip to content")).isFocused();
        page.keyboard().press("Enter");
        PlaywrightAssertions.assertThat(page.getByRole(AriaRole.MAIN)).isFocused();
        page.getByLabel("Category").focus();
        page.keyboard().type("Kit");
        page.getByLabel("From").focus();
        // The same in every order of day and month.
        page.keyboard().type("02022026");
        page.keyboard().press("Enter");
        page.waitForURL("**/*category=Kitchen*");
        assertThat(page.url()).contains("from=2026-02-02");
        PlaywrightAssertions.assertThat(page.getByText("Kitchen · 2 Feb 2026 to 31 Mar 2026 · GBP"))
                .isVisible();
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("90 days"))
                .press("Enter");
        page.waitForURL("**/*range=90d*");
        assertThat(page.url()).contains("category=Kitchen");
        assertThat(complaints).isEmpty();
    }

    @Test
    void anOpenPageShowsNewDataAndKeepsFocusAndOpenSections() {
        Warehouse warehouse = Warehouse.empty().smallShop();
        Page page = open("/?from=2026-03-01&to=2026-03-31", desktop());
        Locator definition = page.getByText("Definition of net sales");
        definition.click();
        PlaywrightAssertions.assertThat(page.getByText("£34.00.")).isVisible();
        definition.focus();
        warehouse.order("shop", "7", "2026-03-30", "completed", "c9", "GBP", "GB", "Wales");
        warehouse.line("shop", "7", "b", 1, 500, 0, "GBP");
        Warehouse.refreshMarts();
        warehouse.loaded("shop", Warehouse.RUN, "orders", 2);
        PlaywrightAssertions.assertThat(page.getByText("£39.00.")).isVisible();
        PlaywrightAssertions.assertThat(page.getByText("Definition of net sales")).isFocused();
        PlaywrightAssertions.assertThat(page.getByText("Updated with newer data")).isVisible();
        PlaywrightAssertions.assertThat(page.locator(".chart canvas")).hasCount(2);
        assertThat(complaints).isEmpty();
    }

    @Test
    void anEmptyPageFillsItselfWhenTheFirstSalesArrive() {
        Warehouse warehouse =
                Warehouse.empty().ran("x", "01JD0000000000000000000000", "running", Instant.now());
        Page page = open("/", desktop());
        PlaywrightAssertions.assertThat(page.getByText("No sales yet")).isVisible();
        warehouse.smallShop();
        PlaywrightAssertions.assertThat(
                        page.getByRole(
                                AriaRole.HEADING,
                                new Page.GetByRoleOptions().setName("Net sales by month")))
                .isVisible();
    }
}
