package io.shopflow.core.stream;

import static io.shopflow.core.stream.FieldType.COUNTRY;
import static io.shopflow.core.stream.FieldType.CURRENCY;
import static io.shopflow.core.stream.FieldType.DECIMAL;
import static io.shopflow.core.stream.FieldType.IDS;
import static io.shopflow.core.stream.FieldType.INSTANT;
import static io.shopflow.core.stream.FieldType.INTEGER;
import static io.shopflow.core.stream.FieldType.MONEY;
import static io.shopflow.core.stream.FieldType.STATUS;
import static io.shopflow.core.stream.FieldType.TEXT;

import java.util.List;

/** The fields of each stream, which a source may have, in raw column order. */
final class StreamFields {

    private static final Field UPDATED_AT =
            optional("updated_at", INSTANT, "When the source last changed the row.");

    private static final List<Field> CUSTOMERS =
            List.of(
                    key("The shop's id of the customer."),
                    pseudonym("email", "E-mail address; compared without case."),
                    pseudonym("phone", "Telephone number; compared in E.164 form."),
                    dropped("first_name", "Given name."),
                    dropped("last_name", "Family name."),
                    dropped("company", "Company name."),
                    dropped("street", "Street address."),
                    optional("city", TEXT, "Town or city."),
                    optional("region", TEXT, "County, state or province, as the shop names it."),
                    area("postcode", "Postcode."),
                    optional("country", COUNTRY, "Country."),
                    optional("created_at", INSTANT, "When the customer registered."),
                    UPDATED_AT);

    private static final List<Field> PRODUCTS =
            List.of(
                    key("The shop's id of the product."),
                    optional("name", TEXT, "Name."),
                    optional("sku", TEXT, "Stock keeping unit."),
                    optional("category", TEXT, "Main category; none is shown as 'unknown'."),
                    optional("price", MONEY, "Current list price, without tax if the shop has it."),
                    optional("unit_cost", MONEY, "Cost of one unit; none is unknown, not zero."),
                    optional("currency", CURRENCY, "Currency of price and cost."),
                    optional("created_at", INSTANT, "When the product was created."),
                    UPDATED_AT);

    private static final List<Field> SELLERS =
            List.of(
                    key("The marketplace's id of the seller."),
                    optional("city", TEXT, "Town or city."),
                    optional("region", TEXT, "County, state or province."),
                    area("postcode", "Postcode."),
                    optional("country", COUNTRY, "Country."),
                    UPDATED_AT);

    private static final List<Field> ORDERS =
            List.of(
                    key("The shop's id of the order."),
                    optional("customer_id", TEXT, "The customer; none for a guest without e-mail."),
                    required("status", STATUS, "State of the order."),
                    required("currency", CURRENCY, "Currency of all amounts of the order."),
                    required("ordered_at", INSTANT, "When the order was placed."),
                    optional("paid_at", INSTANT, "When it was paid."),
                    optional("completed_at", INSTANT, "When it was delivered or completed."),
                    optional("payment_method", TEXT, "Payment method."),
                    optional("total", MONEY, "Amount charged, with tax and shipping."),
                    optional("tax", MONEY, "Tax within the total."),
                    optional("shipping", MONEY, "Shipping charged per order, without tax."),
                    optional("discount", MONEY, "All discounts, also of lines, without tax."),
                    optional(
                            "separate_discount",
                            MONEY,
                            "Discount on the order, not in 'discount' or of lines, without tax."),
                    optional("fees", MONEY, "Fees without tax; negative for redeemed credit."),
                    optional("item_ids", IDS, "All lines; other, older ones are deleted."),
                    optional("payment_ids", IDS, "All payments; likewise."),
                    optional("refund_ids", IDS, "All refund groups; likewise."),
                    optional("ship_city", TEXT, "Town or city of delivery."),
                    optional("ship_region", TEXT, "County, state or province of delivery."),
                    area("ship_postcode", "Postcode of delivery."),
                    optional("ship_country", COUNTRY, "Country of delivery."),
                    pseudonym("email", "E-mail address given with the order; identifies a guest."),
                    dropped("name", "Names on the order."),
                    dropped("street", "Street addresses on the order."),
                    dropped("phone", "Telephone number on the order."),
                    dropped("note", "The customer's note."),
                    UPDATED_AT);

    private static final List<Field> ORDER_ITEMS =
            List.of(
                    key("The shop's id of the line."),
                    required("order_id", TEXT, "The order of the line."),
                    optional("product_id", TEXT, "The product; none if the shop deleted it."),
                    optional("seller_id", TEXT, "The seller, on a marketplace."),
                    optional("name", TEXT, "Name of the product at the time of the sale."),
                    optional("sku", TEXT, "Stock keeping unit."),
                    required("quantity", DECIMAL, "Units sold; more than 0."),
                    required("unit_price", MONEY, "Price of one unit before discounts and tax."),
                    optional("gross", MONEY, "Before discounts and tax; none: quantity × price."),
                    optional("discount", MONEY, "Discount on the line, without tax; none: 0."),
                    optional("shipping", MONEY, "Shipping charged per line, without tax."),
                    optional("tax", MONEY, "Tax on the line."),
                    optional(
                            "line_cost",
                            MONEY,
                            "Cost of all units of the line; the first one counts."),
                    required("currency", CURRENCY, "Currency of the amounts."),
                    UPDATED_AT);

    private static final List<Field> PAYMENTS =
            List.of(
                    key("The shop's id of the payment."),
                    required("order_id", TEXT, "The paid order."),
                    optional("method", TEXT, "Payment method."),
                    optional("installments", INTEGER, "Number of instalments."),
                    required("amount", MONEY, "Amount paid."),
                    required("currency", CURRENCY, "Currency of the amount."),
                    optional("paid_at", INSTANT, "When it was paid."),
                    UPDATED_AT);

    private static final List<Field> REFUNDS =
            List.of(
                    key("The shop's id of the refund, with that of the line if it refunds lines."),
                    required("order_id", TEXT, "The refunded order."),
                    optional("refund_group", TEXT, "The shop's id of the whole refund; none: id."),
                    optional("order_item_id", TEXT, "The line; none if only an amount."),
                    optional("quantity", DECIMAL, "Units returned."),
                    required("amount", MONEY, "Of a line without tax, of an order with all."),
                    optional("other", MONEY, "Refunded tax, shipping and fees beside the amount."),
                    required("currency", CURRENCY, "Currency of the amounts."),
                    required("refunded_at", INSTANT, "When it was refunded."),
                    dropped("reason", "The reason, in the shop's words."),
                    UPDATED_AT);

    private static final List<Field> REVIEWS =
            List.of(
                    key("The shop's id of the review."),
                    optional("order_id", TEXT, "The reviewed order."),
                    optional("product_id", TEXT, "The reviewed product."),
                    required("rating", INTEGER, "1 to 5."),
                    pseudonym("reviewer_email", "E-mail address of the reviewer."),
                    dropped("reviewer", "Name of the reviewer."),
                    dropped("title", "Title: free text."),
                    dropped("body", "Review: free text."),
                    optional("created_at", INSTANT, "When it was written."),
                    optional("answered_at", INSTANT, "When it was answered."),
                    UPDATED_AT);

    private StreamFields() {}

    static List<Field> of(StreamName stream) {
        return switch (stream) {
            case CUSTOMERS -> CUSTOMERS;
            case PRODUCTS -> PRODUCTS;
            case SELLERS -> SELLERS;
            case ORDERS -> ORDERS;
            case ORDER_ITEMS -> ORDER_ITEMS;
            case PAYMENTS -> PAYMENTS;
            case REFUNDS -> REFUNDS;
            case REVIEWS -> REVIEWS;
        };
    }

    private static Field key(String description) {
        return required("id", TEXT, description);
    }

    private static Field required(String name, FieldType type, String description) {
        return new Field(name, type, true, Privacy.PUBLIC, description);
    }

    private static Field optional(String name, FieldType type, String description) {
        return new Field(name, type, false, Privacy.PUBLIC, description);
    }

    private static Field pseudonym(String name, String description) {
        return new Field(name, TEXT, false, Privacy.PSEUDONYM, description);
    }

    private static Field area(String name, String description) {
        return new Field(name, TEXT, false, Privacy.AREA, description);
    }

    private static Field dropped(String name, String description) {
        return new Field(name, TEXT, false, Privacy.DROP, description);
    }
}
