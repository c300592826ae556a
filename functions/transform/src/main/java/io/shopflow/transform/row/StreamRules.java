package io.shopflow.transform.row;

import io.shopflow.core.money.MinorUnits;
import io.shopflow.core.stream.StreamSchema;
import java.time.Duration;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The rules of a stream beyond the types of its fields, and its derived columns. */
interface StreamRules {

    /** Completes a row whose fields are typed; returns null, or the reason why it is rejected. */
    @Nullable Rejection complete(TypedRow row);

    /** The rules of a stream. */
    static StreamRules of(
            StreamSchema schema,
            List<Column> columns,
            TypedRow row,
            ZoneOffsets zone,
            CleanTimes times,
            Instant extractedAt) {
        Places places = new Places(columns, row);
        long latest = micros(extractedAt.plus(Duration.ofDays(1)));
        StreamRules versions = notAfter("updated_at", places, latest);
        StreamRules own =
                switch (schema.stream()) {
                    case CUSTOMERS, SELLERS -> typed -> null;
                    case PRODUCTS ->
                            all(atLeastZero("price", places), atLeastZero("unit_cost", places));
                    case ORDERS ->
                            all(
                                    atLeastZero("discount", places),
                                    atLeastZero("separate_discount", places),
                                    notAfter("ordered_at", places, latest),
                                    businessDate("ordered_at", "ordered_on", places, zone, times),
                                    guest(places));
                    case ORDER_ITEMS -> new OrderItemRules(places);
                    case PAYMENTS -> atLeastZero("installments", places);
                    case REFUNDS ->
                            all(
                                    refundsSomething(places),
                                    decimalAtLeastZero("quantity", places),
                                    notAfter("refunded_at", places, latest),
                                    businessDate(
                                            "refunded_at", "refunded_on", places, zone, times));
                    case REVIEWS -> rating(places);
                };
        return all(versions, own);
    }

    /** Microseconds from 1970-01-01T00:00Z. */
    static long micros(Instant instant) {
        return Math.addExact(
                Math.multiplyExact(instant.getEpochSecond(), 1_000_000L), instant.getNano() / 1000);
    }

    private static StreamRules all(StreamRules... rules) {
        return row -> {
            for (StreamRules rule : rules) {
                Rejection rejection = rule.complete(row);
                if (rejection != null) {
                    return rejection;
                }
            }
            return null;
        };
    }

    private static StreamRules positive(String name, Places places) {
        int field = places.field(name);
        return row -> {
            if (!row.hasNumber(field) || row.number(field) > 0) {
                return null;
            }
            return (row.number(field) < 0 ? Rule.NEGATIVE : Rule.NOT_POSITIVE).of(name);
        };
    }

    /** Requires an amount above 0, unless only tax, shipping or a gift was refunded. */
    private static StreamRules refundsSomething(Places places) {
        StreamRules positive = positive("amount", places);
        int amount = places.field("amount");
        int other = places.field("other");
        int quantity = places.target("quantity");
        return row ->
                row.hasNumber(amount)
                                && row.number(amount) == 0
                                && (row.hasNumber(other) || row.get(quantity) != null)
                        ? null
                        : positive.complete(row);
    }

    private static StreamRules decimalAtLeastZero(String name, Places places) {
        int target = places.target(name);
        NumberReader numbers = Objects.requireNonNull(places.column(name).numbers());
        return row ->
                row.get(target) != null && numbers.number().signum() < 0
                        ? Rule.NEGATIVE.of(name)
                        : null;
    }

    private static StreamRules atLeastZero(String name, Places places) {
        int field = places.field(name);
        return row -> row.hasNumber(field) && row.number(field) < 0 ? Rule.NEGATIVE.of(name) : null;
    }

    private static StreamRules rating(Places places) {
        int field = places.field("rating");
        return row ->
                row.number(field) < 1 || row.number(field) > 5
                        ? Rule.RATING_RANGE.of("rating")
                        : null;
    }

    private static StreamRules notAfter(String name, Places places, long latest) {
        int field = places.field(name);
        return row ->
                row.hasNumber(field) && row.number(field) > latest
                        ? Rule.DATE_IN_FUTURE.of(name)
                        : null;
    }

    private static StreamRules businessDate(
            String name, String derived, Places places, ZoneOffsets zone, CleanTimes times) {
        int field = places.field(name);
        int target = places.target(derived);
        return row -> {
            long second = Math.floorDiv(row.number(field), 1_000_000L);
            row.set(target, times.date(zone.localDay(second)));
            return null;
        };
    }

    /**
     * An order without customer belongs to its e-mail address, if it is one: orders with {@code
     * n/a} do not share a customer.
     */
    private static StreamRules guest(Places places) {
        int customer = places.target("customer_id");
        int email = places.field("email");
        int token = places.target("email_token");
        return row -> {
            String id = row.get(customer);
            if (id == null || id.equals("0")) {
                row.set(customer, row.namesSomebody(email) ? "guest:" + row.get(token) : null);
            }
            return null;
        };
    }

    /** The places of fields and clean columns. */
    record Places(List<Column> columns, TypedRow row) {

        Column column(String name) {
            return columns.stream()
                    .filter(column -> column.field().name().equals(name))
                    .findFirst()
                    .orElseThrow(
                            () -> new IllegalStateException("the stream has no field " + name));
        }

        int field(String name) {
            return column(name).place();
        }

        int target(String name) {
            return row.target(name);
        }
    }

    /** Quantity, price, gross and net of a line. */
    final class OrderItemRules implements StreamRules {

        private final NumberReader quantities;
        private final NumberReader unitPrices;
        private final boolean unitPriceMayBeNegative;
        private final int gross;
        private final boolean grossMayBeNegative;
        private final int discount;
        private final int lineCost;
        private final int currencyTarget;
        private final int grossTarget;
        private final int discountTarget;
        private final int netTarget;

        OrderItemRules(Places places) {
            this.quantities = Objects.requireNonNull(places.column("quantity").numbers());
            this.unitPrices = Objects.requireNonNull(places.column("unit_price").numbers());
            this.gross = places.field("gross");
            this.unitPriceMayBeNegative = places.column("unit_price").mayBeNegative();
            this.grossMayBeNegative = places.column("gross").mayBeNegative();
            this.discount = places.field("discount");
            this.lineCost = places.field("line_cost");
            this.currencyTarget = places.target("currency");
            this.grossTarget = places.target("gross_minor");
            this.discountTarget = places.target("discount_minor");
            this.netTarget = places.target("net_minor");
        }

        @Override
        public @Nullable Rejection complete(TypedRow row) {
            if (quantities.number().signum() <= 0) {
                return (quantities.number().signum() < 0
                                ? Rule.NEGATIVE_QUANTITY
                                : Rule.NOT_POSITIVE)
                        .of("quantity");
            }
            if (unitPrices.number().signum() < 0 && !unitPriceMayBeNegative) {
                return Rule.NEGATIVE_LINE.of("unit_price");
            }
            if (row.hasNumber(lineCost) && row.number(lineCost) < 0) {
                return Rule.NEGATIVE.of("line_cost");
            }
            return amounts(row);
        }

        private @Nullable Rejection amounts(TypedRow row) {
            long grossMinor;
            try {
                grossMinor = row.hasNumber(gross) ? row.number(gross) : computedGross(row);
            } catch (ArithmeticException e) {
                return Rule.NUMBER_RANGE.of("gross");
            }
            if (NumberReader.isBeyond(grossMinor)) {
                return Rule.NUMBER_RANGE.of("gross");
            }
            if (row.hasNumber(gross) && grossMinor < 0 && !grossMayBeNegative) {
                return Rule.NEGATIVE_LINE.of("gross");
            }
            long discountMinor = row.hasNumber(discount) ? row.number(discount) : 0;
            if (discountMinor < 0) {
                return Rule.NEGATIVE.of("discount");
            }
            // A line that reduces its order's total may have a larger discount.
            if (discountMinor > grossMinor && grossMinor >= 0) {
                return Rule.NET_NEGATIVE.of("discount");
            }
            row.set(grossTarget, Long.toString(grossMinor));
            row.set(discountTarget, Long.toString(discountMinor));
            row.set(netTarget, Long.toString(grossMinor - discountMinor));
            return null;
        }

        /** Uses the unrounded price: three at 3.3333 are 10.00. */
        private long computedGross(TypedRow row) {
            Currency currency =
                    Currency.getInstance(Objects.requireNonNull(row.get(currencyTarget)));
            return MinorUnits.rounded(unitPrices.number().multiply(quantities.number()), currency);
        }
    }
}
