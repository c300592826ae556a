package io.shopflow.shop.world;

/** A product review, whose text may contain personal data. */
public record Review(
        long id,
        long createdAt,
        Product product,
        Person person,
        int rating,
        String text,
        boolean verified) {}
