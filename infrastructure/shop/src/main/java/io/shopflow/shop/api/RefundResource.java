package io.shopflow.shop.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.shopflow.shop.api.Query.Storage;
import io.shopflow.shop.api.Query.TimeWindow;
import io.shopflow.shop.api.Route.Call;
import io.shopflow.shop.world.Order;
import io.shopflow.shop.world.Refund;
import io.shopflow.shop.world.Refund.RefundFee;
import io.shopflow.shop.world.Refund.RefundLine;
import io.shopflow.shop.world.Shop;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.LongPredicate;
import java.util.stream.Stream;

/** {@code /refunds} of all orders, and {@code /orders/{id}/refunds} of one. */
record RefundResource(Shop shop, WooJson json) {
    private static final String OF_ORDER = "/orders/{id}/refunds";

    List<Route> routes() {
        return List.of(
                Route.get("/refunds", this::list),
                Route.get(OF_ORDER, this::listOfOrder),
                Route.get(OF_ORDER + "/{id}", this::read));
    }

    private ShopResponse list(Call call) {
        TimeWindow created = call.query().created(Storage.ORDERS);
        Stream<Refund> refunds =
                shop.orders().refunds().stream()
                        .filter(refund -> created.contains(refund.createdAt()));
        return list(call.query(), "/refunds", refunds, true);
    }

    /** {@code after} and {@code before} are ignored. */
    private ShopResponse listOfOrder(Call call) {
        call.query().created(Storage.ORDERS);
        Order order = shop.orders().find(call.id());
        Stream<Refund> refunds = order == null ? Stream.empty() : order.refunds().stream();
        return list(call.query(), "/orders/" + call.id() + "/refunds", refunds, false);
    }

    /** Refunds have no time of modification, but are filtered as if it were that of creation. */
    private ShopResponse list(
            Query query, String path, Stream<Refund> refunds, boolean withParent) {
        TimeWindow modified = query.modified(Storage.ORDERS);
        Comparator<Refund> sorting =
                query.sorting("date", "desc", OrderResource.SORT_KEYS, RefundResource::sortedBy);
        int decimals = query.decimals();
        LongPredicate include = query.ids("include");
        List<Refund> rows =
                refunds.filter(refund -> modified.contains(refund.createdAt()))
                        .filter(refund -> include.test(refund.id()))
                        .sorted(sorting)
                        .toList();
        return new Listing<Refund>(
                        json.url(path),
                        Storage.ORDERS,
                        false,
                        Map.of("dp", Integer.toString(shop.decimals())),
                        refund -> row(refund, withParent, decimals))
                .page(query, rows);
    }

    private static Comparator<Refund> sortedBy(String key) {
        Comparator<Refund> byId = Comparator.comparingLong(refund -> refund.id());
        return key.equals("id")
                ? byId
                : Comparator.<Refund>comparingLong(refund -> refund.createdAt())
                        .thenComparing(byId);
    }

    private ShopResponse read(Call call) {
        return call.answer(row(find(call), false, call.query().decimals()));
    }

    private Refund find(Call call) {
        return OrderResource.find(shop, call.id()).refunds().stream()
                .filter(refund -> refund.id() == call.innerId())
                .findFirst()
                .orElseThrow(
                        () ->
                                ApiError.aboutRefund(
                                        "woocommerce_rest_invalid_order_refund_id",
                                        "Invalid order refund ID.",
                                        404));
    }

    /**
     * The JSON of a refund.
     *
     * @param withParent whether it names its order, as only the list of all refunds does
     */
    private ObjectNode row(Refund refund, boolean withParent, int decimals) {
        Order order = refund.order();
        OrderMoney money = new OrderMoney(order, decimals);
        OrderLines lines = new OrderLines(shop.products(), order, money);
        ObjectNode row = WooJson.row("refund");
        row.put("id", refund.id());
        if (withParent) {
            row.put("parent_id", order.id);
        } else {
            row.remove("parent_id");
        }
        json.date(row, "date_created", refund.createdAt());
        row.put("amount", money.text(refund.amount()));
        row.put("reason", refund.reason());
        String type = refund.full() ? "full" : "partial";
        WooJson.meta(row, refund.id() * 10, "_refund_type", type);
        int tax = 0;
        ArrayNode items = row.withArray("line_items");
        for (RefundLine line : refund.lines()) {
            items.add(lines.refundedItem(line));
            tax += line.gross() - order.net(line.gross());
        }
        ArrayNode fees = row.withArray("fee_lines");
        for (RefundFee fee : refund.fees()) {
            fees.add(lines.fee(fee.id(), fee.fee(), -1));
            tax += fee.fee().gross() - order.net(fee.fee());
        }
        if (refund.shipping() > 0) {
            row.withArray("shipping_lines")
                    .add(lines.shipping(refund.shippingLineId(), -refund.shipping()));
        }
        int shippingTax = refund.shipping() - order.net(refund.shipping());
        if (tax + shippingTax > 0) {
            row.withArray("tax_lines").add(lines.tax(refund.taxLineId(), -tax, -shippingTax));
        }
        int cost = refund.lines().stream().mapToInt(RefundLine::cost).sum();
        row.withObject("/cost_of_goods_sold").set("value", WooJson.number(-cost));
        String parent = "/orders/" + order.id;
        String collection = parent + "/refunds";
        ObjectNode links =
                json.links(
                        row, collection + "/" + refund.id(), collection, List.of("GET", "DELETE"));
        json.link(links, "up", parent);
        return row;
    }
}
