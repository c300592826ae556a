package io.shopflow.shop.world;

import io.shopflow.shop.world.Order.Fee;
import io.shopflow.shop.world.Order.LineItem;
import io.shopflow.shop.world.Refund.RefundFee;
import io.shopflow.shop.world.Refund.RefundLine;
import java.time.Instant;
import java.util.List;

/**
 * The shop's own accounts of its orders, with which figures from its API can be compared. Money is
 * in minor units of the order's currency, without VAT unless stated.
 */
public final class Books {

    private Books() {}

    /**
     * An order of any state.
     *
     * @param fees below 0 if credit was redeemed
     * @param total what the customer was charged, with VAT; refunds do not reduce it
     */
    public record BookedOrder(
            long id,
            OrderState state,
            String currency,
            Instant orderedAt,
            boolean paid,
            List<BookedLine> lines,
            long fees,
            long shipping,
            long tax,
            long total,
            List<BookedRefund> refunds) {}

    /**
     * A line.
     *
     * @param productId of the product itself, even if a variation was sold
     * @param gross before discounts
     * @param cost of all units as the shop now reports it; −1: unknown
     */
    public record BookedLine(
            long id,
            long productId,
            String category,
            int quantity,
            long gross,
            long net,
            long cost) {}

    /**
     * A refund.
     *
     * @param amount total refunded, with VAT
     * @param lines amounts refunded for lines; empty if only an amount was refunded
     * @param tax VAT refunded on lines, fees and shipping
     */
    public record BookedRefund(
            long id,
            Instant at,
            long amount,
            List<RefundedLine> lines,
            long fees,
            long shipping,
            long tax) {}

    /** Money, and optionally units, refunded for a line. */
    public record RefundedLine(long lineId, int quantity, long net) {}

    static BookedOrder of(Order order) {
        long net = order.lines.stream().mapToLong(line -> order.net(line.gross())).sum();
        long fees = order.fees.stream().mapToLong(order::net).sum();
        long shipping = order.net(order.placed.shipping());
        return new BookedOrder(
                order.id,
                order.state,
                order.currency.getCurrencyCode(),
                Instant.ofEpochSecond(order.createdAt),
                order.paidAt > 0,
                order.lines.stream().map(line -> line(order, line)).toList(),
                fees,
                shipping,
                order.total() - net - fees - shipping,
                order.total(),
                order.refunds.stream().map(refund -> refund(order, refund)).toList());
    }

    private static BookedLine line(Order order, LineItem line) {
        Product product = line.product().parentOrSelf();
        return new BookedLine(
                line.id(),
                product.id,
                product.category().name(),
                line.quantity(),
                order.net(line.grossBeforeDiscount()),
                order.net(line.gross()),
                line.cost());
    }

    private static BookedRefund refund(Order order, Refund refund) {
        long tax = (long) refund.shipping() - order.net(refund.shipping());
        long fees = 0;
        for (RefundLine line : refund.lines()) {
            tax += line.gross() - order.net(line.gross());
        }
        for (RefundFee fee : refund.fees()) {
            Fee given = fee.fee();
            fees += order.net(given);
            tax += given.gross() - order.net(given);
        }
        return new BookedRefund(
                refund.id(),
                Instant.ofEpochSecond(refund.createdAt()),
                refund.amount(),
                refund.lines().stream().map(line -> line(order, line)).toList(),
                fees,
                order.net(refund.shipping()),
                tax);
    }

    private static RefundedLine line(Order order, RefundLine line) {
        return new RefundedLine(line.line().id(), line.quantity(), order.net(line.gross()));
    }
}
