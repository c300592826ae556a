package io.shopflow.shop.world;

import io.shopflow.shop.world.Offer.ProductRange;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The products and categories of a shop. Guarded by the {@link Shop}'s lock. */
public final class Products {
    private static final long FIRST_CATEGORY_ID = 16;

    final NavigableMap<Long, Product> byId = new TreeMap<>();

    /** What can be bought, by number in the catalogue. */
    final List<Product> assortment = new ArrayList<>();

    final List<Category> categories = new ArrayList<>();

    /** The products of a catalogue in categories named after its ranges. */
    Products(ShopState shop, Catalogue catalogue, int count) {
        for (ProductRange range : Catalogue.RANGES) {
            long parent =
                    categories.stream()
                            .filter(category -> category.name().equals(range.parent()))
                            .mapToLong(Category::id)
                            .findFirst()
                            .orElse(0);
            long id = FIRST_CATEGORY_ID + categories.size();
            categories.add(new Category(id, range.name(), Catalogue.slug(range.name()), parent));
        }
        for (int i = 0; i < count; i++) {
            Offer offer = catalogue.offer(i);
            Category category = categories.get(Catalogue.RANGES.indexOf(offer.range()));
            Product product = new Product(shop.nextId(), offer, category);
            for (int size = 0; size < offer.sizes(); size++) {
                product.addVariation(shop.nextId(), offer, size);
            }
            byId.put(product.id, product);
            assortment.add(product);
        }
    }

    /** All products without their variations, by id. */
    public Collection<Product> all() {
        return Collections.unmodifiableCollection(byId.values());
    }

    /** The variations of all products. */
    public Stream<Product> variations() {
        return byId.values().stream().flatMap(product -> product.variations().stream());
    }

    /** The product with an id, or null; a variation is none. */
    public @Nullable Product find(long id) {
        return byId.get(id);
    }

    /** All categories, in the order of their creation. */
    public List<Category> categories() {
        return Collections.unmodifiableList(categories);
    }

    /** The product or variation with an id, or null. */
    @Nullable Product findAny(long id) {
        Product product = byId.get(id);
        return product != null
                ? product
                : variations().filter(variation -> variation.id == id).findFirst().orElse(null);
    }

    @Nullable Category findCategory(long id) {
        return categories.stream().filter(each -> each.id() == id).findFirst().orElse(null);
    }

    void renameCategory(Category category, String name) {
        Category renamed = category.renamed(name);
        categories.replaceAll(each -> each.id() == category.id() ? renamed : each);
        for (Product product : byId.values()) {
            if (product.category().id() == category.id()) {
                product.classify(renamed);
            }
        }
    }

    Category addCategory(String name) {
        long id = categories.stream().mapToLong(Category::id).max().orElse(0) + 1;
        Category added = new Category(id, name, Catalogue.slug(name), 0);
        categories.add(added);
        return added;
    }

    /** Deletes a product; from now on, the first one is bought instead. */
    void delete(Product product) {
        byId.remove(product.id);
        Product other = byId.firstEntry().getValue();
        assortment.replaceAll(offered -> offered == product ? other : offered);
    }
}
