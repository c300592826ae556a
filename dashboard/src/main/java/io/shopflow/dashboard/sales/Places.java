package io.shopflow.dashboard.sales;

import static io.shopflow.dashboard.sales.WarehouseQueries.money;
import static io.shopflow.dashboard.sales.WarehouseQueries.number;
import static io.shopflow.dashboard.sales.WarehouseQueries.rows;
import static java.util.stream.Collectors.partitioningBy;
import static java.util.stream.Collectors.toMap;

import io.shopflow.dashboard.sales.SalesFigures.Average;
import io.shopflow.dashboard.sales.SalesFigures.Region;
import io.shopflow.dashboard.sales.SalesFigures.Regions;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.Query;
import jakarta.persistence.Tuple;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** Reads sales by area of each map, and by region, from the sums in schema {@code marts}. */
@ApplicationScoped
class Places {
    /** The marts' value for an order without postcode area. */
    private static final String UNKNOWN = "unknown";

    private static final String BRAZIL = "BR";

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
            select
                country,
                region,
                sum(orders) as orders,
                sum(orders_with_lines) as orders_with_lines,
                sum(net_minor) as net_minor,
                sum(net_with_lines_minor) as net_with_lines_minor
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

    /** The grains of the sets of customers. */
    private static final String GRAINS_OF_CUSTOMERS = "'year', 'month', 'third', 'day'";

    /** The sets of customers by address, each a row of bits for a block of customers. */
    private static final String CUSTOMERS =
            WarehouseQueries.periods(GRAINS_OF_CUSTOMERS)
                    + """
            , sets as materialized (
                select source, block, country, region, %s as postcode_area, bit_or(customer_bits) as customer_bits
                from periods
                inner join marts.customers_by_address using (grain, period)
                where source in (:sources) and currency = :currency
                -- By position, because each mention of an area's letters is a parameter of its own.
                group by 1, 2, 3, 4, 5
            ),
            """
                            .formatted(AREA);

    /** The same of a category: such sets are not stored, because they have few customers each. */
    private static final String CUSTOMERS_OF_CATEGORY =
            """
            with orders as (
                select distinct source, customer_id, country, region, %s as postcode_area
                from marts.sales_orders
                where source in (:sources) and currency = :currency
                    and business_date between :firstOn and :lastOn
                    and customer_id is not null and is_order
                    and (source, order_id) in (
                        select source, order_id
                        from marts.sales_items
                        where source in (:sources) and currency = :currency
                            and business_date between :firstOn and :lastOn and category = :category
                    )
            ),
            sets as materialized (
                select
                    source,
                    customer_number / 1024 as block,
                    country,
                    region,
                    postcode_area,
                    bit_or(set_bit(cast(b'0' as bit(1024)), customer_number %% 1024, 1)) as customer_bits
                from orders
                inner join marts.customer_numbers using (source, customer_id)
                group by source, customer_number / 1024, country, region, postcode_area
            ),
            """
                    .formatted(AREA);

    /**
     * Ends a query of distinct known customers of each area of each map, and of each region; with
     * those of all areas of the map that have few.
     */
    private static final String CUSTOMERS_BY_AREA =
            """
            states as materialized (
                select region, state
                from unnest(cast(:regions as text[]), cast(:states as text[])) as states (region, state)
            ),
            areas as materialized (
                select
                    'uk' as map,
                    '' as country,
                    postcode_area as area,
                    source,
                    block,
                    bit_or(customer_bits) as customer_bits
                from sets
                where country in (:countries)
                group by postcode_area, source, block
                union all
                select 'brazil', '', coalesce(state, 'unknown'), source, block, bit_or(customer_bits)
                from sets
                left join states using (region)
                where country = 'BR'
                group by coalesce(state, 'unknown'), source, block
                union all
                select 'world', '', country, source, block, bit_or(customer_bits)
                from sets
                group by country, source, block
                union all
                select 'regions', country, region, source, block, bit_or(customer_bits)
                from sets
                group by country, region, source, block
            ),
            counts as materialized (
                select map, country, area, sum(bit_count(customer_bits)) as customers
                from areas
                group by map, country, area
            ),
            few as (
                select map, source, block, bit_or(customer_bits) as customer_bits
                from areas
                inner join counts using (map, country, area)
                where counts.customers < :fewest
                group by map, source, block
            ),
            of_few as (
                select map, sum(bit_count(customer_bits)) as customers
                from few
                group by map
            )
            select
                map,
                country,
                area as region,
                area,
                counts.customers,
                coalesce(of_few.customers, 0) as of_few
            from counts
            left join of_few using (map)
            """;

    private final WarehouseQueries queries;
    private final MapAreas mapAreas;
    private final BrazilianStates brazilianStates;

    Places(WarehouseQueries queries, MapAreas mapAreas) {
        this.queries = queries;
        this.mapAreas = mapAreas;
        brazilianStates = new BrazilianStates(mapAreas.of(SalesMap.BRAZIL));
    }

    /** A region as the shop writes it. */
    private record RegionKey(String country, String name) {}

    /** Sales of one area or of several. */
    private record Sums(long orders, Money net, Average perOrder) {
        Sums plus(Sums other) {
            return new Sums(
                    orders + other.orders,
                    net.plus(other.net),
                    new Average(
                            perOrder.things() + other.perOrder.things(),
                            perOrder.money().plus(other.perOrder.money())));
        }
    }

    /**
     * Customers by area of a map, or by region.
     *
     * @param ofFew those of all areas that have few
     */
    private record Customers<K>(Map<K, Long> byArea, long ofFew) {
        long of(K area) {
            return byArea.getOrDefault(area, 0L);
        }

        private static <K> Customers<K> read(
                List<Tuple> rows, String map, Function<Tuple, K> area) {
            List<Tuple> ofMap =
                    rows.stream().filter(row -> row.get("map", String.class).equals(map)).toList();
            return new Customers<>(
                    ofMap.stream().collect(toMap(area, row -> number(row, "customers"))),
                    ofMap.stream().mapToLong(row -> number(row, "of_few")).findFirst().orElse(0));
        }
    }

    PlaceFigures figures(SalesFilter filter) {
        Scope scope = filter.scope();
        Map<RegionKey, Sums> regions = sumsByRegion(filter, filter.range());
        Map<SalesMap, Map<String, Sums>> sums = byMap(filter, filter.range(), regions);
        Map<SalesMap, Map<String, Sums>> earlier =
                filter.isComparable()
                        ? byMap(filter, filter.compared(), sumsByRegion(filter, filter.compared()))
                        : Map.of();
        List<Tuple> customers = customers(filter, regions.keySet());
        Map<SalesMap, MapSales> maps = new EnumMap<>(SalesMap.class);
        sums.forEach(
                (map, ofMap) ->
                        maps.put(
                                map,
                                mapSales(
                                        ofMap,
                                        earlier.get(map),
                                        Customers.read(
                                                customers,
                                                map.key(),
                                                row -> row.get("area", String.class)),
                                        scope)));
        return new PlaceFigures(
                regions.values().stream().mapToLong(Sums::orders).sum(),
                regions.values().stream()
                        .map(Sums::net)
                        .reduce(new Money(0, scope.currency()), Money::plus),
                maps,
                shownRegions(
                        regions(regions),
                        Customers.read(customers, "regions", Places::region),
                        scope));
    }

    private Map<SalesMap, Map<String, Sums>> byMap(
            SalesFilter filter, DateRange range, Map<RegionKey, Sums> regions) {
        Map<RegionKey, Sums> brazilian = new HashMap<>(regions);
        brazilian.keySet().removeIf(region -> !region.country.equals(BRAZIL));
        return Map.of(
                SalesMap.UK,
                sumsByPostcodeArea(filter, range),
                SalesMap.BRAZIL,
                sums(brazilian, region -> brazilianStates.code(region.name).orElse(UNKNOWN)),
                SalesMap.WORLD,
                sums(regions, RegionKey::country));
    }

    private static Map<String, Sums> sums(
            Map<RegionKey, Sums> regions, Function<RegionKey, String> area) {
        return regions.entrySet().stream()
                .collect(
                        toMap(
                                region -> area.apply(region.getKey()),
                                Map.Entry::getValue,
                                Sums::plus));
    }

    /**
     * @param earlier null if no comparison is possible
     */
    private static MapSales mapSales(
            Map<String, Sums> sums,
            @Nullable Map<String, Sums> earlier,
            Customers<String> customers,
            Scope scope) {
        Money nothing = new Money(0, scope.currency());
        Sums none = new Sums(0, nothing, new Average(0, nothing));
        Map<String, AreaSales> areas = new TreeMap<>();
        sums.forEach(
                (area, sum) ->
                        areas.put(
                                area,
                                new AreaSales(
                                        area,
                                        sum.orders,
                                        customers.of(area),
                                        sum.net,
                                        sum.perOrder,
                                        earlier == null
                                                ? null
                                                : earlier.getOrDefault(area, none).net)));
        AreaSales unknown = areas.remove(UNKNOWN);
        return new MapSales(
                List.copyOf(areas.values()),
                unknown,
                customers.ofFew,
                sums.values().stream().mapToLong(Sums::orders).sum(),
                sums.values().stream().map(Sums::net).reduce(nothing, Money::plus));
    }

    private Map<String, Sums> sumsByPostcodeArea(SalesFilter filter, DateRange range) {
        return rows(
                        queries.inPeriods(AREAS, filter.scope(), range)
                                .setParameter("category", filter.categoryOrAll())
                                .setParameter("countries", MapAreas.UK_COUNTRIES)
                                .setParameter("areas", mapAreas.letters()))
                .stream()
                .collect(
                        toMap(
                                row -> row.get("area", String.class),
                                row -> sums(row, filter.scope())));
    }

    private Map<RegionKey, Sums> sumsByRegion(SalesFilter filter, DateRange range) {
        return rows(
                        queries.inPeriods(REGIONS_OF_RANGE, filter.scope(), range)
                                .setParameter("category", filter.categoryOrAll()))
                .stream()
                .collect(toMap(Places::region, row -> sums(row, filter.scope())));
    }

    private static Sums sums(Tuple row, Scope scope) {
        return new Sums(
                number(row, "orders"),
                money(row, "net_minor", scope),
                new Average(
                        number(row, "orders_with_lines"),
                        money(row, "net_with_lines_minor", scope)));
    }

    private static RegionKey region(Tuple row) {
        return new RegionKey(row.get("country", String.class), row.get("region", String.class));
    }

    /**
     * Regions by the rule of the maps: those with few customers are among the others; so is one
     * more, if all others have few together.
     */
    private static Regions shownRegions(
            List<Region> all, Customers<RegionKey> customers, Scope scope) {
        ToLongFunction<Region> known =
                region -> customers.of(new RegionKey(region.country(), region.region()));
        Map<Boolean, List<Region>> byFew =
                all.stream()
                        .collect(
                                partitioningBy(
                                        region ->
                                                known.applyAsLong(region)
                                                        < AreaSales.FEWEST_CUSTOMERS));
        List<Region> few = new ArrayList<>(byFew.getOrDefault(true, List.of()));
        List<Region> shown = new ArrayList<>(byFew.getOrDefault(false, List.of()));
        if (!few.isEmpty()
                && shown.size() <= REGIONS
                && customers.ofFew < AreaSales.FEWEST_CUSTOMERS) {
            shown.stream()
                    .min(
                            Comparator.comparingLong(known)
                                    .thenComparing(region -> region.net().minor())
                                    .thenComparing(Region::country)
                                    .thenComparing(Region::region))
                    .ifPresent(
                            fewest -> {
                                shown.remove(fewest);
                                few.add(fewest);
                            });
        }
        return Regions.top(REGIONS, shown, few, scope.currency());
    }

    private List<Tuple> customers(SalesFilter filter, Set<RegionKey> regions) {
        Map<String, String> states = new TreeMap<>();
        for (RegionKey region : regions) {
            if (region.country.equals(BRAZIL)) {
                brazilianStates
                        .code(region.name)
                        .ifPresent(state -> states.put(region.name, state));
            }
        }
        String category = filter.category();
        Query query =
                queries.inPeriods(
                                (category == null ? CUSTOMERS : CUSTOMERS_OF_CATEGORY)
                                        + CUSTOMERS_BY_AREA,
                                filter.scope(),
                                filter.range())
                        .setParameter("countries", MapAreas.UK_COUNTRIES)
                        .setParameter("areas", mapAreas.letters())
                        .setParameter("regions", states.keySet().toArray(String[]::new))
                        .setParameter("states", states.values().toArray(String[]::new))
                        .setParameter("fewest", AreaSales.FEWEST_CUSTOMERS);
        if (category != null) {
            query.setParameter("category", category);
        }
        return rows(query);
    }

    /** Sales of each region, in no order. */
    List<Region> regions(SalesFilter filter) {
        return regions(sumsByRegion(filter, filter.range()));
    }

    private static List<Region> regions(Map<RegionKey, Sums> regions) {
        return regions.entrySet().stream()
                .map(
                        region ->
                                new Region(
                                        region.getKey().country,
                                        region.getKey().name,
                                        region.getValue().orders,
                                        region.getValue().net))
                .toList();
    }
}
