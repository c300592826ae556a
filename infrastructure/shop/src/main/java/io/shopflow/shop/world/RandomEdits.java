package io.shopflow.shop.world;

import io.shopflow.shop.world.Books.BookedLine;
import io.shopflow.shop.world.Books.BookedOrder;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Makes typical edits to a shop, in an order derived from a seed. */
public final class RandomEdits {
    private static final List<OrderState> NEW_STATES =
            List.of(
                    OrderState.COMPLETED,
                    OrderState.CANCELLED,
                    OrderState.REFUNDED,
                    OrderState.PROCESSING);

    private final Shop shop;
    private final Random random;

    /** Edits of this shop; the same for the same seed and shop. */
    public RandomEdits(Shop shop, long seed) {
        this.shop = shop;
        this.random = new Random(seed);
    }

    /** Makes one to three edits and describes them. */
    public String next() {
        List<String> done = new ArrayList<>();
        int edits = 1 + random.nextInt(3);
        while (done.size() < edits) {
            try {
                done.add(edit(random.nextInt(21)));
            } catch (IllegalArgumentException notPossible) {
                // The shop rejected the edit, for instance a refund of more than is left: draws
                // another one.
            }
        }
        return String.join(", ", done);
    }

    private String edit(int kind) {
        return switch (kind) {
            case 0 -> "placed " + shop.placeOrder();
            case 1 -> "placed in yen " + shop.placeOrder("JPY");
            case 2 -> "placed in dinar " + shop.placeOrder("KWD");
            case 3, 13, 14, 17 -> edit(kind, sale());
            case 4, 5, 6, 7, 8, 9, 10, 11, 12, 15 -> edit(kind, unrefundedSale());
            case 16 -> {
                long refund = any(shop.refundIds());
                shop.deleteRefund(refund);
                yield "deleted the refund " + refund;
            }
            case 18 -> {
                long category = any(shop.categoryIds());
                shop.renameCategory(category, "Category " + random.nextInt(1000));
                yield "renamed the category " + category;
            }
            case 19 -> {
                BookedLine line = sale().lines().getFirst();
                if (line.cost() < 0) {
                    throw new IllegalArgumentException("its cost was never known");
                }
                shop.changeCost(line.productId(), 50 + random.nextInt(900));
                yield "changed the cost of " + line.productId();
            }
            default -> {
                if (random.nextInt(4) == 0) {
                    ZoneId zone =
                            ZoneId.of(random.nextBoolean() ? "Asia/Tokyo" : "America/New_York");
                    shop.moveToZone(zone);
                    yield "moved to " + zone;
                }
                shop.showDecimals(random.nextInt(3));
                yield "showed other decimals";
            }
        };
    }

    private String edit(int kind, BookedOrder order) {
        long id = order.id();
        return switch (kind) {
            case 3 -> {
                OrderState state = any(NEW_STATES);
                shop.changeState(id, state);
                yield state + " " + id;
            }
            case 4, 5 -> {
                shop.changeQuantity(id, 1 + random.nextInt(5));
                yield "changed the quantity of " + id;
            }
            case 6 -> {
                if (order.lines().size() < 2) {
                    throw new IllegalArgumentException("an order needs a line");
                }
                shop.removeLine(id, random.nextInt(order.lines().size()));
                yield "removed a line of " + id;
            }
            case 7 -> {
                shop.addFee(id, 1 + random.nextInt(900));
                yield "charged a fee on " + id;
            }
            case 8 -> {
                shop.addFee(id, -1 - random.nextInt(90));
                yield "redeemed credit on " + id;
            }
            case 9 -> {
                shop.applyCoupon(id, 5 + random.nextInt(60));
                yield "redeemed a coupon on " + id;
            }
            case 10, 11 -> {
                int line = random.nextInt(order.lines().size());
                yield "refunded a unit of " + id + ": " + shop.refundLine(id, line, 1);
            }
            case 12 -> {
                int part = 1 + (int) (order.lines().getFirst().net() / 3);
                yield "refunded a part of a line of "
                        + id
                        + ": "
                        + shop.refundPartOfLine(id, 0, part);
            }
            case 13, 14 -> {
                int amount = 1 + (int) (order.total() / 4);
                yield "refunded an amount of " + id + ": " + shop.refundAmount(id, amount);
            }
            case 15 -> "refunded everything of " + id + ": " + shop.refundEverything(id);
            default -> {
                shop.clearPayment(id);
                yield "removed the payment of " + id;
            }
        };
    }

    private <T> T any(List<T> items) {
        return items.get(random.nextInt(items.size()));
    }

    /** An order that counts as a sale. */
    private BookedOrder sale() {
        return recent(sales());
    }

    /** A sale without a refund. */
    private BookedOrder unrefundedSale() {
        return recent(sales().stream().filter(order -> order.refunds().isEmpty()).toList());
    }

    private List<BookedOrder> sales() {
        return shop.books().stream().filter(order -> order.state().isPaid()).toList();
    }

    /** Mostly one of the latest. */
    private BookedOrder recent(List<BookedOrder> orders) {
        int from = random.nextBoolean() ? Math.max(0, orders.size() - 20) : 0;
        return orders.get(from + random.nextInt(orders.size() - from));
    }
}
