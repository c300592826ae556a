package io.shopflow.shop;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.shopflow.shop.Books.BookedOrder;
import io.shopflow.shop.Dice.Purpose;
import io.shopflow.shop.Order.Fee;
import io.shopflow.shop.Order.Line;
import io.shopflow.shop.Order.Refund;
import io.shopflow.shop.Order.RefundFee;
import io.shopflow.shop.Order.RefundLine;
import io.shopflow.shop.OrderDraft.LineDraft;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Currency;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NavigableMap;
import java.util.NoSuchElementException;
import java.util.PriorityQueue;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The simulated shop: a British web shop that charges pounds, shows prices with VAT and runs in
 * Europe/London.
 *
 * <p>Manually, an order may be placed in another currency, and the shop may change its time zone,
 * show fewer decimals, or hide its WordPress site description.
 *
 * <p>Its state depends only on the {@link ShopPlan} and the time, so a shop reopened with the same
 * plan is the same shop, without any storage. Manual changes (the public methods below) take effect
 * at the current second and are lost when the process ends.
 *
 * <p>Thread-safe.
 */
public final class Shop {
    /** The shop's initial time zone, in which the API writes plain dates. */
    public static final ZoneId ZONE = ZoneId.of("Europe/London");

    private static final long FIRST_CUSTOMER_ID = 2;
    private static final long FIRST_CATEGORY_ID = 16;

    /** Numbers of manually placed orders start here, which no event reaches. */
    private static final long BY_HAND = 20_000_000;

    /** Number of orders that always wait to be packed. */
    private static final int BACKLOG = 25;

    final NavigableMap<Long, Order> orders = new TreeMap<>();
    final NavigableMap<Long, Product> products = new TreeMap<>();
    final NavigableMap<Long, Customer> customers = new TreeMap<>();
    final NavigableMap<Long, Refund> refunds = new TreeMap<>();
    final NavigableMap<Long, Review> reviews = new TreeMap<>();
    final List<Category> categories = new ArrayList<>();

    /** Orders as sorted by modification. */
    final TreeSet<Order> ordersByModified =
            new TreeSet<>(
                    Comparator.<Order>comparingLong(order -> order.modifiedAt)
                            .thenComparingLong(order -> order.id));

    private final ShopPlan plan;
    private final InstantSource clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Population population;
    private final Catalogue catalogue;
    private final OrderDesk desk;
    private final List<Product> assortment = new ArrayList<>();
    private final List<Customer> register = new ArrayList<>();
    private final List<Person> people = new ArrayList<>();
    private final Deque<Order> open = new ArrayDeque<>();
    private ZoneId zone = ZONE;
    private int decimals = 2;
    private boolean hidesSite;
    private long nextId = 10;
    private long nextLineId = 1;
    private long nextReviewId = 20;
    private long nextCustomerId = FIRST_CUSTOMER_ID;
    private long nextPerson;
    private long events;
    private long now;

    private Shop(ShopPlan plan, InstantSource clock) {
        this.plan = plan;
        this.clock = clock;
        this.population = new Population(plan.seed());
        this.catalogue = new Catalogue(plan);
        this.desk = new OrderDesk(plan, catalogue, population);
        this.nextPerson = plan.customers();
        this.now = plan.end();
        stockCategories();
        stockProducts();
        registerCustomers();
        takeHistoricOrders();
        writeHistoricReviews();
    }

    /**
     * Opens the shop in its state at the clock's time; before its history ends it does not change.
     */
    public static Shop open(ShopPlan plan, InstantSource clock) {
        Shop shop = new Shop(plan, clock);
        shop.locked(() -> null);
        return shop;
    }

    /** The plan of the shop. */
    public ShopPlan plan() {
        return plan;
    }

    // ---------------------------------------------------------------- what is in it

    /** All people that the shop ever had, customers and guests, with all their addresses. */
    public List<Person> people() {
        return locked(() -> List.copyOf(people));
    }

    /** The ids of all orders, in all states. */
    public List<Long> orderIds() {
        return locked(() -> List.copyOf(orders.keySet()));
    }

    /** The ids of the orders in a state. */
    public List<Long> orderIds(OrderState state) {
        return locked(
                () ->
                        orders.values().stream()
                                .filter(order -> order.state == state)
                                .map(order -> order.id)
                                .toList());
    }

    /** The ids of all products; variations are not products. */
    public List<Long> productIds() {
        return locked(() -> List.copyOf(products.keySet()));
    }

    /** The ids of all registered customers. */
    public List<Long> customerIds() {
        return locked(() -> List.copyOf(customers.keySet()));
    }

    /** The ids of all refunds. */
    public List<Long> refundIds() {
        return locked(() -> List.copyOf(refunds.keySet()));
    }

    /** All orders from the shop's own accounts, by id. */
    public List<BookedOrder> books() {
        return locked(() -> orders.values().stream().map(Books::of).toList());
    }

    /** The ids of all categories. */
    public List<Long> categoryIds() {
        return locked(() -> categories.stream().map(Category::id).toList());
    }

    /** The ids of all reviews. */
    public List<Long> reviewIds() {
        return locked(() -> List.copyOf(reviews.keySet()));
    }

    // ---------------------------------------------------------------- what can be done to it

    /** Saves an order unchanged, like a click on "Update": its modification time is now. */
    public void editOrder(long orderId) {
        act(() -> touch(order(orderId)));
    }

    /** Changes the state of an order. {@code REFUNDED} creates a refund of what is left. */
    public void changeState(long orderId, OrderState state) {
        act(() -> changeState(order(orderId), state));
    }

    /** Saves many orders at once: all are modified in the same second. */
    public void batchUpdate(Collection<Long> orderIds) {
        act(() -> orderIds.forEach(id -> touch(order(id))));
    }

    /** Changes the quantity of the first line; rewrites the cost of all lines. */
    public void changeQuantity(long orderId, int quantity) {
        act(() -> changeQuantity(order(orderId), quantity));
    }

    private void changeQuantity(Order order, int quantity) {
        Line line = order.lines.getFirst();
        line.discount = (int) ((long) line.discount * quantity / line.quantity);
        line.quantity = quantity;
        order.lines.forEach(Line::takeCurrentCost);
        touch(order);
    }

    /** Removes a line from an order. */
    public void removeLine(long orderId, int lineIndex) {
        act(() -> removeLine(order(orderId), lineIndex));
    }

    private void removeLine(Order order, int lineIndex) {
        order.lines.remove(lineIndex);
        order.lines.forEach(Line::takeCurrentCost);
        touch(order);
    }

    /**
     * Charges a fee, with VAT.
     *
     * @param pence less than 0: credit is redeemed, which has no VAT
     */
    public void addFee(long orderId, int pence) {
        act(() -> addFee(order(orderId), pence));
    }

    private void addFee(Order order, int pence) {
        String name = pence < 0 ? "Store credit" : "Gift wrapping";
        order.fees.add(new Fee(nextLineId++, name, pence));
        touch(order);
    }

    /** Redeems a percentage coupon, which replaces the order's previous one. */
    public void applyCoupon(long orderId, int percent) {
        act(() -> applyCoupon(order(orderId), percent));
    }

    private void applyCoupon(Order order, int percent) {
        order.coupon = new OrderDraft.CouponDraft("extra" + percent, percent, 0);
        for (Line line : order.lines) {
            line.discount = (int) ((long) line.grossBeforeDiscount() * percent / 100);
        }
        touch(order);
    }

    /** Removes an order's payment. */
    public void clearPayment(long orderId) {
        act(
                () -> {
                    order(orderId).paidAt = 0;
                    touch(order(orderId));
                });
    }

    /** Places an order. Returns its id. */
    public long placeOrder() {
        return locked(() -> placeNewOrder(BY_HAND + nextId, now).id);
    }

    /** Places an order in another currency, with the same prices in its minor units. */
    public long placeOrder(String currency) {
        return locked(
                () -> {
                    Order order = placeNewOrder(BY_HAND + nextId, now);
                    order.currency = Currency.getInstance(currency);
                    return order.id;
                });
    }

    /**
     * Moves an order to the trash: it is modified, and only {@code status=trash} still finds it.
     */
    public void trashOrder(long orderId) {
        act(() -> trash(order(orderId)));
    }

    /** Restores an order from the trash. */
    public void restoreOrder(long orderId) {
        act(
                () -> {
                    Order order = order(orderId);
                    order.state = order.stateBeforeTrash;
                    touch(order);
                });
    }

    /** Deletes an order and its refunds permanently, without a trace. */
    public void forceDeleteOrder(long orderId) {
        act(
                () -> {
                    Order order = order(orderId);
                    ordersByModified.remove(order);
                    orders.remove(orderId);
                    open.remove(order);
                    order.refunds.forEach(refund -> refunds.remove(refund.id));
                });
    }

    /** Refunds units of an order's line, with VAT. Returns the refund's id. */
    public long refundLine(long orderId, int lineIndex, int quantity) {
        return locked(() -> refundUnits(order(orderId), lineIndex, quantity, "Damaged").id);
    }

    /** Refunds an amount of an order's line, with VAT, without units. Returns the refund's id. */
    public long refundPartOfLine(long orderId, int lineIndex, int pence) {
        return locked(
                () -> {
                    Order order = order(orderId);
                    Refund refund = addRefund(order, nextId++, now, pence, "Scratched");
                    giveBack(refund, order.lines.get(lineIndex), 0, pence);
                    return refunded(order, refund);
                });
    }

    /** Refunds all lines, fees and shipping of an order by name. Returns the refund's id. */
    public long refundEverything(long orderId) {
        return locked(
                () -> {
                    Order order = order(orderId);
                    Refund refund =
                            addRefund(
                                    order,
                                    nextId++,
                                    now,
                                    order.total() - order.refunded(),
                                    "Sent back");
                    order.lines.forEach(
                            line -> giveBack(refund, line, line.quantity, line.gross()));
                    order.fees.forEach(fee -> refund.fees.add(new RefundFee(nextLineId++, fee)));
                    refund.shippingLineId = nextLineId++;
                    refund.shipping = order.shipping;
                    return refunded(order, refund);
                });
    }

    /** Refunds an amount in pence without naming a line. Returns the refund's id. */
    public long refundAmount(long orderId, int pence) {
        return locked(() -> refund(order(orderId), pence, "Goodwill – late").id);
    }

    /** Refunds the rest of an order, which becomes {@code refunded}. */
    public long refundFully(long orderId) {
        return locked(
                () -> {
                    changeState(order(orderId), OrderState.REFUNDED);
                    return order(orderId).refunds.getLast().id;
                });
    }

    /** Deletes a refund. The order's modification time does not change. */
    public void deleteRefund(long refundId) {
        act(() -> deleteRefund(found(refunds.get(refundId), "refund", refundId)));
    }

    private void deleteRefund(Refund refund) {
        refunds.remove(refund.id);
        order(refund.orderId).refunds.remove(refund);
    }

    /** Moves a customer: new street, town and telephone. No filter of the API detects it. */
    public void editCustomer(long customerId) {
        act(() -> move(customer(customerId)));
    }

    /** Registers a customer. Returns the customer's id. */
    public long registerCustomer() {
        return locked(() -> register(now).id);
    }

    /** Deletes a customer: their orders become a guest's and are modified. */
    public void deleteCustomer(long customerId) {
        act(
                () -> {
                    Customer customer = customer(customerId);
                    customers.remove(customerId);
                    register.remove(customer);
                    orders.values().stream()
                            .filter(order -> order.customerId == customerId)
                            .toList()
                            .forEach(
                                    order -> {
                                        order.customerId = 0;
                                        touch(order);
                                    });
                });
    }

    /**
     * Changes the shop's cost of a product or variation.
     *
     * @param pence null: unknown
     */
    public void changeCost(long productId, @Nullable Integer pence) {
        act(
                () -> {
                    Product product = product(productId);
                    product.cost = pence == null ? Product.UNKNOWN_COST : pence;
                    touch(product);
                });
    }

    /** Changes the price of a product or variation, in pence with VAT. */
    public void changePrice(long productId, int pence) {
        act(
                () -> {
                    Product product = product(productId);
                    product.price = pence;
                    touch(product);
                });
    }

    /** Renames a product. Order lines keep the name at the time of sale. */
    public void renameProduct(long productId, String name) {
        act(
                () -> {
                    Product product = product(productId);
                    product.name = name;
                    touch(product);
                });
    }

    /** Renames a category. Its products are not modified. */
    public void renameCategory(long categoryId, String name) {
        act(() -> renameCategory(category(categoryId), name));
    }

    private void renameCategory(Category category, String name) {
        Category renamed = category.renamed(name);
        categories.replaceAll(each -> each.id() == category.id() ? renamed : each);
        for (Product product : products.values()) {
            if (product.category.id() == category.id()) {
                product.category = renamed;
                product.variations.forEach(variation -> variation.category = renamed);
            }
        }
    }

    /** Creates a category without products. Returns its id. */
    public long addCategory(String name) {
        return locked(
                () -> {
                    long id = categories.stream().mapToLong(Category::id).max().orElse(0) + 1;
                    categories.add(new Category(id, name, Catalogue.slug(name), 0));
                    return id;
                });
    }

    /** Deletes a product: order lines of it lose product and SKU and keep the name. */
    public void deleteProduct(long productId) {
        act(
                () -> {
                    Product product = found(products.remove(productId), "product", productId);
                    Product other =
                            found(products.firstEntry(), "other product than", productId)
                                    .getValue();
                    assortment.replaceAll(offered -> offered == product ? other : offered);
                    reviews.values().removeIf(review -> review.product() == product);
                });
    }

    /** Adds a review of a product. Returns the review's id. */
    public long writeReview(long productId) {
        return locked(
                () ->
                        review(
                                        Dice.of(plan.seed(), Purpose.REVIEW, nextReviewId),
                                        product(productId),
                                        null,
                                        now)
                                .id());
    }

    /** Changes the time zone in the shop's settings. */
    public void moveToZone(ZoneId newZone) {
        act(() -> zone = newZone);
    }

    /** Changes the number of decimals in the shop's settings; its accounts stay exact. */
    public void showDecimals(int number) {
        act(() -> decimals = number);
    }

    /** Makes {@code /wp-json/} answer 401 to unauthenticated requests, like hardened sites. */
    public void hideSite(boolean hidden) {
        act(() -> hidesSite = hidden);
    }

    /** Makes one value of an order wrong, as old plug-ins do. */
    public void plantDefect(long orderId, Defect defect) {
        act(
                () -> {
                    Order order = order(orderId);
                    order.defects.plant(defect.pointer, defect.json());
                    if (defect == Defect.IMPOSSIBLE_DATE) {
                        order.defects.plant("/date_created", defect.json());
                    }
                    touch(order);
                });
    }

    /**
     * Makes any value of an order wrong.
     *
     * @param pointer a JSON pointer to the value, e.g. {@code /line_items/0/total}
     */
    public void corruptOrder(long orderId, String pointer, JsonNode value) {
        act(
                () -> {
                    order(orderId).defects.plant(pointer, value);
                    touch(order(orderId));
                });
    }

    /** Makes any value of a product or variation wrong, as {@link #corruptOrder}. */
    public void corruptProduct(long productId, String pointer, JsonNode value) {
        act(
                () -> {
                    product(productId).defects.plant(pointer, value);
                    touch(product(productId));
                });
    }

    /** Makes any value of a customer wrong, as {@link #corruptOrder}. */
    public void corruptCustomer(long customerId, String pointer, JsonNode value) {
        act(() -> customer(customerId).defects.plant(pointer, value));
    }

    /** A wrong value in an order. */
    public enum Defect {
        /** The first line's net price and total are below zero. */
        NEGATIVE_PRICE("/line_items/0/subtotal", "-5.00"),
        /** The state of some plug-in. */
        UNKNOWN_STATUS("/status", "awaiting-pickup"),
        /** The first line has no units. */
        ZERO_QUANTITY("/line_items/0/quantity", "0"),
        /** The order has no e-mail address. */
        MISSING_EMAIL("/billing/email", ""),
        /** The 30th of February. */
        IMPOSSIBLE_DATE("/date_created_gmt", "2026-02-30T10:00:00");

        private final String pointer;
        private final String value;

        Defect(String pointer, String value) {
            this.pointer = pointer;
            this.value = value;
        }

        private JsonNode json() {
            return this == ZERO_QUANTITY
                    ? IntNode.valueOf(Integer.parseInt(value))
                    : TextNode.valueOf(value);
        }
    }

    // ---------------------------------------------------------------- time

    /** Runs work on the current shop under its lock. */
    <T extends @Nullable Object> T locked(Supplier<T> work) {
        lock.lock();
        try {
            catchUp(clock.instant().getEpochSecond());
            return work.get();
        } finally {
            lock.unlock();
        }
    }

    private void act(Runnable work) {
        locked(
                () -> {
                    work.run();
                    return true;
                });
    }

    private void catchUp(long until) {
        if (plan.pace().isZero()) {
            now = Math.max(now, until);
            return;
        }
        while (true) {
            long at = plan.livesFrom().plus(plan.pace().multipliedBy(events + 1)).getEpochSecond();
            if (at > until) {
                break;
            }
            now = Math.max(now, at);
            happen(Dice.of(plan.seed(), Purpose.EVENT, events), at);
            events++;
        }
        now = Math.max(now, until);
    }

    /** One event, which depends on its number and the shop's state at that time. */
    private void happen(Dice dice, long at) {
        double kind = dice.next();
        if (kind < 0.3) {
            placeNewOrder(plan.orders() + events, at);
        } else if (kind < 0.68) {
            advanceOldestOrder(dice);
        } else if (kind < 0.73) {
            refundSomething(dice);
        } else if (kind < 0.77) {
            reprice(dice);
        } else if (kind < 0.82) {
            recost(dice);
        } else if (kind < 0.88) {
            register(at);
        } else if (kind < 0.92) {
            move(dice.pick(register));
        } else if (kind < 0.97) {
            review(dice, dice.pick(assortment), null, at);
        } else if (kind < 0.98 && !open.isEmpty()) {
            trash(open.removeFirst());
        } else if (kind < 0.992) {
            correctSomething(dice);
        } else {
            touch(dice.pick(assortment));
        }
    }

    /** Prices vary around the list price, so that they do not drift over years of events. */
    private void reprice(Dice dice) {
        int number = dice.below(assortment.size());
        Product product = assortment.get(number);
        int listed = catalogue.offerCached(number).price();
        product.price = Math.max(99, (int) (listed * (0.9 + 0.25 * dice.next())));
        touch(product);
    }

    private void recost(Dice dice) {
        Product product = dice.pick(assortment);
        // A cost that was never entered is seldom entered later.
        if (product.cost != Product.UNKNOWN_COST || dice.chance(0.02)) {
            product.cost = Math.max(10, (int) (product.price / 1.2 * (0.3 + 0.45 * dice.next())));
            touch(product);
        }
    }

    private void advanceOldestOrder(Dice dice) {
        if (open.size() <= BACKLOG) {
            return;
        }
        Order order = open.removeFirst();
        switch (order.state) {
            case PENDING, ON_HOLD ->
                    changeState(
                            order, dice.chance(0.8) ? OrderState.PROCESSING : OrderState.CANCELLED);
            case PROCESSING -> changeState(order, OrderState.COMPLETED);
            case TRASH, AUTO_DRAFT, COMPLETED, CANCELLED, REFUNDED, FAILED, CHECKOUT_DRAFT -> {}
        }
        if (order.state == OrderState.PROCESSING) {
            open.addLast(order);
        }
    }

    private void refundSomething(Dice dice) {
        // One of the latest hundred orders, if it is paid and not fully refunded.
        Iterator<Order> latest = orders.descendingMap().values().iterator();
        int skip = dice.below(100);
        Order order = null;
        while (latest.hasNext() && skip-- >= 0) {
            order = latest.next();
        }
        if (order == null
                || order.state != OrderState.COMPLETED
                || order.total() - order.refunded() <= 0) {
            return;
        }
        double kind = dice.next();
        if (kind < 0.2) {
            changeState(order, OrderState.REFUNDED);
        } else if (kind < 0.4) {
            refund(order, Math.min(250, order.total() - order.refunded()), "Goodwill – late");
        } else if (order.refunds.isEmpty()) {
            int line = dice.below(order.lines.size());
            if (order.lines.get(line).gross() > 0) {
                refundUnits(order, line, 1, "Damaged");
            }
        }
    }

    /** A rare event: the correction of a wrong entry. */
    private void correctSomething(Dice dice) {
        double kind = dice.next();
        if (kind < 0.15) {
            Category category = dice.pick(categories);
            String name = category.name();
            renameCategory(category, name.endsWith("!") ? name.replace("!", "") : name + "!");
            return;
        }
        if (kind < 0.35) {
            if (!refunds.isEmpty()) {
                deleteRefund(refunds.lastEntry().getValue());
            }
            return;
        }
        Order order = open.isEmpty() ? null : open.peekLast();
        if (order == null || !order.refunds.isEmpty()) {
            return;
        }
        if (kind < 0.5) {
            changeQuantity(order, dice.between(1, 4));
        } else if (kind < 0.6 && order.lines.size() > 1) {
            removeLine(order, dice.below(order.lines.size()));
        } else if (kind < 0.8 && order.fees.isEmpty()) {
            addFee(order, dice.chance(0.3) ? -Math.min(100, order.goods()) : 250);
        } else if (order.coupon == null) {
            applyCoupon(order, 10);
        }
    }

    // ---------------------------------------------------------------- how it is done

    private void touch(Order order) {
        ordersByModified.remove(order);
        order.modifiedAt = Math.max(now, order.createdAt);
        ordersByModified.add(order);
    }

    private void touch(Product product) {
        product.modifiedAt = now;
        Product parent = products.get(product.parentId);
        if (parent != null) {
            parent.modifiedAt = now;
        }
    }

    private void changeState(Order order, OrderState state) {
        if (state == OrderState.REFUNDED && order.total() > order.refunded()) {
            refund(order, order.total() - order.refunded(), "Order fully refunded.");
        }
        if (state.isPaid() && order.paidAt == 0) {
            order.paidAt = now;
            sell(order);
        }
        if (state == OrderState.COMPLETED) {
            order.completedAt = now;
        }
        order.state = state;
        touch(order);
    }

    private void sell(Order order) {
        for (Line line : order.lines) {
            line.product.sold += line.quantity;
            touch(line.product);
            if (line.parent != null) {
                line.parent.sold += line.quantity;
            }
        }
        Customer customer = customers.get(order.customerId);
        if (customer != null) {
            customer.paying = true;
        }
    }

    private void trash(Order order) {
        if (order.state != OrderState.TRASH) {
            order.stateBeforeTrash = order.state;
        }
        order.state = OrderState.TRASH;
        open.remove(order);
        touch(order);
    }

    private Refund refundUnits(Order order, int lineIndex, int quantity, String reason) {
        Line line = order.lines.get(lineIndex);
        int units = Math.min(quantity, line.quantity);
        int gross =
                Math.min(
                        (int) ((long) line.gross() * units / line.quantity),
                        order.total() - order.refunded());
        Refund refund = addRefund(order, nextId++, now, gross, reason);
        giveBack(refund, line, units, gross);
        refunded(order, refund);
        return refund;
    }

    private long refunded(Order order, Refund refund) {
        order.lines.forEach(Line::takeCurrentCost);
        touch(order);
        return refund.id;
    }

    private void giveBack(Refund refund, Line line, int units, int gross) {
        int unitCost = line.product.unitCost(line.parent);
        refund.lines.add(
                new RefundLine(
                        nextLineId++, line, units, gross, unitCost < 0 ? 0 : unitCost * units));
        refund.taxLineId = nextLineId++;
    }

    private Refund refund(Order order, int pence, String reason) {
        Refund refund = addRefund(order, nextId++, now, pence, reason);
        refunded(order, refund);
        return refund;
    }

    private Refund addRefund(Order order, long id, long at, int pence, String reason) {
        int left = order.total() - order.refunded();
        if (pence < 0 || pence > left) {
            throw new IllegalArgumentException("Invalid refund amount.");
        }
        Refund refund = new Refund(id, order.id, at, pence, reason, pence == left);
        order.refunds.add(refund);
        refunds.put(id, refund);
        return refund;
    }

    private void move(Customer customer) {
        customer.person = customer.person.movedTo(population.person(2 * nextPerson++));
        customer.modifiedAt = now;
        people.add(customer.person);
    }

    private Customer register(long at) {
        return register(at, population.person(2 * nextPerson++));
    }

    private Customer register(long at, Person person) {
        Customer customer = new Customer(nextCustomerId++, at, person);
        customers.put(customer.id, customer);
        register.add(customer);
        people.add(person);
        return customer;
    }

    private Order placeNewOrder(long number, long at) {
        OrderDraft draft =
                desk.draft(
                        number,
                        at,
                        at,
                        register.size(),
                        customer -> !register.get(customer).person.country().equals("GB"));
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

    /** Adds an order to the accounts. A live order is for current products. */
    private Order enter(OrderDraft draft, boolean live) {
        Customer customer = draft.customer() < 0 ? null : register.get(draft.customer());
        Person person = customer == null ? population.person(draft.person()) : customer.person;
        if (customer == null) {
            people.add(person);
        }
        Order order =
                new Order(
                        nextId++,
                        draft,
                        person,
                        customer == null ? 0 : customer.id,
                        person.country().equals("GB"));
        for (LineDraft line : draft.lines()) {
            Product product = assortment.get(line.product());
            Product parent = null;
            if (product.hasVariations()) {
                parent = product;
                int last = parent.variations.size() - 1;
                product = parent.variations.get(Math.clamp(line.size(), 0, last));
            }
            int unitPrice =
                    live
                            ? order.taxed ? product.price : OrderDesk.withoutVat(product.price)
                            : line.unitPrice();
            order.lines.add(
                    new Line(
                            nextLineId++,
                            product,
                            parent,
                            line.quantity(),
                            unitPrice,
                            Math.min(line.discount(), unitPrice * line.quantity()),
                            live ? product.unitCost(parent) : line.unitCost()));
        }
        order.shippingLineId = nextLineId++;
        order.taxLineId = nextLineId++;
        order.couponLineId = nextLineId++;
        if (live) {
            order.modifiedAt = order.createdAt;
        }
        orders.put(order.id, order);
        ordersByModified.add(order);
        return order;
    }

    private void stockCategories() {
        for (Catalogue.Range range : Catalogue.RANGES) {
            long parent =
                    categories.stream()
                            .filter(category -> category.name().equals(range.parent()))
                            .mapToLong(Category::id)
                            .findFirst()
                            .orElse(0);
            categories.add(
                    new Category(
                            FIRST_CATEGORY_ID + categories.size(),
                            range.name(),
                            Catalogue.slug(range.name()),
                            parent));
        }
    }

    private void stockProducts() {
        for (int i = 0; i < plan.products(); i++) {
            Catalogue.Offer offer = catalogue.offer(i);
            Category category = categories.get(Catalogue.RANGES.indexOf(offer.range()));
            Product product =
                    new Product(
                            nextId++,
                            null,
                            category,
                            offer.name(),
                            "",
                            offer.sku(),
                            offer.price(),
                            offer.unitCost(),
                            offer.createdAt());
            for (int size = 0; size < offer.sizes(); size++) {
                Product variation =
                        new Product(
                                nextId++,
                                product,
                                category,
                                Catalogue.Offer.sizeName(size),
                                Catalogue.Offer.sizeName(size),
                                offer.sku() + "-" + (size + 1),
                                offer.priceOf(size),
                                offer.ownCost(size),
                                offer.createdAt());
                variation.addsCost = Catalogue.Offer.addsCost(size);
                product.variations.add(variation);
            }
            products.put(product.id, product);
            assortment.add(product);
        }
    }

    private void registerCustomers() {
        for (int i = 0; i < plan.customers(); i++) {
            register(desk.registeredAt(i), population.person(2L * i));
        }
    }

    private record DueRefund(long at, Order order, OrderDraft.RefundKind kind) {}

    private void takeHistoricOrders() {
        PriorityQueue<DueRefund> due =
                new PriorityQueue<>(
                        Comparator.comparingLong(DueRefund::at)
                                .thenComparingLong(refund -> refund.order().id));
        Iterator<OrderDraft> drafts = desk.history();
        while (drafts.hasNext()) {
            OrderDraft draft = drafts.next();
            while (!due.isEmpty() && due.peek().at() <= draft.createdAt()) {
                refundInHistory(due.remove());
            }
            Order order = enter(draft, false);
            if (draft.refund() != null) {
                due.add(new DueRefund(draft.refund().at(), order, draft.refund().kind()));
            }
            if (order.paidAt > 0) {
                sellInHistory(order);
            }
            switch (order.state) {
                case PENDING, ON_HOLD, PROCESSING -> open.addLast(order);
                case TRASH, AUTO_DRAFT, COMPLETED, CANCELLED, REFUNDED, FAILED, CHECKOUT_DRAFT -> {}
            }
        }
        while (!due.isEmpty()) {
            refundInHistory(due.remove());
        }
    }

    private void sellInHistory(Order order) {
        for (Line line : order.lines) {
            line.product.sold += line.quantity;
            line.product.modifiedAt = Math.max(line.product.modifiedAt, order.paidAt);
            if (line.parent != null) {
                line.parent.sold += line.quantity;
                line.parent.modifiedAt = Math.max(line.parent.modifiedAt, order.paidAt);
            }
        }
        Customer customer = customers.get(order.customerId);
        if (customer != null) {
            customer.paying = true;
        }
    }

    private void refundInHistory(DueRefund due) {
        Order order = due.order();
        int left = order.total() - order.refunded();
        switch (due.kind()) {
            case FULL -> addRefund(order, nextId++, due.at(), left, "Order fully refunded.");
            case AMOUNT ->
                    addRefund(order, nextId++, due.at(), Math.min(left, 250), "Goodwill – late");
            case LINE -> {
                Line line = order.lines.getFirst();
                // A line fully paid by a coupon has nothing to refund: then a penny of goodwill is
                // refunded.
                int gross = Math.max(1, line.gross() / line.quantity);
                Refund refund = addRefund(order, nextId++, due.at(), gross, "Damaged");
                giveBack(refund, line, 1, gross);
            }
        }
    }

    private void writeHistoricReviews() {
        for (Order order : orders.values()) {
            Dice dice = Dice.of(plan.seed(), Purpose.REVIEW, order.id);
            long at = order.completedAt + 86_400L * dice.between(2, 20);
            if (order.state == OrderState.COMPLETED && dice.chance(0.06) && at < plan.end()) {
                Line line = order.lines.getFirst();
                review(dice, line.parent == null ? line.product : line.parent, order.person, at);
            }
        }
    }

    private Review review(Dice dice, Product product, @Nullable Person buyer, long at) {
        Person author = buyer == null ? dice.pick(register).person : buyer;
        int rating = dice.chance(0.7) ? dice.between(4, 5) : dice.between(1, 3);
        String text =
                switch (dice.below(4)) {
                    case 0 ->
                            "Arrived quickly, lovely “" + product.name + "”. " + author.firstName();
                    case 1 ->
                            "Not what I expected. Please call me on "
                                    + author.phone()
                                    + " or write to "
                                    + author.email();
                    case 2 ->
                            "Delivered to "
                                    + author.addressLine1()
                                    + " in "
                                    + author.city()
                                    + " without a scratch.";
                    default ->
                            "Would buy again, says " + author.firstName() + " " + author.lastName();
                };
        Review review =
                new Review(
                        nextReviewId++,
                        at,
                        product,
                        author,
                        rating,
                        "<p>" + text + "</p>\n",
                        buyer != null);
        reviews.put(review.id(), review);
        product.ratings++;
        product.ratingSum += rating;
        return review;
    }

    // ---------------------------------------------------------------- looking up

    Order order(long id) {
        return found(orders.get(id), "order", id);
    }

    private Category category(long id) {
        return found(
                categories.stream().filter(each -> each.id() == id).findFirst().orElse(null),
                "category",
                id);
    }

    /** The shop's time zone. */
    public ZoneId zone() {
        return zone;
    }

    int decimals() {
        return decimals;
    }

    boolean hidesSite() {
        return hidesSite;
    }

    Customer customer(long id) {
        return found(customers.get(id), "customer", id);
    }

    /** A product or variation. */
    Product product(long id) {
        Product product = products.get(id);
        if (product == null) {
            product =
                    products.values().stream()
                            .flatMap(parent -> parent.variations.stream())
                            .filter(variation -> variation.id == id)
                            .findFirst()
                            .orElse(null);
        }
        return found(product, "product", id);
    }

    private static <T> T found(@Nullable T entity, String kind, long id) {
        if (entity == null) {
            throw new NoSuchElementException("The shop has no " + kind + " " + id + ".");
        }
        return entity;
    }
}
