package io.shopflow.shop;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.NoSuchElementException;

/**
 * The requests of {@code POST /_control}: an object with {@code do} and its parameters.
 *
 * <ul>
 *   <li>faults, each for the next {@code requests} (1): {@code rate-limit} ({@code retryAfter}
 *       seconds), {@code server-error} ({@code status}), {@code slow} ({@code millis}), {@code
 *       drop-connection}, {@code truncate-json}, {@code html}, {@code zero-totals}; {@code outage}
 *       for {@code seconds}; {@code clear} ends them
 *   <li>on an order ({@code id}): {@code edit-order}, {@code trash-order}, {@code
 *       force-delete-order}, {@code refund-order} ({@code pence}, or all), {@code plant-defect}
 *       ({@code defect}, a name of {@link Shop.Defect}); on many ({@code ids}): {@code
 *       batch-update}
 *   <li>on an order's first line ({@code id}): {@code remove-line}, {@code change-quantity} ({@code
 *       quantity}), {@code refund-line} ({@code quantity}, or {@code pence}); on the whole order:
 *       {@code add-fee} ({@code pence}, below 0: credit), {@code apply-coupon} ({@code percent}),
 *       {@code clear-payment}, {@code refund-everything}
 *   <li>on the shop: {@code move-to-zone} ({@code zone}), {@code show-decimals} ({@code number}),
 *       {@code hide-site} ({@code hidden}); {@code place-order} in a {@code currency}
 *   <li>on others ({@code id}): {@code rename-category} ({@code name}), {@code delete-refund},
 *       {@code edit-customer}, {@code delete-customer}, {@code change-cost} and {@code
 *       change-price} ({@code pence}), {@code delete-product}; and {@code place-order}, {@code
 *       register-customer}
 * </ul>
 */
final class Control {
    private final Shop shop;
    private final Faults faults;

    Control(Shop shop, Faults faults) {
        this.shop = shop;
        this.faults = faults;
    }

    static ObjectNode refusal(String message) {
        return JsonNodeFactory.instance.objectNode().put("error", message);
    }

    /**
     * Executes a request.
     *
     * @throws IllegalArgumentException if the action or its target is unknown
     */
    ObjectNode apply(JsonNode order) {
        String name = order.path("do").asText();
        int requests = order.path("requests").asInt(1);
        long id = order.path("id").asLong();
        int pence = order.path("pence").asInt();
        ObjectNode reply = JsonNodeFactory.instance.objectNode().put("done", name);
        try {
            switch (name) {
                case "rate-limit" ->
                        faults.rateLimit(
                                requests, Duration.ofSeconds(order.path("retryAfter").asLong(1)));
                case "server-error" ->
                        faults.serverError(requests, order.path("status").asInt(502));
                case "slow" ->
                        faults.slow(requests, Duration.ofMillis(order.path("millis").asLong(1000)));
                case "drop-connection" -> faults.dropConnection(requests);
                case "truncate-json" -> faults.truncateJson(requests);
                case "html" -> faults.html(requests);
                case "zero-totals" -> faults.zeroTotals(requests);
                case "outage" ->
                        faults.outage(Duration.ofSeconds(order.path("seconds").asLong(10)));
                case "clear" -> faults.clear();
                case "edit-order" -> shop.editOrder(id);
                case "trash-order" -> shop.trashOrder(id);
                case "force-delete-order" -> shop.forceDeleteOrder(id);
                case "refund-order" ->
                        reply.put(
                                "id",
                                order.has("pence")
                                        ? shop.refundAmount(id, pence)
                                        : shop.refundFully(id));
                case "plant-defect" ->
                        shop.plantDefect(
                                id,
                                Shop.Defect.valueOf(
                                        order.path("defect")
                                                .asText()
                                                .toUpperCase(Locale.ROOT)
                                                .replace('-', '_')));
                case "batch-update" -> {
                    List<Long> ids = new ArrayList<>();
                    order.path("ids").forEach(each -> ids.add(each.asLong()));
                    shop.batchUpdate(ids);
                }
                case "delete-refund" -> shop.deleteRefund(id);
                case "edit-customer" -> shop.editCustomer(id);
                case "delete-customer" -> shop.deleteCustomer(id);
                case "change-cost" ->
                        shop.changeCost(id, order.path("pence").isNumber() ? pence : null);
                case "change-price" -> shop.changePrice(id, pence);
                case "delete-product" -> shop.deleteProduct(id);
                case "place-order" ->
                        reply.put(
                                "id",
                                order.has("currency")
                                        ? shop.placeOrder(order.path("currency").asText())
                                        : shop.placeOrder());
                case "remove-line" -> shop.removeLine(id, 0);
                case "change-quantity" -> shop.changeQuantity(id, order.path("quantity").asInt(1));
                case "refund-line" ->
                        reply.put(
                                "id",
                                order.has("pence")
                                        ? shop.refundPartOfLine(id, 0, pence)
                                        : shop.refundLine(id, 0, order.path("quantity").asInt(1)));
                case "refund-everything" -> reply.put("id", shop.refundEverything(id));
                case "add-fee" -> shop.addFee(id, pence);
                case "apply-coupon" -> shop.applyCoupon(id, order.path("percent").asInt(10));
                case "clear-payment" -> shop.clearPayment(id);
                case "rename-category" ->
                        shop.renameCategory(id, order.path("name").asText("Renamed"));
                case "move-to-zone" -> shop.moveToZone(ZoneId.of(order.path("zone").asText()));
                case "show-decimals" -> shop.showDecimals(order.path("number").asInt(2));
                case "hide-site" -> shop.hideSite(order.path("hidden").asBoolean(true));
                case "register-customer" -> reply.put("id", shop.registerCustomer());
                default -> throw new IllegalArgumentException("Nothing is called '" + name + "'.");
            }
        } catch (NoSuchElementException | DateTimeException | IndexOutOfBoundsException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
        return reply;
    }
}
