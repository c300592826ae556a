package io.shopflow.extract.woocommerce;

import com.fasterxml.jackson.databind.JsonNode;
import io.shopflow.core.stream.StreamName;
import io.shopflow.extract.api.JsonAmounts;
import io.shopflow.extract.api.ObjectMapping;
import io.shopflow.extract.api.RawCsvRow;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A refund as the rows that add up to it: one per refunded line, with its net amount and its tax,
 * and one for the rest. The rest is an amount refunded without naming lines, which counts in full,
 * plus fees and shipping, which were never part of net sales.
 *
 * <p>Refunds have no currency; {@link RefundCurrencies} adds that of their order.
 */
final class RefundMapping implements ObjectMapping {

    private final ShopTimes times;

    RefundMapping(ShopTimes times) {
        this.times = times;
    }

    @Override
    public List<RawCsvRow> rows(JsonNode refund, String position) {
        List<RawCsvRow> rows = new ArrayList<>();
        String id = RawCsvRow.text(refund.path("id"));
        BigDecimal explained = BigDecimal.ZERO;
        BigDecimal taxOfNothing = BigDecimal.ZERO;
        for (JsonNode line : refund.path("line_items")) {
            BigDecimal net = given(line, "total");
            BigDecimal tax = given(line, "total_tax");
            explained = explained.add(net).add(tax);
            String quantity = quantity(line);
            if (isUnreadable(line) || net.signum() != 0 || !quantity.isEmpty()) {
                rows.add(
                        row(refund, position, id + ":" + RawCsvRow.text(line.path("id")))
                                .set("order_item_id", refundedItem(line))
                                .set("quantity", quantity)
                                .set("amount", amount(line, net))
                                .set("other", tax.toPlainString()));
            } else {
                taxOfNothing = taxOfNothing.add(tax);
            }
        }
        BigDecimal other = taxOfNothing;
        for (String kind : List.of("shipping_lines", "fee_lines")) {
            for (JsonNode line : refund.path(kind)) {
                BigDecimal withTax = given(line, "total").add(given(line, "total_tax"));
                explained = explained.add(withTax);
                other = other.add(withTax);
            }
        }
        Optional<BigDecimal> whole = JsonAmounts.of(refund.path("amount")).map(BigDecimal::abs);
        BigDecimal rest = whole.orElse(BigDecimal.ZERO).subtract(explained).max(BigDecimal.ZERO);
        if (whole.isEmpty() || rest.signum() > 0 || other.signum() != 0) {
            rows.add(
                    row(refund, position, id)
                            .set(
                                    "amount",
                                    // A missing amount is passed on unchanged, so that the row is
                                    // quarantined.
                                    whole.isEmpty()
                                            ? RawCsvRow.text(refund.path("amount"))
                                            : rest.toPlainString())
                            .set("other", other.signum() == 0 ? "" : other.toPlainString()));
        }
        return rows;
    }

    private RawCsvRow row(JsonNode refund, String position, String id) {
        return new RawCsvRow(StreamName.REFUNDS, position)
                .set("id", id)
                .set("order_id", refund.path("parent_id"))
                .set("refund_group", refund.path("id"))
                .set("currency", refund.path("currency"))
                .set("refunded_at", times.text(refund, "date_created"))
                .set("reason", refund.path("reason"))
                .set("updated_at", times.text(refund, "date_created"));
    }

    /** Amounts of refunded lines are negative. */
    private static BigDecimal given(JsonNode line, String field) {
        return JsonAmounts.orZero(line.path(field)).negate();
    }

    private static boolean isUnreadable(JsonNode line) {
        return JsonAmounts.of(line.path("total")).isEmpty()
                && !RawCsvRow.text(line.path("total")).isBlank();
    }

    private static String amount(JsonNode line, BigDecimal net) {
        return isUnreadable(line) ? RawCsvRow.text(line.path("total")) : net.toPlainString();
    }

    private static String quantity(JsonNode line) {
        return JsonAmounts.of(line.path("quantity"))
                .filter(quantity -> quantity.signum() != 0)
                .map(quantity -> quantity.abs().toPlainString())
                .orElse("");
    }

    private static String refundedItem(JsonNode line) {
        for (JsonNode meta : line.path("meta_data")) {
            if (meta.path("key").asText("").equals("_refunded_item_id")) {
                return RawCsvRow.text(meta.path("value"));
            }
        }
        return "";
    }
}
