package io.shopflow.extract.woocommerce;

import com.fasterxml.jackson.databind.JsonNode;
import io.shopflow.core.stream.Stream;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/**
 * A refund as one row per refunded line, net of tax, and one more row for what no line explains: an
 * amount that was given back without saying for what counts whole. Refunded shipping and fees were
 * never part of net sales, so they make no row.
 *
 * <p>Refunds carry no currency; theirs is taken to be the shop's.
 */
final class RefundMapping implements RowMapping {

    private final ShopTimes times;
    private final String currency;

    RefundMapping(ShopTimes times, String currency) {
        this.times = times;
        this.currency = currency;
    }

    @Override
    public List<RawRow> rows(JsonNode refund, String position) {
        List<RawRow> rows = new ArrayList<>();
        String id = RawRow.text(refund.path("id"));
        BigDecimal unexplained = Amounts.orZero(refund.path("amount")).abs();
        for (JsonNode line : refund.path("line_items")) {
            BigDecimal net = Amounts.orZero(line.path("total")).negate();
            unexplained = unexplained.subtract(withTax(line));
            if (net.signum() != 0) {
                rows.add(
                        row(refund, position, id + ":" + RawRow.text(line.path("id")), net)
                                .set("order_item_id", refundedItem(line))
                                .set("quantity", quantity(line)));
            }
        }
        for (String kind : List.of("shipping_lines", "fee_lines")) {
            for (JsonNode line : refund.path(kind)) {
                unexplained = unexplained.subtract(withTax(line));
            }
        }
        if (unexplained.signum() > 0) {
            rows.add(row(refund, position, id, unexplained));
        }
        return rows;
    }

    private RawRow row(JsonNode refund, String position, String id, BigDecimal amount) {
        return new RawRow(Stream.REFUNDS, position)
                .set("id", id)
                .set("order_id", refund.path("parent_id"))
                .set("amount", amount.toPlainString())
                .set("currency", currency)
                .set("refunded_at", times.text(refund, "date_created"))
                .set("reason", refund.path("reason"))
                .set("updated_at", times.text(refund, "date_created"));
    }

    /** Lines of refunds are negative. */
    private static BigDecimal withTax(JsonNode line) {
        return Amounts.orZero(line.path("total"))
                .add(Amounts.orZero(line.path("total_tax")))
                .negate();
    }

    private static String quantity(JsonNode line) {
        return Amounts.of(line.path("quantity"))
                .filter(quantity -> quantity.signum() != 0)
                .map(quantity -> quantity.abs().toPlainString())
                .orElse("");
    }

    private static String refundedItem(JsonNode line) {
        for (JsonNode meta : line.path("meta_data")) {
            if (meta.path("key").asText("").equals("_refunded_item_id")) {
                return RawRow.text(meta.path("value"));
            }
        }
        return "";
    }
}
