package io.shopflow.shop;

import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An order. Instants are epoch seconds, 0: never. Money is in minor units of the currency (pence),
 * with VAT if it is taxed.
 */
final class Order {
    final long id;
    final long createdAt;
    final Person person;
    final boolean taxed;
    final OrderDraft.Payment payment;
    final String note;
    final boolean express;
    final List<Line> lines = new ArrayList<>();
    final List<Fee> fees = new ArrayList<>();
    final List<Refund> refunds = new ArrayList<>();
    final Defects defects = new Defects();
    OrderDraft.@Nullable CouponDraft coupon;
    Currency currency = Currency.getInstance("GBP");
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

    /** The net part of a gross amount; below 0 if the amount is. */
    int net(int gross) {
        if (!taxed) {
            return gross;
        }
        return gross < 0 ? -OrderDesk.withoutVat(-gross) : OrderDesk.withoutVat(gross);
    }

    /** The net part of a fee: credit is money, and has no VAT. */
    int net(Fee fee) {
        return fee.gross() < 0 ? fee.gross() : net(fee.gross());
    }

    int goods() {
        return lines.stream().mapToInt(Line::gross).sum();
    }

    int fees() {
        return fees.stream().mapToInt(Fee::gross).sum();
    }

    int total() {
        return goods() + fees() + shipping;
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
        int discount;
        int quantity;

        /** Cost of the whole line as the shop now reports it; −1: unknown. */
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

    /** Gift wrapping; below 0: redeemed credit. */
    record Fee(long id, String name, int gross) {}

    /** A refund. {@code amount} is positive. */
    static final class Refund {
        final long id;
        final long orderId;
        final long createdAt;
        final int amount;
        final String reason;
        final boolean full;
        final List<RefundLine> lines = new ArrayList<>();
        final List<RefundFee> fees = new ArrayList<>();
        long shippingLineId;
        int shipping;
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

    /** Returned units of a line and the refund with VAT. No units: only money was refunded. */
    record RefundLine(long id, Line line, int quantity, int gross, int cost) {}

    /** A refunded fee. */
    record RefundFee(long id, Fee fee) {}
}
