package io.shopflow.shop.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.shopflow.shop.world.Shop;
import io.shopflow.shop.world.ShopPlan;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** To the penny: lines add up to their order, and no refund exceeds it. */
class MoneyTest {
    private static final String ALL_STATES =
            "trash,pending,processing,on-hold,completed,cancelled,refunded,failed,checkout-draft";
    private static final Instant NOW = Instant.parse("2026-06-15T09:30:00Z");

    private final Shop shop =
            Shop.open(ShopPlan.ofDefaultSize(7, NOW, Duration.ZERO), InstantSource.fixed(NOW));
    private final ShopServer server = ShopServer.start(0, shop);
    private final ShopClient client = new ShopClient(server);

    @AfterEach
    void close() {
        client.close();
        server.close();
    }

    @Test
    void linesShippingAndTaxAddUpToTheTotalOfEveryOrder() {
        List<JsonNode> orders = client.all("/orders?status=" + ALL_STATES);
        assertThat(orders).hasSize(5000);
        for (JsonNode order : orders) {
            BigDecimal sum = money(order, "shipping_total").add(money(order, "shipping_tax"));
            BigDecimal discount = BigDecimal.ZERO;
            for (JsonNode line : order.path("line_items")) {
                sum = sum.add(money(line, "total")).add(money(line, "total_tax"));
                discount = discount.add(money(line, "subtotal")).subtract(money(line, "total"));
                assertThat(line.path("price").isNumber()).isTrue();
                assertThat(line.path("quantity").asInt()).isPositive();
                assertThat(money(line, "subtotal")).isPositive();
            }
            assertThat(sum).as("order %s", order.path("id")).isEqualTo(money(order, "total"));
            assertThat(discount).isEqualTo(money(order, "discount_total"));
            BigDecimal refunded = BigDecimal.ZERO;
            for (JsonNode refund : order.path("refunds")) {
                assertThat(money(refund, "total")).isNegative();
                refunded = refunded.subtract(money(refund, "total"));
            }
            assertThat(refunded).isLessThanOrEqualTo(money(order, "total"));
        }
    }

    private static BigDecimal money(JsonNode row, String field) {
        assertThat(row.path(field).isTextual()).isTrue();
        return new BigDecimal(row.path(field).asText());
    }
}
