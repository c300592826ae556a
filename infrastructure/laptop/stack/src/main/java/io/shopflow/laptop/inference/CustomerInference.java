package io.shopflow.laptop.inference;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Infers the mapping of {@code customers}. */
final class CustomerInference {

    private CustomerInference() {}

    /** Of customers, or of orders that name them; none if nothing identifies a customer. */
    static Optional<StreamMapping> of(Table table, Tables tables) {
        if (table.hasOrders() && tables.haveCustomers()) {
            return Optional.empty();
        }
        Optional<String> id =
                table.hasCustomers() && !table.has(Role.CUSTOMER_ID) && table.has(Role.ID)
                        ? table.find(Role.ID).map(YamlText::of)
                        : id(table);
        if (id.isEmpty()) {
            return Optional.empty();
        }
        StreamMapping customers = new StreamMapping(table, tables);
        if (table.hasOrders()) {
            customers.allowRepeatedIds();
            identified(table, customers);
        }
        customers.mapField("id", id.get());
        customers.mapColumn("email", Role.EMAIL);
        customers.mapColumn("city", Role.CITY);
        customers.mapColumn("region", Role.REGION);
        customers.mapColumn("postcode", Role.POSTCODE);
        customers.mapColumn("country", Role.COUNTRY);
        if (table.hasCustomers()) {
            customers.mapColumn("created_at", Role.CREATED_AT);
        }
        return Optional.of(customers);
    }

    /** What identifies a customer: an id, or else the e-mail address. */
    static Optional<String> id(Table table) {
        Optional<String> email =
                table.find(Role.EMAIL)
                        .map(
                                column ->
                                        "{column: %s, letters: lower}"
                                                .formatted(YamlText.of(column)));
        Optional<String> id = table.find(Role.CUSTOMER_ID);
        if (id.isPresent() && email.isPresent() && table.hasGaps(id.get())) {
            return Optional.of(
                    "{column: %s, fallback: %s}".formatted(YamlText.of(id.get()), email.get()));
        }
        return id.map(YamlText::of).or(() -> email);
    }

    /** Leaves out the orders of unknown customers. */
    private static void identified(Table table, StreamMapping customers) {
        List<String> columns =
                List.of(Role.CUSTOMER_ID, Role.EMAIL).stream()
                        .flatMap(role -> table.find(role).stream())
                        .toList();
        if (table.rows().stream().allMatch(row -> columns.stream().anyMatch(row::containsKey))) {
            return;
        }
        String condition =
                columns.stream().map(StreamMapping::hasValue).collect(Collectors.joining(", "));
        customers.addCondition(columns.size() == 1 ? condition : "any: [" + condition + "]");
    }
}
