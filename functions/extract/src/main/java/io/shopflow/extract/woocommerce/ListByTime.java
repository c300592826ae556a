package io.shopflow.extract.woocommerce;

import com.fasterxml.jackson.databind.JsonNode;
import io.shopflow.core.stream.StreamName;
import io.shopflow.extract.api.KeysetList;
import io.shopflow.extract.api.ListPage;
import io.shopflow.extract.source.SourceUnavailableException;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A list that the shop can filter and sort by one of its rows' times.
 *
 * @param name the resource, below {@code /wp-json/wc/v3/}
 * @param fixed parameters of every request
 */
record ListByTime(
        WooCommerceClient client,
        StreamName stream,
        String name,
        By by,
        Map<String, String> fixed,
        ShopTimes times,
        int pageSize)
        implements KeysetList {

    /** The time, and the shop's names of its order and its filters. */
    enum By {

        /** A row that changes moves to the end of the list. */
        CHANGE("date_modified", "modified", "modified_after", "modified_before"),

        /** A row never moves. */
        CREATION("date_created", "date", "after", "before");

        private final String field;
        private final String order;
        private final String after;
        private final String before;

        By(String field, String order, String after, String before) {
            this.field = field;
            this.order = order;
            this.after = after;
            this.before = before;
        }
    }

    @Override
    public String address() {
        return client.address(name);
    }

    @Override
    public Instant serverTime() {
        return client.shopTime();
    }

    @Override
    public String timeField() {
        return by.field;
    }

    @Override
    public ListPage page(
            @Nullable Instant after, @Nullable Instant before, int number, boolean keysOnly)
            throws SourceUnavailableException {
        Map<String, String> query = filter(after, before);
        if (keysOnly) {
            query.put("_fields", "id," + by.field + "," + by.field + "_gmt");
        }
        return client.page(stream, name, query, by.order, number, pageSize);
    }

    @Override
    public long count(@Nullable Instant after, @Nullable Instant before)
            throws SourceUnavailableException {
        return client.count(stream, name, filter(after, before));
    }

    @Override
    public @Nullable Instant timeOf(JsonNode row) {
        return times.instant(row, by.field);
    }

    private Map<String, String> filter(@Nullable Instant after, @Nullable Instant before) {
        Map<String, String> query = new TreeMap<>(fixed);
        if (after != null) {
            query.put(by.after, ShopTimes.filter(after));
        }
        if (before != null) {
            query.put(by.before, ShopTimes.filter(before));
        }
        query.put("dates_are_gmt", "true");
        return query;
    }
}
