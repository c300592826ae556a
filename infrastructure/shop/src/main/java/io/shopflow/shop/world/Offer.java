package io.shopflow.shop.world;

import java.util.List;

/**
 * A product as the catalogue lists it: in pence, with VAT for prices and without for costs, both as
 * at the end of the history.
 *
 * @param number the product's number from 0
 * @param unitCost −1: unknown
 * @param sizes number of variations; 0: a simple product
 * @param createdAt epoch seconds
 */
public record Offer(
        int number,
        String name,
        String sku,
        ProductRange range,
        int price,
        int unitCost,
        int sizes,
        long createdAt) {
    static final List<String> SIZES = List.of("Small", "Medium", "Large", "Family");

    /**
     * Similar products of one category.
     *
     * @param parent the name of the category above; empty: none
     * @param lowest lowest price
     * @param highest highest price
     * @param nouns names of its products, before the style
     */
    public record ProductRange(
            String name, String parent, int lowest, int highest, List<String> nouns) {}

    /** A size's price: each size costs more than the one before. */
    int priceOf(int size) {
        return size < 0 ? price : price + price * 45 / 100 * size;
    }

    /** Unit cost of a size; −1: unknown. */
    int costOf(int size) {
        if (size < 0 || unitCost < 0 || ownCost(size) < 0) {
            return unitCost;
        }
        return addsCost(size) ? unitCost + ownCost(size) : ownCost(size);
    }

    /** A size's own cost; −1: none, its parent's cost applies. */
    int ownCost(int size) {
        if (unitCost < 0) {
            return Product.UNKNOWN_COST;
        }
        return switch (size) {
            case 1 -> price * 15 / 100;
            case 2 -> unitCost * 14 / 10;
            default -> Product.UNKNOWN_COST;
        };
    }

    /** Whether a size's own cost is added to its parent's instead of replacing it. */
    static boolean addsCost(int size) {
        return size == 1;
    }

    static String sizeName(int size) {
        return SIZES.get(size);
    }
}
