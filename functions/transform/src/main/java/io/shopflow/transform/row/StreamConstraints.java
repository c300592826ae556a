package io.shopflow.transform.row;

import io.shopflow.core.money.MinorUnits;
import io.shopflow.core.stream.StreamSchema;
import java.time.Duration;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The constraints of a stream beyond the types of its fields, and its derived columns. */
interface StreamConstraints {

    /** Completes a row whose fields are typed; returns null, or the reason why it is rejected. */
    @Nullable RuleViolation complete(TypedRow row);

    /** The constraints of a stream. */
    static StreamConstraints of(
            StreamSchema schema,
            List<RawColumn> columns,
            TypedRow row,
            ZoneOffsets zone,
            TimestampFormatter times,
            Instant extractedAt) {
        Fields fields = new Fields(columns, row);
        long latest = micros(extractedAt.plus(Duration.ofDays(1)));
        StreamConstraints versions = notAfter("updated_at", fields, latest);
        StreamConstraints own =
                switch (schema.stream()) {
                    case CUSTOMERS, SELLERS -> typed -> null;
                    case PRODUCTS ->
                            all(atLeastZero("price", fields), atLeastZero("unit_cost", fields));
                    case ORDERS ->
                            all(
                                    atLeastZero("discount", fields),
                                    atLeastZero("separate_discount", fields),
                                    notAfter("ordered_at", fields, latest),
                                    businessDate("ordered_at", "ordered_on", fields, zone, times),
                                    guest(fields));
                    case ORDER_ITEMS -> new OrderItemConstraints(fields);
                    case PAYMENTS -> atLeastZero("installments", fields);
                    case REFUNDS ->
                            all(
                                    refundsSomething(fields),
                                    decimalAtLeastZero("quantity", fields),
                                    notAfter("refunded_at", fields, latest),
                                    businessDate(
                                            "refunded_at", "refunded_on", fields, zone, times));
                    case REVIEWS -> rating(fields);
                };
        return all(versions, own);
    }

    /** Microseconds from 1970-01-01T00:00Z. */
    static long micros(Instant instant) {
        return Math.addExact(
                Math.multiplyExact(instant.getEpochSecond(), 1_000_000L), instant.getNano() / 1000);
    }

    private static StreamConstraints all(StreamConstraints... constraints) {
        return row -> {
            for (StreamConstraints constraint : constraints) {
                RuleViolation violation = constraint.complete(row);
                if (violation != null) {
                    return violation;
                }
            }
            return null;
        };
    }

    private static StreamConstraints positive(String name, Fields fields) {
        int index = fields.index(name);
        return row -> {
            if (!row.hasNumber(index) || row.number(index) > 0) {
                return null;
            }
            return (row.number(index) < 0 ? Rule.NEGATIVE : Rule.NOT_POSITIVE).of(name);
        };
    }

    /** Requires an amount above 0, unless only tax, shipping or a gift was refunded. */
    private static StreamConstraints refundsSomething(Fields fields) {
        StreamConstraints positive = positive("amount", fields);
        int amount = fields.index("amount");
        int other = fields.index("other");
        int quantity = fields.cleanIndex("quantity");
        return row ->
                row.hasNumber(amount)
                                && row.number(amount) == 0
                                && (row.hasNumber(other) || row.get(quantity) != null)
                        ? null
                        : positive.complete(row);
    }

    private static StreamConstraints decimalAtLeastZero(String name, Fields fields) {
        int cleanIndex = fields.cleanIndex(name);
        NumberReader numbers = Objects.requireNonNull(fields.column(name).numbers());
        return row ->
                row.get(cleanIndex) != null && numbers.number().signum() < 0
                        ? Rule.NEGATIVE.of(name)
                        : null;
    }

    private static StreamConstraints atLeastZero(String name, Fields fields) {
        int index = fields.index(name);
        return row -> row.hasNumber(index) && row.number(index) < 0 ? Rule.NEGATIVE.of(name) : null;
    }

    private static StreamConstraints rating(Fields fields) {
        int index = fields.index("rating");
        return row ->
                row.number(index) < 1 || row.number(index) > 5
                        ? Rule.RATING_RANGE.of("rating")
                        : null;
    }

    private static StreamConstraints notAfter(String name, Fields fields, long latest) {
        int index = fields.index(name);
        return row ->
                row.hasNumber(index) && row.number(index) > latest
                        ? Rule.DATE_IN_FUTURE.of(name)
                        : null;
    }

    private static StreamConstraints businessDate(
            String name,
            String derived,
            Fields fields,
            ZoneOffsets zone,
            TimestampFormatter times) {
        int index = fields.index(name);
        int cleanIndex = fields.cleanIndex(derived);
        return row -> {
            long second = Math.floorDiv(row.number(index), 1_000_000L);
            row.set(cleanIndex, times.date(zone.localDay(second)));
            return null;
        };
    }

    /**
     * An order without customer belongs to its e-mail address, if it is one: orders with {@code
     * n/a} do not share a customer.
     */
    private static StreamConstraints guest(Fields fields) {
        int customer = fields.cleanIndex("customer_id");
        int email = fields.index("email");
        int token = fields.cleanIndex("email_token");
        return row -> {
            String id = row.get(customer);
            if (id == null || id.equals("0")) {
                row.set(customer, row.namesSomebody(email) ? "guest:" + row.get(token) : null);
            }
            return null;
        };
    }

    /** The fields of fields and clean columns. */
    record Fields(List<RawColumn> columns, TypedRow row) {

        RawColumn column(String name) {
            return columns.stream()
                    .filter(column -> column.field().name().equals(name))
                    .findFirst()
                    .orElseThrow(
                            () -> new IllegalStateException("the stream has no field " + name));
        }

        int index(String name) {
            return column(name).index();
        }

        int cleanIndex(String name) {
            return row.cleanIndex(name);
        }
    }

    /** Quantity, price, gross and net of a line. */
    final class OrderItemConstraints implements StreamConstraints {

        private final NumberReader quantities;
        private final NumberReader unitPrices;
        private final boolean unitPriceMayBeNegative;
        private final int gross;
        private final boolean grossMayBeNegative;
        private final int discount;
        private final int lineCost;
        private final int currencyCleanIndex;
        private final int grossCleanIndex;
        private final int discountCleanIndex;
        private final int netCleanIndex;

        OrderItemConstraints(Fields fields) {
            this.quantities = Objects.requireNonNull(fields.column("quantity").numbers());
            this.unitPrices = Objects.requireNonNull(fields.column("unit_price").numbers());
            this.gross = fields.index("gross");
            this.unitPriceMayBeNegative = fields.column("unit_price").mayBeNegative();
            this.grossMayBeNegative = fields.column("gross").mayBeNegative();
            this.discount = fields.index("discount");
            this.lineCost = fields.index("line_cost");
            this.currencyCleanIndex = fields.cleanIndex("currency");
            this.grossCleanIndex = fields.cleanIndex("gross_minor");
            this.discountCleanIndex = fields.cleanIndex("discount_minor");
            this.netCleanIndex = fields.cleanIndex("net_minor");
        }

        @Override
        public @Nullable RuleViolation complete(TypedRow row) {
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

        private @Nullable RuleViolation amounts(TypedRow row) {
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
            row.set(grossCleanIndex, Long.toString(grossMinor));
            row.set(discountCleanIndex, Long.toString(discountMinor));
            row.set(netCleanIndex, Long.toString(grossMinor - discountMinor));
            return null;
        }

        /** Uses the unrounded price: three at 3.3333 are 10.00. */
        private long computedGross(TypedRow row) {
            Currency currency =
                    Currency.getInstance(Objects.requireNonNull(row.get(currencyCleanIndex)));
            return MinorUnits.rounded(unitPrices.number().multiply(quantities.number()), currency);
        }
    }
}
