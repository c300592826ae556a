package io.shopflow.shop;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.shopflow.shop.Order.Fee;
import io.shopflow.shop.Order.Line;
import io.shopflow.shop.Order.Refund;
import io.shopflow.shop.Order.RefundFee;
import io.shopflow.shop.Order.RefundLine;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The shop's data in WooCommerce 11's format. */
final class ShopJson {
    /** ASCII only, like PHP's JSON. */
    static final ObjectMapper MAPPER =
            JsonMapper.builder()
                    .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
                    .enable(JsonWriteFeature.ESCAPE_FORWARD_SLASHES)
                    .enable(JsonGenerator.Feature.WRITE_BIGDECIMAL_AS_PLAIN)
                    .build();

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final DateTimeFormatter WIRE_TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss", Locale.ROOT);
    private static final BigDecimal VAT = new BigDecimal("1.2");
    private static final List<String> ALL_METHODS =
            List.of("GET", "POST", "PUT", "PATCH", "DELETE");
    private static final List<String> READ_AND_DELETE = List.of("GET", "DELETE");

    private final Shop shop;
    private final String base;

    /**
     * For a shop whose API is at {@code base}, e.g. {@code http://127.0.0.1:8080/wp-json/wc/v3}.
     */
    ShopJson(Shop shop, String base) {
        this.shop = shop;
        this.base = base;
    }

    // ---------------------------------------------------------------- orders

    ObjectNode order(Order order, int dp) {
        ObjectNode json = NODES.objectNode();
        int goodsTax = 0;
        int discount = 0;
        int discountTax = 0;
        for (Line line : order.lines) {
            int net = order.net(line.gross());
            int subtotal = order.net(line.grossBeforeDiscount());
            goodsTax += line.gross() - net;
            discount += subtotal - net;
            discountTax += line.discount - (subtotal - net);
        }
        int feesTax = 0;
        for (Fee fee : order.fees) {
            feesTax += fee.gross() - order.net(fee);
        }
        int shippingNet = order.net(order.shipping);
        int shippingTax = order.shipping - shippingNet;
        json.put("id", order.id);
        json.put("parent_id", 0);
        json.put("status", order.state.wireName());
        json.put("currency", order.currency.getCurrencyCode());
        json.put("version", "11.0.1");
        json.put("prices_include_tax", true);
        json.put("date_created", local(order.createdAt));
        json.put("date_modified", local(order.modifiedAt));
        json.put("discount_total", amount(order, discount, dp));
        json.put("discount_tax", amount(order, discountTax, dp));
        json.put("shipping_total", amount(order, shippingNet, dp));
        json.put("shipping_tax", amount(order, shippingTax, dp));
        json.put("cart_tax", amount(order, goodsTax + feesTax, dp));
        json.put("total", amount(order, order.total(), dp));
        json.put("total_tax", amount(order, goodsTax + feesTax + shippingTax, dp));
        json.put("customer_id", order.customerId);
        String key = "wc_order_" + secret("order" + order.id, 13);
        json.put("order_key", key);
        ObjectNode billing = address(order.person, true);
        billing.put("email", order.person.email());
        billing.put("phone", order.person.phone());
        json.set("billing", billing);
        ObjectNode shipping = address(order.person, true);
        shipping.put("phone", "");
        json.set("shipping", shipping);
        json.put("payment_method", order.payment.id);
        json.put("payment_method_title", order.payment.title);
        json.put(
                "transaction_id",
                order.paidAt > 0 && order.payment == OrderDraft.Payment.STRIPE
                        ? "ch_" + secret("charge" + order.id, 24)
                        : "");
        json.put("customer_ip_address", "192.0.2." + order.id % 255);
        json.put("customer_user_agent", "Mozilla/5.0 (Simulated; rv:" + order.id % 40 + ".0)");
        json.put("created_via", "checkout");
        json.put("customer_note", order.note);
        json.put("date_completed", localOrNull(order.completedAt));
        json.put("date_paid", localOrNull(order.paidAt));
        json.put("cart_hash", secret("cart" + order.id, 32));
        json.put("number", Long.toString(order.id));
        ArrayNode meta = json.putArray("meta_data");
        if (order.state == OrderState.TRASH) {
            meta(
                    meta,
                    order.id * 10,
                    "_wp_trash_meta_status",
                    "wc-" + order.stateBeforeTrash.wireName());
            meta(meta, order.id * 10 + 1, "_wp_trash_meta_time", Long.toString(order.modifiedAt));
        }
        ArrayNode lines = json.putArray("line_items");
        order.lines.forEach(line -> lines.add(line(order, line, dp)));
        ArrayNode taxes = json.putArray("tax_lines");
        if (order.taxed) {
            taxes.add(taxLine(order, order.taxLineId, goodsTax + feesTax, shippingTax, dp));
        }
        json.putArray("shipping_lines")
                .add(shippingLine(order, order.shippingLineId, shippingNet, shippingTax, dp));
        ArrayNode fees = json.putArray("fee_lines");
        order.fees.forEach(fee -> fees.add(feeLine(order, fee.id(), fee, 1, dp)));
        ArrayNode coupons = json.putArray("coupon_lines");
        if (order.coupon != null) {
            coupons.add(couponLine(order, order.coupon, discount, discountTax, dp));
        }
        ArrayNode refunds = json.putArray("refunds");
        for (Refund refund : order.refunds) {
            ObjectNode entry = refunds.addObject();
            entry.put("id", refund.id);
            entry.put("reason", refund.reason);
            entry.put("total", amount(order, -refund.amount, dp));
            entry.put("total_tax", amount(order, 0, dp));
        }
        json.put(
                "payment_url",
                "https://shop.example/checkout/order-pay/"
                        + order.id
                        + "/?pay_for_order=true&key="
                        + key);
        json.put(
                "is_editable",
                order.state == OrderState.PENDING || order.state == OrderState.ON_HOLD);
        json.put(
                "needs_payment",
                order.state == OrderState.PENDING || order.state == OrderState.FAILED);
        json.put("needs_processing", true);
        json.put("date_created_gmt", gmt(order.createdAt));
        json.put("date_modified_gmt", gmt(order.modifiedAt));
        json.put("date_completed_gmt", gmtOrNull(order.completedAt));
        json.put("date_paid_gmt", gmtOrNull(order.paidAt));
        int cost = 0;
        for (Line line : order.lines) {
            cost += Math.max(0, line.cost);
        }
        for (Refund refund : order.refunds) {
            for (RefundLine line : refund.lines) {
                cost -= line.cost();
            }
        }
        json.putObject("cost_of_goods_sold").set("total_value", number(cost));
        json.put("currency_symbol", order.currency.getSymbol(Locale.UK));
        ObjectNode links = links(json, "/orders/" + order.id, "/orders", ALL_METHODS);
        ObjectNode templates = links.putArray("email_templates").addObject();
        templates.put("embeddable", true);
        templates.put("href", base + "/orders/" + order.id + "/actions/email_templates");
        if (order.customerId > 0) {
            links.putArray("customer")
                    .addObject()
                    .put("href", base + "/customers/" + order.customerId);
        }
        order.defects.applyTo(json);
        return json;
    }

    private ObjectNode line(Order order, Line line, int dp) {
        ObjectNode json = NODES.objectNode();
        int net = order.net(line.gross());
        int subtotal = order.net(line.grossBeforeDiscount());
        json.put("id", line.id);
        json.put("name", line.name);
        boolean exists =
                shop.products.containsKey(line.parent == null ? line.product.id : line.parent.id);
        json.put("product_id", exists ? line.parent == null ? line.product.id : line.parent.id : 0);
        json.put("variation_id", exists && line.parent != null ? line.product.id : 0);
        json.put("quantity", line.quantity);
        json.put("tax_class", "");
        json.put("subtotal", netPounds(order, line.grossBeforeDiscount(), dp));
        json.put("subtotal_tax", amount(order, line.grossBeforeDiscount() - subtotal, dp));
        json.put("total", netPounds(order, line.gross(), dp));
        json.put("total_tax", amount(order, line.gross() - net, dp));
        ArrayNode taxes = json.putArray("taxes");
        if (order.taxed) {
            ObjectNode tax = taxes.addObject();
            tax.put("id", 1);
            tax.put("total", amount(order, line.gross() - net, dp));
            tax.put("subtotal", amount(order, line.grossBeforeDiscount() - subtotal, dp));
        }
        ArrayNode meta = json.putArray("meta_data");
        if (line.parent != null) {
            itemMeta(meta, line.id * 8 + 1, "pa_size", Catalogue.slug(line.product.option));
        }
        if (order.paidAt > 0) {
            itemMeta(meta, line.id * 8, "_reduced_stock", Integer.toString(line.quantity));
        }
        product(json, line, exists);
        json.set("price", unitPrice(order, line.gross(), line.quantity));
        image(json);
        if (line.parent == null) {
            json.putNull("parent_name");
        } else {
            json.put("parent_name", line.parent.name);
        }
        json.putObject("cost_of_goods_sold").set("value", number(Math.max(0, line.cost)));
        return json;
    }

    private static void product(ObjectNode json, Line line, boolean exists) {
        json.put("sku", exists ? line.product.sku : null);
        json.put("global_unique_id", exists ? "" : null);
    }

    private static void image(ObjectNode json) {
        ObjectNode image = json.putObject("image");
        image.put("id", "");
        image.put("src", "");
    }

    private static ObjectNode taxLine(Order order, long id, int goodsTax, int shippingTax, int dp) {
        ObjectNode json = NODES.objectNode();
        json.put("id", id);
        json.put("rate_code", "GB-VAT-1");
        json.put("rate_id", 1);
        json.put("label", "VAT");
        json.put("compound", false);
        json.put("tax_total", amount(order, goodsTax, dp));
        json.put("shipping_tax_total", amount(order, shippingTax, dp));
        json.put("rate_percent", 20);
        json.putArray("meta_data");
        return json;
    }

    private static ObjectNode shippingLine(Order order, long id, int net, int tax, int dp) {
        ObjectNode json = NODES.objectNode();
        json.put("id", id);
        json.put(
                "method_title",
                order.shipping == 0
                        ? "Free shipping"
                        : order.express ? "Next day" : "Royal Mail 2nd");
        json.put("method_id", order.shipping == 0 ? "free_shipping" : "flat_rate");
        json.put("instance_id", "");
        json.put("total", amount(order, net, dp));
        json.put("total_tax", amount(order, tax, dp));
        ArrayNode taxes = json.putArray("taxes");
        if (order.taxed) {
            ObjectNode entry = taxes.addObject();
            entry.put("id", 1);
            entry.put("total", amount(order, tax, dp));
            entry.put("subtotal", "");
        }
        json.put("tax_status", "taxable");
        json.putArray("meta_data");
        return json;
    }

    /** A fee as charged (sign 1) or refunded (sign −1). */
    private static ObjectNode feeLine(Order order, long id, Fee fee, int sign, int dp) {
        ObjectNode json = NODES.objectNode();
        int net = sign * order.net(fee);
        int tax = sign * (fee.gross() - order.net(fee));
        json.put("id", id);
        json.put("name", fee.name());
        json.put("tax_class", "");
        json.put("tax_status", tax == 0 ? "none" : "taxable");
        json.put("amount", amount(order, net, dp));
        json.put("total", amount(order, net, dp));
        json.put("total_tax", amount(order, tax, dp));
        ArrayNode taxes = json.putArray("taxes");
        if (tax != 0) {
            ObjectNode entry = taxes.addObject();
            entry.put("id", 1);
            entry.put("total", amount(order, tax, dp));
            entry.put("subtotal", "");
        }
        json.putArray("meta_data");
        return json;
    }

    private static ObjectNode couponLine(
            Order order, OrderDraft.CouponDraft coupon, int discount, int discountTax, int dp) {
        ObjectNode json = NODES.objectNode();
        json.put("id", order.couponLineId);
        json.put("code", coupon.code());
        json.put("discount", amount(order, discount, dp));
        json.put("discount_tax", amount(order, discountTax, dp));
        json.putArray("meta_data");
        json.put("discount_type", coupon.percent() > 0 ? "percent" : "fixed_cart");
        json.put("nominal_amount", coupon.percent() > 0 ? coupon.percent() : coupon.amount() / 100);
        json.put("free_shipping", false);
        return json;
    }

    /** A refund, as a row of {@code /refunds} ({@code withParent}) or of its order's list. */
    ObjectNode refund(Refund refund, boolean withParent, int dp) {
        Order order = shop.order(refund.orderId);
        ObjectNode json = NODES.objectNode();
        json.put("id", refund.id);
        if (withParent) {
            json.put("parent_id", refund.orderId);
        }
        json.put("date_created", local(refund.createdAt));
        json.put("date_created_gmt", gmt(refund.createdAt));
        json.put("amount", amount(order, refund.amount, dp));
        json.put("reason", refund.reason);
        json.put("refunded_by", 1);
        json.put("refunded_payment", false);
        meta(
                json.putArray("meta_data"),
                refund.id * 10,
                "_refund_type",
                refund.full ? "full" : "partial");
        ArrayNode lines = json.putArray("line_items");
        int cost = 0;
        int tax = 0;
        for (RefundLine line : refund.lines) {
            lines.add(refundLine(order, line, dp));
            cost += line.cost();
            tax += line.gross() - order.net(line.gross());
        }
        int shippingNet = order.net(refund.shipping);
        int shippingTax = refund.shipping - shippingNet;
        ArrayNode shipping = json.putArray("shipping_lines");
        if (refund.shipping > 0) {
            shipping.add(
                    shippingLine(order, refund.shippingLineId, -shippingNet, -shippingTax, dp));
        }
        ArrayNode fees = NODES.arrayNode();
        for (RefundFee fee : refund.fees) {
            fees.add(feeLine(order, fee.id(), fee.fee(), -1, dp));
            tax += fee.fee().gross() - order.net(fee.fee());
        }
        ArrayNode taxes = json.putArray("tax_lines");
        if (tax + shippingTax > 0) {
            taxes.add(taxLine(order, refund.taxLineId, -tax, -shippingTax, dp));
        }
        json.set("fee_lines", fees);
        json.putObject("cost_of_goods_sold").set("value", number(-cost));
        String orderPath = "/orders/" + refund.orderId;
        ObjectNode links =
                links(
                        json,
                        orderPath + "/refunds/" + refund.id,
                        orderPath + "/refunds",
                        READ_AND_DELETE);
        links.putArray("up").addObject().put("href", base + orderPath);
        return json;
    }

    private ObjectNode refundLine(Order order, RefundLine refunded, int dp) {
        Line line = refunded.line();
        ObjectNode json = NODES.objectNode();
        int tax = refunded.gross() - order.net(refunded.gross());
        boolean exists =
                shop.products.containsKey(line.parent == null ? line.product.id : line.parent.id);
        json.put("id", refunded.id());
        json.put("name", line.name);
        json.put("product_id", exists ? line.parent == null ? line.product.id : line.parent.id : 0);
        json.put("variation_id", exists && line.parent != null ? line.product.id : 0);
        json.put("quantity", -refunded.quantity());
        json.put("tax_class", "");
        json.put("subtotal", netPounds(order, -refunded.gross(), dp));
        json.put("subtotal_tax", amount(order, -tax, dp));
        json.put("total", netPounds(order, -refunded.gross(), dp));
        json.put("total_tax", amount(order, -tax, dp));
        ArrayNode taxes = json.putArray("taxes");
        if (order.taxed) {
            ObjectNode entry = taxes.addObject();
            entry.put("id", 1);
            entry.put("total", amount(order, -tax, dp));
            entry.put("subtotal", amount(order, -tax, dp));
        }
        itemMeta(
                json.putArray("meta_data"),
                refunded.id() * 8,
                "_refunded_item_id",
                Long.toString(line.id));
        product(json, line, exists);
        json.set("price", unitPrice(order, refunded.gross(), refunded.quantity()));
        image(json);
        json.putNull("parent_name");
        json.putObject("cost_of_goods_sold").set("value", number(-refunded.cost()));
        return json;
    }

    // ---------------------------------------------------------------- customers

    ObjectNode customer(Customer customer) {
        Person person = customer.person;
        ObjectNode json = NODES.objectNode();
        json.put("id", customer.id);
        dates(json, customer.createdAt, customer.modifiedAt);
        json.put("email", person.email());
        json.put("first_name", person.firstName());
        json.put("last_name", person.lastName());
        json.put("role", "customer");
        json.put("username", person.username());
        ObjectNode billing = address(person, false);
        billing.put("email", person.email());
        billing.put("phone", person.phone());
        json.set("billing", billing);
        ObjectNode shipping = address(person, false);
        shipping.put("phone", "");
        json.set("shipping", shipping);
        json.put("is_paying_customer", customer.paying);
        json.put("avatar_url", avatar(person.email(), 96));
        json.putArray("meta_data");
        links(json, "/customers/" + customer.id, "/customers", ALL_METHODS);
        customer.defects.applyTo(json);
        return json;
    }

    /** The account that set the shop up: visible only with {@code role=all}. */
    ObjectNode administrator() {
        ObjectNode json = NODES.objectNode();
        json.put("id", 1);
        json.put("date_created", local(shop.plan().start()));
        json.put("date_created_gmt", gmt(shop.plan().start()));
        json.putNull("date_modified");
        json.putNull("date_modified_gmt");
        json.put("email", "admin@shop.example");
        json.put("first_name", "");
        json.put("last_name", "");
        json.put("role", "administrator");
        json.put("username", "admin");
        Person nobody = new Person(-1, "", "", "", "", "", "", "", "", "", "", "", "", "");
        ObjectNode billing = address(nobody, false);
        billing.put("email", "");
        billing.put("phone", "");
        json.set("billing", billing);
        ObjectNode shipping = address(nobody, false);
        shipping.put("phone", "");
        json.set("shipping", shipping);
        json.put("is_paying_customer", false);
        json.put("avatar_url", avatar("admin@shop.example", 96));
        json.putArray("meta_data");
        links(json, "/customers/1", "/customers", List.of("GET", "POST", "PUT", "PATCH"));
        return json;
    }

    /** Orders name the state before the postcode, customers after the country. */
    private static ObjectNode address(Person person, boolean ofOrder) {
        ObjectNode json = NODES.objectNode();
        json.put("first_name", person.firstName());
        json.put("last_name", person.lastName());
        json.put("company", person.company());
        json.put("address_1", person.addressLine1());
        json.put("address_2", person.addressLine2());
        json.put("city", person.city());
        if (ofOrder) {
            json.put("state", person.region());
        }
        json.put("postcode", person.postcode());
        json.put("country", person.country());
        if (!ofOrder) {
            json.put("state", person.region());
        }
        return json;
    }

    // ---------------------------------------------------------------- products

    ObjectNode product(Product product) {
        ObjectNode json = NODES.objectNode();
        boolean variable = product.hasVariations();
        json.put("id", product.id);
        json.put("name", product.name);
        json.put("slug", product.slug);
        json.put("permalink", "https://shop.example/product/" + product.slug + "/");
        dates(json, product.createdAt, product.modifiedAt);
        json.put("type", variable ? "variable" : "simple");
        json.put("status", "publish");
        json.put("featured", false);
        json.put("catalog_visibility", "visible");
        json.put("description", "");
        json.put("short_description", "");
        json.put("sku", product.sku);
        int price =
                variable
                        ? product.variations.stream().mapToInt(size -> size.price).min().orElse(0)
                        : product.price;
        prices(json, pounds(price, 2), variable ? "" : pounds(price, 2));
        json.put("purchasable", true);
        json.put("total_sales", product.sold);
        stock(json);
        json.put("sold_individually", false);
        json.put("external_url", "");
        json.put("button_text", "");
        json.put("shipping_required", true);
        json.put("shipping_taxable", true);
        json.put("shipping_class", "");
        json.put("shipping_class_id", 0);
        json.put("reviews_allowed", true);
        json.put(
                "average_rating",
                product.ratings == 0
                        ? "0.00"
                        : pounds(100 * product.ratingSum / product.ratings, 2));
        json.put("rating_count", product.ratings);
        json.putArray("upsell_ids");
        json.putArray("cross_sell_ids");
        json.put("parent_id", 0);
        json.put("purchase_note", "");
        ObjectNode category = json.putArray("categories").addObject();
        category.put("id", product.category.id());
        category.put("name", product.category.name());
        category.put("slug", product.category.slug());
        json.putArray("brands");
        json.putArray("tags");
        json.putArray("images");
        ArrayNode attributes = json.putArray("attributes");
        ArrayNode variations = NODES.arrayNode();
        if (variable) {
            ObjectNode attribute = attributes.addObject();
            attribute.put("id", 1);
            attribute.put("name", "Size");
            attribute.put("slug", "pa_size");
            attribute.put("position", 0);
            attribute.put("visible", true);
            attribute.put("variation", true);
            ArrayNode options = attribute.putArray("options");
            for (Product size : product.variations) {
                options.add(size.option);
                variations.add(size.id);
            }
        }
        json.putArray("default_attributes");
        json.set("variations", variations);
        json.putArray("grouped_products");
        json.put("menu_order", 0);
        json.put("price_html", "<span class=\"amount\">&pound;" + pounds(price, 2) + "</span>");
        json.putArray("related_ids");
        json.putArray("meta_data");
        json.put("stock_status", "instock");
        json.put("has_options", variable);
        json.put("post_password", "");
        json.put("global_unique_id", "");
        cost(json, product.cost, Math.max(0, product.cost));
        links(json, "/products/" + product.id, "/products", ALL_METHODS);
        product.defects.applyTo(json);
        return json;
    }

    ObjectNode variation(Product parent, Product variation) {
        ObjectNode json = NODES.objectNode();
        json.put("id", variation.id);
        json.put("type", "variation");
        dates(json, variation.createdAt, variation.modifiedAt);
        json.put("description", "");
        json.put(
                "permalink",
                "https://shop.example/product/"
                        + variation.slug
                        + "/?attribute_pa_size="
                        + Catalogue.slug(variation.option));
        json.put("sku", variation.sku);
        json.put("global_unique_id", "");
        prices(json, pounds(variation.price, 2), pounds(variation.price, 2));
        json.put("status", "publish");
        json.put("purchasable", true);
        stock(json);
        json.put("stock_status", "instock");
        json.put("shipping_class", "");
        json.put("shipping_class_id", 0);
        json.putNull("image");
        json.putArray("gallery_image_ids");
        ObjectNode attribute = json.putArray("attributes").addObject();
        attribute.put("id", 1);
        attribute.put("name", "Size");
        attribute.put("slug", "pa_size");
        attribute.put("option", variation.option);
        json.put("menu_order", 0);
        json.putArray("meta_data");
        json.put("name", variation.option);
        json.put("parent_id", parent.id);
        cost(json, variation.cost, Math.max(0, variation.unitCost(parent)));
        ((ObjectNode) json.path("cost_of_goods_sold"))
                .put(
                        "defined_value_is_additive",
                        variation.addsCost && variation.cost != Product.UNKNOWN_COST);
        String parentPath = "/products/" + parent.id;
        ObjectNode links =
                links(
                        json,
                        parentPath + "/variations/" + variation.id,
                        parentPath + "/variations",
                        ALL_METHODS);
        links.putArray("up").addObject().put("href", base + parentPath);
        variation.defects.applyTo(json);
        return json;
    }

    private static void prices(ObjectNode json, String price, String regularPrice) {
        json.put("price", price);
        json.put("regular_price", regularPrice);
        json.put("sale_price", "");
        json.putNull("date_on_sale_from");
        json.putNull("date_on_sale_from_gmt");
        json.putNull("date_on_sale_to");
        json.putNull("date_on_sale_to_gmt");
        json.put("on_sale", false);
    }

    private static void stock(ObjectNode json) {
        json.put("virtual", false);
        json.put("downloadable", false);
        json.putArray("downloads");
        json.put("download_limit", -1);
        json.put("download_expiry", -1);
        json.put("tax_status", "taxable");
        json.put("tax_class", "");
        json.put("manage_stock", false);
        json.putNull("stock_quantity");
        json.put("backorders", "no");
        json.put("backorders_allowed", false);
        json.put("backordered", false);
        json.putNull("low_stock_amount");
        json.put("weight", "");
        ObjectNode dimensions = json.putObject("dimensions");
        dimensions.put("length", "");
        dimensions.put("width", "");
        dimensions.put("height", "");
    }

    private static void cost(ObjectNode json, int defined, int total) {
        ObjectNode cost = json.putObject("cost_of_goods_sold");
        ObjectNode value = cost.putArray("values").addObject();
        value.set(
                "defined_value",
                defined == Product.UNKNOWN_COST ? NODES.nullNode() : number(defined));
        value.set("effective_value", number(Math.max(0, defined)));
        cost.set("total_value", number(total));
    }

    ObjectNode category(Category category) {
        ObjectNode json = NODES.objectNode();
        json.put("id", category.id());
        json.put("name", category.name());
        json.put("slug", category.slug());
        json.put("parent", category.parent());
        json.put("description", "");
        json.put("display", "default");
        json.putNull("image");
        json.put("menu_order", 0);
        json.put(
                "count",
                shop.products.values().stream()
                        .filter(product -> product.category.id() == category.id())
                        .count());
        ObjectNode links =
                links(
                        json,
                        "/products/categories/" + category.id(),
                        "/products/categories",
                        ALL_METHODS);
        if (category.parent() > 0) {
            links.putArray("up")
                    .addObject()
                    .put("href", base + "/products/categories/" + category.parent());
        }
        return json;
    }

    ObjectNode review(Review review) {
        ObjectNode json = NODES.objectNode();
        json.put("id", review.id());
        json.put("date_created", local(review.createdAt()));
        json.put("date_created_gmt", gmt(review.createdAt()));
        json.put("product_id", review.product().id);
        json.put("product_name", review.product().name);
        json.put(
                "product_permalink", "https://shop.example/product/" + review.product().slug + "/");
        json.put("status", "approved");
        json.put("reviewer", review.person().firstName() + " " + review.person().lastName());
        json.put("reviewer_email", review.person().email());
        json.put("review", review.text());
        json.put("rating", review.rating());
        json.put("verified", review.verified());
        ObjectNode avatars = json.putObject("reviewer_avatar_urls");
        for (int size : new int[] {24, 48, 96}) {
            avatars.put(Integer.toString(size), avatar(review.person().email(), size));
        }
        ObjectNode links =
                links(json, "/products/reviews/" + review.id(), "/products/reviews", ALL_METHODS);
        links.putArray("up").addObject().put("href", base + "/products/" + review.product().id);
        return json;
    }

    // ---------------------------------------------------------------- the shop itself

    ObjectNode currency() {
        ObjectNode json = NODES.objectNode();
        json.put("code", "GBP");
        json.put("name", "Pound sterling");
        json.put("symbol", "&pound;");
        links(json, "/data/currencies/GBP", "/data/currencies", List.of("GET"));
        return json;
    }

    /** WordPress's public site description. */
    ObjectNode site() {
        ObjectNode json = NODES.objectNode();
        json.put("name", "The simulated shop");
        json.put("description", "");
        json.put("gmt_offset", offset());
        json.put("timezone_string", shop.zone() instanceof ZoneOffset ? "" : shop.zone().getId());
        json.putArray("namespaces").add("wc/v3").add("wp/v2");
        return json;
    }

    private double offset() {
        return shop.zone().getRules().getOffset(Instant.now()).getTotalSeconds() / 3600.0;
    }

    /** The number of orders in each state, without the trash. */
    ArrayNode orderTotals() {
        ArrayNode totals = NODES.arrayNode();
        for (OrderState state : OrderState.values()) {
            if (state.isAny() || state == OrderState.CHECKOUT_DRAFT) {
                ObjectNode total = totals.addObject();
                total.put("slug", state.wireName());
                total.put("name", state.wireName());
                total.put(
                        "total",
                        shop.orders.values().stream()
                                .filter(order -> order.state == state)
                                .count());
            }
        }
        return totals;
    }

    ArrayNode generalSettings() {
        ArrayNode settings = NODES.arrayNode();
        setting(settings, "woocommerce_store_address", "text", "", "");
        setting(settings, "woocommerce_store_city", "text", "", "");
        setting(settings, "woocommerce_default_country", "select", "US:CA", "GB");
        setting(settings, "woocommerce_store_postcode", "text", "", "");
        setting(settings, "woocommerce_allowed_countries", "select", "all", "all");
        setting(settings, "woocommerce_calc_taxes", "checkbox", "no", "yes");
        setting(settings, "woocommerce_enable_coupons", "checkbox", "yes", "yes");
        setting(settings, "woocommerce_currency", "select", "USD", "GBP");
        setting(settings, "woocommerce_currency_pos", "select", "left", "left");
        setting(settings, "woocommerce_price_thousand_sep", "text", ",", ",");
        setting(settings, "woocommerce_price_decimal_sep", "text", ".", ".");
        setting(
                settings,
                "woocommerce_price_num_decimals",
                "number",
                "2",
                Integer.toString(shop.decimals()));
        return settings;
    }

    private void setting(ArrayNode settings, String id, String type, String usual, String value) {
        ObjectNode json = settings.addObject();
        json.put("id", id);
        json.put("type", type);
        json.put("default", usual);
        json.put("value", value);
        links(
                json,
                "/settings/general/" + id,
                "/settings/general",
                List.of("GET", "POST", "PUT", "PATCH"));
    }

    // ---------------------------------------------------------------- values

    private ObjectNode links(
            ObjectNode json, String self, String collection, List<String> allowed) {
        ObjectNode links = json.putObject("_links");
        ObjectNode own = links.putArray("self").addObject();
        own.put("href", base + self);
        ArrayNode allow = own.putObject("targetHints").putArray("allow");
        allowed.forEach(allow::add);
        links.putArray("collection").addObject().put("href", base + collection);
        return links;
    }

    private static void meta(ArrayNode meta, long id, String key, String value) {
        ObjectNode entry = meta.addObject();
        entry.put("id", id);
        entry.put("key", key);
        entry.put("value", value);
    }

    private static void itemMeta(ArrayNode meta, long id, String key, String value) {
        meta(meta, id, key, value);
        ObjectNode entry = (ObjectNode) meta.get(meta.size() - 1);
        entry.put("display_key", key);
        entry.put("display_value", value);
    }

    private void dates(ObjectNode json, long createdAt, long modifiedAt) {
        json.put("date_created", local(createdAt));
        json.put("date_created_gmt", gmt(createdAt));
        json.put("date_modified", local(modifiedAt));
        json.put("date_modified_gmt", gmt(modifiedAt));
    }

    /** In the shop's time zone, without an offset. */
    private String local(long instant) {
        return LocalDateTime.ofInstant(Instant.ofEpochSecond(instant), shop.zone())
                .format(WIRE_TIME);
    }

    /** In UTC, without a {@code Z}. */
    static String gmt(long instant) {
        return LocalDateTime.ofEpochSecond(instant, 0, ZoneOffset.UTC).format(WIRE_TIME);
    }

    private @Nullable String localOrNull(long instant) {
        return instant == 0 ? null : local(instant);
    }

    private static @Nullable String gmtOrNull(long instant) {
        return instant == 0 ? null : gmt(instant);
    }

    static String pounds(int pence, int dp) {
        return BigDecimal.valueOf(pence, 2).setScale(dp, RoundingMode.HALF_UP).toPlainString();
    }

    private static String amount(Order order, int coins, int dp) {
        return BigDecimal.valueOf(coins, order.currency.getDefaultFractionDigits())
                .setScale(dp, RoundingMode.HALF_UP)
                .toPlainString();
    }

    /**
     * The net part. With more than two decimals the fractions of a penny show, and lines no longer
     * add up to the total, as in WooCommerce.
     */
    private static String netPounds(Order order, int gross, int dp) {
        if (dp <= order.currency.getDefaultFractionDigits() || !order.taxed) {
            return amount(order, order.net(gross), dp);
        }
        return exactNet(order, gross).setScale(dp, RoundingMode.HALF_UP).toPlainString();
    }

    private static BigDecimal exactNet(Order order, int gross) {
        return BigDecimal.valueOf(gross, order.currency.getDefaultFractionDigits())
                .divide(VAT, 6, RoundingMode.HALF_UP);
    }

    private static JsonNode unitPrice(Order order, int gross, int quantity) {
        BigDecimal net =
                order.taxed
                        ? exactNet(order, gross)
                        : BigDecimal.valueOf(gross, order.currency.getDefaultFractionDigits());
        double price = quantity == 0 ? 0 : net.doubleValue() / quantity;
        return price == Math.rint(price) ? NODES.numberNode((long) price) : NODES.numberNode(price);
    }

    /** Pence as a number of pounds without trailing zeros. */
    private static JsonNode number(int pence) {
        return pence % 100 == 0
                ? NODES.numberNode(pence / 100)
                : NODES.numberNode(BigDecimal.valueOf(pence, 2).stripTrailingZeros());
    }

    private static String avatar(String email, int size) {
        return "https://secure.gravatar.com/avatar/"
                + sha256(email.toLowerCase(Locale.ROOT))
                + "?s="
                + size
                + "&d=mm&r=g";
    }

    private String secret(String of, int length) {
        return sha256(shop.plan().seed() + of).substring(0, length);
    }

    private static String sha256(String text) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java runtime has SHA-256", e);
        }
    }
}
