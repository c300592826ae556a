package io.shopflow.extract.files;

import io.shopflow.extract.files.RecordValues.Test;
import io.shopflow.extract.files.RecordValues.Value;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;

/** Sums of a number over the rows with the same id. */
final class SumOfRows {

    private final Value number;
    private final Test where;
    private final DecimalReader numbers;
    private final Map<String, BigDecimal> sums = new HashMap<>();
    private LookupMemory memory = LookupMemory.ofRepeatedIds();

    SumOfRows(Value number, Test where, DecimalReader numbers) {
        this.number = number;
        this.where = where;
        this.numbers = numbers;
    }

    void clear() {
        sums.clear();
        memory = LookupMemory.ofRepeatedIds();
    }

    void add(String id, Records records) throws FileProblemException {
        String text = where.of(records) ? number.of(records) : "";
        BigDecimal value = text.isEmpty() ? null : numbers.read(text);
        if (value == null) {
            return;
        }
        if (!sums.containsKey(id)) {
            memory.take(id);
        }
        sums.merge(id, value, BigDecimal::add);
    }

    /** The sum of an id; empty if no row of it has the number. */
    String of(String id) {
        BigDecimal sum = sums.get(id);
        return sum == null ? "" : numbers.written(sum);
    }
}
