package io.shopflow.shop.export;

import java.util.Arrays;
import java.util.List;

/** A defect of a row in a CSV file. */
enum CsvDefect {
    /** The first column, which identifies the row, is empty. */
    MISSING_ID("missing-id", ""),
    /** A number in another country's format: {@code 1.234,50}. */
    NUMBER_FORMAT("number-format", "unit_price,price,total"),
    /** A price below zero. */
    NEGATIVE_PRICE("negative-price", "unit_price,price"),
    /** A quantity of zero. */
    ZERO_QUANTITY("zero-quantity", "quantity"),
    /** The 30th of February. */
    IMPOSSIBLE_DATE("impossible-date", "created_at,registered_at"),
    /** The state of some plug-in. */
    UNKNOWN_STATUS("unknown-status", "status"),
    /** The last cell is missing. */
    RAGGED_ROW("ragged-row", ""),
    /** The previous row again. */
    DUPLICATE("duplicate", ""),
    /** An unclosed quote; only in the last row, since it swallows everything after it. */
    UNCLOSED_QUOTE("unclosed-quote", "");

    private final String rule;
    private final String fields;

    /**
     * A defect.
     *
     * @param rule the name in {@code defects.csv}
     * @param fields the columns that can have it, separated by commas, the likeliest first
     */
    CsvDefect(String rule, String fields) {
        this.rule = rule;
        this.fields = fields;
    }

    /** The name in {@code defects.csv}. */
    String rule() {
        return rule;
    }

    /** Whether any row of a file with these columns can have the defect. */
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
        return Arrays.stream(fields.split(",")).filter(columns::contains).findFirst().orElse("");
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
