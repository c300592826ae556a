package io.shopflow.extract.woocommerce;

import com.fasterxml.jackson.databind.JsonNode;
import io.shopflow.core.stream.StreamName;
import io.shopflow.extract.api.IdList;
import io.shopflow.extract.api.ListPage;
import io.shopflow.extract.source.SourceUnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A list that the shop cannot filter by change, in order of id.
 *
 * @param name the resource, below {@code /wp-json/wc/v3/}
 * @param fixed parameters of every request
 * @param createdAfter the filter by time of creation, which takes the shop's local time; null if
 *     there is none
 */
record ListById(
        WooCommerceClient client,
        StreamName stream,
        String name,
        Map<String, String> fixed,
        @Nullable String createdAfter,
        ShopTimes times,
        int pageSize)
        implements IdList {

    // A filter in local time that receives UTC is off by less than this in any zone.
    private static final Duration LOCAL_TIME_MARGIN = Duration.ofHours(26);

    @Override
    public String address() {
        return client.address(name);
    }

    @Override
    public Instant serverTime() {
        return client.shopTime();
    }

    @Override
    public boolean filtersByCreation() {
        return createdAfter != null;
    }

    @Override
    public ListPage page(@Nullable Instant after, long number) throws SourceUnavailableException {
        return client.page(stream, name, filter(after), "id", number, pageSize);
    }

    @Override
    public long pages(@Nullable Instant after) throws SourceUnavailableException {
        Map<String, String> query = filter(after);
        query.put("_fields", "id");
        return client.page(stream, name, query, "id", 1, pageSize).pages();
    }

    @Override
    public long count(@Nullable Instant after) throws SourceUnavailableException {
        return client.count(stream, name, filter(after));
    }

    @Override
    public @Nullable Instant createdAt(JsonNode row) {
        return times.instant(row, "date_created");
    }

    @Override
    public SourceUnavailableException outOfOrder() {
        return client.malformed(stream, name, "returns rows that are not in order of id");
    }

    private Map<String, String> filter(@Nullable Instant after) {
        Map<String, String> query = new TreeMap<>(fixed);
        if (createdAfter != null && after != null) {
            query.put(createdAfter, ShopTimes.filter(after.minus(LOCAL_TIME_MARGIN)));
        }
        return query;
    }
}
