package io.shopflow.shop.world;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The registered customers of a shop. Guarded by the {@link Shop}'s lock. */
public final class Customers {
    private static final long FIRST_ID = 2;

    final NavigableMap<Long, Customer> byId = new TreeMap<>();

    /** The ids of all customers, the earliest registered first. */
    final List<Long> registered = new ArrayList<>();

    private final Population population;
    private long nextId = FIRST_ID;
    private long nextPerson;

    /** The customers of the history. */
    Customers(Population population, OrderGenerator generator, int count) {
        this.population = population;
        for (int i = 0; i < count; i++) {
            register(generator.registeredAt(i));
        }
    }

    /** All customers, by id. */
    public Collection<Customer> all() {
        return Collections.unmodifiableCollection(byId.values());
    }

    /** The customer with an id, or null. */
    public @Nullable Customer find(long id) {
        return byId.get(id);
    }

    /** The customer with a number from 0, in the order of registration. */
    Customer numbered(int number) {
        return Objects.requireNonNull(byId.get(registered.get(number)));
    }

    Customer random(SeededRandom random) {
        return numbered(random.below(registered.size()));
    }

    Customer register(long at) {
        Customer customer = new Customer(nextId++, at, at, newPerson(), false);
        byId.put(customer.id(), customer);
        registered.add(customer.id());
        return customer;
    }

    void paid(long id) {
        byId.computeIfPresent(id, (key, customer) -> customer.paid());
    }

    void move(Customer customer, long at) {
        byId.put(customer.id(), customer.movedTo(newPerson(), at));
    }

    void delete(Customer customer) {
        byId.remove(customer.id());
        registered.remove(customer.id());
    }

    /** The guest with a number. */
    Person guest(long number) {
        return population.person(number);
    }

    /** People of even numbers are customers and their new addresses, those of odd ones guests. */
    private Person newPerson() {
        return population.person(2 * nextPerson++);
    }
}
