package io.shopflow.extract.woocommerce;

import com.fasterxml.jackson.databind.JsonNode;
import io.shopflow.core.stream.StreamName;
import io.shopflow.extract.api.JsonAmounts;
import io.shopflow.extract.api.ObjectMapping;
import io.shopflow.extract.api.RawCsvRow;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;

/**
 * An order with its lines and its payment.
 *
 * <ul>
 *   <li>An order is replaced whole: it names its lines, its payment and its refunds; those it no
 *       longer names are deleted.
 *   <li>Items and payments have no modification time; they take the order's.
 *   <li>A line's {@code price} is after discounts, so the unit price is {@code subtotal /
 *       quantity}. If a line's price was raised by hand, its total is the price it was sold for.
 *   <li>A line below 0 is a credit: it counts as a discount of the order, in addition to those of
 *       its lines, and not as a line.
 *   <li>A line whose product has no cost has cost 0. That means unknown, not free, and is left
 *       empty.
 *   <li>Costs are in the shop's currency, whatever the order's is; for orders in another currency
 *       they are left empty, since the rate is unknown.
 *   <li>WooCommerce returns one payment per order: method and time. Its amount is the order's
 *       total, which refunds do not reduce.
 * </ul>
 */
final class OrderMapping implements ObjectMapping {

    private static final int UNIT_PRICE_DECIMALS = 10;

    private final ShopTimes times;
    private final String shopCurrency;

    OrderMapping(ShopTimes times, String shopCurrency) {
        this.times = times;
        this.shopCurrency = shopCurrency;
    }

    @Override
    public List<RawCsvRow> rows(JsonNode order, String position) {
        List<JsonNode> lines = new ArrayList<>();
        List<JsonNode> credits = new ArrayList<>();
        for (JsonNode line : order.path("line_items")) {
            (isCredit(line) ? credits : lines).add(line);
        }
        List<RawCsvRow> rows = new ArrayList<>();
        rows.add(order(order, lines, credits, position));
        for (JsonNode line : lines) {
            rows.add(item(order, line, position));
        }
        if (isPaid(order)) {
            rows.add(payment(order, position));
        }
        return rows;
    }

    private RawCsvRow order(
            JsonNode order, List<JsonNode> lines, List<JsonNode> credits, String position) {
        JsonNode billing = order.path("billing");
        JsonNode shipping = order.path("shipping");
        JsonNode destination = isAddress(shipping) ? shipping : billing;
        return new RawCsvRow(StreamName.ORDERS, position)
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
                .set("discount", discount(order, lines))
                .set("separate_discount", credits.isEmpty() ? "" : credit(credits))
                .set("fees", fees(order))
                .set("item_ids", order.path("line_items").isArray() ? ids(lines) : "")
                .set("payment_ids", isPaid(order) ? ids(List.of(order)) : ids(List.of()))
                .set("refund_ids", refundIds(order))
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

    private RawCsvRow item(JsonNode order, JsonNode line, String position) {
        String productId = RawCsvRow.text(line.path("product_id"));
        return new RawCsvRow(StreamName.ORDER_ITEMS, position)
                .set("id", line.path("id"))
                .set("order_id", order.path("id"))
                .set("product_id", productId.equals("0") ? "" : productId)
                .set("name", HtmlText.decode(line.path("name").asText("")))
                .set("sku", line.path("sku"))
                .set("quantity", line.path("quantity"))
                .set("unit_price", unitPrice(line))
                .set("gross", gross(line))
                .set("discount", discount(line).map(BigDecimal::toPlainString).orElse(""))
                .set("tax", line.path("total_tax"))
                .set("line_cost", lineCost(order, line))
                .set("currency", order.path("currency"))
                .set("updated_at", times.text(order, "date_modified"));
    }

    private RawCsvRow payment(JsonNode order, String position) {
        return new RawCsvRow(StreamName.PAYMENTS, position)
                .set("id", order.path("id"))
                .set("order_id", order.path("id"))
                .set("method", order.path("payment_method"))
                .set("amount", order.path("total"))
                .set("currency", order.path("currency"))
                .set("paid_at", times.text(order, "date_paid"))
                .set("updated_at", times.text(order, "date_modified"));
    }

    private boolean isPaid(JsonNode order) {
        return !times.text(order, "date_paid").isEmpty();
    }

    private static boolean isCredit(JsonNode line) {
        return JsonAmounts.of(line.path("total")).filter(total -> total.signum() < 0).isPresent()
                && JsonAmounts.orZero(line.path("subtotal")).signum() <= 0;
    }

    private static String credit(List<JsonNode> lines) {
        return lines.stream()
                .map(line -> JsonAmounts.orZero(line.path("total")).negate())
                .reduce(BigDecimal.ZERO, BigDecimal::add)
                .toPlainString();
    }

    /**
     * Coupons reduce the lines, to the cent; their sum is written only if the lines do not contain
     * it.
     */
    private static String discount(JsonNode order, List<JsonNode> lines) {
        BigDecimal sum = BigDecimal.ZERO;
        for (JsonNode line : lines) {
            Optional<BigDecimal> discount = discount(line);
            if (discount.isEmpty()) {
                return RawCsvRow.text(order.path("discount_total"));
            }
            sum = sum.add(discount.get());
        }
        return lines.isEmpty() ? "" : sum.toPlainString();
    }

    /** An invalid amount is passed on unchanged, so that the transform reports it. */
    private static String fees(JsonNode order) {
        BigDecimal sum = BigDecimal.ZERO;
        for (JsonNode fee : order.path("fee_lines")) {
            Optional<BigDecimal> total = JsonAmounts.of(fee.path("total"));
            if (total.isEmpty() && !RawCsvRow.text(fee.path("total")).isBlank()) {
                return RawCsvRow.text(fee.path("total"));
            }
            sum = sum.add(total.orElse(BigDecimal.ZERO));
        }
        return order.path("fee_lines").isArray() ? sum.toPlainString() : "";
    }

    private static String refundIds(JsonNode order) {
        List<JsonNode> refunds = new ArrayList<>();
        order.path("refunds").forEach(refunds::add);
        return order.path("refunds").isArray() ? ids(refunds) : "";
    }

    private static String ids(List<JsonNode> rows) {
        StringJoiner ids = new StringJoiner(",", "[", "]");
        for (JsonNode row : rows) {
            ids.add('"' + row.path("id").asText("").replaceAll("[\"\\\\\\p{Cntrl}]", "") + '"');
        }
        return ids.toString();
    }

    private static String unitPrice(JsonNode line) {
        Optional<BigDecimal> gross = JsonAmounts.of(line.path("subtotal"));
        Optional<BigDecimal> quantity = JsonAmounts.of(line.path("quantity"));
        if (gross.isEmpty() || quantity.isEmpty() || quantity.get().signum() == 0) {
            return RawCsvRow.text(line.path("price"));
        }
        BigDecimal price =
                new BigDecimal(gross(line))
                        .divide(quantity.get(), UNIT_PRICE_DECIMALS, RoundingMode.HALF_UP);
        return JsonAmounts.text(price);
    }

    private static String gross(JsonNode line) {
        Optional<BigDecimal> subtotal = JsonAmounts.of(line.path("subtotal"));
        Optional<BigDecimal> total = JsonAmounts.of(line.path("total"));
        return subtotal.isPresent() && total.isPresent()
                ? subtotal.get().max(total.get()).toPlainString()
                : RawCsvRow.text(line.path("subtotal"));
    }

    private static Optional<BigDecimal> discount(JsonNode line) {
        Optional<BigDecimal> subtotal = JsonAmounts.of(line.path("subtotal"));
        Optional<BigDecimal> total = JsonAmounts.of(line.path("total"));
        return subtotal.isEmpty() || total.isEmpty()
                ? Optional.empty()
                : Optional.of(subtotal.get().subtract(total.get()).max(BigDecimal.ZERO));
    }

    private String lineCost(JsonNode order, JsonNode line) {
        if (!order.path("currency").asText("").equals(shopCurrency)) {
            return "";
        }
        return JsonAmounts.of(line.path("cost_of_goods_sold").path("value"))
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
