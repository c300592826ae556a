package io.shopflow.shop.world;

import io.shopflow.shop.world.OrderDraft.CouponDraft;
import io.shopflow.shop.world.OrderDraft.LineDraft;
import io.shopflow.shop.world.OrderDraft.Payment;
import io.shopflow.shop.world.OrderDraft.RefundDraft;
import io.shopflow.shop.world.OrderDraft.RefundKind;
import io.shopflow.shop.world.SeededRandom.Purpose;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/** Generates random orders: those of the history in the order in which they were placed. */
public final class OrderGenerator {
    private static final long DAY = 86_400;
    private static final double GUEST = 0.12;

    /** Orders by month, January first: gifts sell before Christmas. */
    private static final double[] SEASON = {
        0.85, 0.82, 0.9, 0.92, 0.95, 0.9, 0.85, 0.83, 0.98, 1.1, 1.5, 1.75
    };

    /** Orders by weekday, Monday first. */
    private static final double[] WEEK = {1.1, 1.0, 0.98, 1.0, 0.95, 0.9, 1.25};

    private static final double[] HOURS =
            SeededRandom.bounds(
                    2, 1, 1, 1, 1, 2, 4, 8, 12, 14, 15, 15, 17, 15, 14, 14, 15, 16, 18, 22, 25, 22,
                    14, 6);

    private static final List<CouponDraft> COUPONS =
            List.of(
                    new CouponDraft("welcome10", 10, 0),
                    new CouponDraft("spring20", 20, 0),
                    new CouponDraft("fiver", 0, 500));

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

    /** The orders of the shop with a plan, for its products and people. */
    public OrderGenerator(ShopPlan plan, Catalogue catalogue, Population population) {
        this.plan = plan;
        this.catalogue = catalogue;
        this.population = population;
        this.founders = Math.max(1, plan.customers() / 4);
    }

    /** When a customer of the history registered, in epoch seconds; rises with the number. */
    public long registeredAt(int customer) {
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
    public Iterator<OrderDraft> history() {
        return new History();
    }

    /**
     * One order placed at an instant, in its state at another.
     *
     * @param abroad which customers live abroad
     */
    OrderDraft draft(long number, long createdAt, long seenAt, int customers, IntPredicate abroad) {
        SeededRandom random = SeededRandom.of(plan.seed(), Purpose.ORDER, number);
        double progress =
                Math.clamp((double) (createdAt - plan.start()) / (plan.end() - plan.start()), 0, 1);
        int customer = -1;
        long person = 2 * (number / 2) + 1;
        if (!random.chance(GUEST)) {
            customer = chooseCustomer(random, createdAt, customers);
            person = 2L * customer;
        }
        boolean taxed = customer < 0 ? population.isBritish(person) : !abroad.test(customer);
        int lineCount = 1;
        while (lineCount < 6 && random.chance(0.42)) {
            lineCount++;
        }
        CouponDraft coupon = random.chance(0.11) ? random.pick(COUPONS) : null;
        List<LineDraft> lines = new ArrayList<>(lineCount);
        for (int i = 0; i < lineCount; i++) {
            lines.add(line(random, progress, taxed));
        }
        if (coupon != null) {
            discount(lines, coupon, taxed);
        }
        int goods = lines.stream().mapToInt(line -> line.gross() - line.discount()).sum();
        boolean express = random.chance(0.15);
        double outcome = random.next();
        Payment payment = payment(random);
        Course course = course(random, outcome, payment, createdAt, seenAt);
        return new OrderDraft(
                createdAt,
                customer,
                person,
                lines,
                coupon,
                shipping(goods, express, taxed),
                express,
                course.state,
                course.paidAt,
                course.completedAt,
                course.modifiedAt,
                payment,
                random.chance(0.08) ? random.pick(NOTES) : "",
                course.refund);
    }

    private LineDraft line(SeededRandom random, double progress, boolean taxed) {
        Offer offer = catalogue.randomOffer(random);
        int size = offer.sizes() == 0 ? -1 : random.below(offer.sizes());
        int quantity = random.chance(0.75) ? 1 : random.between(2, random.chance(0.1) ? 12 : 4);
        int price = Catalogue.priceAt(offer.priceOf(size), progress);
        int cost = offer.costOf(size);
        return new LineDraft(
                offer.number(),
                size,
                quantity,
                taxed ? price : Vat.without(price),
                cost < 0 ? cost : Catalogue.priceAt(cost, progress),
                0);
    }

    private static void discount(List<LineDraft> lines, CouponDraft coupon, boolean taxed) {
        int goods = lines.stream().mapToInt(LineDraft::gross).sum();
        int amount = Math.min(goods, taxed ? coupon.amount() : Vat.without(coupon.amount()));
        int left = amount;
        for (int i = 0; i < lines.size(); i++) {
            int gross = lines.get(i).gross();
            int discount;
            if (coupon.percent() > 0) {
                discount = gross * coupon.percent() / 100;
            } else if (i < lines.size() - 1) {
                discount = (int) ((long) amount * gross / goods);
                left -= discount;
            } else {
                discount = Math.min(left, gross);
            }
            lines.set(i, lines.get(i).discountedBy(discount));
        }
    }

    private static int shipping(int goods, boolean express, boolean taxed) {
        if (!taxed) {
            return 1250;
        }
        if (express) {
            return 795;
        }
        return goods >= 5000 ? 0 : 474;
    }

    private static Payment payment(SeededRandom random) {
        if (random.chance(0.68)) {
            return Payment.STRIPE;
        }
        if (random.chance(0.7)) {
            return Payment.PAYPAL;
        }
        return random.chance(0.75) ? Payment.BACS : Payment.CASH;
    }

    /** Some customers buy often, some once, and some never return. */
    private int chooseCustomer(SeededRandom random, long instant, int customers) {
        int registered = instant < plan.end() ? registeredBy(instant) : customers;
        int customer = 0;
        for (int attempt = 0; attempt < 12; attempt++) {
            customer = random.below(registered);
            SeededRandom nature = SeededRandom.of(plan.seed(), Purpose.CUSTOMER, customer);
            double keenness = nature.next();
            boolean leaves = nature.chance(0.35);
            long leavesAt = registeredAt(customer) + DAY * nature.between(30, 400);
            if (leaves && instant > leavesAt) {
                continue;
            }
            if (random.chance(0.1 + 0.9 * keenness * keenness)) {
                return customer;
            }
        }
        return customer;
    }

    /** What became of an order. */
    private record Course(
            OrderState state,
            long modifiedAt,
            long paidAt,
            long completedAt,
            @Nullable RefundDraft refund) {

        static Course unpaid(OrderState state, long modifiedAt) {
            return new Course(state, modifiedAt, 0, 0, null);
        }
    }

    private static Course course(
            SeededRandom random, double outcome, Payment payment, long createdAt, long seenAt) {
        // All numbers are drawn in any case, so that an order seen later is the same order.
        long paidAt =
                createdAt
                        + (payment == Payment.BACS
                                ? DAY + random.below((int) (3 * DAY))
                                : random.between(2, 90));
        long completedAt = paidAt + DAY / 2 + random.below((int) (4 * DAY));
        boolean refunds = random.chance(0.06);
        double kind = random.next();
        long refundedAt = completedAt + DAY * random.between(2, 24) + random.below((int) DAY);
        if (outcome < 0.03) {
            return Course.unpaid(OrderState.FAILED, createdAt + 30);
        }
        if (outcome < 0.075) {
            return seenAt >= createdAt + 3600
                    ? Course.unpaid(OrderState.CANCELLED, createdAt + 3600)
                    : Course.unpaid(OrderState.PENDING, createdAt);
        }
        if (outcome < 0.08) {
            return Course.unpaid(OrderState.PENDING, createdAt);
        }
        if (outcome < 0.085) {
            return Course.unpaid(OrderState.CHECKOUT_DRAFT, createdAt);
        }
        if (outcome < 0.09) {
            return seenAt >= createdAt + 2 * DAY
                    ? Course.unpaid(OrderState.TRASH, createdAt + 2 * DAY)
                    : Course.unpaid(OrderState.PENDING, createdAt);
        }
        if (seenAt < paidAt) {
            return Course.unpaid(
                    payment == Payment.BACS ? OrderState.ON_HOLD : OrderState.PENDING, createdAt);
        }
        if (seenAt < completedAt) {
            return new Course(OrderState.PROCESSING, paidAt, paidAt, 0, null);
        }
        if (!refunds || seenAt < refundedAt) {
            return new Course(OrderState.COMPLETED, completedAt, paidAt, completedAt, null);
        }
        if (kind >= 0.8) {
            return new Course(
                    OrderState.REFUNDED,
                    refundedAt,
                    paidAt,
                    completedAt,
                    new RefundDraft(RefundKind.FULL, refundedAt));
        }
        return new Course(
                OrderState.COMPLETED,
                refundedAt,
                paidAt,
                completedAt,
                new RefundDraft(kind < 0.6 ? RefundKind.LINE : RefundKind.AMOUNT, refundedAt));
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
                double growth = 0.7 + 0.6 * i / days;
                double chance = SeededRandom.of(plan.seed(), Purpose.DAY, i).next();
                weights[i] =
                        growth
                                * SEASON[date.getMonthValue() - 1]
                                * WEEK[date.getDayOfWeek().getValue() - 1]
                                * (0.85 + 0.3 * chance);
            }
            dayBounds = SeededRandom.bounds(weights);
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
            SeededRandom random = SeededRandom.of(plan.seed(), Purpose.DAY, -1L - day);
            today = new long[(int) (to - from)];
            for (int i = 0; i < today.length; i++) {
                // The history's days begin at the hour of the shop's foundation.
                long midnight = plan.start() + day * DAY;
                long offset = Math.floorMod(plan.start(), DAY);
                long second = random.pickByBounds(HOURS) * 3600L + random.below(3600);
                today[i] = midnight + Math.floorMod(second - offset, DAY);
            }
            Arrays.sort(today);
        }
    }
}
