package io.shopflow.shop;

/** A product review, written by a customer who forgot that everybody reads it. */
record Review(
        long id,
        long createdAt,
        Product product,
        Person person,
        int rating,
        String text,
        boolean verified) {}
