package io.shopflow.extract.woocommerce;

import com.fasterxml.jackson.databind.JsonNode;
import io.shopflow.core.stream.Stream;
import io.shopflow.extract.api.IdList;
import io.shopflow.extract.api.ListPage;
import io.shopflow.extract.source.SourceUnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A list that the shop cannot filter by change, in order of id. */
final class ListById implements IdList {

    // A filter in local time that receives UTC is off by less than this in any zone.
    private static final Duration LOCAL_TIME_MARGIN = Duration.ofHours(26);

    private final WooCommerceClient client;
    private final Stream stream;
    private final String resource;
    private final Map<String, String> fixed;
    private final @Nullable String createdAfter;
    private final ShopTimes times;
    private final int pageSize;

    /**
     * The list.
     *
     * @param fixed parameters of every request
     * @param createdAfter the filter by time of creation, which takes the shop's local time; null
     *     if there is none
     */
    ListById(
            WooCommerceClient client,
            Stream stream,
            String resource,
            Map<String, String> fixed,
            @Nullable String createdAfter,
            ShopTimes times,
            int pageSize) {
        this.client = client;
        this.stream = stream;
        this.resource = resource;
        this.fixed = Map.copyOf(fixed);
        this.createdAfter = createdAfter;
        this.times = times;
        this.pageSize = pageSize;
    }

    @Override
    public String name() {
        return resource;
    }

    @Override
    public String address() {
        return client.address(resource);
    }

    @Override
    public int pageSize() {
        return pageSize;
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
        return client.list(stream, resource, query(after, number));
    }

    @Override
    public long pages(@Nullable Instant after) throws SourceUnavailableException {
        Map<String, String> query = query(after, 1);
        query.put("_fields", "id");
        return client.list(stream, resource, query).pages();
    }

    @Override
    public long count(@Nullable Instant after) throws SourceUnavailableException {
        return client.count(stream, resource, filter(after));
    }

    @Override
    public @Nullable Instant createdAt(JsonNode row) {
        return times.instant(row, "date_created");
    }

    @Override
    public SourceUnavailableException outOfOrder() {
        return client.malformed(
                stream, resource, "answers rows that are not in order of id, although asked to");
    }

    private Map<String, String> query(@Nullable Instant after, long number) {
        Map<String, String> query = filter(after);
        query.put("orderby", "id");
        query.put("order", "asc");
        query.put("per_page", Integer.toString(pageSize));
        query.put("page", Long.toString(number));
        return query;
    }

    private Map<String, String> filter(@Nullable Instant after) {
        Map<String, String> query = new TreeMap<>(fixed);
        if (createdAfter != null && after != null) {
            query.put(createdAfter, ShopTimes.filter(after.minus(LOCAL_TIME_MARGIN)));
        }
        return query;
    }
}
