package io.shopflow.shop.world;

import io.shopflow.shop.world.Order.LineItem;
import io.shopflow.shop.world.OrderDraft.RefundKind;
import io.shopflow.shop.world.Orders.Returned;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.PriorityQueue;

/** Enters the orders of a shop's history, with their refunds, into the shop in order of time. */
final class OrderHistory {
    private final Orders orders;
    private final PriorityQueue<DueRefund> due =
            new PriorityQueue<>(
                    Comparator.comparingLong(DueRefund::at)
                            .thenComparingLong(refund -> refund.order().id));

    OrderHistory(Orders orders) {
        this.orders = orders;
    }

    private record DueRefund(long at, Order order, RefundKind kind) {}

    void enter(Iterator<OrderDraft> drafts) {
        while (drafts.hasNext()) {
            OrderDraft draft = drafts.next();
            refundUntil(draft.createdAt());
            Order order = orders.enter(draft, false);
            if (draft.refund() != null) {
                due.add(new DueRefund(draft.refund().at(), order, draft.refund().kind()));
            }
            if (order.paidAt > 0) {
                orders.sell(order, order.paidAt);
            }
            switch (order.state) {
                case PENDING, ON_HOLD, PROCESSING -> orders.open.addLast(order);
                case TRASH, AUTO_DRAFT, COMPLETED, CANCELLED, REFUNDED, FAILED, CHECKOUT_DRAFT -> {}
            }
        }
        refundUntil(Long.MAX_VALUE);
    }

    private void refundUntil(long instant) {
        while (!due.isEmpty() && due.peek().at() <= instant) {
            refund(due.remove());
        }
    }

    private void refund(DueRefund due) {
        Order order = due.order();
        int left = order.unrefunded();
        switch (due.kind()) {
            case FULL -> refund(due, left, "Order fully refunded.", List.of());
            case AMOUNT -> refund(due, Math.min(left, 250), "Goodwill – late", List.of());
            case LINE -> {
                LineItem line = order.lines.getFirst();
                // A line fully paid by a coupon has nothing to refund: then a penny of goodwill is
                // refunded.
                int gross = Math.max(1, line.gross() / line.quantity());
                refund(due, gross, "Damaged", List.of(new Returned(line, 1, gross)));
            }
        }
    }

    private void refund(DueRefund due, int pence, String reason, List<Returned> returned) {
        orders.addRefund(due.order(), due.at(), pence, reason, returned, false);
    }
}
