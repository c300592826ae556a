package io.shopflow.shop.world;

import com.fasterxml.jackson.databind.JsonNode;
import io.shopflow.shop.world.Books.BookedOrder;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Collection;
import java.util.Currency;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
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
 * at the current second and are lost when the process ends. They throw {@link
 * NoSuchElementException} if the shop does not have what they change.
 *
 * <p>Thread-safe. What {@link #orders}, {@link #products}, {@link #customers} and {@link #reviews}
 * return may only be used within {@link #read}.
 */
public final class Shop {
    /** Numbers of manually placed orders start here, which no event reaches. */
    private static final long MANUAL_ORDERS = 20_000_000;

    private final ShopPlan plan;
    private final InstantSource clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final ShopState state;
    private final Products products;
    private final Customers customers;
    private final Orders orders;
    private final Reviews reviews;
    private final Events events;
    private ZoneId zone = ZoneId.of("Europe/London");
    private int decimals = 2;
    private boolean hidesSite;

    private Shop(ShopPlan plan, InstantSource clock) {
        this.plan = plan;
        this.clock = clock;
        this.state = new ShopState(plan.end());
        Population population = new Population(plan.seed());
        Catalogue catalogue = new Catalogue(plan);
        OrderGenerator generator = new OrderGenerator(plan, catalogue, population);
        this.products = new Products(state, catalogue, plan.products());
        this.customers = new Customers(population, generator, plan.customers());
        this.orders = new Orders(state, products, customers, generator);
        this.reviews = new Reviews(plan, customers);
        this.events = new Events(plan, state, catalogue, products, customers, orders, reviews);
        new OrderHistory(orders).enter(generator.history());
        orders.all().forEach(reviews::addHistoric);
    }

    /**
     * Opens the shop in its state at the clock's time; before its history ends it does not change.
     */
    public static Shop open(ShopPlan plan, InstantSource clock) {
        Shop shop = new Shop(plan, clock);
        shop.edit(() -> {});
        return shop;
    }

    /** The plan of the shop. */
    public ShopPlan plan() {
        return plan;
    }

    // ---------------------------------------------------------------- reading

    /** Returns what a reader finds in the shop at this moment; nothing changes meanwhile. */
    public <T extends @Nullable Object> T read(Supplier<T> reader) {
        lock.lock();
        try {
            events.catchUp(clock.instant().getEpochSecond());
            return reader.get();
        } finally {
            lock.unlock();
        }
    }

    /** The orders and refunds. */
    public Orders orders() {
        return orders;
    }

    /** The products and categories. */
    public Products products() {
        return products;
    }

    /** The registered customers. */
    public Customers customers() {
        return customers;
    }

    /** The product reviews. */
    public Reviews reviews() {
        return reviews;
    }

    /** The shop's time zone, in which the API writes plain dates. */
    public ZoneId zone() {
        return zone;
    }

    /** The number of decimals that the API shows by default. */
    public int decimals() {
        return decimals;
    }

    /** Whether {@code /wp-json/} answers 401 to unauthenticated requests. */
    public boolean hidesSite() {
        return hidesSite;
    }

    /** All orders from the shop's own accounts, by id. */
    public List<BookedOrder> books() {
        return read(() -> orders.byId.values().stream().map(Books::of).toList());
    }

    /** The ids of all orders, in all states. */
    public List<Long> orderIds() {
        return read(() -> List.copyOf(orders.byId.keySet()));
    }

    /** The ids of the orders in a state. */
    public List<Long> orderIds(OrderState wanted) {
        return read(
                () ->
                        orders.byId.values().stream()
                                .filter(order -> order.state == wanted)
                                .map(order -> order.id)
                                .toList());
    }

    /** The ids of all refunds. */
    public List<Long> refundIds() {
        return read(() -> List.copyOf(orders.refunds.keySet()));
    }

    /** The ids of all products; variations are not products. */
    public List<Long> productIds() {
        return read(() -> List.copyOf(products.byId.keySet()));
    }

    /** The ids of all categories. */
    public List<Long> categoryIds() {
        return read(() -> products.categories.stream().map(Category::id).toList());
    }

    /** The ids of all registered customers. */
    public List<Long> customerIds() {
        return read(() -> List.copyOf(customers.byId.keySet()));
    }

    /** The ids of all reviews. */
    public List<Long> reviewIds() {
        return read(() -> List.copyOf(reviews.byId.keySet()));
    }

    // ---------------------------------------------------------------- orders

    /** Places an order. Returns its id. */
    public long placeOrder() {
        return placeOrder("GBP");
    }

    /** Places an order in another currency, with the same prices in its minor units. */
    public long placeOrder(String currency) {
        return read(
                () -> {
                    Order order = orders.place(MANUAL_ORDERS + state.peekId(), state.now());
                    order.currency = Currency.getInstance(currency);
                    return order.id;
                });
    }

    /** Saves an order unchanged, like a click on "Update": its modification time is now. */
    public void editOrder(long orderId) {
        editOrder(orderId, orders::touch);
    }

    /** Saves many orders at once: all are modified in the same second. */
    public void batchUpdate(Collection<Long> orderIds) {
        edit(() -> orderIds.forEach(id -> orders.touch(order(id))));
    }

    /** Changes the state of an order. {@code REFUNDED} creates a refund of what is left. */
    public void changeState(long orderId, OrderState newState) {
        editOrder(orderId, order -> orders.changeState(order, newState));
    }

    /** Changes the quantity of the first line; rewrites the cost of all lines. */
    public void changeQuantity(long orderId, int quantity) {
        editOrder(orderId, order -> orders.changeQuantity(order, quantity));
    }

    /** Removes a line from an order. */
    public void removeLine(long orderId, int lineIndex) {
        editOrder(orderId, order -> orders.removeLine(order, lineIndex));
    }

    /**
     * Charges a fee, with VAT.
     *
     * @param pence less than 0: credit is redeemed, which has no VAT
     */
    public void addFee(long orderId, int pence) {
        editOrder(orderId, order -> orders.addFee(order, pence));
    }

    /** Redeems a percentage coupon, which replaces the order's previous one. */
    public void applyCoupon(long orderId, int percent) {
        editOrder(orderId, order -> orders.applyCoupon(order, percent));
    }

    /** Removes an order's payment. */
    public void clearPayment(long orderId) {
        editOrder(orderId, orders::clearPayment);
    }

    /**
     * Moves an order to the trash: it is modified, and only {@code status=trash} still finds it.
     */
    public void trashOrder(long orderId) {
        editOrder(orderId, orders::trash);
    }

    /** Deletes an order and its refunds permanently, without a trace. */
    public void forceDeleteOrder(long orderId) {
        editOrder(orderId, orders::delete);
    }

    /**
     * Makes any value of an order wrong, as old plug-ins do.
     *
     * @param pointer a JSON pointer to the value, e.g. {@code /line_items/0/total}
     */
    public void corruptOrder(long orderId, String pointer, JsonNode value) {
        editOrder(
                orderId,
                order -> {
                    order.defects.set(pointer, value);
                    orders.touch(order);
                });
    }

    // ---------------------------------------------------------------- refunds

    /** Refunds units of an order's line, with VAT. Returns the refund's id. */
    public long refundLine(long orderId, int lineIndex, int quantity) {
        return refund(orderId, order -> orders.refundUnits(order, lineIndex, quantity));
    }

    /** Refunds an amount of an order's line, with VAT, without units. Returns the refund's id. */
    public long refundPartOfLine(long orderId, int lineIndex, int pence) {
        return refund(orderId, order -> orders.refundPartOfLine(order, lineIndex, pence));
    }

    /** Refunds all lines, fees and shipping of an order by name. Returns the refund's id. */
    public long refundEverything(long orderId) {
        return refund(orderId, orders::refundEverything);
    }

    /** Refunds an amount in pence without naming a line. Returns the refund's id. */
    public long refundAmount(long orderId, int pence) {
        return refund(orderId, order -> orders.refundAmount(order, pence, "Goodwill – late"));
    }

    /** Deletes a refund. The order's modification time does not change. */
    public void deleteRefund(long refundId) {
        edit(() -> orders.deleteRefund(found(orders.refunds.get(refundId), "refund", refundId)));
    }

    // ---------------------------------------------------------------- customers

    /** Registers a customer. Returns the customer's id. */
    public long registerCustomer() {
        return read(() -> customers.register(state.now()).id());
    }

    /** Moves a customer: new street, town and telephone. No filter of the API detects it. */
    public void editCustomer(long customerId) {
        edit(() -> customers.move(customer(customerId), state.now()));
    }

    /** Deletes a customer: their orders become a guest's and are modified. */
    public void deleteCustomer(long customerId) {
        edit(
                () -> {
                    Customer customer = customer(customerId);
                    customers.delete(customer);
                    orders.forget(customer);
                });
    }

    // ---------------------------------------------------------------- products

    /**
     * Changes the shop's cost of a product or variation.
     *
     * @param pence null: unknown
     */
    public void changeCost(long productId, @Nullable Integer pence) {
        int cost = pence == null ? Product.UNKNOWN_COST : pence;
        edit(() -> product(productId).changeCost(cost, state.now()));
    }

    /** Changes the price of a product or variation, in pence with VAT. */
    public void changePrice(long productId, int pence) {
        edit(() -> product(productId).reprice(pence, state.now()));
    }

    /** Deletes a product: order lines of it lose product and SKU and keep the name. */
    public void deleteProduct(long productId) {
        edit(
                () -> {
                    Product product = found(products.find(productId), "product", productId);
                    products.delete(product);
                    reviews.byId.values().removeIf(review -> review.product() == product);
                });
    }

    /** Adds a review of a product. Returns the review's id. */
    public long writeReview(long productId) {
        return read(() -> reviews.add(product(productId), state.now()).id());
    }

    /** Creates a category without products. Returns its id. */
    public long addCategory(String name) {
        return read(() -> products.addCategory(name).id());
    }

    /** Renames a category. Its products are not modified. */
    public void renameCategory(long categoryId, String name) {
        edit(
                () ->
                        products.renameCategory(
                                found(products.findCategory(categoryId), "category", categoryId),
                                name));
    }

    // ---------------------------------------------------------------- settings

    /** Changes the time zone in the shop's settings. */
    public void moveToZone(ZoneId newZone) {
        edit(() -> zone = newZone);
    }

    /** Changes the number of decimals in the shop's settings; its accounts stay exact. */
    public void showDecimals(int number) {
        edit(() -> decimals = number);
    }

    /** Makes {@code /wp-json/} answer 401 to unauthenticated requests, like hardened sites. */
    public void hideSite(boolean hidden) {
        edit(() -> hidesSite = hidden);
    }

    // ---------------------------------------------------------------- looking up

    private void edit(Runnable change) {
        read(
                () -> {
                    change.run();
                    return true;
                });
    }

    private void editOrder(long orderId, Consumer<Order> change) {
        edit(() -> change.accept(order(orderId)));
    }

    private long refund(long orderId, Function<Order, Refund> refund) {
        return read(() -> refund.apply(order(orderId)).id());
    }

    private Order order(long id) {
        return found(orders.find(id), "order", id);
    }

    private Customer customer(long id) {
        return found(customers.find(id), "customer", id);
    }

    private Product product(long id) {
        return found(products.findAny(id), "product", id);
    }

    private static <T> T found(@Nullable T entity, String kind, long id) {
        if (entity == null) {
            throw new NoSuchElementException("The shop has no " + kind + " " + id + ".");
        }
        return entity;
    }
}
