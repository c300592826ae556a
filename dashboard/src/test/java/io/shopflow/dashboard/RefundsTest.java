package io.shopflow.dashboard;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Refunds by order date and by refund date, held against sums in plain Java. */
@QuarkusTest
@QuarkusTestResource(WarehouseServer.class)
class RefundsTest {
    private static final LocalDate OLDEST = LocalDate.of(2026, 1, 1);

    /** A sale of one line, and what was refunded of it; counts if the order was not cancelled. */
    private record Sale(
            LocalDate day,
            String source,
            String currency,
            int category,
            long gross,
            long discount,
            long refunded,
            LocalDate refundedOn,
            boolean counts) {}

    private static List<Sale> generated() {
        Random random = new Random(5);
        Warehouse warehouse = Warehouse.empty();
        List<Sale> sales = new ArrayList<>();
        for (String source : List.of("shop", "till")) {
            for (int n = 0; n < 4; n++) {
                warehouse.product(source, "p" + n, "Product " + n, "Category " + n % 2, null);
            }
        }
        for (int n = 0; n < 150; n++) {
            String source = random.nextBoolean() ? "shop" : "till";
            int product = random.nextInt(4);
            long price = 500 + random.nextInt(5_000);
            long discount = random.nextInt(300);
            LocalDate day = OLDEST.plusDays(random.nextInt(90));
            LocalDate later = day.plusDays(random.nextInt(60));
            String currency = random.nextInt(5) == 0 ? "EUR" : "GBP";
            boolean counts = random.nextInt(8) > 0;
            String order = "o" + n;
            warehouse.order(
                    source,
                    order,
                    day.toString(),
                    counts ? "completed" : "cancelled",
                    "c" + random.nextInt(20),
                    currency,
                    "GB",
                    "Wales");
            warehouse.line(source, order, "p" + product, 1, price, discount, currency);
            long refunded = 0;
            if (random.nextInt(3) == 0) {
                refunded = 1 + random.nextInt((int) (price - discount));
                // Of the line, or of the order, whose only line it is.
                warehouse.refund(
                        source,
                        order,
                        random.nextBoolean() ? "p" + product : null,
                        refunded,
                        currency,
                        later);
            }
            sales.add(
                    new Sale(
                            day,
                            source,
                            currency,
                            product % 2,
                            price,
                            discount,
                            refunded,
                            later,
                            counts));
        }
        warehouse.ran("shop", Warehouse.RUN, "complete", Instant.now());
        warehouse.ran("till", "01JE0000000000000000000001", "complete", Instant.now());
        return sales;
    }

    private static JsonPath totals(String query) {
        return given().urlEncodingEnabled(false)
                .get("/api/v1/overview" + query)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath()
                .setRootPath("figures.totals");
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "2026-02-01, 2026-02-28, GBP, -, -",
                "2026-03-01, 2026-03-31, GBP, shop, -",
                "2026-03-08, 2026-03-14, GBP, -, -",
                "2026-01-01, 2026-05-31, EUR, -, -",
                "2026-01-01, 2026-05-31, GBP, -, -",
                "2026-02-01, 2026-02-28, GBP, -, 1",
            })
    void refundsAreShownByBothDates(
            LocalDate from,
            LocalDate to,
            String currency,
            @Nullable String source,
            @Nullable Integer category) {
        List<Sale> sales =
                generated().stream()
                        .filter(Sale::counts)
                        .filter(sale -> sale.currency().equals(currency))
                        .filter(sale -> source == null || source.equals(sale.source()))
                        .filter(sale -> category == null || category == sale.category())
                        .toList();
        ToLongFunction<LocalDate> within = day -> day.isBefore(from) || day.isAfter(to) ? 0 : 1;
        long byOrderDate = sum(sales, sale -> within.applyAsLong(sale.day()) * sale.refunded());
        long byRefundDate =
                sum(sales, sale -> within.applyAsLong(sale.refundedOn()) * sale.refunded());
        long sold =
                sum(
                        sales,
                        sale -> within.applyAsLong(sale.day()) * (sale.gross() - sale.discount()));
        String query =
                "?from=%s&to=%s&currency=%s".formatted(from, to, currency)
                        + (source == null ? "" : "&source=" + source)
                        + (category == null ? "" : "&category=Category%20" + category);
        JsonPath totals = totals(query);
        assertThat(totals.getLong("refundedMinor")).isEqualTo(byOrderDate);
        assertThat(byOrderDate + byRefundDate).isPositive();
        assertThat(totals.getLong("netMinor")).isEqualTo(sold - byOrderDate);
        String sign = currency.equals("GBP") ? "£" : "€";
        String text = Page.at("/" + query).text();
        assertThat(text).contains(money(byOrderDate, sign));
        if (category == null) {
            assertThat(totals.getLong("refundedByRefundDateMinor")).isEqualTo(byRefundDate);
            assertThat(totals.getLong("netByRefundDateMinor")).isEqualTo(sold - byRefundDate);
            assertThat(text)
                    .contains(
                            "made in these days: " + money(byRefundDate, sign),
                            "With these instead, net sales are "
                                    + money(sold - byRefundDate, sign)
                                    + ".");
        } else {
            assertThat(totals.<Object>get("refundedByRefundDateMinor")).isNull();
            assertThat(totals.<Object>get("netByRefundDateMinor")).isNull();
            assertThat(text).contains("By refund date there are no figures of a category");
        }
    }

    private static long sum(List<Sale> sales, ToLongFunction<Sale> amount) {
        return sales.stream().mapToLong(amount).sum();
    }

    private static String money(long minor, String sign) {
        return ProductShop.money(minor).replace("£", sign);
    }

    /** A refund after the range, of an order in it, and the other way round. */
    @Test
    void bothDatesAreBusinessDates() {
        Warehouse warehouse = Warehouse.empty();
        warehouse.product("shop", "a", "Tray", "Kitchen", null);
        warehouse.order("shop", "1", "2026-03-10", "completed", "c1", "GBP", "GB", "Wales");
        warehouse.line("shop", "1", "a", 1, 1000, 0, "GBP");
        warehouse.refund("shop", "1", "a", 300, "GBP", LocalDate.of(2026, 4, 1));
        warehouse.order("shop", "2", "2026-02-10", "completed", "c2", "GBP", "GB", "Wales");
        warehouse.line("shop", "2", "a", 1, 1000, 0, "GBP");
        warehouse.refund("shop", "2", "a", 450, "GBP", LocalDate.of(2026, 3, 31));
        warehouse.ran("shop", Warehouse.RUN, "complete", Instant.now());
        JsonPath march = totals("?from=2026-03-01&to=2026-03-31");
        assertThat(march.getLong("refundedMinor")).isEqualTo(300);
        assertThat(march.getLong("refundedByRefundDateMinor")).isEqualTo(450);
        assertThat(march.getLong("netMinor")).isEqualTo(700);
        assertThat(march.getLong("netByRefundDateMinor")).isEqualTo(550);
    }
}
