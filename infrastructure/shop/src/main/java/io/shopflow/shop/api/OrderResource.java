package io.shopflow.shop.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.shopflow.shop.api.Query.Storage;
import io.shopflow.shop.api.Query.TimeWindow;
import io.shopflow.shop.api.Route.Call;
import io.shopflow.shop.world.Order;
import io.shopflow.shop.world.Order.Fee;
import io.shopflow.shop.world.Order.LineItem;
import io.shopflow.shop.world.OrderDraft.CouponDraft;
import io.shopflow.shop.world.OrderDraft.Payment;
import io.shopflow.shop.world.OrderState;
import io.shopflow.shop.world.Refund;
import io.shopflow.shop.world.Refund.RefundLine;
import io.shopflow.shop.world.Shop;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.LongPredicate;

/** {@code /orders} and the report of their number. */
record OrderResource(Shop shop, WooJson json) {
    /** The keys by which orders and refunds can be sorted. */
    static final List<String> SORT_KEYS =
            List.of("date", "id", "include", "title", "slug", "modified");

    List<Route> routes() {
        return List.of(
                Route.get("/orders", this::list),
                Route.get("/orders/{id}", this::read),
                Route.get("/reports/orders/totals", call -> ShopResponse.of(totals())));
    }

    private ShopResponse list(Call call) {
        Query query = call.query();
        TimeWindow created = query.created(Storage.ORDERS);
        TimeWindow modified = query.modified(Storage.ORDERS);
        Comparator<Order> sorting =
                query.sorting("date", "desc", SORT_KEYS, OrderResource::sortedBy);
        Set<OrderState> states = query.states();
        LongPredicate include = query.ids("include");
        LongPredicate customer = query.ids("customer");
        int decimals = query.decimals();
        List<Order> rows =
                shop.orders().all().stream()
                        .filter(order -> states.contains(order.state()))
                        .filter(order -> created.contains(order.createdAt))
                        .filter(order -> modified.contains(order.modifiedAt()))
                        .filter(order -> include.test(order.id))
                        .filter(order -> customer.test(order.customerId()))
                        .sorted(sorting)
                        .toList();
        Map<String, String> defaults = new LinkedHashMap<>();
        defaults.put("dp", Integer.toString(shop.decimals()));
        defaults.put("context", "view");
        return new Listing<Order>(
                        json.url("/orders"),
                        Storage.ORDERS,
                        true,
                        defaults,
                        order -> row(order, decimals))
                .page(query, rows);
    }

    private static Comparator<Order> sortedBy(String key) {
        Comparator<Order> byId = Comparator.comparingLong(order -> order.id);
        return switch (key) {
            case "date" ->
                    Comparator.<Order>comparingLong(order -> order.createdAt).thenComparing(byId);
            case "modified" -> Comparator.comparingLong(Order::modifiedAt).thenComparing(byId);
            default -> byId;
        };
    }

    private ShopResponse read(Call call) {
        return call.answer(row(find(shop, call.id()), call.query().decimals()));
    }

    /** The order with an id, which the request has to name correctly. */
    static Order find(Shop shop, long id) {
        Order order = shop.orders().find(id);
        if (order == null) {
            throw ApiError.noOrder();
        }
        return order;
    }

    /** The number of orders in each state, without the trash. */
    private ArrayNode totals() {
        ArrayNode totals = JsonNodeFactory.instance.arrayNode();
        Collection<Order> orders = shop.orders().all();
        for (OrderState state : OrderState.values()) {
            if (state.isAny() || state == OrderState.CHECKOUT_DRAFT) {
                totals.addObject()
                        .put("slug", state.wireName())
                        .put("name", state.wireName())
                        .put(
                                "total",
                                orders.stream().filter(order -> order.state() == state).count());
            }
        }
        return totals;
    }

    // ---------------------------------------------------------------- JSON

    private ObjectNode row(Order order, int decimals) {
        OrderMoney money = new OrderMoney(order, decimals);
        OrderState state = order.state();
        String key = "wc_order_" + json.secret("order" + order.id, 13);
        ObjectNode row = WooJson.row("order");
        row.put("id", order.id);
        row.put("number", Long.toString(order.id));
        row.put("status", state.wireName());
        row.put("currency", order.currency().getCurrencyCode());
        row.put("currency_symbol", order.currency().getSymbol(Locale.UK));
        json.date(row, "date_created", order.createdAt);
        json.date(row, "date_modified", order.modifiedAt());
        json.date(row, "date_completed", order.completedAt());
        json.date(row, "date_paid", order.paidAt());
        row.put("customer_id", order.customerId());
        row.put("customer_note", order.placed.note());
        row.put("customer_ip_address", "192.0.2." + order.id % 255);
        row.put("customer_user_agent", "Mozilla/5.0 (Simulated; rv:" + order.id % 40 + ".0)");
        WooJson.addresses(row, order.person);
        row.put("payment_method", order.placed.payment().id);
        row.put("payment_method_title", order.placed.payment().title);
        if (order.paidAt() > 0 && order.placed.payment() == Payment.STRIPE) {
            row.put("transaction_id", "ch_" + json.secret("charge" + order.id, 24));
        }
        row.put("order_key", key);
        row.put("cart_hash", json.secret("cart" + order.id, 32));
        row.put(
                "payment_url",
                "https://shop.example/checkout/order-pay/%d/?pay_for_order=true&key=%s"
                        .formatted(order.id, key));
        row.put("is_editable", state == OrderState.PENDING || state == OrderState.ON_HOLD);
        row.put("needs_payment", state == OrderState.PENDING || state == OrderState.FAILED);
        if (state == OrderState.TRASH) {
            String before = "wc-" + order.stateBeforeTrash().wireName();
            String since = Long.toString(order.modifiedAt());
            WooJson.meta(row, order.id * 10, "_wp_trash_meta_status", before);
            WooJson.meta(row, order.id * 10 + 1, "_wp_trash_meta_time", since);
        }
        lines(row, order, money);
        for (Refund refund : order.refunds()) {
            row.withArray("refunds")
                    .addObject()
                    .put("id", refund.id())
                    .put("reason", refund.reason())
                    .put("total", money.text(-refund.amount()))
                    .put("total_tax", money.text(0));
        }
        row.withObject("/cost_of_goods_sold").set("total_value", WooJson.number(cost(order)));
        String path = "/orders/" + order.id;
        ObjectNode links = json.links(row, path, "/orders", WooJson.ALL_METHODS);
        links.putArray("email_templates")
                .addObject()
                .put("embeddable", true)
                .put("href", json.url(path + "/actions/email_templates"));
        if (order.customerId() > 0) {
            json.link(links, "customer", "/customers/" + order.customerId());
        }
        order.defects.applyTo(row);
        return row;
    }

    /** The lines of all kinds and the totals that follow from them. */
    private void lines(ObjectNode row, Order order, OrderMoney money) {
        OrderLines lines = new OrderLines(shop.products(), order, money);
        int tax = 0;
        int discount = 0;
        int discountTax = 0;
        for (LineItem line : order.lines()) {
            int net = order.net(line.gross());
            int lineDiscount = order.net(line.grossBeforeDiscount()) - net;
            tax += line.gross() - net;
            discount += lineDiscount;
            discountTax += line.discount() - lineDiscount;
            row.withArray("line_items").add(lines.item(line));
        }
        for (Fee fee : order.fees()) {
            tax += fee.gross() - order.net(fee);
            row.withArray("fee_lines").add(lines.fee(fee.id(), fee, 1));
        }
        int shippingNet = order.net(order.placed.shipping());
        int shippingTax = order.placed.shipping() - shippingNet;
        row.withArray("shipping_lines")
                .add(lines.shipping(order.shippingLineId, order.placed.shipping()));
        if (order.taxed) {
            row.withArray("tax_lines").add(lines.tax(order.taxLineId, tax, shippingTax));
        }
        CouponDraft coupon = order.coupon();
        if (coupon != null) {
            row.withArray("coupon_lines").add(coupon(order, coupon, money, discount, discountTax));
        }
        row.put("discount_total", money.text(discount));
        row.put("discount_tax", money.text(discountTax));
        row.put("shipping_total", money.text(shippingNet));
        row.put("shipping_tax", money.text(shippingTax));
        row.put("cart_tax", money.text(tax));
        row.put("total", money.text(order.total()));
        row.put("total_tax", money.text(tax + shippingTax));
    }

    private static ObjectNode coupon(
            Order order, CouponDraft coupon, OrderMoney money, int discount, int discountTax) {
        boolean percent = coupon.percent() > 0;
        return WooJson.row("coupon-line")
                .put("id", order.couponLineId)
                .put("code", coupon.code())
                .put("discount", money.text(discount))
                .put("discount_tax", money.text(discountTax))
                .put("discount_type", percent ? "percent" : "fixed_cart")
                .put("nominal_amount", percent ? coupon.percent() : coupon.amount() / 100);
    }

    private static int cost(Order order) {
        int cost = order.lines().stream().mapToInt(line -> Math.max(0, line.cost())).sum();
        return cost
                - order.refunds().stream()
                        .flatMap(refund -> refund.lines().stream())
                        .mapToInt(RefundLine::cost)
                        .sum();
    }
}
