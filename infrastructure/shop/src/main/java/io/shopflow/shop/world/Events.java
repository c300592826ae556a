package io.shopflow.shop.world;

import io.shopflow.shop.world.SeededRandom.Purpose;
import java.util.Iterator;

/**
 * What happens in a shop as time passes after its history: one event at each {@link ShopPlan#pace}.
 * An event depends on its number and the shop's state at that time.
 */
record Events(
        ShopPlan plan,
        ShopState shop,
        Catalogue catalogue,
        Products products,
        Customers customers,
        Orders orders,
        Reviews reviews) {
    /** Number of orders that always wait to be packed. */
    private static final int BACKLOG = 25;

    /** Lets everything happen until an instant in epoch seconds. */
    void catchUp(long until) {
        if (!plan.pace().isZero()) {
            for (long at = nextAt(); at <= until; at = nextAt()) {
                shop.advanceTo(at);
                happen(SeededRandom.of(plan.seed(), Purpose.EVENT, shop.events()), at);
                shop.countEvent();
            }
        }
        shop.advanceTo(until);
    }

    private long nextAt() {
        return plan.livesFrom().plus(plan.pace().multipliedBy(shop.events() + 1)).getEpochSecond();
    }

    private void happen(SeededRandom random, long at) {
        double kind = random.next();
        if (kind < 0.3) {
            orders.place(plan.orders() + shop.events(), at);
        } else if (kind < 0.68) {
            advanceOldestOrder(random);
        } else if (kind < 0.73) {
            refundRecentOrder(random);
        } else if (kind < 0.77) {
            changePrice(random);
        } else if (kind < 0.82) {
            changeCost(random);
        } else if (kind < 0.88) {
            customers.register(at);
        } else if (kind < 0.92) {
            customers.move(customers.random(random), shop.now());
        } else if (kind < 0.97) {
            reviews.add(random, random.pick(products.assortment), null, at);
        } else if (kind < 0.98 && !orders.open.isEmpty()) {
            orders.trash(orders.open.removeFirst());
        } else if (kind < 0.992) {
            correctEntry(random);
        } else {
            random.pick(products.assortment).touch(shop.now());
        }
    }

    /** Prices vary around the list price, so that they do not drift over years of events. */
    private void changePrice(SeededRandom random) {
        int number = random.below(products.assortment.size());
        int listed = catalogue.offer(number).price();
        int price = Math.max(99, (int) (listed * (0.9 + 0.25 * random.next())));
        products.assortment.get(number).reprice(price, shop.now());
    }

    private void changeCost(SeededRandom random) {
        Product product = random.pick(products.assortment);
        // A cost that was never entered is seldom entered later.
        if (product.cost() != Product.UNKNOWN_COST || random.chance(0.02)) {
            double cost = product.price() / 1.2 * (0.3 + 0.45 * random.next());
            product.changeCost(Math.max(10, (int) cost), shop.now());
        }
    }

    private void advanceOldestOrder(SeededRandom random) {
        if (orders.open.size() <= BACKLOG) {
            return;
        }
        Order order = orders.open.removeFirst();
        switch (order.state) {
            case PENDING, ON_HOLD ->
                    orders.changeState(
                            order,
                            random.chance(0.8) ? OrderState.PROCESSING : OrderState.CANCELLED);
            case PROCESSING -> orders.changeState(order, OrderState.COMPLETED);
            case TRASH, AUTO_DRAFT, COMPLETED, CANCELLED, REFUNDED, FAILED, CHECKOUT_DRAFT -> {}
        }
        if (order.state == OrderState.PROCESSING) {
            orders.open.addLast(order);
        }
    }

    /** Refunds one of the latest hundred orders if it is completed and not fully refunded. */
    private void refundRecentOrder(SeededRandom random) {
        Iterator<Order> latest = orders.byId.descendingMap().values().iterator();
        int skip = random.below(100);
        Order order = null;
        while (latest.hasNext() && skip-- >= 0) {
            order = latest.next();
        }
        if (order == null || order.state != OrderState.COMPLETED || order.unrefunded() <= 0) {
            return;
        }
        double kind = random.next();
        if (kind < 0.2) {
            orders.changeState(order, OrderState.REFUNDED);
        } else if (kind < 0.4) {
            orders.refundAmount(order, Math.min(250, order.unrefunded()), "Goodwill – late");
        } else if (order.refunds.isEmpty()) {
            int line = random.below(order.lines.size());
            if (order.lines.get(line).gross() > 0) {
                orders.refundUnits(order, line, 1);
            }
        }
    }

    /** A rare event: the correction of a wrong entry. */
    private void correctEntry(SeededRandom random) {
        double kind = random.next();
        if (kind < 0.15) {
            Category category = random.pick(products.categories);
            String name = category.name();
            products.renameCategory(
                    category, name.endsWith("!") ? name.replace("!", "") : name + "!");
            return;
        }
        if (kind < 0.35) {
            if (!orders.refunds.isEmpty()) {
                orders.deleteRefund(orders.refunds.lastEntry().getValue());
            }
            return;
        }
        Order order = orders.open.peekLast();
        if (order == null || !order.refunds.isEmpty()) {
            return;
        }
        if (kind < 0.5) {
            orders.changeQuantity(order, random.between(1, 4));
        } else if (kind < 0.6 && order.lines.size() > 1) {
            orders.removeLine(order, random.below(order.lines.size()));
        } else if (kind < 0.8 && order.fees.isEmpty()) {
            orders.addFee(order, random.chance(0.3) ? -Math.min(100, order.goods()) : 250);
        } else if (order.coupon == null) {
            orders.applyCoupon(order, 10);
        }
    }
}
