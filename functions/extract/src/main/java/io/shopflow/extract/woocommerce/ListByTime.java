package io.shopflow.extract.woocommerce;

import com.fasterxml.jackson.databind.JsonNode;
import io.shopflow.core.stream.Stream;
import io.shopflow.extract.api.KeysetList;
import io.shopflow.extract.api.ListPage;
import io.shopflow.extract.source.SourceUnavailableException;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A list that the shop can filter and sort by one of its rows' times. */
final class ListByTime implements KeysetList {

    /**
     * The shop's names for one time.
     *
     * @param field name of the time without {@code _gmt}
     * @param orderBy the order by it
     * @param after the filter that excludes rows up to and including a second
     * @param before the filter that excludes rows from a second on
     */
    private record Names(String field, String orderBy, String after, String before) {}

    /** Of a change: a row that changes moves to the end of the list. */
    private static final Names CHANGE =
            new Names("date_modified", "modified", "modified_after", "modified_before");

    /** Of the creation: a row never moves. */
    private static final Names CREATION = new Names("date_created", "date", "after", "before");

    private final WooCommerceClient client;
    private final Stream stream;
    private final String resource;
    private final Names names;
    private final Map<String, String> fixed;
    private final ShopTimes times;
    private final int pageSize;

    private ListByTime(
            WooCommerceClient client,
            Stream stream,
            String resource,
            Names names,
            Map<String, String> fixed,
            ShopTimes times,
            int pageSize) {
        this.client = client;
        this.stream = stream;
        this.resource = resource;
        this.names = names;
        this.fixed = Map.copyOf(fixed);
        this.times = times;
        this.pageSize = pageSize;
    }

    /**
     * By time of change.
     *
     * @param fixed parameters of every request
     */
    static ListByTime ofChange(
            WooCommerceClient client,
            Stream stream,
            String resource,
            Map<String, String> fixed,
            ShopTimes times,
            int pageSize) {
        return new ListByTime(client, stream, resource, CHANGE, fixed, times, pageSize);
    }

    /**
     * By time of creation.
     *
     * @param fixed parameters of every request
     */
    static ListByTime ofCreation(
            WooCommerceClient client,
            Stream stream,
            String resource,
            Map<String, String> fixed,
            ShopTimes times,
            int pageSize) {
        return new ListByTime(client, stream, resource, CREATION, fixed, times, pageSize);
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
    public String timeField() {
        return names.field();
    }

    @Override
    public ListPage page(
            @Nullable Instant after, @Nullable Instant before, int number, boolean keysOnly)
            throws SourceUnavailableException {
        Map<String, String> query = filter(after, before);
        if (keysOnly) {
            query.put("_fields", "id," + names.field() + "," + names.field() + "_gmt");
        }
        query.put("orderby", names.orderBy());
        query.put("order", "asc");
        query.put("per_page", Integer.toString(pageSize));
        query.put("page", Integer.toString(number));
        return client.list(stream, resource, query);
    }

    @Override
    public long count(@Nullable Instant after, @Nullable Instant before)
            throws SourceUnavailableException {
        return client.count(stream, resource, filter(after, before));
    }

    @Override
    public @Nullable Instant timeOf(JsonNode row) {
        return times.instant(row, names.field());
    }

    private Map<String, String> filter(@Nullable Instant after, @Nullable Instant before) {
        Map<String, String> query = new TreeMap<>(fixed);
        if (after != null) {
            query.put(names.after(), ShopTimes.filter(after));
        }
        if (before != null) {
            query.put(names.before(), ShopTimes.filter(before));
        }
        query.put("dates_are_gmt", "true");
        return query;
    }
}
