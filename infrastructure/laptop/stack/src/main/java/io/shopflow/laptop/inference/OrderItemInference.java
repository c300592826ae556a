package io.shopflow.laptop.inference;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Infers the mapping of {@code order_items}. */
final class OrderItemInference {

    private static final Pattern DIGIT = Pattern.compile("\\d");

    private final Table table;
    private final Tables tables;
    private final String order;
    private final Optional<String> quantity;

    private OrderItemInference(Table table, Tables tables) {
        this.table = table;
        this.tables = tables;
        this.order = table.column(Role.ORDER_ID);
        this.quantity = table.find(Role.QUANTITY);
    }

    static StreamMapping of(Table table, Tables tables) {
        return new OrderItemInference(table, tables).mapping();
    }

    /** What distinguishes the lines of all orders. */
    static String id(Table table) {
        String order = table.column(Role.ORDER_ID);
        Optional<String> line = table.find(Role.LINE_ID).filter(table::isUnique);
        if (line.isPresent()) {
            return YamlText.of(line.get());
        }
        if (table.each() != null) {
            return "{columns: [%s, {item_number: true}]}".formatted(YamlText.of(order));
        }
        return table.find(Role.POSITION)
                .or(() -> table.find(Role.LINE_ID))
                .filter(position -> table.isUnique(order, position))
                .map(
                        position ->
                                "{columns: [%s, %s]}"
                                        .formatted(YamlText.of(order), YamlText.of(position)))
                .orElseGet(
                        () ->
                                "{columns: [%s, {number_within: %s}]}"
                                        .formatted(YamlText.of(order), YamlText.of(order)));
    }

    private StreamMapping mapping() {
        StreamMapping items = new StreamMapping(table, tables);
        if (table.each() != null) {
            if (tables.parent(table).map(Table::repeatsOrders).orElse(false)) {
                items.keepLastVersions();
            }
            table.find(Role.ORDERED_AT).ifPresent(date -> dated(items, date));
        }
        quantity.filter(column -> tables.hasNumber(table, column, sign -> sign <= 0))
                .ifPresent(column -> items.requireNumber(column, "above"));
        items.mapField("id", id(table));
        items.mapField("order_id", YamlText.of(order));
        items.mapColumn("product_id", Role.PRODUCT_ID);
        items.mapColumn("name", Role.PRODUCT_NAME);
        items.mapColumn("sku", Role.SKU);
        items.mapField("quantity", units());
        price(items);
        discount(items);
        table.find(Role.SHIPPING)
                .filter(table::isOfLine)
                .ifPresent(column -> items.mapAmount("shipping", column));
        table.find(Role.TAX)
                .filter(table::isOfLine)
                .ifPresent(column -> items.mapAmount("tax", column));
        items.mapColumn("currency", Role.CURRENCY);
        table.find(Role.UNIT_COST)
                .ifPresent(
                        cost ->
                                items.mapField(
                                        "line_cost",
                                        "{multiply: [%s, %s], round: 2}"
                                                .formatted(units(), YamlText.of(cost))));
        return items;
    }

    /** An order without a date is rejected, so its lines are left out. */
    private void dated(StreamMapping items, String date) {
        Set<String> others = DateGuess.of(table.distinct(date), false).others();
        if (!others.isEmpty() && others.stream().noneMatch(DIGIT.asPredicate())) {
            items.addCondition("{column: %s, matches: '%s'}".formatted(YamlText.of(date), DIGIT));
        } else if (table.hasGaps(date)) {
            items.requireValue(date);
        }
    }

    private String units() {
        return quantity.map(YamlText::of).orElse("{constant: 1}");
    }

    private void price(StreamMapping items) {
        Optional<String> ofLine = table.find(Role.LINE_TOTAL).map(YamlText::of);
        if (table.has(Role.UNIT_PRICE)) {
            items.mapColumn("unit_price", Role.UNIT_PRICE);
        } else if (ofLine.isPresent()) {
            items.addComment("The amount of the whole line.");
            items.mapField("gross", ofLine.get());
            items.mapField(
                    "unit_price",
                    quantity.isPresent()
                            ? "{divide: [%s, %s]}".formatted(ofLine.get(), units())
                            : ofLine.get());
        } else {
            items.addComment("Check: no column looks like a price.");
            items.mapField("unit_price", "{constant: 0}");
        }
    }

    private void discount(StreamMapping items) {
        Optional<String> discount =
                table.find(Role.LINE_DISCOUNT)
                        .or(() -> table.find(Role.DISCOUNT).filter(table::isOfLine));
        if (discount.isEmpty()) {
            return;
        }
        Optional<String> share = tables.share(table, discount.get());
        if (share.isEmpty()) {
            items.mapAmount("discount", discount.get());
        } else if (table.has(Role.UNIT_PRICE)) {
            items.addComment(
                    "Check: %s is taken for a share of the price."
                            .formatted(YamlText.comment(discount.get())));
            items.mapField(
                    "discount",
                    "{multiply: [%s, %s, %s], round: 2}"
                            .formatted(
                                    units(),
                                    YamlText.of(table.column(Role.UNIT_PRICE)),
                                    share.get()));
        } else {
            items.addComment(
                    "Check: %s seems to be a share of the price; it is not mapped."
                            .formatted(YamlText.comment(discount.get())));
        }
    }
}
