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

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/**
 * The only description of each canonical stream. The raw CSV header, the validation, the clean CSV
 * header, the merge's statements and the data dictionary are derived from it.
 *
 * <p>Every stream's key is {@code (source, id)}; a source whose key has several columns joins them
 * into {@code id}.
 *
 * @param fields that a source may have, in raw column order; the first is {@code id}
 * @param derived columns that the transform adds after those of the fields
 */
public record StreamSchema(Stream stream, List<Field> fields, List<CleanColumn> derived) {

    /** Raw column: the row's position in its source, e.g. {@code orders.csv:17}. */
    public static final String POSITION = "_position";

    /**
     * Raw column: empty, or the reason why the row could not be read at its source as {@code rule:
     * explanation}; the transform quarantines such a row.
     */
    public static final String DEFECT = "_defect";

    /**
     * A rule in {@link #DEFECT} that is not a defect: a later row of the same extraction has the
     * same id, so this one counts as duplicate.
     */
    public static final String SUPERSEDED = "superseded";

    /**
     * A rule in {@link #DEFECT} that is not a defect: the row is a tombstone. The source has
     * deleted the row with this id; nothing else is known about it.
     */
    public static final String DELETED = "deleted";

    /** Clean column of a stream that {@link #keepsTombstones}: whether the row is a tombstone. */
    public static final String IS_DELETED = "is_deleted";

    /**
     * Clean column: the row's version, the source's {@code updated_at}, else the run's instant of
     * extraction.
     */
    public static final String VERSION_AT = "version_at";

    /**
     * Clean column: the row's number in its raw part, from 1; with run and part it identifies the
     * raw row.
     */
    public static final String SOURCE_ROW = "source_row";

    private static final Map<Stream, StreamSchema> SCHEMAS = new EnumMap<>(Stream.class);

    static {
        define(
                Stream.CUSTOMERS,
                List.of(
                        key("The shop's id of the customer."),
                        pseudonym("email", "E-mail address; compared without case."),
                        pseudonym("phone", "Telephone number; compared in E.164 form."),
                        dropped("first_name", "Given name."),
                        dropped("last_name", "Family name."),
                        dropped("company", "Company name."),
                        dropped("street", "Street address."),
                        optional("city", TEXT, "Town or city."),
                        optional(
                                "region", TEXT, "County, state or province, as the shop names it."),
                        area("postcode", "Postcode."),
                        optional("country", COUNTRY, "Country."),
                        optional("created_at", INSTANT, "When the customer registered."),
                        updatedAt()));
        define(
                Stream.PRODUCTS,
                List.of(
                        key("The shop's id of the product."),
                        optional("name", TEXT, "Name."),
                        optional("sku", TEXT, "Stock keeping unit."),
                        optional("category", TEXT, "Main category; none is shown as 'unknown'."),
                        optional(
                                "price",
                                MONEY,
                                "Current list price, without tax where the shop tells."),
                        optional(
                                "unit_cost",
                                MONEY,
                                "What one unit costs the shop; none means unknown, not zero."),
                        optional("currency", CURRENCY, "Currency of price and cost."),
                        optional("created_at", INSTANT, "When the product was created."),
                        updatedAt()));
        define(
                Stream.SELLERS,
                List.of(
                        key("The marketplace's id of the seller."),
                        optional("city", TEXT, "Town or city."),
                        optional("region", TEXT, "County, state or province."),
                        area("postcode", "Postcode."),
                        optional("country", COUNTRY, "Country."),
                        updatedAt()));
        define(
                Stream.ORDERS,
                List.of(
                        key("The shop's id of the order."),
                        optional(
                                "customer_id",
                                TEXT,
                                "Who ordered; none for a guest without e-mail address."),
                        required("status", STATUS, "State of the order."),
                        required("currency", CURRENCY, "Currency of all amounts of the order."),
                        required("ordered_at", INSTANT, "When the order was placed."),
                        optional("paid_at", INSTANT, "When it was paid."),
                        optional("completed_at", INSTANT, "When it was delivered or completed."),
                        optional("payment_method", TEXT, "How it was paid."),
                        optional(
                                "total",
                                MONEY,
                                "What the customer was charged, tax and shipping included."),
                        optional("tax", MONEY, "Tax within the total."),
                        optional(
                                "shipping",
                                MONEY,
                                "Shipping without tax, where it is charged per order."),
                        optional(
                                "discount",
                                MONEY,
                                "All discounts of the order without tax, those of its lines included."),
                        optional(
                                "separate_discount",
                                MONEY,
                                "Discount on the order without tax, beside 'discount' and those of its lines."),
                        optional(
                                "fees",
                                MONEY,
                                "Fees of the order without tax; less than 0 where credit was redeemed."),
                        optional(
                                "item_ids",
                                IDS,
                                "All lines of the order: others that are not newer are gone."),
                        optional(
                                "payment_ids",
                                IDS,
                                "All payments of the order: others that are not newer are gone."),
                        optional(
                                "refund_ids",
                                IDS,
                                "All refund groups of the order: others that are not newer are gone."),
                        optional("ship_city", TEXT, "Town or city it was sent to."),
                        optional("ship_region", TEXT, "County, state or province it was sent to."),
                        area("ship_postcode", "Postcode it was sent to."),
                        optional("ship_country", COUNTRY, "Country it was sent to."),
                        pseudonym("email", "E-mail address given with the order; names a guest."),
                        dropped("name", "Names on the order."),
                        dropped("street", "Street addresses on the order."),
                        dropped("phone", "Telephone number on the order."),
                        dropped("note", "The customer's note."),
                        updatedAt()),
                new CleanColumn("ordered_on", "date", true));
        define(
                Stream.ORDER_ITEMS,
                List.of(
                        key("The shop's id of the line."),
                        required("order_id", TEXT, "The order it is part of."),
                        optional(
                                "product_id", TEXT, "The product; none where the shop deleted it."),
                        optional("seller_id", TEXT, "Who sold it, on a marketplace."),
                        optional("name", TEXT, "Name of the product when it was sold."),
                        optional("sku", TEXT, "Stock keeping unit."),
                        required("quantity", DECIMAL, "Units sold; more than 0."),
                        required(
                                "unit_price",
                                MONEY,
                                "Price of one unit before discounts, without tax; 0 for a gift."),
                        optional(
                                "gross",
                                MONEY,
                                "Line before discounts, without tax; none: quantity × unit price."),
                        optional("discount", MONEY, "Discount on the line, without tax; none: 0."),
                        optional(
                                "shipping",
                                MONEY,
                                "Shipping without tax, where it is charged per line."),
                        optional("tax", MONEY, "Tax on the line."),
                        optional(
                                "line_cost",
                                MONEY,
                                "Cost of the whole line as first seen; none means unknown."),
                        required("currency", CURRENCY, "Currency of the amounts."),
                        updatedAt()),
                new CleanColumn("net_minor", "bigint", true));
        define(
                Stream.PAYMENTS,
                List.of(
                        key("The shop's id of the payment."),
                        required("order_id", TEXT, "The order that was paid."),
                        optional("method", TEXT, "How it was paid."),
                        optional("installments", INTEGER, "Number of instalments."),
                        required("amount", MONEY, "What was paid."),
                        required("currency", CURRENCY, "Currency of the amount."),
                        optional("paid_at", INSTANT, "When it was paid."),
                        updatedAt()));
        define(
                Stream.REFUNDS,
                List.of(
                        key("The shop's id of the refund, with the line's where it refunds lines."),
                        required("order_id", TEXT, "The order that was refunded."),
                        optional(
                                "refund_group",
                                TEXT,
                                "The shop's id of the refund that the row is part of; none: the row's own."),
                        optional(
                                "order_item_id",
                                TEXT,
                                "The line; none where only an amount was refunded."),
                        optional("quantity", DECIMAL, "Units that came back."),
                        required(
                                "amount",
                                MONEY,
                                "What was given back: of a line without tax, of the order with all that was charged."),
                        optional(
                                "other",
                                MONEY,
                                "Tax, shipping and fees given back beside the amount, where the shop tells them apart."),
                        required("currency", CURRENCY, "Currency of the amounts."),
                        required("refunded_at", INSTANT, "When it was refunded."),
                        dropped("reason", "Why, in the shop's words."),
                        updatedAt()),
                new CleanColumn("refunded_on", "date", true));
        define(
                Stream.REVIEWS,
                List.of(
                        key("The shop's id of the review."),
                        optional("order_id", TEXT, "The order it is about."),
                        optional("product_id", TEXT, "The product it is about."),
                        required("rating", INTEGER, "1 to 5."),
                        pseudonym("reviewer_email", "E-mail address of the reviewer."),
                        dropped("reviewer", "Name of the reviewer."),
                        dropped("title", "Title: free text."),
                        dropped("body", "Review: free text."),
                        optional("created_at", INSTANT, "When it was written."),
                        optional("answered_at", INSTANT, "When it was answered."),
                        updatedAt()));
    }

    public StreamSchema {
        fields = List.copyOf(fields);
        derived = List.copyOf(derived);
    }

    /** The schema of a stream. */
    public static StreamSchema of(Stream stream) {
        return Objects.requireNonNull(SCHEMAS.get(stream), stream.canonicalName());
    }

    /** The raw CSV header: position, defect, then every field. */
    public List<String> rawHeader() {
        return java.util.stream.Stream.concat(
                        java.util.stream.Stream.of(POSITION, DEFECT),
                        fields.stream().map(Field::name))
                .toList();
    }

    /** The clean CSV's columns: fields, derived, version, source row. */
    public List<CleanColumn> cleanColumns() {
        return java.util.stream.Stream.of(
                        content(fields.stream().map(Field::cleanColumn).flatMap(Optional::stream)),
                        content(derived.stream()),
                        keepsTombstones()
                                ? java.util.stream.Stream.of(
                                        new CleanColumn(IS_DELETED, "boolean", true))
                                : java.util.stream.Stream.<CleanColumn>empty(),
                        java.util.stream.Stream.of(
                                new CleanColumn(VERSION_AT, "timestamptz", true),
                                new CleanColumn(SOURCE_ROW, "bigint", true)))
                .flatMap(Function.identity())
                .toList();
    }

    /**
     * Whether a row that is deleted at its source leaves a tombstone: facts do. Customers, products
     * and sellers stay, since their sales stay.
     */
    public boolean keepsTombstones() {
        return switch (stream) {
            case CUSTOMERS, PRODUCTS, SELLERS -> false;
            case ORDERS, ORDER_ITEMS, PAYMENTS, REFUNDS, REVIEWS -> true;
        };
    }

    /** A tombstone has only an id, so only the id can be {@code not null}. */
    private java.util.stream.Stream<CleanColumn> content(
            java.util.stream.Stream<CleanColumn> columns) {
        return keepsTombstones()
                ? columns.map(
                        column ->
                                new CleanColumn(
                                        column.name(),
                                        column.sqlType(),
                                        column.name().equals("id")))
                : columns;
    }

    /** The header of rejected rows: rule, field, message, then the raw header. */
    public List<String> quarantineHeader() {
        return java.util.stream.Stream.concat(
                        java.util.stream.Stream.of("rule", "field", "message"),
                        rawHeader().stream())
                .toList();
    }

    /** The clean CSV header: the names of {@link #cleanColumns()}. */
    public List<String> cleanHeader() {
        return cleanColumns().stream().map(CleanColumn::name).toList();
    }

    private static void define(Stream stream, List<Field> fields, CleanColumn... derived) {
        SCHEMAS.put(stream, new StreamSchema(stream, fields, List.of(derived)));
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

    private static Field updatedAt() {
        return optional(
                "updated_at",
                INSTANT,
                "When the source last changed the row; orders its versions.");
    }
}
