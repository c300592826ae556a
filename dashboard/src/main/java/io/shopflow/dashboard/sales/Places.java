package io.shopflow.dashboard.sales;

import static io.shopflow.dashboard.sales.WarehouseQueries.money;
import static io.shopflow.dashboard.sales.WarehouseQueries.number;
import static io.shopflow.dashboard.sales.WarehouseQueries.rows;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;

import io.shopflow.dashboard.sales.PlaceFigures.Country;
import io.shopflow.dashboard.sales.SalesFigures.Average;
import io.shopflow.dashboard.sales.SalesFigures.Region;
import io.shopflow.dashboard.sales.SalesFigures.Regions;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.Query;
import jakarta.persistence.Tuple;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads sales by postcode area, region and country from the sums in schema {@code marts}. */
@ApplicationScoped
class Places {
    /** The marts' value for an order without postcode area. */
    private static final String UNKNOWN = "unknown";

    /** A shop that does not check its addresses has thousands of regions. */
    private static final int REGIONS = 30;

    /** The grains of the sums of places. */
    static final String GRAINS = "'year', 'month', 'day'";

    /** The sums by region of periods. */
    static final String SUMS_OF_REGIONS =
            """
            periods
            inner join marts.sums_by_region as sums using (grain, period)
            where source in (:sources) and currency = :currency and category = :category
            """;

    private static final String REGIONS_OF_RANGE =
            WarehouseQueries.periods(GRAINS)
                    + """
            select country, region, sum(orders) as orders, sum(net_minor) as net_minor
            from %s
            group by country, region
            """
                            .formatted(SUMS_OF_REGIONS);

    /** Letters of no area that exists are unknown, as if there were no postcode. */
    private static final String AREA =
            "case when postcode_area in (:areas) then postcode_area else 'unknown' end";

    private static final String AREAS =
            WarehouseQueries.periods(GRAINS)
                    + """
            select
                %s as area,
                sum(orders) as orders,
                sum(orders_with_lines) as orders_with_lines,
                sum(net_minor) as net_minor,
                sum(net_with_lines_minor) as net_with_lines_minor
            from periods
            inner join marts.sums_by_postcode_area as sums using (grain, period)
            where source in (:sources) and currency = :currency and category = :category
                and country in (:countries)
            group by area
            """
                            .formatted(AREA);

    private static final String OF_CATEGORY =
            """
            and (source, order_id) in (
                select source, order_id
                from marts.sales_items
                where source in (:sources) and currency = :currency
                    and business_date between :from and :to and category = :category
            )
            """;

    private final WarehouseQueries queries;
    private final MapAreas mapAreas;

    Places(WarehouseQueries queries, MapAreas mapAreas) {
        this.queries = queries;
        this.mapAreas = mapAreas;
    }

    /** Sales of one area or of several. */
    private record Sums(long orders, Money net, Average perOrder) {}

    /**
     * Customers of an area.
     *
     * @param ofFew those of all areas of the map that have few
     */
    private record Customers(long customers, long ofFew) {}

    PlaceFigures figures(SalesFilter filter) {
        Scope scope = filter.scope();
        List<Region> regions = regions(filter);
        return new PlaceFigures(
                regions.stream().mapToLong(Region::orders).sum(),
                sum(regions, scope),
                Map.of(SalesMap.UK, uk(filter)),
                Regions.top(REGIONS, regions, scope.currency()),
                countries(regions, scope));
    }

    private MapSales uk(SalesFilter filter) {
        return map(
                postcodeAreas(filter, filter.range()),
                filter.isComparable() ? postcodeAreas(filter, filter.compared()) : null,
                customers(filter),
                filter.scope());
    }

    /**
     * @param earlier null if no comparison is possible
     */
    private static MapSales map(
            Map<String, Sums> sums,
            @Nullable Map<String, Sums> earlier,
            Map<String, Customers> customers,
            Scope scope) {
        Money nothing = new Money(0, scope.currency());
        Sums none = new Sums(0, nothing, new Average(0, nothing));
        Customers noOne = new Customers(0, 0);
        Map<String, AreaSales> areas = new TreeMap<>();
        sums.forEach(
                (area, sum) ->
                        areas.put(
                                area,
                                new AreaSales(
                                        area,
                                        sum.orders,
                                        customers.getOrDefault(area, noOne).customers,
                                        sum.net,
                                        sum.perOrder,
                                        earlier == null
                                                ? null
                                                : earlier.getOrDefault(area, none).net)));
        AreaSales unknown = areas.remove(UNKNOWN);
        return new MapSales(
                List.copyOf(areas.values()),
                unknown,
                customers.values().stream().findFirst().orElse(noOne).ofFew,
                sums.values().stream().mapToLong(Sums::orders).sum(),
                sums.values().stream().map(Sums::net).reduce(nothing, Money::plus));
    }

    private Map<String, Sums> postcodeAreas(SalesFilter filter, DateRange range) {
        return rows(areas(filter, range)).stream()
                .collect(
                        toMap(
                                row -> row.get("area", String.class),
                                row -> sums(row, filter.scope())));
    }

    private static Sums sums(Tuple row, Scope scope) {
        return new Sums(
                number(row, "orders"),
                money(row, "net_minor", scope),
                new Average(
                        number(row, "orders_with_lines"),
                        money(row, "net_with_lines_minor", scope)));
    }

    private Query areas(SalesFilter filter, DateRange range) {
        return queries.inPeriods(AREAS, filter.scope(), range)
                .setParameter("category", filter.categoryOrAll())
                .setParameter("countries", MapAreas.UK_COUNTRIES)
                .setParameter("areas", mapAreas.letters());
    }

    /** An index holds all that this reads, unless a category is chosen. */
    private static String customers(String condition) {
        return """
            with customers as materialized (
                select distinct source, %s as area, customer_id
                from marts.sales_orders as orders
                where source in (:sources) and currency = :currency
                    and business_date between :from and :to
                    and country in (:countries) and customer_id is not null and is_order
                    %s
            ),
            counts as (
                select area, count(*) as customers
                from customers
                group by area
            ),
            of_few as (
                select distinct source, customer_id
                from customers
                inner join counts using (area)
                where counts.customers < :fewest
            )
            select area, customers, (select count(*) from of_few) as of_few
            from counts
            """
                .formatted(AREA, condition);
    }

    private Map<String, Customers> customers(SalesFilter filter) {
        boolean ofAll = filter.category() == null;
        Query query =
                queries.scoped(customers(ofAll ? "" : OF_CATEGORY), filter.scope())
                        .setParameter("from", filter.range().from())
                        .setParameter("to", filter.range().to())
                        .setParameter("countries", MapAreas.UK_COUNTRIES)
                        .setParameter("areas", mapAreas.letters())
                        .setParameter("fewest", AreaSales.FEWEST_CUSTOMERS);
        if (!ofAll) {
            query.setParameter("category", filter.category());
        }
        return rows(query).stream()
                .collect(
                        toMap(
                                row -> row.get("area", String.class),
                                row ->
                                        new Customers(
                                                number(row, "customers"), number(row, "of_few"))));
    }

    /** Sales of each region, in no order. */
    List<Region> regions(SalesFilter filter) {
        return rows(
                        queries.inPeriods(REGIONS_OF_RANGE, filter.scope(), filter.range())
                                .setParameter("category", filter.categoryOrAll()))
                .stream()
                .map(row -> region(row, filter.scope()))
                .toList();
    }

    private static Region region(Tuple row, Scope scope) {
        return new Region(
                row.get("country", String.class),
                row.get("region", String.class),
                number(row, "orders"),
                money(row, "net_minor", scope));
    }

    private static List<Country> countries(List<Region> regions, Scope scope) {
        return regions.stream().collect(groupingBy(Region::country)).entrySet().stream()
                .map(
                        country ->
                                new Country(
                                        country.getKey(),
                                        country.getValue().stream().mapToLong(Region::orders).sum(),
                                        sum(country.getValue(), scope)))
                .sorted(
                        Comparator.comparing((Country country) -> country.net().minor())
                                .reversed()
                                .thenComparing(Country::country))
                .toList();
    }

    private static Money sum(List<Region> regions, Scope scope) {
        return regions.stream()
                .map(Region::net)
                .reduce(new Money(0, scope.currency()), Money::plus);
    }
}
