package io.shopflow.laptop.inference;

import java.util.Optional;

/** Infers the mappings of {@code refunds}. */
final class RefundInference {

    private RefundInference() {}

    /** Of a column with the amount that was refunded. */
    static Optional<StreamMapping> ofAmounts(Table table, Tables tables) {
        Optional<String> refund = table.find(Role.REFUND);
        if (refund.isEmpty()) {
            return Optional.empty();
        }
        StreamMapping refunds = new StreamMapping(table, tables);
        boolean apart = tables.hasItemsApart(table);
        boolean ofOrder = table.isOfOrder(refund.get());
        boolean ofLines =
                table.repeatsOrders()
                        && !apart
                        && !ofOrder
                        && !table.isNeverAfterFirstRow(refund.get());
        if (table.repeatsOrders() && apart) {
            // A refund that the last version of its order no longer has was withdrawn.
            refunds.keepLastVersions();
        } else if (table.repeatsOrders() && ofOrder) {
            refunds.allowRepeatedIds();
        }
        boolean negative = tables.hasNumber(table, refund.get(), sign -> sign < 0);
        refunds.requireNumber(refund.get(), negative ? "below" : "above");
        String order = YamlText.of(table.column(Role.ORDER_ID));
        refunds.mapField("id", ofLines ? OrderItemInference.id(table) : order);
        refunds.mapField("order_id", order);
        if (ofLines && table.hasLines()) {
            refunds.mapField("order_item_id", OrderItemInference.id(table));
        }
        refunds.mapAmount("amount", refund.get());
        refunds.mapColumn("currency", Role.CURRENCY);
        if (table.has(Role.REFUNDED_AT)) {
            refunds.mapColumn("refunded_at", Role.REFUNDED_AT);
        } else {
            refunds.addComment("The file has no date of refunds: that of the order.");
            refunds.mapColumn("refunded_at", Role.ORDERED_AT);
        }
        return Optional.of(refunds);
    }

    /** Whether some rows give units back: those with a quantity of less than 0. */
    static boolean hasReturns(Table table, Tables tables) {
        return table.find(Role.QUANTITY)
                .filter(column -> tables.hasNumber(table, column, sign -> sign < 0))
                .isPresent();
    }

    /** Of rows that give units back; none if their price or date is not known. */
    static Optional<StreamMapping> ofReturns(Table table, Tables tables) {
        if (!table.has(Role.UNIT_PRICE) || !table.has(Role.ORDERED_AT)) {
            return Optional.empty();
        }
        String quantity = table.column(Role.QUANTITY);
        StreamMapping returns = new StreamMapping(table, tables);
        returns.requireNumber(quantity, "below");
        returns.addComment(
                "Check: rows with a negative quantity are returns. If they do not name the order of the sale: docs/reference/mapping.md#returns");
        returns.mapField("id", OrderItemInference.id(table));
        returns.mapColumn("order_id", Role.ORDER_ID);
        returns.mapField(
                "amount",
                "{multiply: [%s, %s, {constant: -1}]}"
                        .formatted(
                                YamlText.of(quantity), YamlText.of(table.column(Role.UNIT_PRICE))));
        returns.mapColumn("currency", Role.CURRENCY);
        returns.mapColumn("refunded_at", Role.ORDERED_AT);
        return Optional.of(returns);
    }
}
