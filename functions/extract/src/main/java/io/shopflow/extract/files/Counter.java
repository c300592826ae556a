package io.shopflow.extract.files;

import io.shopflow.extract.spill.SpillingMap;

/** Counts the rows of a file that have the same value in a column. */
final class Counter {

    private final int place;
    private final SpillingMap rows;
    private int current;

    /**
     * For a column.
     *
     * @param place of the column
     * @param rows an empty map
     */
    Counter(int place, SpillingMap rows) {
        this.place = place;
        this.rows = rows;
    }

    int place() {
        return place;
    }

    void clear() {
        rows.clear();
    }

    void count(String value) {
        String before = rows.get(value);
        current = before == null ? 1 : Integer.parseInt(before) + 1;
        rows.put(value, current());
    }

    /** The number of the row counted last, from 1. */
    String current() {
        return Integer.toString(current);
    }
}
