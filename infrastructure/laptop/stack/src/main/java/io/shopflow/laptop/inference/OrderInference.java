package io.shopflow.laptop.inference;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Infers the mapping of {@code orders}. */
final class OrderInference {

    private static final int MOST_STATES = 40;

    private final Table table;
    private final Tables tables;
    private final boolean headsOnly;

    private OrderInference(Table table, Tables tables) {
        this.table = table;
        this.tables = tables;
        // The order is on the first of its rows only.
        this.headsOnly = table.isOnFirstRowsOnly(table.column(Role.ORDERED_AT));
    }

    static StreamMapping of(Table table, Tables tables) {
        return new OrderInference(table, tables).mapping();
    }

    /** The states of orders in a table; none if its column cannot be one of states. */
    static Set<String> states(Table table) {
        return table.find(Role.STATUS)
                .map(table::distinct)
                .filter(states -> states.size() <= MOST_STATES)
                .orElse(Set.of());
    }

    private StreamMapping mapping() {
        StreamMapping orders = new StreamMapping(table, tables);
        String date = table.column(Role.ORDERED_AT);
        if (headsOnly) {
            orders.requireValue(date);
        } else if (table.repeatsOrders()) {
            orders.allowRepeatedIds();
        }
        orders.mapColumn("id", Role.ORDER_ID);
        CustomerInference.id(table).ifPresent(id -> orders.mapField("customer_id", id));
        status(orders);
        orders.mapColumn("currency", Role.CURRENCY);
        orders.mapField("ordered_at", YamlText.of(date));
        orders.mapColumn("paid_at", Role.PAID_AT);
        orders.mapColumn("completed_at", Role.COMPLETED_AT);
        orders.mapColumn("payment_method", Role.PAYMENT_METHOD);
        if (isOfOrders(Role.TOTAL)) {
            orders.mapColumn("total", Role.TOTAL);
        }
        if (isOfOrders(Role.TAX)) {
            orders.mapAmount("tax", table.column(Role.TAX));
        }
        if (isOfOrders(Role.SHIPPING)) {
            orders.mapAmount("shipping", table.column(Role.SHIPPING));
        }
        discount(orders);
        orders.mapColumn("ship_city", Role.CITY);
        orders.mapColumn("ship_region", Role.REGION);
        orders.mapColumn("ship_postcode", Role.POSTCODE);
        if (table.has(Role.COUNTRY)) {
            orders.mapColumn("ship_country", Role.COUNTRY);
        } else {
            countryOfCustomer().ifPresent(lookup -> orders.mapField("ship_country", lookup));
        }
        return orders;
    }

    private boolean isOfOrders(Role role) {
        return table.has(role)
                && (headsOnly
                        || !table.repeatsOrders()
                        || tables.hasItemsApart(table)
                        || table.isOfOrder(table.column(role)));
    }

    private void status(StreamMapping orders) {
        Optional<String> column = table.find(Role.STATUS);
        if (column.isPresent() && table.distinct(column.get()).size() <= MOST_STATES) {
            orders.mapField("status", YamlText.of(column.get()));
            return;
        }
        orders.addComment(
                column.isEmpty()
                        ? "Check: the file has no column of states, so every order counts."
                        : "Check: %s has too many values to be one of states, so every order counts."
                                .formatted(YamlText.comment(column.get())));
        orders.mapField("status", "{constant: completed}");
    }

    /** A discount of the whole order: in the sum of the discounts of its lines, or beside it. */
    private void discount(StreamMapping orders) {
        Optional<Role> role =
                List.of(Role.ORDER_DISCOUNT, Role.DISCOUNT).stream()
                        .filter(this::isOfOrders)
                        .findFirst();
        if (role.isEmpty()) {
            return;
        }
        String column = table.column(role.get());
        if (tables.share(table, column).isPresent()) {
            orders.addComment(
                    "Check: %s seems to be a share, not an amount; it is not mapped."
                            .formatted(YamlText.comment(column)));
            return;
        }
        boolean separate = new OrderTotals(table, tables).areBeside(column);
        if (separate) {
            orders.addComment("Beside the discounts of the lines: so the totals are right.");
        }
        orders.mapAmount(separate ? "separate_discount" : "discount", column);
    }

    private Optional<String> countryOfCustomer() {
        Optional<String> customer = table.find(Role.CUSTOMER_ID);
        if (customer.isEmpty()) {
            return Optional.empty();
        }
        return tables.all().stream()
                .filter(other -> other.hasCustomers() && other.has(Role.COUNTRY))
                .filter(other -> other.has(Role.CUSTOMER_ID) || other.has(Role.ID))
                .findFirst()
                .map(
                        customers ->
                                "{lookup: {file: %s, format: %s, on: %s, key: %s, column: %s}}"
                                        .formatted(
                                                FileNames.yaml(customers.files()),
                                                customers.layout().yaml().isEmpty()
                                                        ? "{type: csv}"
                                                        : customers.layout().yaml(),
                                                YamlText.of(customer.get()),
                                                YamlText.of(
                                                        customers
                                                                .find(Role.CUSTOMER_ID)
                                                                .orElseGet(
                                                                        () ->
                                                                                customers.column(
                                                                                        Role.ID))),
                                                YamlText.of(customers.column(Role.COUNTRY))));
    }
}
