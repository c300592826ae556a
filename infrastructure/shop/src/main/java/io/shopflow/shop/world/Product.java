package io.shopflow.shop.world;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A product or one variation of it. Prices are pence with VAT, costs pence without, instants epoch
 * seconds.
 */
public final class Product {
    /** Instead of a cost: the shop never entered one. */
    public static final int UNKNOWN_COST = -1;

    public final long id;

    /** The product that this is a variation of; null: it is not a variation. */
    public final @Nullable Product parent;

    /** A variation's is its size. */
    public final String name;

    /** The last part of the address of the product's page; a variation has its parent's. */
    public final String slug;

    public final String sku;

    /** Whether a variation's own cost is added to its parent's instead of replacing it. */
    public final boolean addsCost;

    public final long createdAt;
    private final List<Product> variations = new ArrayList<>();
    private Category category;
    private int price;
    private int cost;
    private int sold;
    private int ratings;
    private int ratingSum;
    private long modifiedAt;

    /** The offer as a product, without its sizes. */
    Product(long id, Offer offer, Category category) {
        this.id = id;
        this.parent = null;
        this.name = offer.name();
        this.slug = Catalogue.slug(name);
        this.sku = offer.sku();
        this.addsCost = false;
        this.category = category;
        this.price = offer.price();
        this.cost = offer.unitCost();
        this.createdAt = offer.createdAt();
        this.modifiedAt = createdAt;
    }

    /** A size of the offer as a variation of a product. */
    private Product(long id, Offer offer, Product parent, int size) {
        this.id = id;
        this.parent = parent;
        this.name = Offer.sizeName(size);
        this.slug = parent.slug;
        this.sku = offer.sku() + "-" + (size + 1);
        this.addsCost = Offer.addsCost(size);
        this.category = parent.category;
        this.price = offer.priceOf(size);
        this.cost = offer.ownCost(size);
        this.createdAt = offer.createdAt();
        this.modifiedAt = createdAt;
    }

    void addVariation(long variationId, Offer offer, int offeredSize) {
        variations.add(new Product(variationId, offer, this, offeredSize));
    }

    /** The product that this is a variation of, or this product. */
    public Product parentOrSelf() {
        return parent == null ? this : parent;
    }

    /** The name that an order line shows. */
    String saleName() {
        return parent == null ? name : parent.name + " - " + name;
    }

    /** The variations, the smallest size first; empty for a simple product and for a variation. */
    public List<Product> variations() {
        return Collections.unmodifiableList(variations);
    }

    /** Whether only the variations of this product can be bought. */
    public boolean hasVariations() {
        return !variations.isEmpty();
    }

    /** The category, which a variation shares with its parent. */
    public Category category() {
        return category;
    }

    /** The price with VAT. */
    public int price() {
        return price;
    }

    /** The cost as entered for this product or variation itself; −1: unknown. */
    public int cost() {
        return cost;
    }

    /** The cost of one unit; without one of its own a variation has its parent's; −1: unknown. */
    public int unitCost() {
        if (parent == null) {
            return cost;
        }
        if (cost == UNKNOWN_COST) {
            return parent.cost;
        }
        return addsCost ? cost + Math.max(0, parent.cost) : cost;
    }

    /** Units ever sold. */
    public int sold() {
        return sold;
    }

    /** The number of reviews. */
    public int ratings() {
        return ratings;
    }

    /** The sum of the reviews' stars. */
    public int ratingSum() {
        return ratingSum;
    }

    /** When the product or one of its variations was last changed or sold. */
    public long modifiedAt() {
        return modifiedAt;
    }

    void touch(long at) {
        modifiedAt = Math.max(modifiedAt, at);
        if (parent != null) {
            parent.touch(at);
        }
    }

    void reprice(int pence, long at) {
        price = pence;
        touch(at);
    }

    void changeCost(int pence, long at) {
        cost = pence;
        touch(at);
    }

    /** Changes the category of the product and its variations, which does not modify them. */
    void classify(Category newCategory) {
        category = newCategory;
        variations.forEach(variation -> variation.category = newCategory);
    }

    void sell(int units, long at) {
        sold += units;
        if (parent != null) {
            parent.sold += units;
        }
        touch(at);
    }

    void rate(int stars) {
        ratings++;
        ratingSum += stars;
    }
}
