package io.shopflow.shop;

import io.shopflow.shop.Books.BookedLine;
import io.shopflow.shop.Books.BookedOrder;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Makes typical edits to a shop, in an order derived from a seed. */
public final class RandomEdits {
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
            case 3 -> {
                BookedOrder order = any(false);
                OrderState state =
                        List.of(
                                        OrderState.COMPLETED,
                                        OrderState.CANCELLED,
                                        OrderState.REFUNDED,
                                        OrderState.PROCESSING)
                                .get(random.nextInt(4));
                shop.changeState(order.id(), state);
                yield state + " " + order.id();
            }
            case 4, 5 -> {
                BookedOrder order = any(true);
                shop.changeQuantity(order.id(), 1 + random.nextInt(5));
                yield "changed the quantity of " + order.id();
            }
            case 6 -> {
                BookedOrder order = any(true);
                if (order.lines().size() < 2) {
                    throw new IllegalArgumentException("an order needs a line");
                }
                shop.removeLine(order.id(), random.nextInt(order.lines().size()));
                yield "removed a line of " + order.id();
            }
            case 7 -> {
                BookedOrder order = any(true);
                shop.addFee(order.id(), 1 + random.nextInt(900));
                yield "charged a fee on " + order.id();
            }
            case 8 -> {
                BookedOrder order = any(true);
                shop.addFee(order.id(), -1 - random.nextInt(90));
                yield "redeemed credit on " + order.id();
            }
            case 9 -> {
                BookedOrder order = any(true);
                shop.applyCoupon(order.id(), 5 + random.nextInt(60));
                yield "redeemed a coupon on " + order.id();
            }
            case 10, 11 -> {
                BookedOrder order = any(true);
                int line = random.nextInt(order.lines().size());
                yield "refunded a unit of %d: %d"
                        .formatted(order.id(), shop.refundLine(order.id(), line, 1));
            }
            case 12 -> {
                BookedOrder order = any(true);
                BookedLine line = order.lines().getFirst();
                yield "refunded a part of a line of %d: %d"
                        .formatted(
                                order.id(),
                                shop.refundPartOfLine(order.id(), 0, 1 + (int) (line.net() / 3)));
            }
            case 13, 14 -> {
                BookedOrder order = any(false);
                yield "refunded an amount of %d: %d"
                        .formatted(
                                order.id(),
                                shop.refundAmount(order.id(), 1 + (int) (order.total() / 4)));
            }
            case 15 -> {
                BookedOrder order = any(true);
                yield "refunded everything of %d: %d"
                        .formatted(order.id(), shop.refundEverything(order.id()));
            }
            case 16 -> {
                List<Long> refunds = shop.refundIds();
                long refund = refunds.get(random.nextInt(refunds.size()));
                shop.deleteRefund(refund);
                yield "deleted the refund " + refund;
            }
            case 17 -> {
                BookedOrder order = any(false);
                shop.clearPayment(order.id());
                yield "took back the payment of " + order.id();
            }
            case 18 -> {
                List<Long> categories = shop.categoryIds();
                long category = categories.get(random.nextInt(categories.size()));
                shop.renameCategory(category, "Category " + random.nextInt(1000));
                yield "renamed the category " + category;
            }
            case 19 -> {
                BookedLine line = any(false).lines().getFirst();
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

    /**
     * Any order that counts as a sale.
     *
     * @param untouched whether it has no refund yet
     */
    private BookedOrder any(boolean untouched) {
        List<BookedOrder> orders =
                shop.books().stream()
                        .filter(order -> order.state().isPaid())
                        .filter(order -> !untouched || order.refunds().isEmpty())
                        .toList();
        // Mostly recent ones.
        int from = random.nextBoolean() ? Math.max(0, orders.size() - 20) : 0;
        return orders.get(from + random.nextInt(orders.size() - from));
    }
}
