package io.shopflow.extract.files;

import io.shopflow.extract.files.FileMapping.Each;
import io.shopflow.extract.files.FileMapping.FillDown;
import io.shopflow.extract.files.FileMapping.FindSale;
import io.shopflow.extract.yaml.YamlObject;
import java.util.List;
import java.util.Optional;

/** Reads how records become rows. */
final class EachParser {

    private EachParser() {}

    /** What makes several rows of a record. */
    static Optional<Each> each(YamlObject mapping, FileFormat format) {
        if (!mapping.has("each")) {
            return Optional.empty();
        }
        boolean json = format instanceof FileFormat.Json;
        if (json == mapping.isObject("each")) {
            mapping.invalid(
                    "each",
                    json
                            ? "'each' is the name of a list in the JSON, as in 'each: items'."
                            : "'each' is {columns: item_*, as: item}, or {column: items, split: \";\", as: item}; 'each: items' is for lists in JSON.");
            return Optional.empty();
        }
        return json
                ? mapping.text("each").map(Each.Items::new)
                : mapping.object("each").flatMap(EachParser::ofCells);
    }

    private static Optional<Each> ofCells(YamlObject each) {
        each.allow(List.of("columns", "column", "split", "as"));
        Optional<String> as = each.requiredText("as", "item");
        if (each.has("columns") == each.has("column")) {
            each.mistake(
                    "columns",
                    "mapping_value",
                    "'each' needs either 'columns', a pattern of their names, or 'column' and 'split'.");
            return Optional.empty();
        }
        if (each.has("columns")) {
            if (each.has("split")) {
                each.invalid("split", "'split' requires 'column'.");
            }
            return each.text("columns")
                    .flatMap(pattern -> as.map(name -> new Each.Columns(pattern, name)));
        }
        Optional<String> split = each.requiredText("split", "\";\"");
        return each.text("column")
                .flatMap(
                        column ->
                                split.flatMap(
                                        separator ->
                                                as.map(
                                                        name ->
                                                                new Each.Pieces(
                                                                        column, separator, name))));
    }

    /** How the sale is found that a row returns. */
    static Optional<FindSale> findSale(YamlObject mapping) {
        Optional<YamlObject> object = mapping.object("find_sale");
        if (object.isEmpty()) {
            return Optional.empty();
        }
        YamlObject find = object.get();
        find.allow(List.of("same", "quantity"));
        Optional<String> quantity = find.requiredText("quantity", "Quantity");
        List<String> same = find.texts("same");
        if (same.isEmpty()) {
            find.mistake(
                    "same",
                    "mapping_missing",
                    "'same' must name the columns that a sale and its return share, as in 'same: [customer, product, price]'.");
        }
        return quantity.map(column -> new FindSale(same, column));
    }

    /** Columns that are filled from rows above. */
    static Optional<FillDown> fillDown(YamlObject mapping) {
        Optional<YamlObject> object = mapping.object("fill_down");
        if (object.isEmpty()) {
            return Optional.empty();
        }
        YamlObject fill = object.get();
        fill.allow(List.of("columns", "by"));
        Optional<String> by = fill.requiredText("by", "order_id");
        List<String> columns = fill.texts("columns");
        if (columns.isEmpty()) {
            fill.mistake("columns", "mapping_missing", "'columns' must name the columns.");
        }
        return by.map(column -> new FillDown(columns, column));
    }
}
