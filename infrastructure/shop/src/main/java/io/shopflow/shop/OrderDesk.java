package io.shopflow.shop;

import io.shopflow.shop.Dice.Purpose;
import io.shopflow.shop.OrderDraft.CouponDraft;
import io.shopflow.shop.OrderDraft.LineDraft;
import io.shopflow.shop.OrderDraft.Payment;
import io.shopflow.shop.OrderDraft.RefundDraft;
import io.shopflow.shop.OrderDraft.RefundKind;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/** Generates the orders of the history in the order in which they were placed. */
final class OrderDesk {
    private static final long DAY = 86_400;
    private static final double GUEST = 0.12;

    /** Orders by month, January first: gifts sell before Christmas. */
    private static final double[] SEASON = {
        0.85, 0.82, 0.9, 0.92, 0.95, 0.9, 0.85, 0.83, 0.98, 1.1, 1.5, 1.75
    };

    /** Orders by weekday, Monday first. */
    private static final double[] WEEK = {1.1, 1.0, 0.98, 1.0, 0.95, 0.9, 1.25};

    private static final double[] HOURS =
            bounds(
                    2, 1, 1, 1, 1, 2, 4, 8, 12, 14, 15, 15, 17, 15, 14, 14, 15, 16, 18, 22, 25, 22,
                    14, 6);

    private static final List<String> NOTES =
            List.of(
                    "Please leave with the neighbour",
                    "Gift: no invoice in the parcel, please",
                    "Ring twice",
                    "Safe place: behind the shed");

    private final ShopPlan plan;
    private final Catalogue catalogue;
    private final Population population;
    private final int founders;

    OrderDesk(ShopPlan plan, Catalogue catalogue, Population population) {
        this.plan = plan;
        this.catalogue = catalogue;
        this.population = population;
        this.founders = Math.max(1, plan.customers() / 4);
    }

    /** When a customer of the history registered; rises with the number. */
    long registeredAt(int customer) {
        if (customer < founders) {
            return plan.start() - 400 * DAY + 400 * DAY * customer / founders;
        }
        long history = plan.end() - plan.start();
        return plan.start()
                + history * (customer - founders) / Math.max(1, plan.customers() - founders);
    }

    private int registeredBy(long instant) {
        double share = (double) (instant - plan.start()) / (plan.end() - plan.start());
        int later = (int) (share * (plan.customers() - founders));
        return Math.clamp(founders + later, 1, plan.customers());
    }

    /** All orders of the history, by time. Each call returns the same orders. */
    Iterator<OrderDraft> history() {
        return new History();
    }

    /**
     * One order placed at an instant, in its state at another.
     *
     * @param abroad which customers live abroad
     */
    OrderDraft draft(long number, long createdAt, long seenAt, int customers, IntPredicate abroad) {
        Dice dice = Dice.of(plan.seed(), Purpose.ORDER, number);
        double progress =
                Math.clamp((double) (createdAt - plan.start()) / (plan.end() - plan.start()), 0, 1);
        int customer = -1;
        long person = 2 * (number / 2) + 1;
        if (!dice.chance(GUEST)) {
            customer = chooseCustomer(dice, createdAt, customers);
            person = 2L * customer;
        }
        boolean taxed = customer < 0 ? population.isBritish(person) : !abroad.test(customer);
        int lineCount = 1;
        while (lineCount < 6 && dice.chance(0.42)) {
            lineCount++;
        }
        CouponDraft coupon = dice.chance(0.11) ? coupon(dice) : null;
        List<LineDraft> lines = new ArrayList<>(lineCount);
        for (int i = 0; i < lineCount; i++) {
            lines.add(line(dice, progress, taxed));
        }
        if (coupon != null) {
            discount(lines, coupon, taxed);
        }
        int goods = 0;
        for (LineDraft line : lines) {
            goods += line.unitPrice() * line.quantity() - line.discount();
        }
        boolean express = dice.chance(0.15);
        int shipping = goods >= 5000 && !express ? 0 : express ? 795 : 474;
        if (!taxed) {
            shipping = 1250;
        }
        return course(dice, createdAt, seenAt, customer, person, lines, coupon, shipping, express);
    }

    /** Without VAT, as shoppers abroad pay. */
    static int withoutVat(int gross) {
        return (int) Math.round(gross / 1.2);
    }

    private LineDraft line(Dice dice, double progress, boolean taxed) {
        Catalogue.Offer offer = catalogue.offerCached(catalogue.buy(dice));
        int size = offer.sizes() == 0 ? -1 : dice.below(offer.sizes());
        int quantity = dice.chance(0.75) ? 1 : dice.between(2, dice.chance(0.1) ? 12 : 4);
        int price = Catalogue.priceAt(offer.priceOf(size), progress);
        int cost = offer.costOf(size);
        return new LineDraft(
                offer.number(),
                size,
                quantity,
                taxed ? price : withoutVat(price),
                cost < 0 ? cost : Catalogue.priceAt(cost, progress),
                0);
    }

    private static CouponDraft coupon(Dice dice) {
        return switch (dice.below(3)) {
            case 0 -> new CouponDraft("welcome10", 10, 0);
            case 1 -> new CouponDraft("spring20", 20, 0);
            default -> new CouponDraft("fiver", 0, 500);
        };
    }

    private static void discount(List<LineDraft> lines, CouponDraft coupon, boolean taxed) {
        int goods = 0;
        for (LineDraft line : lines) {
            goods += line.unitPrice() * line.quantity();
        }
        int amount = taxed ? coupon.amount() : withoutVat(coupon.amount());
        int left = Math.min(goods, amount);
        for (int i = 0; i < lines.size(); i++) {
            LineDraft line = lines.get(i);
            int gross = line.unitPrice() * line.quantity();
            int discount;
            if (coupon.percent() > 0) {
                discount = gross * coupon.percent() / 100;
            } else {
                discount =
                        i == lines.size() - 1
                                ? Math.min(left, gross)
                                : (int) ((long) Math.min(goods, amount) * gross / goods);
                left -= discount;
            }
            lines.set(
                    i,
                    new LineDraft(
                            line.product(),
                            line.size(),
                            line.quantity(),
                            line.unitPrice(),
                            line.unitCost(),
                            discount));
        }
    }

    /** Some customers buy often, some once, and some never return. */
    private int chooseCustomer(Dice dice, long instant, int customers) {
        int registered = instant < plan.end() ? registeredBy(instant) : customers;
        int customer = 0;
        for (int attempt = 0; attempt < 12; attempt++) {
            customer = dice.below(registered);
            Dice nature = Dice.of(plan.seed(), Purpose.CUSTOMER, customer);
            double keenness = nature.next();
            boolean leaves = nature.chance(0.35);
            long leavesAt = registeredAt(customer) + DAY * nature.between(30, 400);
            if (leaves && instant > leavesAt) {
                continue;
            }
            if (dice.chance(0.1 + 0.9 * keenness * keenness)) {
                return customer;
            }
        }
        return customer;
    }

    private static OrderDraft course(
            Dice dice,
            long createdAt,
            long seenAt,
            int customer,
            long person,
            List<LineDraft> lines,
            @Nullable CouponDraft coupon,
            int shipping,
            boolean express) {
        double fate = dice.next();
        Payment payment =
                dice.chance(0.68)
                        ? Payment.STRIPE
                        : dice.chance(0.7)
                                ? Payment.PAYPAL
                                : dice.chance(0.75) ? Payment.BACS : Payment.CASH;
        long payDelay =
                payment == Payment.BACS ? DAY + dice.below((int) (3 * DAY)) : dice.between(2, 90);
        long packDelay = DAY / 2 + dice.below((int) (4 * DAY));
        long paid = createdAt + payDelay;
        long completed = paid + packDelay;
        boolean refunds = dice.chance(0.06);
        double kind = dice.next();
        long refundedAt = completed + DAY * dice.between(2, 24) + dice.below((int) DAY);
        String note = dice.chance(0.08) ? dice.pick(NOTES) : "";
        OrderState state;
        long modified = createdAt;
        long paidAt = 0;
        long completedAt = 0;
        RefundDraft refund = null;
        if (fate < 0.03) {
            state = OrderState.FAILED;
            modified = createdAt + 30;
        } else if (fate < 0.075) {
            boolean gaveUp = seenAt >= createdAt + 3600;
            state = gaveUp ? OrderState.CANCELLED : OrderState.PENDING;
            modified = gaveUp ? createdAt + 3600 : createdAt;
        } else if (fate < 0.08) {
            state = OrderState.PENDING;
        } else if (fate < 0.085) {
            state = OrderState.CHECKOUT_DRAFT;
        } else if (fate < 0.09) {
            boolean thrown = seenAt >= createdAt + 2 * DAY;
            state = thrown ? OrderState.TRASH : OrderState.PENDING;
            modified = thrown ? createdAt + 2 * DAY : createdAt;
        } else if (seenAt < paid) {
            state = payment == Payment.BACS ? OrderState.ON_HOLD : OrderState.PENDING;
        } else {
            state = OrderState.PROCESSING;
            paidAt = paid;
            modified = paid;
            if (seenAt >= completed) {
                state = OrderState.COMPLETED;
                completedAt = completed;
                modified = completed;
                if (refunds && seenAt >= refundedAt) {
                    RefundKind how =
                            kind < 0.6
                                    ? RefundKind.LINE
                                    : kind < 0.8 ? RefundKind.AMOUNT : RefundKind.FULL;
                    refund = new RefundDraft(how, refundedAt);
                    modified = refundedAt;
                    if (how == RefundKind.FULL) {
                        state = OrderState.REFUNDED;
                    }
                }
            }
        }
        return new OrderDraft(
                createdAt,
                customer,
                person,
                lines,
                coupon,
                shipping,
                express,
                state,
                paidAt,
                completedAt,
                modified,
                payment,
                note,
                refund);
    }

    private static double[] bounds(double... weights) {
        double[] bounds = new double[weights.length];
        double sum = 0;
        for (int i = 0; i < weights.length; i++) {
            sum += weights[i];
            bounds[i] = sum;
        }
        return bounds;
    }

    /**
     * Distributes the orders over days by season and weekday; a growing shop sells more each month.
     */
    private final class History implements Iterator<OrderDraft> {
        private final double[] dayBounds;
        private long[] today = {};
        private int next;
        private int day = -1;
        private long given;

        History() {
            int days = (int) plan.history().toDays();
            double[] weights = new double[days];
            for (int i = 0; i < days; i++) {
                LocalDate date =
                        LocalDate.ofInstant(plan.foundedAt().plusSeconds(i * DAY), ZoneOffset.UTC);
                DayOfWeek weekday = date.getDayOfWeek();
                double growth = 0.7 + 0.6 * i / days;
                weights[i] =
                        growth
                                * SEASON[date.getMonthValue() - 1]
                                * WEEK[weekday.getValue() - 1]
                                * (0.85 + 0.3 * Dice.of(plan.seed(), Purpose.DAY, i).next());
            }
            dayBounds = bounds(weights);
        }

        @Override
        public boolean hasNext() {
            return given < plan.orders();
        }

        @Override
        public OrderDraft next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            while (next >= today.length) {
                openDay();
            }
            long createdAt = today[next++];
            return draft(
                    given++,
                    createdAt,
                    plan.end(),
                    plan.customers(),
                    customer -> !population.isBritish(2L * customer));
        }

        private void openDay() {
            day++;
            next = 0;
            double all = dayBounds[dayBounds.length - 1];
            double before = day == 0 ? 0 : dayBounds[day - 1];
            long from = Math.round(plan.orders() * (before / all));
            long to = Math.round(plan.orders() * (dayBounds[day] / all));
            Dice dice = Dice.of(plan.seed(), Purpose.DAY, -1L - day);
            today = new long[(int) (to - from)];
            for (int i = 0; i < today.length; i++) {
                // The history's days begin at the hour of the shop's foundation.
                long midnight = plan.start() + day * DAY;
                long offset = Math.floorMod(plan.start(), DAY);
                long second = dice.pickByBounds(HOURS) * 3600L + dice.below(3600);
                today[i] = midnight + Math.floorMod(second - offset, DAY);
            }
            Arrays.sort(today);
        }
    }
}
