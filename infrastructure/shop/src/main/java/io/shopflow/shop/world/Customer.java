package io.shopflow.shop.world;

/**
 * A registered customer.
 *
 * @param createdAt when the customer registered, in epoch seconds
 * @param modifiedAt when the customer last moved
 * @param paying whether the customer ever paid an order
 */
public record Customer(long id, long createdAt, long modifiedAt, Person person, boolean paying) {

    Customer paid() {
        return new Customer(id, createdAt, modifiedAt, person, true);
    }

    Customer movedTo(Person address, long at) {
        return new Customer(id, createdAt, at, person.movedTo(address), paying);
    }
}
