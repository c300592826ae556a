package io.shopflow.shop.world;

/** A product category; {@code parent} is 0 at the top. */
public record Category(long id, String name, String slug, long parent) {
    Category renamed(String newName) {
        return new Category(id, newName, slug, parent);
    }
}
