package io.shopflow.extract.woocommerce;

import com.fasterxml.jackson.databind.JsonNode;
import io.shopflow.core.stream.Stream;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An order with its lines and its payment.
 *
 * <ul>
 *   <li>Items and payments have no time of change of their own; theirs is the order's.
 *   <li>A line's {@code price} is after discounts, so the unit price is {@code subtotal /
 *       quantity}.
 *   <li>A line whose product has no cost says cost 0. That is unknown, not free, and left empty.
 *   <li>WooCommerce tells one payment of an order: method, and when it was paid. Its amount is the
 *       order's total, which refunds do not reduce.
 * </ul>
 */
final class OrderMapping implements RowMapping {

    private static final int UNIT_PRICE_DECIMALS = 10;

    private final ShopTimes times;

    OrderMapping(ShopTimes times) {
        this.times = times;
    }

    @Override
    public List<RawRow> rows(JsonNode order, String position) {
        List<RawRow> rows = new ArrayList<>();
        rows.add(order(order, position));
        for (JsonNode line : order.path("line_items")) {
            rows.add(item(order, line, position));
        }
        if (!times.text(order, "date_paid").isEmpty()) {
            rows.add(payment(order, position));
        }
        return rows;
    }

    private RawRow order(JsonNode order, String position) {
        JsonNode billing = order.path("billing");
        JsonNode shipping = order.path("shipping");
        JsonNode destination = isAddress(shipping) ? shipping : billing;
        return new RawRow(Stream.ORDERS, position)
                .set("id", order.path("id"))
                .set("customer_id", order.path("customer_id"))
                .set("status", order.path("status"))
                .set("currency", order.path("currency"))
                .set("ordered_at", times.text(order, "date_created"))
                .set("paid_at", times.text(order, "date_paid"))
                .set("completed_at", times.text(order, "date_completed"))
                .set("payment_method", order.path("payment_method"))
                .set("total", order.path("total"))
                .set("tax", order.path("total_tax"))
                .set("shipping", order.path("shipping_total"))
                .set("discount", order.path("discount_total"))
                .set("ship_city", destination.path("city"))
                .set("ship_region", destination.path("state"))
                .set("ship_postcode", destination.path("postcode"))
                .set("ship_country", destination.path("country"))
                .set("email", billing.path("email"))
                .set("name", joined(billing.path("first_name"), billing.path("last_name")))
                .set("street", joined(billing.path("address_1"), billing.path("address_2")))
                .set("phone", billing.path("phone"))
                .set("note", order.path("customer_note"))
                .set("updated_at", times.text(order, "date_modified"));
    }

    private RawRow item(JsonNode order, JsonNode line, String position) {
        String productId = RawRow.text(line.path("product_id"));
        return new RawRow(Stream.ORDER_ITEMS, position)
                .set("id", line.path("id"))
                .set("order_id", order.path("id"))
                .set("product_id", productId.equals("0") ? "" : productId)
                .set("name", HtmlText.decode(line.path("name").asText("")))
                .set("sku", line.path("sku"))
                .set("quantity", line.path("quantity"))
                .set("unit_price", unitPrice(line))
                .set("gross", line.path("subtotal"))
                .set("discount", discount(line))
                .set("tax", line.path("total_tax"))
                .set("line_cost", lineCost(line))
                .set("currency", order.path("currency"))
                .set("updated_at", times.text(order, "date_modified"));
    }

    private RawRow payment(JsonNode order, String position) {
        return new RawRow(Stream.PAYMENTS, position)
                .set("id", order.path("id"))
                .set("order_id", order.path("id"))
                .set("method", order.path("payment_method"))
                .set("amount", order.path("total"))
                .set("currency", order.path("currency"))
                .set("paid_at", times.text(order, "date_paid"))
                .set("updated_at", times.text(order, "date_modified"));
    }

    private static String unitPrice(JsonNode line) {
        Optional<BigDecimal> subtotal = Amounts.of(line.path("subtotal"));
        Optional<BigDecimal> quantity = Amounts.of(line.path("quantity"));
        if (subtotal.isEmpty() || quantity.isEmpty() || quantity.get().signum() == 0) {
            return RawRow.text(line.path("price"));
        }
        BigDecimal price =
                subtotal.get().divide(quantity.get(), UNIT_PRICE_DECIMALS, RoundingMode.HALF_UP);
        return Amounts.text(price);
    }

    private static String discount(JsonNode line) {
        Optional<BigDecimal> subtotal = Amounts.of(line.path("subtotal"));
        Optional<BigDecimal> total = Amounts.of(line.path("total"));
        return subtotal.isEmpty() || total.isEmpty()
                ? ""
                : subtotal.get().subtract(total.get()).toPlainString();
    }

    private static String lineCost(JsonNode line) {
        return Amounts.of(line.path("cost_of_goods_sold").path("value"))
                .filter(cost -> cost.signum() != 0)
                .map(BigDecimal::toPlainString)
                .orElse("");
    }

    private static boolean isAddress(JsonNode address) {
        return !(address.path("city").asText("")
                        + address.path("postcode").asText("")
                        + address.path("country").asText(""))
                .isBlank();
    }

    private static String joined(JsonNode first, JsonNode second) {
        return (first.asText("") + " " + second.asText("")).strip();
    }
}
