package io.shopflow.shop;

/** A product category; {@code parent} is 0 at the top. */
record Category(long id, String name, String slug, long parent) {
    Category renamed(String newName) {
        return new Category(id, newName, slug, parent);
    }
}
