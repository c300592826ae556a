package io.shopflow.laptop.inference;

import java.util.Arrays;
import java.util.List;

/** What a column means. Of dates and numbers, earlier ones are looked at first. */
enum Role {
    ORDER_ID(Kind.TEXT),
    LINE_ID(Kind.TEXT),
    POSITION(Kind.TEXT),
    CUSTOMER_ID(Kind.TEXT),
    EMAIL(Kind.TEXT),
    CITY(Kind.TEXT),
    REGION(Kind.TEXT),
    POSTCODE(Kind.TEXT),
    COUNTRY(Kind.TEXT),
    PRODUCT_ID(Kind.TEXT),
    SKU(Kind.TEXT),
    PRODUCT_NAME(Kind.TEXT),
    CATEGORY(Kind.TEXT),
    STATUS(Kind.TEXT),
    CURRENCY(Kind.TEXT),
    PAYMENT_METHOD(Kind.TEXT),
    ID(Kind.TEXT),
    NAME(Kind.TEXT),
    ORDERED_AT(Kind.DATE),
    PAID_AT(Kind.DATE),
    COMPLETED_AT(Kind.DATE),
    REFUNDED_AT(Kind.DATE),
    CREATED_AT(Kind.DATE),
    QUANTITY(Kind.NUMBER),
    UNIT_PRICE(Kind.NUMBER),
    LINE_TOTAL(Kind.NUMBER),
    LINE_DISCOUNT(Kind.NUMBER),
    ORDER_DISCOUNT(Kind.NUMBER),
    DISCOUNT(Kind.NUMBER),
    SHIPPING(Kind.NUMBER),
    TAX(Kind.NUMBER),
    TOTAL(Kind.NUMBER),
    REFUND(Kind.NUMBER),
    UNIT_COST(Kind.NUMBER),
    LIST_PRICE(Kind.NUMBER);

    static final List<Role> DATES = of(Kind.DATE);
    static final List<Role> NUMBERS = of(Kind.NUMBER);

    private final Kind kind;

    Role(Kind kind) {
        this.kind = kind;
    }

    /** What the values of a column are. */
    enum Kind {
        TEXT,
        DATE,
        NUMBER
    }

    Kind kind() {
        return kind;
    }

    private static List<Role> of(Kind kind) {
        return Arrays.stream(values()).filter(role -> role.kind == kind).toList();
    }
}
