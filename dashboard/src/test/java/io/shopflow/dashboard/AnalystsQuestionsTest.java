package io.shopflow.dashboard;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Instant;
import java.time.LocalDate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The questions of {@code docs/how-to/dashboard.md}, each answered in at most three clicks. */
@QuarkusTest
@QuarkusTestResource(WarehouseServer.class)
class AnalystsQuestionsTest extends InChromium {
    private static final int MOST_CLICKS = 3;

    private Page page;
    private int clicks;

    /** Few orders, so that each answer can be worked out by hand. The newest is of 20 October. */
    @BeforeEach
    void openSales() {
        Warehouse shop = Warehouse.empty();
        shop.product("shop", "tray", "Oak tray", "Kitchen", 400L);
        shop.product("shop", "towel", "Linen towel", "Bath", 100L);
        shop.product("shop", "mug", "Copper mug", "Kitchen", 900L);
        shop.product("shop", "vase", "Blue vase", "Home", 100L);
        sale(shop, "1", "2026-02-10", "anna", "Wales", "towel", 4, 500);
        sale(shop, "2", "2026-03-05", "anna", "Wales", "tray", 2, 1000);
        sale(shop, "3", "2026-03-20", "ben", "London", "towel", 1, 500);
        sale(shop, "4", "2026-07-15", "anna", "Scotland", "mug", 3, 1000);
        sale(shop, "5", "2026-08-12", "cleo", "Scotland", "tray", 1, 1000);
        sale(shop, "6", "2026-09-25", "ben", "London", "towel", 6, 500);
        sale(shop, "7", "2026-10-20", "ben", "London", "tray", 2, 1000);
        shop.refund("shop", "2", "tray", 600, "GBP", LocalDate.of(2026, 4, 2));
        shop.refund("shop", "1", "towel", 250, "GBP", LocalDate.of(2026, 3, 1));
        shop.ran("shop", Warehouse.RUN, "complete", Instant.now());
        shop.manifest(Warehouse.RUN, "orders", 10, 10, 1)
                .loaded("shop", Warehouse.RUN, "orders", 1)
                .rejected("shop", Warehouse.RUN, "orders", 1, "12,50");
        shop.run("update warehouse.fact_orders set run_id = ?", Warehouse.RUN);
        page = open("/", desktop());
        clicks = 0;
    }

    @AfterEach
    void countClicks() {
        assertThat(clicks).isLessThanOrEqualTo(MOST_CLICKS);
        assertThat(complaints).isEmpty();
    }

    private static void sale(
            Warehouse shop,
            String id,
            String day,
            String customer,
            String region,
            String product,
            long units,
            long price) {
        shop.order("shop", id, day, "completed", customer, "GBP", "GB", region);
        shop.line("shop", id, product, units, price, 0, "GBP");
    }

    private void click(Locator thing) {
        thing.click();
        page.waitForLoadState();
        clicks++;
    }

    private void click(String link) {
        click(page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(link)).first());
    }

    /** Typing is no click, sending the form is one. */
    private void show(String from, String to) {
        page.getByLabel("From").fill(from);
        page.getByLabel("To", new Page.GetByLabelOptions().setExact(true)).fill(to);
        click(page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Show")));
    }

    private Locator table(String name) {
        return page.getByRole(AriaRole.TABLE, new Page.GetByRoleOptions().setName(name));
    }

    private Locator firstRow(String table) {
        return table(table).locator("tbody tr").first();
    }

    private Locator card(String name) {
        return page.locator("#card-" + name);
    }

    @Test
    void whatDidAnAverageCustomerSpendLastQuarter() {
        show("2026-07-01", "2026-09-30");
        // Anna 30, Cleo 10, Ben 30.
        assertThat(card("spend")).containsText("£23.33");
    }

    @Test
    void whichProductsAreBoughtLeast() {
        assertThat(firstRow("Least bought products")).containsText("Copper mug");
        click("1 of 4 products");
        assertThat(table("Products that did not sell").locator("tbody tr")).hasCount(1);
        assertThat(firstRow("Products that did not sell")).containsText("Blue vase");
    }

    @Test
    void whichProductEarnedMostInScotland() {
        click(page.getByText("Figures by region"));
        click("Scotland");
        click("Profit");
        // Three mugs: 30 − 27 = 3. One tray: 10 − 4 = 6.
        assertThat(firstRow("Products sold")).containsText("Oak tray");
        assertThat(firstRow("Products sold")).containsText("£6.00");
    }

    @Test
    void whoIsNewlyAtRisk() {
        click("Customers");
        assertThat(table("Customers newly at risk").locator("tbody tr")).hasCount(1);
        click(table("Customers newly at risk").getByRole(AriaRole.LINK).first());
        assertThat(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setLevel(1)))
                .containsText("cleo");
        assertThat(page.getByText("12 Aug 2026").first()).isVisible();
    }

    @Test
    void whichCohortStaysLongest() {
        click("Customers");
        Locator cohort =
                table("Share of each cohort that ordered again, by months since the first order")
                        .getByRole(AriaRole.ROW)
                        .filter(new Locator.FilterOptions().setHasText("Mar 2026"));
        // Ben came in March and still ordered seven months later.
        assertThat(cohort).containsText("100");
    }

    @Test
    void howDidEachWeekGo() {
        click("Week");
        click(page.getByText("Figures by week"));
        assertThat(
                        table("Sales by week")
                                .getByRole(AriaRole.ROW)
                                .filter(new Locator.FilterOptions().setHasText("week 39")))
                .containsText("£30.00");
    }

    @Test
    void whatDroveTheChange() {
        show("2026-08-01", "2026-10-31");
        // 10 + 30 + 20 beside the 30 of the 81 days before.
        assertThat(card("net")).containsText("+100.0%");
        assertThat(table("Change of net sales by category").locator("tbody tr").first())
                .containsText("£30.00");
    }

    @Test
    void howFreshAndHowGoodIsThis() {
        assertThat(page.getByText("newest order 20 Oct 2026")).isVisible();
        assertThat(page.getByText("Rows were rejected.")).isVisible();
        click("Quality");
        assertThat(firstRow("Rules that rejected rows")).containsText("number_format");
    }

    @Test
    void whereDoesThisNumberComeFrom() {
        show("2026-08-01", "2026-10-31");
        click("Where these figures come from");
        assertThat(table("Net sales by file").locator("tbody tr").last()).containsText("£60.00");
        assertThat(table("Rows of net sales").locator("tbody tr")).hasCount(3);
        click(Warehouse.RUN);
        assertThat(page.getByText("Run of shop")).isVisible();
    }

    @Test
    void whatWasRefundedInMarchByBothDates() {
        show("2026-03-01", "2026-03-31");
        // Of the orders of March 6, in March 2.50.
        assertThat(card("refunds")).containsText("£6.00");
        assertThat(card("refunds")).containsText("made in these days: £2.50");
        click(page.getByText("Definition of refunds"));
        // 20 + 5 − 2.50.
        assertThat(page.getByText("net sales are £22.50")).isVisible();
    }
}
