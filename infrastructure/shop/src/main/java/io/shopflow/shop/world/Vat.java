package io.shopflow.shop.world;

/** British value added tax: 20 % of the net price. */
public final class Vat {
    private Vat() {}

    /** The net part of a gross amount that is not below 0, rounded half up to a whole penny. */
    public static int without(int gross) {
        return (int) Math.round(gross / 1.2);
    }
}
