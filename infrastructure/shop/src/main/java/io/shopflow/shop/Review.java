package io.shopflow.shop;

/** A product review, whose text may contain personal data. */
record Review(
        long id,
        long createdAt,
        Product product,
        Person person,
        int rating,
        String text,
        boolean verified) {}
