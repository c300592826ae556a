package io.shopflow.shop.world;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A randomly generated order before it has an id. Instants are epoch seconds, 0: never. Money is
 * pence, with VAT.
 *
 * @param customer number of the customer from 0; −1: a guest
 * @param person who ordered; see {@link Population#person}
 */
public record OrderDraft(
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
     * @param product the product's number in the catalogue
     * @param size the variation; −1: none
     * @param unitCost −1: unknown
     */
    public record LineDraft(
            int product, int size, int quantity, int unitPrice, int unitCost, int discount) {

        /** The price of all units before the discount. */
        public int gross() {
            return unitPrice * quantity;
        }

        LineDraft discountedBy(int pence) {
            return new LineDraft(product, size, quantity, unitPrice, unitCost, pence);
        }
    }

    /** A coupon over the whole order: a percentage, or an amount if that is 0. */
    public record CouponDraft(String code, int percent, int amount) {}

    /** A refund that will be made. */
    record RefundDraft(RefundKind kind, long at) {}

    /** What a refund names. */
    enum RefundKind {
        LINE,
        AMOUNT,
        FULL
    }

    /** A method of payment. */
    public enum Payment {
        STRIPE("stripe", "Card"),
        PAYPAL("ppcp-gateway", "PayPal"),
        BACS("bacs", "Direct bank transfer"),
        CASH("cod", "Cash on delivery");

        /** The name on the wire. */
        public final String id;

        /** The name that customers see. */
        public final String title;

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
