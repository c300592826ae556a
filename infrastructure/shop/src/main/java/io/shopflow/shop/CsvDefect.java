package io.shopflow.shop;

import java.util.List;

/** A defect of a row in a CSV file. */
enum CsvDefect {
    /** The first column, which identifies the row, is empty. */
    MISSING_ID("missing-id"),
    /** A number in another country's format: {@code 1.234,50}. */
    NUMBER_FORMAT("number-format"),
    /** A price below zero. */
    NEGATIVE_PRICE("negative-price"),
    /** A quantity of zero. */
    ZERO_QUANTITY("zero-quantity"),
    /** The 30th of February. */
    IMPOSSIBLE_DATE("impossible-date"),
    /** The state of some plug-in. */
    UNKNOWN_STATUS("unknown-status"),
    /** The last cell is missing. */
    RAGGED_ROW("ragged-row"),
    /** The previous row again. */
    DUPLICATE("duplicate"),
    /** An unclosed quote; only in the last row, since it swallows everything after it. */
    UNCLOSED_QUOTE("unclosed-quote");

    private final String rule;

    CsvDefect(String rule) {
        this.rule = rule;
    }

    /** The columns that can have the defect, the likeliest first. */
    private List<String> fields() {
        return switch (this) {
            case NUMBER_FORMAT -> List.of("unit_price", "price", "total");
            case NEGATIVE_PRICE -> List.of("unit_price", "price");
            case ZERO_QUANTITY -> List.of("quantity");
            case IMPOSSIBLE_DATE -> List.of("created_at", "registered_at");
            case UNKNOWN_STATUS -> List.of("status");
            case MISSING_ID, RAGGED_ROW, DUPLICATE, UNCLOSED_QUOTE -> List.of();
        };
    }

    /** The name in {@code defects.csv}. */
    String rule() {
        return rule;
    }

    /** Whether a file with these columns can have the defect. */
    boolean fits(List<String> columns) {
        return switch (this) {
            case MISSING_ID, RAGGED_ROW, DUPLICATE -> true;
            case UNCLOSED_QUOTE -> false;
            case NUMBER_FORMAT, NEGATIVE_PRICE, ZERO_QUANTITY, IMPOSSIBLE_DATE, UNKNOWN_STATUS ->
                    !fieldOf(columns).isEmpty();
        };
    }

    /** The defective column; empty if the whole row is defective. */
    String fieldOf(List<String> columns) {
        if (this == MISSING_ID) {
            return columns.getFirst();
        }
        return fields().stream().filter(columns::contains).findFirst().orElse("");
    }

    /** Turns a correct value into a wrong one. */
    String spoil(String value) {
        return switch (this) {
            case MISSING_ID -> "";
            case NUMBER_FORMAT -> "1." + value.replace('.', ',');
            case NEGATIVE_PRICE -> "-" + value;
            case ZERO_QUANTITY -> "0";
            case IMPOSSIBLE_DATE -> value.substring(0, 4) + "-02-30T10:00:00Z";
            case UNKNOWN_STATUS -> "awaiting-pickup";
            case RAGGED_ROW, DUPLICATE, UNCLOSED_QUOTE -> value;
        };
    }
}
