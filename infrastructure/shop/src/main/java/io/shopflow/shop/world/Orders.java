package io.shopflow.shop.world;

import io.shopflow.shop.world.Order.Fee;
import io.shopflow.shop.world.Order.LineItem;
import io.shopflow.shop.world.OrderDraft.CouponDraft;
import io.shopflow.shop.world.OrderDraft.LineDraft;
import io.shopflow.shop.world.Refund.RefundFee;
import io.shopflow.shop.world.Refund.RefundLine;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The orders and refunds of a shop, and how they change. Guarded by the {@link Shop}'s lock. */
public final class Orders {
    final NavigableMap<Long, Order> byId = new TreeMap<>();
    final NavigableMap<Long, Refund> refunds = new TreeMap<>();

    /** Orders that wait for payment or packing, the oldest first. */
    final Deque<Order> open = new ArrayDeque<>();

    private final ShopState shop;
    private final Products products;
    private final Customers customers;
    private final OrderGenerator generator;

    Orders(ShopState shop, Products products, Customers customers, OrderGenerator generator) {
        this.shop = shop;
        this.products = products;
        this.customers = customers;
        this.generator = generator;
    }

    // ---------------------------------------------------------------- reading

    /** All orders, in all states, by id. */
    public Collection<Order> all() {
        return Collections.unmodifiableCollection(byId.values());
    }

    /** The order with an id, or null. */
    public @Nullable Order find(long id) {
        return byId.get(id);
    }

    /** All refunds, by id. */
    public Collection<Refund> refunds() {
        return Collections.unmodifiableCollection(refunds.values());
    }

    // ---------------------------------------------------------------- placing

    /**
     * Places an order.
     *
     * @param number the number of the random order
     */
    Order place(long number, long at) {
        OrderDraft draft =
                generator.draft(
                        number,
                        at,
                        at,
                        customers.registered.size(),
                        customer -> !customers.numbered(customer).person().isBritish());
        Order order = enter(draft, true);
        if (order.state == OrderState.PENDING && draft.payment().isInstant()) {
            changeState(order, OrderState.PROCESSING);
            open.addLast(order);
        }
        if (order.state == OrderState.PENDING || order.state == OrderState.ON_HOLD) {
            open.addLast(order);
        }
        return order;
    }

    /**
     * Adds an order to the shop.
     *
     * @param live whether it is placed now, at current prices, and not in the history
     */
    Order enter(OrderDraft draft, boolean live) {
        Customer customer = draft.customer() < 0 ? null : customers.numbered(draft.customer());
        Person person = customer == null ? customers.guest(draft.person()) : customer.person();
        List<LineItem> lines = new ArrayList<>();
        for (LineDraft line : draft.lines()) {
            Product product = products.assortment.get(line.product());
            if (product.hasVariations()) {
                int last = product.variations().size() - 1;
                product = product.variations().get(Math.clamp(line.size(), 0, last));
            }
            int price = line.unitPrice();
            if (live) {
                price = person.isBritish() ? product.price() : Vat.without(product.price());
            }
            int units = line.quantity();
            int discount = Math.min(line.discount(), price * units);
            int unitCost = live ? product.unitCost() : line.unitCost();
            lines.add(LineItem.of(shop.nextLineId(), product, units, price, discount, unitCost));
        }
        Order order =
                new Order(
                        shop,
                        draft,
                        person,
                        customer == null ? 0 : customer.id(),
                        lines,
                        live ? draft.createdAt() : draft.modifiedAt());
        byId.put(order.id, order);
        return order;
    }

    /** Counts the units of an order that was paid as sold. */
    void sell(Order order, long at) {
        order.lines.forEach(line -> line.product().sell(line.quantity(), at));
        customers.paid(order.customerId);
    }

    // ---------------------------------------------------------------- changing

    void touch(Order order) {
        order.modifiedAt = Math.max(shop.now(), order.createdAt);
    }

    void changeState(Order order, OrderState state) {
        if (state == OrderState.REFUNDED && order.unrefunded() > 0) {
            refundAmount(order, order.unrefunded(), "Order fully refunded.");
        }
        if (state.isPaid() && order.paidAt == 0) {
            order.paidAt = shop.now();
            sell(order, shop.now());
        }
        if (state == OrderState.COMPLETED) {
            order.completedAt = shop.now();
        }
        order.state = state;
        touch(order);
    }

    void changeQuantity(Order order, int quantity) {
        order.lines.set(0, order.lines.getFirst().withQuantity(quantity));
        recalculate(order);
    }

    void removeLine(Order order, int lineIndex) {
        order.lines.remove(lineIndex);
        recalculate(order);
    }

    /** As after an edit or a refund: the lines have the current cost and the order is modified. */
    private void recalculate(Order order) {
        order.lines.replaceAll(line -> line.withCost(line.product().unitCost()));
        touch(order);
    }

    void addFee(Order order, int pence) {
        String name = pence < 0 ? "Store credit" : "Gift wrapping";
        order.fees.add(new Fee(shop.nextLineId(), name, pence));
        touch(order);
    }

    void applyCoupon(Order order, int percent) {
        order.coupon = new CouponDraft("extra" + percent, percent, 0);
        order.lines.replaceAll(line -> line.withDiscount(percent));
        touch(order);
    }

    void clearPayment(Order order) {
        order.paidAt = 0;
        touch(order);
    }

    void trash(Order order) {
        if (order.state != OrderState.TRASH) {
            order.stateBeforeTrash = order.state;
        }
        order.state = OrderState.TRASH;
        open.remove(order);
        touch(order);
    }

    void delete(Order order) {
        byId.remove(order.id);
        open.remove(order);
        order.refunds.forEach(refund -> refunds.remove(refund.id()));
    }

    /** Makes the orders of a deleted customer a guest's. */
    void forget(Customer customer) {
        for (Order order : byId.values()) {
            if (order.customerId == customer.id()) {
                order.customerId = 0;
                touch(order);
            }
        }
    }

    // ---------------------------------------------------------------- refunds

    /** Refunds an amount without naming a line. */
    Refund refundAmount(Order order, int pence, String reason) {
        return refund(order, pence, reason, List.of(), false);
    }

    /** Refunds units of a line, or what is left of the order if that is less. */
    Refund refundUnits(Order order, int lineIndex, int quantity) {
        LineItem line = order.lines.get(lineIndex);
        int units = Math.min(quantity, line.quantity());
        int gross = (int) ((long) line.gross() * units / line.quantity());
        int amount = Math.min(gross, order.unrefunded());
        return refund(order, amount, "Damaged", List.of(new Returned(line, units, amount)), false);
    }

    /** Refunds a part of a line without units. */
    Refund refundPartOfLine(Order order, int lineIndex, int pence) {
        Returned part = new Returned(order.lines.get(lineIndex), 0, pence);
        return refund(order, pence, "Scratched", List.of(part), false);
    }

    /** Refunds all that is left, naming all lines, fees and shipping. */
    Refund refundEverything(Order order) {
        List<Returned> all =
                order.lines.stream()
                        .map(line -> new Returned(line, line.quantity(), line.gross()))
                        .toList();
        return refund(order, order.unrefunded(), "Sent back", all, true);
    }

    private Refund refund(
            Order order, int pence, String reason, List<Returned> returned, boolean everything) {
        Refund refund = addRefund(order, shop.now(), pence, reason, returned, everything);
        recalculate(order);
        return refund;
    }

    /** What is refunded of a line, with VAT. No units: only money. */
    record Returned(LineItem line, int units, int gross) {}

    /**
     * Adds a refund to an order without modifying the order.
     *
     * @param everything whether it names fees and shipping
     * @throws IllegalArgumentException if the amount is below 0 or more than is left
     */
    Refund addRefund(
            Order order,
            long at,
            int pence,
            String reason,
            List<Returned> returned,
            boolean everything) {
        long id = shop.nextId();
        if (pence < 0 || pence > order.unrefunded()) {
            throw new IllegalArgumentException("Invalid refund amount.");
        }
        List<RefundLine> lines = new ArrayList<>();
        long taxLineId = 0;
        for (Returned each : returned) {
            int cost = Math.max(0, each.line().product().unitCost()) * each.units();
            long lineId = shop.nextLineId();
            lines.add(new RefundLine(lineId, each.line(), each.units(), each.gross(), cost));
            taxLineId = shop.nextLineId();
        }
        List<RefundFee> fees = new ArrayList<>();
        if (everything) {
            order.fees.forEach(fee -> fees.add(new RefundFee(shop.nextLineId(), fee)));
        }
        Refund refund =
                new Refund(
                        id,
                        order,
                        at,
                        pence,
                        reason,
                        pence == order.unrefunded(),
                        lines,
                        fees,
                        everything ? order.placed.shipping() : 0,
                        everything ? shop.nextLineId() : 0,
                        taxLineId);
        order.refunds.add(refund);
        refunds.put(id, refund);
        return refund;
    }

    void deleteRefund(Refund refund) {
        refunds.remove(refund.id());
        refund.order().refunds.remove(refund);
    }
}
