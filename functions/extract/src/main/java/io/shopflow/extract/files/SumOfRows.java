package io.shopflow.extract.files;

import io.shopflow.extract.files.RecordValues.Test;
import io.shopflow.extract.files.RecordValues.Value;
import io.shopflow.extract.spill.SpillingMap;
import java.math.BigDecimal;

/** Sums of a number over the rows with the same id. */
final class SumOfRows {

    private final Value number;
    private final Test where;
    private final DecimalReader numbers;
    private final SpillingMap sums;

    /**
     * For a number.
     *
     * @param sums an empty map
     */
    SumOfRows(Value number, Test where, DecimalReader numbers, SpillingMap sums) {
        this.sums = sums;
        this.number = number;
        this.where = where;
        this.numbers = numbers;
    }

    void clear() {
        sums.clear();
    }

    void add(String id, Records records) {
        String text = where.of(records) ? number.of(records) : "";
        BigDecimal value = text.isEmpty() ? null : numbers.read(text);
        if (value == null) {
            return;
        }
        String before = sums.get(id);
        BigDecimal sum = before == null ? value : new BigDecimal(before).add(value);
        sums.put(id, sum.toString());
    }

    /** The sum of an id; empty if no row of it has the number. */
    String of(String id) {
        String sum = sums.get(id);
        return sum == null ? "" : numbers.written(new BigDecimal(sum));
    }
}
