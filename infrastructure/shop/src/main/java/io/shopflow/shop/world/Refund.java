package io.shopflow.shop.world;

import io.shopflow.shop.world.Order.Fee;
import io.shopflow.shop.world.Order.LineItem;
import java.util.List;

/**
 * A refund, in the minor units of its order.
 *
 * @param createdAt epoch seconds
 * @param amount what the customer received, with VAT; not below 0
 * @param full whether it is all that was left of the order
 * @param lines empty if only an amount was refunded
 * @param shipping the refunded part of the shipping, with VAT
 * @param shippingLineId id of the shipping line, if there is one
 * @param taxLineId id of the tax line, if there is one
 */
public record Refund(
        long id,
        Order order,
        long createdAt,
        int amount,
        String reason,
        boolean full,
        List<RefundLine> lines,
        List<RefundFee> fees,
        int shipping,
        long shippingLineId,
        long taxLineId) {

    /** Returned units of a line and the refund with VAT. No units: only money was refunded. */
    public record RefundLine(long id, LineItem line, int quantity, int gross, int cost) {}

    /** A refunded fee. */
    public record RefundFee(long id, Fee fee) {}
}
