package io.shopflow.shop;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A product or one variation of it. Prices in pence with VAT, costs in pence without. */
final class Product {
    static final int UNKNOWN_COST = -1;

    final long id;
    final long parentId;
    final String slug;
    final long createdAt;
    final List<Product> variations = new ArrayList<>();
    final String option;
    Category category;
    String name;
    String sku;
    int price;
    int cost;

    /** Whether a variation's own cost is added to its parent's. */
    boolean addsCost;

    int sold;
    int ratingSum;
    int ratings;
    long modifiedAt;

    /** Wrong values planted on purpose: JSON pointer to the text that replaces it. */
    final Defects defects = new Defects();

    Product(
            long id,
            @Nullable Product parent,
            Category category,
            String name,
            String option,
            String sku,
            int price,
            int cost,
            long createdAt) {
        this.id = id;
        this.parentId = parent == null ? 0 : parent.id;
        this.category = category;
        this.name = name;
        this.option = option;
        this.slug = Catalogue.slug(parent == null ? name : parent.name);
        this.sku = sku;
        this.price = price;
        this.cost = cost;
        this.createdAt = createdAt;
        this.modifiedAt = createdAt;
    }

    boolean hasVariations() {
        return !variations.isEmpty();
    }

    /** Unit cost, for a variation derived from its parent's; −1: unknown. */
    int unitCost(@Nullable Product parent) {
        if (parent == null) {
            return cost;
        }
        if (cost == UNKNOWN_COST) {
            return parent.cost;
        }
        return addsCost ? cost + Math.max(0, parent.cost) : cost;
    }
}
