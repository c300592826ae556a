package io.shopflow.shop.world;

import io.shopflow.shop.world.OrderDraft.CouponDraft;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Currency;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An order. Instants are epoch seconds, 0: never. Money is in minor units of the currency (pence),
 * with VAT if it is {@code taxed}.
 */
public final class Order {
    public final long id;
    public final long createdAt;

    /** The order as it was placed; its lines, coupon and state may differ by now. */
    public final OrderDraft placed;

    /** Who placed it, as known at that time. */
    public final Person person;

    public final boolean taxed;
    public final long shippingLineId;
    public final long taxLineId;
    public final long couponLineId;

    /** Wrong values, which the API shows. */
    public final Defects defects = new Defects();

    final List<LineItem> lines;
    final List<Fee> fees = new ArrayList<>();
    final List<Refund> refunds = new ArrayList<>();
    @Nullable CouponDraft coupon;
    Currency currency = Currency.getInstance("GBP");
    long customerId;
    OrderState state;
    OrderState stateBeforeTrash = OrderState.PENDING;
    long modifiedAt;
    long paidAt;
    long completedAt;

    /** A new order, which takes its ids from the state of the shop. */
    Order(
            ShopState shop,
            OrderDraft placed,
            Person person,
            long customerId,
            List<LineItem> lines,
            long modifiedAt) {
        this.id = shop.nextId();
        this.createdAt = placed.createdAt();
        this.placed = placed;
        this.person = person;
        this.taxed = person.isBritish();
        this.lines = lines;
        this.shippingLineId = shop.nextLineId();
        this.taxLineId = shop.nextLineId();
        this.couponLineId = shop.nextLineId();
        this.coupon = placed.coupon();
        this.customerId = customerId;
        this.state = placed.state();
        this.modifiedAt = modifiedAt;
        this.paidAt = placed.paidAt();
        this.completedAt = placed.completedAt();
    }

    /** What was ordered. */
    public List<LineItem> lines() {
        return Collections.unmodifiableList(lines);
    }

    /** Fees, and credit that was redeemed. */
    public List<Fee> fees() {
        return Collections.unmodifiableList(fees);
    }

    /** The refunds, the oldest first. */
    public List<Refund> refunds() {
        return Collections.unmodifiableList(refunds);
    }

    /** The coupon that was redeemed, if any. */
    public @Nullable CouponDraft coupon() {
        return coupon;
    }

    /** The currency of all its amounts. */
    public Currency currency() {
        return currency;
    }

    /** The registered customer; 0: a guest, or a customer who was deleted. */
    public long customerId() {
        return customerId;
    }

    /** The current state. */
    public OrderState state() {
        return state;
    }

    /** The state that it had before the trash. */
    public OrderState stateBeforeTrash() {
        return stateBeforeTrash;
    }

    /** When it was last changed. */
    public long modifiedAt() {
        return modifiedAt;
    }

    /** When it was paid. */
    public long paidAt() {
        return paidAt;
    }

    /** When it was sent. */
    public long completedAt() {
        return completedAt;
    }

    /** The net part of a gross amount; below 0 if the amount is. */
    public int net(int gross) {
        if (!taxed) {
            return gross;
        }
        return gross < 0 ? -Vat.without(-gross) : Vat.without(gross);
    }

    /** The net part of a fee: credit is money, and has no VAT. */
    public int net(Fee fee) {
        return fee.gross() < 0 ? fee.gross() : net(fee.gross());
    }

    /** What the customer is charged; refunds do not reduce it. */
    public int total() {
        return goods() + fees.stream().mapToInt(Fee::gross).sum() + placed.shipping();
    }

    /** The sum of the lines. */
    int goods() {
        return lines.stream().mapToInt(LineItem::gross).sum();
    }

    /** What can still be refunded. */
    int unrefunded() {
        return total() - refunds.stream().mapToInt(Refund::amount).sum();
    }

    /** Gift wrapping; below 0: redeemed credit. */
    public record Fee(long id, String name, int gross) {}

    /**
     * A product or variation that was ordered.
     *
     * @param product may be deleted by now
     * @param name the product's name at the time of sale
     * @param discount the part of the coupon that this line bears
     * @param cost of the whole line as the shop now reports it; −1: unknown
     */
    public record LineItem(
            long id,
            Product product,
            String name,
            int quantity,
            int unitPrice,
            int discount,
            int cost) {

        static LineItem of(
                long id, Product product, int quantity, int unitPrice, int discount, int unitCost) {
            return new LineItem(id, product, product.saleName(), quantity, unitPrice, discount, 0)
                    .withCost(unitCost);
        }

        /** The price of all units. */
        public int grossBeforeDiscount() {
            return unitPrice * quantity;
        }

        /** What is charged for the line. */
        public int gross() {
            return grossBeforeDiscount() - discount;
        }

        LineItem withQuantity(int units) {
            int newDiscount = (int) ((long) discount * units / quantity);
            return new LineItem(id, product, name, units, unitPrice, newDiscount, cost);
        }

        LineItem withDiscount(int percent) {
            int newDiscount = (int) ((long) grossBeforeDiscount() * percent / 100);
            return new LineItem(id, product, name, quantity, unitPrice, newDiscount, cost);
        }

        /** WooCommerce takes the current cost whenever a line is edited or refunded. */
        LineItem withCost(int unitCost) {
            int newCost = unitCost < 0 ? Product.UNKNOWN_COST : unitCost * quantity;
            return new LineItem(id, product, name, quantity, unitPrice, discount, newCost);
        }
    }
}
