package io.shopflow.shop;

/** A registered customer. */
final class Customer {
    final long id;
    final long createdAt;
    final Defects defects = new Defects();
    Person person;
    long modifiedAt;
    boolean paying;

    Customer(long id, long createdAt, Person person) {
        this.id = id;
        this.createdAt = createdAt;
        this.modifiedAt = createdAt;
        this.person = person;
    }

    /** WordPress's default sort key of customers. */
    String displayName() {
        return person.firstName() + " " + person.lastName();
    }
}
