package io.shopflow.shop;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.shopflow.shop.Order.Refund;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The routes of {@code /wp-json/wc/v3} with the parameters that each of them filters by, sorts by
 * and ignores.
 */
final class Routes {
    private static final Pattern ID_PATH = Pattern.compile("/([a-z/]+)/(\\d+)");
    private static final Pattern NESTED_PATH =
            Pattern.compile("/(orders|products)/(\\d+)/(refunds|variations)(?:/(\\d+))?");
    private static final List<String> ORDERINGS =
            List.of("date", "id", "include", "title", "slug", "modified");
    private static final List<String> PRODUCT_ORDERINGS =
            List.of(
                    "date",
                    "id",
                    "include",
                    "title",
                    "slug",
                    "modified",
                    "price",
                    "popularity",
                    "rating",
                    "menu_order");
    private static final List<String> CUSTOMER_ORDERINGS =
            List.of("id", "include", "name", "registered_date");
    private static final List<String> REVIEW_ORDERINGS =
            List.of("date", "date_gmt", "id", "include", "product");
    private static final List<String> CATEGORY_ORDERINGS =
            List.of("id", "include", "name", "slug", "term_group", "description", "count");
    private static final List<String> ROLES =
            List.of(
                    "all",
                    "administrator",
                    "editor",
                    "author",
                    "contributor",
                    "subscriber",
                    "customer",
                    "shop_manager");
    private static final List<String> DIRECTIONS = List.of("asc", "desc");

    private final Shop shop;
    private final ShopJson json;
    private final String base;

    Routes(Shop shop, String base) {
        this.shop = shop;
        this.json = new ShopJson(shop, base);
        this.base = base;
    }

    private Map<String, String> orderDefaults() {
        Map<String, String> defaults = new LinkedHashMap<>();
        defaults.put("dp", Integer.toString(shop.decimals()));
        defaults.put("context", "view");
        return defaults;
    }

    /**
     * An answer.
     *
     * @param total rows in all pages; −1: not a list
     * @param link the {@code Link} header; null: the API's own
     */
    record Answer(int status, JsonNode body, int total, int pages, @Nullable String link) {
        static Answer of(JsonNode body) {
            return new Answer(200, body, -1, -1, null);
        }
    }

    /** Answers a request for {@code path} below the API's base. */
    Answer answer(String method, String path, Query query, @Nullable JsonNode body) {
        return shop.locked(
                () ->
                        switch (method) {
                            case "GET", "HEAD" -> read(path, query);
                            case "POST", "PUT", "PATCH" -> write(path, query, body, method);
                            case "DELETE" -> delete(path, query);
                            default -> throw ApiError.noRoute();
                        });
    }

    /** Answers {@code /wp-json/}, which needs no key. */
    Answer site(Query query) {
        return shop.locked(
                () -> {
                    if (shop.hidesSite()) {
                        throw ApiError.of(
                                401, "rest_not_logged_in", "You are not currently logged in.");
                    }
                    return Answer.of(Fields.of(query).select(json.site()));
                });
    }

    // ---------------------------------------------------------------- reading

    private Answer read(String path, Query query) {
        return switch (path) {
            case "/orders" -> orders(query);
            case "/refunds" -> refunds(shop.refunds.values(), query, "/refunds");
            case "/customers" -> customers(query);
            case "/products" -> products(query);
            case "/variations" ->
                    variations(
                            shop.products.values().stream()
                                    .flatMap(product -> product.variations.stream())
                                    .toList(),
                            query,
                            path);
            case "/products/reviews" -> reviews(query);
            case "/products/categories" -> categories(query);
            case "/data/currencies/current" -> one(json.currency(), query);
            case "/settings/general" -> Answer.of(json.generalSettings());
            case "/reports/orders/totals" -> Answer.of(json.orderTotals());
            default -> readOne(path, query);
        };
    }

    private Answer readOne(String path, Query query) {
        Matcher nested = NESTED_PATH.matcher(path);
        if (nested.matches()) {
            return nested(nested, query);
        }
        Matcher byId = ID_PATH.matcher(path);
        if (!byId.matches()) {
            throw ApiError.noRoute();
        }
        long id = Long.parseLong(byId.group(2));
        return switch (byId.group(1)) {
            case "orders" -> one(json.order(order(id), query.decimals()), query);
            case "customers" ->
                    one(id == 1 ? json.administrator() : json.customer(customer(id)), query);
            case "products" -> one(json.product(product(id)), query);
            case "products/reviews" -> {
                Review review = shop.reviews.get(id);
                if (review == null) {
                    throw ApiError.noReview();
                }
                yield one(json.review(review), query);
            }
            default -> throw ApiError.noRoute();
        };
    }

    private Answer nested(Matcher path, Query query) {
        long parent = Long.parseLong(path.group(2));
        String route = path.group(1) + "/" + path.group(3);
        if (route.equals("orders/refunds")) {
            Order order = shop.orders.get(parent);
            if (path.group(4) == null) {
                return refunds(
                        order == null ? List.of() : order.refunds,
                        query,
                        "/orders/" + parent + "/refunds");
            }
            return one(
                    json.refund(
                            refund(order, Long.parseLong(path.group(4))), false, query.decimals()),
                    query);
        }
        if (!route.equals("products/variations")) {
            throw ApiError.noRoute();
        }
        Product product = product(parent);
        if (path.group(4) == null) {
            return variations(product.variations, query, path.group());
        }
        long id = Long.parseLong(path.group(4));
        return one(
                json.variation(
                        product,
                        product.variations.stream()
                                .filter(variation -> variation.id == id)
                                .findFirst()
                                .orElseThrow(ApiError::noProduct)),
                query);
    }

    private Answer orders(Query query) {
        Bounds bounds = Bounds.of(query, true);
        String orderBy = query.choice("orderby", "date", ORDERINGS);
        boolean ascending = ascending(query, "desc");
        Set<OrderState> states = query.states();
        List<Long> include = query.ids("include");
        List<Long> customer = query.ids("customer");
        int dp = query.decimals();
        Page page = Page.of(query);
        query.check();
        Collection<Order> candidates = shop.orders.values();
        if (orderBy.equals("modified")) {
            candidates = ascending ? shop.ordersByModified : shop.ordersByModified.descendingSet();
        }
        Predicate<Order> wanted =
                order ->
                        states.contains(order.state)
                                && bounds.hold(order.createdAt, order.modifiedAt)
                                && (include == null || include.contains(order.id))
                                && (customer == null || customer.contains(order.customerId));
        List<Order> rows = new ArrayList<>();
        for (Order order : candidates) {
            if (wanted.test(order)) {
                rows.add(order);
            }
        }
        if (!orderBy.equals("modified")) {
            ToLongFunction<Order> key =
                    orderBy.equals("date") ? order -> order.createdAt : order -> 0;
            sort(rows, key, order -> order.id, ascending);
        }
        Listing<Order> listing =
                new Listing<>(
                        "/orders",
                        rows,
                        order -> json.order(order, dp),
                        true,
                        true,
                        orderDefaults());
        return listing.answer(page, query);
    }

    private Answer refunds(Collection<Refund> candidates, Query query, String path) {
        boolean global = path.equals("/refunds");
        Bounds bounds = Bounds.of(query, true);
        String orderBy = query.choice("orderby", "date", ORDERINGS);
        boolean ascending = ascending(query, "desc");
        int dp = query.decimals();
        List<Long> include = query.ids("include");
        Page page = Page.of(query);
        query.check();
        List<Refund> rows = new ArrayList<>();
        for (Refund refund : candidates) {
            boolean wanted =
                    global
                            ? bounds.hold(refund.createdAt, refund.createdAt)
                            : bounds.holdModified(refund.createdAt);
            if (wanted && (include == null || include.contains(refund.id))) {
                rows.add(refund);
            }
        }
        ToLongFunction<Refund> key =
                orderBy.equals("id") ? refund -> 0 : refund -> refund.createdAt;
        sort(rows, key, refund -> refund.id, ascending);
        return new Listing<>(
                        path,
                        rows,
                        refund -> json.refund(refund, global, dp),
                        true,
                        false,
                        Map.of("dp", Integer.toString(shop.decimals())))
                .answer(page, query);
    }

    /** Neither {@code after} nor {@code modified_after} filters customers; they are ignored. */
    private Answer customers(Query query) {
        String orderBy = query.choice("orderby", "name", CUSTOMER_ORDERINGS);
        boolean ascending = ascending(query, "asc");
        String role = query.choice("role", "customer", ROLES);
        String email = query.text("email");
        List<Long> include = query.ids("include");
        Page page = Page.of(query);
        query.check();
        List<Customer> rows = new ArrayList<>();
        if (role.equals("customer") || role.equals("all")) {
            for (Customer customer : shop.customers.values()) {
                if ((email == null || customer.person.email().equalsIgnoreCase(email))
                        && (include == null || include.contains(customer.id))) {
                    rows.add(customer);
                }
            }
        }
        switch (orderBy) {
            case "name" -> {
                Comparator<Customer> byName =
                        Comparator.comparing(Customer::displayName)
                                .thenComparingLong(customer -> customer.id);
                rows.sort(ascending ? byName : byName.reversed());
            }
            case "registered_date" ->
                    sort(rows, customer -> customer.createdAt, customer -> customer.id, ascending);
            default -> sort(rows, customer -> 0, customer -> customer.id, ascending);
        }
        boolean withAdministrator =
                (role.equals("all") || role.equals("administrator"))
                        && email == null
                        && include == null;
        List<ObjectNode> none = withAdministrator ? List.of(json.administrator()) : List.of();
        List<Object> all = new ArrayList<>(none);
        all.addAll(rows);
        return new Listing<>(
                        "/customers",
                        all,
                        row ->
                                row instanceof Customer customer
                                        ? json.customer(customer)
                                        : (ObjectNode) row,
                        false,
                        false,
                        Map.of())
                .answer(page, query);
    }

    private Answer products(Query query) {
        Bounds bounds = Bounds.of(query, false);
        String orderBy = query.choice("orderby", "date", PRODUCT_ORDERINGS);
        boolean ascending = ascending(query, "desc");
        List<Long> include = query.ids("include");
        List<Long> category = query.ids("category");
        String sku = query.text("sku");
        Page page = Page.of(query);
        query.check();
        List<Product> rows = new ArrayList<>();
        for (Product product : shop.products.values()) {
            if (bounds.hold(product.createdAt, product.modifiedAt)
                    && (include == null || include.contains(product.id))
                    && (category == null || category.contains(product.category.id()))
                    && (sku == null || sku.equals(product.sku))) {
                rows.add(product);
            }
        }
        sort(rows, productKey(orderBy), product -> product.id, ascending);
        return new Listing<>("/products", rows, json::product, false, false, Map.of())
                .answer(page, query);
    }

    private Answer variations(List<Product> candidates, Query query, String path) {
        Bounds bounds = Bounds.of(query, false);
        String orderBy = query.choice("orderby", "date", PRODUCT_ORDERINGS);
        boolean ascending = ascending(query, "desc");
        Page page = Page.of(query);
        query.check();
        List<Product> rows = new ArrayList<>();
        for (Product variation : candidates) {
            if (bounds.holdModified(variation.modifiedAt)) {
                rows.add(variation);
            }
        }
        sort(rows, productKey(orderBy), variation -> variation.id, ascending);
        return new Listing<>(
                        path,
                        rows,
                        variation -> json.variation(shop.product(variation.parentId), variation),
                        false,
                        false,
                        Map.of())
                .answer(page, query);
    }

    private static ToLongFunction<Product> productKey(String orderBy) {
        return switch (orderBy) {
            case "date" -> product -> product.createdAt;
            case "modified" -> product -> product.modifiedAt;
            case "price" -> product -> product.price;
            case "popularity" -> product -> product.sold;
            default -> product -> 0;
        };
    }

    /** {@code after} filters reviews, {@code modified_after} is ignored. */
    private Answer reviews(Query query) {
        OptionalLong after = query.bound("after", false);
        OptionalLong before = query.bound("before", false);
        String orderBy = query.choice("orderby", "date_gmt", REVIEW_ORDERINGS);
        boolean ascending = ascending(query, "desc");
        List<Long> product = query.ids("product");
        Page page = Page.of(query);
        query.check();
        List<Review> rows = new ArrayList<>();
        for (Review review : shop.reviews.values()) {
            if (review.createdAt() > after.orElse(Long.MIN_VALUE)
                    && review.createdAt() < before.orElse(Long.MAX_VALUE)
                    && (product == null || product.contains(review.product().id))) {
                rows.add(review);
            }
        }
        ToLongFunction<Review> key =
                switch (orderBy) {
                    case "date", "date_gmt" -> Review::createdAt;
                    case "product" -> review -> review.product().id;
                    default -> review -> 0;
                };
        sort(rows, key, Review::id, ascending);
        return new Listing<>("/products/reviews", rows, json::review, false, false, Map.of())
                .answer(page, query);
    }

    private Answer categories(Query query) {
        String orderBy = query.choice("orderby", "name", CATEGORY_ORDERINGS);
        boolean ascending = ascending(query, "asc");
        Page page = Page.of(query);
        query.check();
        List<Category> rows = new ArrayList<>(shop.categories);
        Comparator<Category> order =
                orderBy.equals("id")
                        ? Comparator.comparingLong(Category::id)
                        : Comparator.comparing(Category::name);
        rows.sort(ascending ? order : order.reversed());
        return new Listing<>("/products/categories", rows, json::category, false, false, Map.of())
                .answer(page, query);
    }

    private static boolean ascending(Query query, String usual) {
        return query.choice("order", usual, DIRECTIONS).equals("asc");
    }

    private static <T> void sort(
            List<T> rows, ToLongFunction<T> key, ToLongFunction<T> id, boolean ascending) {
        Comparator<T> order = Comparator.comparingLong(key).thenComparingLong(id);
        rows.sort(ascending ? order : order.reversed());
    }

    /** The time window of a request; both ends are outside it. */
    private record Bounds(
            OptionalLong after,
            OptionalLong before,
            OptionalLong modifiedAfter,
            OptionalLong modifiedBefore) {

        static Bounds of(Query query, boolean newStorage) {
            return new Bounds(
                    query.bound("after", newStorage),
                    query.bound("before", newStorage),
                    query.bound("modified_after", newStorage),
                    query.bound("modified_before", newStorage));
        }

        boolean hold(long createdAt, long modifiedAt) {
            return createdAt > after.orElse(Long.MIN_VALUE)
                    && createdAt < before.orElse(Long.MAX_VALUE)
                    && holdModified(modifiedAt);
        }

        boolean holdModified(long modifiedAt) {
            return modifiedAt > modifiedAfter.orElse(Long.MIN_VALUE)
                    && modifiedAt < modifiedBefore.orElse(Long.MAX_VALUE);
        }
    }

    private record Page(int number, int size) {
        static Page of(Query query) {
            return new Page(query.page(), query.perPage());
        }
    }

    /**
     * All rows that match a request, which returns one page of them. A list with {@code
     * forgetsTotal} reports a total of zero beyond its end, like those of orders and refunds.
     */
    private final class Listing<T> {
        private final String path;
        private final List<T> rows;
        private final Function<T, ObjectNode> render;
        private final boolean forgetsTotal;
        private final boolean statusByName;
        private final Map<String, String> defaults;

        Listing(
                String path,
                List<T> rows,
                Function<T, ObjectNode> render,
                boolean forgetsTotal,
                boolean statusByName,
                Map<String, String> defaults) {
            this.path = path;
            this.rows = rows;
            this.render = render;
            this.forgetsTotal = forgetsTotal;
            this.statusByName = statusByName;
            this.defaults = defaults;
        }

        Answer answer(Page page, Query query) {
            long from = (long) (page.number() - 1) * page.size();
            boolean beyond = from >= rows.size();
            int total = beyond && forgetsTotal ? 0 : rows.size();
            int pages = (total + page.size() - 1) / page.size();
            ArrayNode body = JsonNodeFactory.instance.arrayNode();
            if (!beyond) {
                int start = (int) from;
                int end = Math.min(rows.size(), start + page.size());
                for (T row : rows.subList(start, end)) {
                    body.add(Fields.of(query).select(render.apply(row)));
                }
            }
            Map<String, String> added = beyond ? Map.of() : defaults;
            List<String> links = new ArrayList<>();
            if (page.number() > 1) {
                int previous = Math.min(page.number() - 1, pages);
                links.add(link(previous, "prev", query, added));
            }
            if (page.number() < pages) {
                links.add(link(page.number() + 1, "next", query, added));
            }
            return new Answer(
                    200, body, total, pages, links.isEmpty() ? null : String.join(", ", links));
        }

        private String link(int page, String relation, Query query, Map<String, String> added) {
            return "<%s%s%s>; rel=\"%s\""
                    .formatted(base, path, query.forPage(page, statusByName, added), relation);
        }
    }

    private static Answer one(ObjectNode row, Query query) {
        query.check();
        return Answer.of(Fields.of(query).select(row));
    }

    // ---------------------------------------------------------------- writing

    private Answer write(String path, Query query, @Nullable JsonNode given, String method) {
        JsonNode body = given == null ? JsonNodeFactory.instance.objectNode() : given;
        Matcher nested = NESTED_PATH.matcher(path);
        if (nested.matches() && nested.group(3).equals("refunds") && method.equals("POST")) {
            return createRefund(Long.parseLong(nested.group(2)), body);
        }
        Matcher byId = ID_PATH.matcher(path);
        if (!byId.matches()) {
            throw ApiError.noRoute();
        }
        long id = Long.parseLong(byId.group(2));
        switch (byId.group(1)) {
            case "orders" -> {
                order(id);
                String status = body.path("status").asText("");
                if (status.isEmpty()) {
                    shop.editOrder(id);
                } else {
                    shop.changeState(id, OrderState.named(status).orElseThrow(ApiError::noOrder));
                }
                return one(json.order(order(id), query.decimals()), query);
            }
            case "customers" -> {
                customer(id);
                shop.editCustomer(id);
                return one(json.customer(customer(id)), query);
            }
            case "products" -> {
                product(id);
                String price = body.path("regular_price").asText("");
                if (!price.isEmpty()) {
                    shop.changePrice(id, pence(price));
                }
                JsonNode costs = body.path("cost_of_goods_sold").path("values").path(0);
                if (costs.has("defined_value")) {
                    JsonNode cost = costs.path("defined_value");
                    shop.changeCost(id, cost.isNull() ? null : pence(cost.asText()));
                }
                return one(json.product(product(id)), query);
            }
            default -> throw ApiError.noRoute();
        }
    }

    private Answer createRefund(long orderId, JsonNode body) {
        Order order = order(orderId);
        if (body.path("api_refund").asBoolean(true)) {
            throw ApiError.aboutRefund(
                    "woocommerce_rest_cannot_create_order_refund",
                    "The payment gateway for this order does not support automatic refunds.",
                    500);
        }
        try {
            long refundId;
            JsonNode line = body.path("line_items").path(0);
            if (line.has("id")) {
                long lineId = line.path("id").asLong();
                int index = 0;
                while (index < order.lines.size() - 1 && order.lines.get(index).id != lineId) {
                    index++;
                }
                refundId = shop.refundLine(orderId, index, line.path("quantity").asInt(1));
            } else {
                refundId = shop.refundAmount(orderId, pence(body.path("amount").asText("0")));
            }
            Refund refund = refund(order, refundId);
            return new Answer(201, json.refund(refund, false, 2), -1, -1, null);
        } catch (IllegalArgumentException e) {
            throw ApiError.aboutRefund(
                    "woocommerce_rest_cannot_create_order_refund", "Invalid refund amount.", 500);
        }
    }

    private static int pence(String pounds) {
        return new java.math.BigDecimal(pounds).movePointRight(2).intValueExact();
    }

    private Answer delete(String path, Query query) {
        Matcher nested = NESTED_PATH.matcher(path);
        if (nested.matches() && nested.group(3).equals("refunds") && nested.group(4) != null) {
            Order order = shop.orders.get(Long.parseLong(nested.group(2)));
            Refund refund = refund(order, Long.parseLong(nested.group(4)));
            ObjectNode row = json.refund(refund, false, query.decimals());
            shop.deleteRefund(refund.id);
            return Answer.of(row);
        }
        Matcher byId = ID_PATH.matcher(path);
        if (!byId.matches()) {
            throw ApiError.noRoute();
        }
        long id = Long.parseLong(byId.group(2));
        boolean force = query.flag("force");
        switch (byId.group(1)) {
            case "orders" -> {
                ObjectNode row = json.order(order(id), query.decimals());
                if (force) {
                    shop.forceDeleteOrder(id);
                } else {
                    shop.trashOrder(id);
                }
                return Answer.of(row);
            }
            case "customers" -> {
                ObjectNode row = json.customer(customer(id));
                if (!force) {
                    throw ApiError.of(
                            501,
                            "woocommerce_rest_trash_not_supported",
                            "Customers do not support trashing.");
                }
                shop.deleteCustomer(id);
                return Answer.of(row);
            }
            case "products" -> {
                ObjectNode row = json.product(product(id));
                shop.deleteProduct(id);
                return Answer.of(row);
            }
            default -> throw ApiError.noRoute();
        }
    }

    // ---------------------------------------------------------------- looking up

    private Order order(long id) {
        Order order = shop.orders.get(id);
        if (order == null) {
            throw ApiError.noOrder();
        }
        return order;
    }

    private Customer customer(long id) {
        Customer customer = shop.customers.get(id);
        if (customer == null) {
            throw ApiError.noCustomer();
        }
        return customer;
    }

    private Product product(long id) {
        try {
            Product product = shop.product(id);
            if (product.parentId == 0) {
                return product;
            }
        } catch (NoSuchElementException e) {
            throw ApiError.noProduct();
        }
        throw ApiError.noProduct();
    }

    private static Refund refund(@Nullable Order order, long id) {
        if (order == null) {
            throw ApiError.noOrder();
        }
        return order.refunds.stream()
                .filter(refund -> refund.id == id)
                .findFirst()
                .orElseThrow(
                        () ->
                                ApiError.aboutRefund(
                                        "woocommerce_rest_invalid_order_refund_id",
                                        "Invalid order refund ID.",
                                        404));
    }
}
