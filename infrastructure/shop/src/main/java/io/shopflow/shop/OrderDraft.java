package io.shopflow.shop;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A randomly generated order before it has an id. Instants are epoch seconds, 0: never. Money is
 * pence, with VAT.
 *
 * @param customer number of the customer from 0; −1: a guest
 * @param person who ordered; see {@link Population#person}
 */
record OrderDraft(
        long createdAt,
        int customer,
        long person,
        List<LineDraft> lines,
        @Nullable CouponDraft coupon,
        int shipping,
        boolean express,
        OrderState state,
        long paidAt,
        long completedAt,
        long modifiedAt,
        Payment payment,
        String note,
        @Nullable RefundDraft refund) {

    /**
     * A line.
     *
     * @param size the variation; −1: none
     * @param unitCost −1: unknown
     */
    record LineDraft(
            int product, int size, int quantity, int unitPrice, int unitCost, int discount) {}

    /** A coupon over the whole order. */
    record CouponDraft(String code, int percent, int amount) {}

    enum RefundKind {
        LINE,
        AMOUNT,
        FULL
    }

    record RefundDraft(RefundKind kind, long at) {}

    enum Payment {
        STRIPE("stripe", "Card"),
        PAYPAL("ppcp-gateway", "PayPal"),
        BACS("bacs", "Direct bank transfer"),
        CASH("cod", "Cash on delivery");

        final String id;
        final String title;

        Payment(String id, String title) {
            this.id = id;
            this.title = title;
        }

        /** Whether the payment is immediate. */
        boolean isInstant() {
            return this == STRIPE || this == PAYPAL;
        }
    }
}
