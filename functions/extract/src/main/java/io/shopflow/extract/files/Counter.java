package io.shopflow.extract.files;

import java.util.HashMap;
import java.util.Map;

/** Counts the rows of a file that have the same value in a column. */
final class Counter {

    private final int place;
    private final Map<String, Integer> rows = new HashMap<>();
    private LookupMemory memory = LookupMemory.ofNumbers();
    private int current;

    /**
     * For a column.
     *
     * @param place of the column
     */
    Counter(int place) {
        this.place = place;
    }

    int place() {
        return place;
    }

    void clear() {
        rows.clear();
        memory = LookupMemory.ofNumbers();
    }

    void count(String value) throws FileProblemException {
        current = rows.merge(value, 1, Integer::sum);
        if (current == 1) {
            memory.take(value);
        }
    }

    /** The number of the row counted last, from 1. */
    String current() {
        return Integer.toString(current);
    }
}
