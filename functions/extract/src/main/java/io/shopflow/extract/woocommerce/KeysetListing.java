package io.shopflow.extract.woocommerce;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A list that the shop can filter and sort by one of its rows' times.
 *
 * @param resource below {@code /wp-json/wc/v3/}
 * @param timeField name of the time without {@code _gmt}
 * @param orderBy the shop's name of that order
 * @param after the filter that excludes rows up to and including a second
 * @param before the filter that excludes rows from a second on
 * @param fixed parameters of every request
 */
record KeysetListing(
        String resource,
        String timeField,
        String orderBy,
        String after,
        String before,
        Map<String, String> fixed) {

    KeysetListing {
        fixed = Map.copyOf(fixed);
    }

    /** By time of change: a row that changes moves to the end of the list. */
    static KeysetListing byChange(String resource, Map<String, String> fixed) {
        return new KeysetListing(
                resource, "date_modified", "modified", "modified_after", "modified_before", fixed);
    }

    /** By time of creation: a row never moves. */
    static KeysetListing byCreation(String resource, Map<String, String> fixed) {
        return new KeysetListing(resource, "date_created", "date", "after", "before", fixed);
    }

    /**
     * The filter for rows after one second and before another.
     *
     * @param from null: from the first row, including those without a time
     * @param to null: to the last row
     */
    Map<String, String> window(@Nullable Instant from, @Nullable Instant to) {
        Map<String, String> query = new TreeMap<>(fixed);
        if (from != null) {
            query.put(after, ShopTimes.filter(from));
        }
        if (to != null) {
            query.put(before, ShopTimes.filter(to));
        }
        query.put("dates_are_gmt", "true");
        return query;
    }

    /** The time by which the row is sorted; null if it has none. */
    @Nullable Instant timeOf(JsonNode row, ShopTimes times) {
        return times.instant(row, timeField);
    }

    /** The fields with a row's id and time, for cheap scans. */
    String keyFields() {
        return "id," + timeField + "," + timeField + "_gmt";
    }
}
