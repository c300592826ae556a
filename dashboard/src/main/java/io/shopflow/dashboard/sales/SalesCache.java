package io.shopflow.dashboard.sales;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Caches sales until new data is loaded. Several readers of one page, or one who navigates back and
 * forth, cost the warehouse one query.
 */
@ApplicationScoped
public class SalesCache {
    private static final int MAX_ENTRIES = 64;

    /** A query and the version of the data. */
    private record Key(String version, Object query) {}

    private final Sales sales;
    private final Places places;

    private final Map<Key, Object> results =
            new LinkedHashMap<>(MAX_ENTRIES, 0.75f, true) {
                @Override
                protected boolean removeEldestEntry(Map.Entry<Key, Object> eldest) {
                    return size() > MAX_ENTRIES;
                }
            };

    SalesCache(Sales sales, Places places) {
        this.sales = sales;
        this.places = places;
    }

    List<SourceSales> sources(String version) {
        return cached(new Key(version, "sources"), sales::sources);
    }

    Categories categories(String version) {
        return cached(new Key(version, "categories"), sales::categories);
    }

    public SalesFigures figures(SalesFilter filter, String version) {
        SalesFilter ofAllGrains = filter.withGrain(null);
        return cached(new Key(version, ofAllGrains), () -> sales.figures(ofAllGrains));
    }

    public SalesOverTime overTime(SalesFilter filter, String version) {
        return cached(new Key(version, List.of("over time", filter)), () -> sales.overTime(filter));
    }

    public PlaceFigures places(SalesFilter filter, String version) {
        SalesFilter ofAllGrains = filter.withGrain(null);
        return cached(
                new Key(version, List.of("places", ofAllGrains)),
                () -> places.figures(ofAllGrains));
    }

    /**
     * The result of a query of another page.
     *
     * @param query equal only to queries with an equal result of the same type
     */
    public <T> T result(String version, Object query, Supplier<T> read) {
        return cached(new Key(version, query), read);
    }

    @SuppressWarnings("unchecked") // each kind of query has one type of result
    private <T> T cached(Key key, Supplier<T> query) {
        synchronized (results) {
            Object known = results.get(key);
            if (known != null) {
                return (T) known;
            }
        }
        // Outside the lock: a slow query must not block cached results.
        T result = query.get();
        synchronized (results) {
            results.put(key, result);
        }
        return result;
    }
}
