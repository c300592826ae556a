package io.shopflow.shop.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.shopflow.shop.world.Catalogue;
import io.shopflow.shop.world.Order;
import io.shopflow.shop.world.Order.Fee;
import io.shopflow.shop.world.Order.LineItem;
import io.shopflow.shop.world.Product;
import io.shopflow.shop.world.Products;
import io.shopflow.shop.world.Refund.RefundLine;

/** The lines of an order, and those of its refunds, which have negative amounts and quantities. */
record OrderLines(Products products, Order order, OrderMoney money) {

    ObjectNode item(LineItem line) {
        ObjectNode json =
                item(
                        line.id(),
                        line,
                        line.quantity(),
                        line.gross(),
                        line.grossBeforeDiscount(),
                        Math.max(0, line.cost()));
        if (line.product().parent != null) {
            String size = Catalogue.slug(line.product().name);
            itemMeta(json, line.id() * 8 + 1, "pa_size", size);
            json.put("parent_name", line.product().parent.name);
        }
        if (order.paidAt() > 0) {
            itemMeta(json, line.id() * 8, "_reduced_stock", Integer.toString(line.quantity()));
        }
        return json;
    }

    ObjectNode refundedItem(RefundLine refunded) {
        ObjectNode json =
                item(
                        refunded.id(),
                        refunded.line(),
                        -refunded.quantity(),
                        -refunded.gross(),
                        -refunded.gross(),
                        -refunded.cost());
        String refundedId = Long.toString(refunded.line().id());
        itemMeta(json, refunded.id() * 8, "_refunded_item_id", refundedId);
        return json;
    }

    private ObjectNode item(
            long id, LineItem line, int quantity, int gross, int beforeDiscount, int cost) {
        Product product = line.product().parentOrSelf();
        boolean exists = products.find(product.id) != null;
        ObjectNode json = WooJson.row("line-item");
        json.put("id", id);
        json.put("name", line.name());
        json.put("product_id", exists ? product.id : 0);
        json.put("variation_id", exists && line.product().parent != null ? line.product().id : 0);
        json.put("quantity", quantity);
        json.put("subtotal", money.net(beforeDiscount));
        json.put("subtotal_tax", money.tax(beforeDiscount));
        json.put("total", money.net(gross));
        json.put("total_tax", money.tax(gross));
        if (order.taxed) {
            taxes(json, money.tax(gross), money.tax(beforeDiscount));
        }
        json.put("sku", exists ? line.product().sku : null);
        json.put("global_unique_id", exists ? "" : null);
        json.set("price", money.unitPrice(gross, quantity));
        json.withObject("/cost_of_goods_sold").set("value", WooJson.number(cost));
        return json;
    }

    /** Adds the only entry of a line's {@code taxes}. */
    private static void taxes(ObjectNode line, String total, String subtotal) {
        line.withArray("taxes")
                .addObject()
                .put("id", 1)
                .put("total", total)
                .put("subtotal", subtotal);
    }

    private static void itemMeta(ObjectNode item, long id, String key, String value) {
        WooJson.meta(item, id, key, value).put("display_key", key).put("display_value", value);
    }

    ObjectNode shipping(long id, int gross) {
        ObjectNode json = WooJson.row("shipping-line");
        json.put("id", id);
        if (order.placed.shipping() == 0) {
            json.put("method_title", "Free shipping");
            json.put("method_id", "free_shipping");
        } else if (order.placed.express()) {
            json.put("method_title", "Next day");
        }
        json.put("total", money.text(order.net(gross)));
        json.put("total_tax", money.tax(gross));
        if (order.taxed) {
            taxes(json, money.tax(gross), "");
        }
        return json;
    }

    /**
     * A fee of the order, or its refund.
     *
     * @param sign 1 for the fee, −1 for its refund
     */
    ObjectNode fee(long id, Fee fee, int sign) {
        int net = sign * order.net(fee);
        int tax = sign * fee.gross() - net;
        ObjectNode json = WooJson.row("fee-line");
        json.put("id", id);
        json.put("name", fee.name());
        json.put("tax_status", tax == 0 ? "none" : "taxable");
        json.put("amount", money.text(net));
        json.put("total", money.text(net));
        json.put("total_tax", money.text(tax));
        if (tax != 0) {
            taxes(json, money.text(tax), "");
        }
        return json;
    }

    /** The only tax line: the VAT of goods and that of shipping are separate fields. */
    ObjectNode tax(long id, int goodsTax, int shippingTax) {
        ObjectNode json = WooJson.row("tax-line");
        json.put("id", id);
        json.put("tax_total", money.text(goodsTax));
        json.put("shipping_tax_total", money.text(shippingTax));
        return json;
    }
}
