package io.shopflow.shop;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An order. Instants are epoch seconds, 0: never. Money is pence, with VAT where it is taxed. */
final class Order {
    final long id;
    final long createdAt;
    final Person person;
    final boolean taxed;
    final OrderDraft.@Nullable CouponDraft coupon;
    final OrderDraft.Payment payment;
    final String note;
    final boolean express;
    final List<Line> lines = new ArrayList<>();
    final List<Refund> refunds = new ArrayList<>();
    final Defects defects = new Defects();
    long couponLineId;
    long taxLineId;
    long shippingLineId;
    long customerId;
    int shipping;
    OrderState state;
    OrderState stateBeforeTrash = OrderState.PENDING;
    long modifiedAt;
    long paidAt;
    long completedAt;

    Order(long id, OrderDraft draft, Person person, long customerId, boolean taxed) {
        this.id = id;
        this.createdAt = draft.createdAt();
        this.person = person;
        this.customerId = customerId;
        this.taxed = taxed;
        this.coupon = draft.coupon();
        this.payment = draft.payment();
        this.note = draft.note();
        this.express = draft.express();
        this.shipping = draft.shipping();
        this.state = draft.state();
        this.modifiedAt = draft.modifiedAt();
        this.paidAt = draft.paidAt();
        this.completedAt = draft.completedAt();
    }

    /** The part of a gross amount that is not VAT. */
    int net(int gross) {
        return taxed ? OrderDesk.withoutVat(gross) : gross;
    }

    int goods() {
        return lines.stream().mapToInt(Line::gross).sum();
    }

    int total() {
        return goods() + shipping;
    }

    int refunded() {
        return refunds.stream().mapToInt(refund -> refund.amount).sum();
    }

    /** A line; {@code productId} is 0 once the product is deleted. */
    static final class Line {
        final long id;
        final Product product;
        final @Nullable Product parent;
        final String name;
        final int unitPrice;
        final int discount;
        int quantity;

        /** Cost of the whole line as the shop now says; −1: unknown. */
        int cost;

        Line(
                long id,
                Product product,
                @Nullable Product parent,
                int quantity,
                int unitPrice,
                int discount,
                int unitCost) {
            this.id = id;
            this.product = product;
            this.parent = parent;
            this.name = parent == null ? product.name : parent.name + " - " + product.option;
            this.quantity = quantity;
            this.unitPrice = unitPrice;
            this.discount = discount;
            this.cost = unitCost < 0 ? Product.UNKNOWN_COST : unitCost * quantity;
        }

        int grossBeforeDiscount() {
            return unitPrice * quantity;
        }

        int gross() {
            return grossBeforeDiscount() - discount;
        }

        /** WooCommerce does this whenever a line is edited or refunded. */
        void takeCurrentCost() {
            int unit = product.unitCost(parent);
            cost = unit < 0 ? Product.UNKNOWN_COST : unit * quantity;
        }
    }

    /** A refund. {@code amount} is positive. */
    static final class Refund {
        final long id;
        final long orderId;
        final long createdAt;
        final int amount;
        final String reason;
        final boolean full;
        final List<RefundLine> lines = new ArrayList<>();
        long taxLineId;

        Refund(long id, long orderId, long createdAt, int amount, String reason, boolean full) {
            this.id = id;
            this.orderId = orderId;
            this.createdAt = createdAt;
            this.amount = amount;
            this.reason = reason;
            this.full = full;
        }
    }

    /** So many units of a line that came back, for so much with VAT. */
    record RefundLine(long id, Line line, int quantity, int gross, int cost) {}
}
