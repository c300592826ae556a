package io.shopflow.shop.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.shopflow.shop.api.Route.Call;
import io.shopflow.shop.world.Customer;
import io.shopflow.shop.world.Shop;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.LongPredicate;
import java.util.function.Supplier;

/** {@code /customers}: the registered customers, and on request the administrator. */
record CustomerResource(Shop shop, WooJson json) {
    private static final long ADMINISTRATOR = 1;
    private static final String ADMINISTRATOR_EMAIL = "admin@shop.example";
    private static final List<String> SORT_KEYS =
            List.of("id", "include", "name", "registered_date");
    private static final List<String> ROLES =
            List.of(
                    "all,administrator,editor,author,contributor,subscriber,customer,shop_manager"
                            .split(","));

    List<Route> routes() {
        return List.of(
                Route.get("/customers", this::list), Route.get("/customers/{id}", this::read));
    }

    /** Neither {@code after} nor {@code modified_after} filters customers; they are ignored. */
    private ShopResponse list(Call call) {
        Query query = call.query();
        Comparator<Customer> sorting =
                query.sorting("name", "asc", SORT_KEYS, CustomerResource::sortedBy);
        String role = query.choice("role", "customer", ROLES);
        String email = query.text("email");
        LongPredicate include = query.ids("include");
        List<Supplier<ObjectNode>> rows = new ArrayList<>();
        boolean unfiltered = email == null && query.text("include") == null;
        if (unfiltered && (role.equals("all") || role.equals("administrator"))) {
            rows.add(this::administrator);
        }
        if (role.equals("all") || role.equals("customer")) {
            shop.customers().all().stream()
                    .filter(each -> email == null || each.person().email().equalsIgnoreCase(email))
                    .filter(each -> include.test(each.id()))
                    .sorted(sorting)
                    .forEach(each -> rows.add(() -> row(each)));
        }
        return new Listing<Supplier<ObjectNode>>(json.url("/customers"), Supplier::get)
                .page(query, rows);
    }

    private static Comparator<Customer> sortedBy(String key) {
        Comparator<Customer> byId = Comparator.comparingLong(customer -> customer.id());
        return switch (key) {
            case "name" ->
                    Comparator.<Customer, String>comparing(each -> each.person().fullName())
                            .thenComparing(byId);
            case "registered_date" ->
                    Comparator.<Customer>comparingLong(each -> each.createdAt())
                            .thenComparing(byId);
            default -> byId;
        };
    }

    private ShopResponse read(Call call) {
        return call.answer(call.id() == ADMINISTRATOR ? administrator() : row(find(call.id())));
    }

    private Customer find(long id) {
        Customer customer = shop.customers().find(id);
        if (customer == null) {
            throw ApiError.of(404, "wc_user_invalid_id", "Invalid user ID.");
        }
        return customer;
    }

    private ObjectNode row(Customer customer) {
        ObjectNode row = row(customer.id(), customer.person().email());
        json.date(row, "date_created", customer.createdAt());
        json.date(row, "date_modified", customer.modifiedAt());
        row.put("first_name", customer.person().firstName());
        row.put("last_name", customer.person().lastName());
        row.put("username", customer.person().username());
        WooJson.addresses(row, customer.person());
        row.put("is_paying_customer", customer.paying());
        json.links(row, "/customers/" + customer.id(), "/customers", WooJson.ALL_METHODS);
        return row;
    }

    /** The account that set the shop up: visible only with {@code role=all}. */
    private ObjectNode administrator() {
        ObjectNode row = row(ADMINISTRATOR, ADMINISTRATOR_EMAIL);
        json.date(row, "date_created", shop.plan().start());
        row.put("role", "administrator");
        row.put("username", "admin");
        json.links(row, "/customers/" + ADMINISTRATOR, "/customers", WooJson.READ_AND_UPDATE);
        return row;
    }

    private static ObjectNode row(long id, String email) {
        return WooJson.row("customer")
                .put("id", id)
                .put("email", email)
                .put("avatar_url", WooJson.avatar(email, 96));
    }
}
