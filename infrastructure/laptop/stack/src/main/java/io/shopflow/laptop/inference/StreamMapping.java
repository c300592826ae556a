package io.shopflow.laptop.inference;

import java.util.ArrayList;
import java.util.List;

/** Builds the YAML mapping of one stream from a table. */
final class StreamMapping {

    private final Table table;
    private final Tables tables;
    private final List<String> head = new ArrayList<>();
    private final List<String> conditions = new ArrayList<>();
    private final List<String> fields = new ArrayList<>();

    StreamMapping(Table table, Tables tables) {
        this.table = table;
        this.tables = tables;
        head.add("file: " + FileNames.yaml(table.files()));
        String own = table.layout().yaml();
        if (!own.equals(tables.format())) {
            head.add("format: " + (own.isEmpty() ? "{type: csv}" : own));
        }
        if (table.each() != null) {
            head.add("each: " + YamlText.of(table.each()));
        }
    }

    /** Rows may share an id; the last one counts. */
    void allowRepeatedIds() {
        head.add("repeated_ids: true");
    }

    /** If an order occurs more than once, only the rows of its last version count. */
    void keepLastVersions() {
        head.add("last_of: order_id");
    }

    void addCondition(String condition) {
        conditions.add(condition);
    }

    void requireValue(String column) {
        conditions.add(hasValue(column));
    }

    /** The condition that a column has a value. */
    static String hasValue(String column) {
        return "{column: %s, empty: false}".formatted(YamlText.of(column));
    }

    /**
     * Leaves out the rows whose number is not above (or below) 0.
     *
     * @param relation {@code above} or {@code below}
     */
    void requireNumber(String column, String relation) {
        conditions.add("{column: %s, %s: 0}".formatted(YamlText.of(column), relation));
    }

    void addComment(String text) {
        fields.add("# " + text);
    }

    void mapField(String name, String value) {
        fields.add(name + ": " + value);
    }

    /** Maps a field to the column with this role, if the table has one. */
    void mapColumn(String name, Role role) {
        table.find(role).ifPresent(column -> mapField(name, YamlText.of(column)));
    }

    /** Maps a field whose amounts are at least 0; the file may write them as negative ones. */
    void mapAmount(String name, String column) {
        boolean negated =
                tables.hasNumber(table, column, sign -> sign < 0)
                        && !tables.hasNumber(table, column, sign -> sign > 0);
        mapField(
                name,
                negated
                        ? "{column: %s, negate: true}".formatted(YamlText.of(column))
                        : YamlText.of(column));
    }

    /** The lines of YAML. */
    List<String> lines() {
        List<String> lines = new ArrayList<>(head);
        if (!conditions.isEmpty()) {
            lines.add("where:");
            conditions.forEach(condition -> lines.add("  - " + condition));
        }
        lines.add("fields:");
        fields.forEach(field -> lines.add("  " + field));
        return lines;
    }
}
