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
    private final PostcodeAreas postcodeAreas;

    Places(WarehouseQueries queries, PostcodeAreas postcodeAreas) {
        this.queries = queries;
        this.postcodeAreas = postcodeAreas;
    }

    PlaceFigures figures(SalesFilter filter) {
        Scope scope = filter.scope();
        DateRange before = filter.compared();
        boolean comparable = filter.isComparable();
        Map<String, Tuple> earlier = comparable ? byArea(rows(areas(filter, before))) : Map.of();
        Map<String, Tuple> customers = byArea(rows(customers(filter)));
        List<AreaSales> areas =
                rows(areas(filter, filter.range())).stream()
                        .map(
                                row -> {
                                    String area = row.get("area", String.class);
                                    Tuple past = earlier.get(area);
                                    Tuple known = customers.get(area);
                                    Money nothing = new Money(0, scope.currency());
                                    return new AreaSales(
                                            area,
                                            number(row, "orders"),
                                            known == null ? 0 : number(known, "customers"),
                                            money(row, "net_minor", scope),
                                            new Average(
                                                    number(row, "orders_with_lines"),
                                                    money(row, "net_with_lines_minor", scope)),
                                            !comparable
                                                    ? null
                                                    : past == null
                                                            ? nothing
                                                            : money(past, "net_minor", scope));
                                })
                        .toList();
        List<Region> regions = regions(filter);
        return new PlaceFigures(
                regions.stream().mapToLong(Region::orders).sum(),
                sum(regions, scope),
                areas.stream().filter(area -> !area.area().equals(UNKNOWN)).toList(),
                areas.stream().filter(area -> area.area().equals(UNKNOWN)).findFirst().orElse(null),
                customers.values().stream()
                        .findFirst()
                        .map(row -> number(row, "of_few"))
                        .orElse(0L),
                Regions.top(REGIONS, regions, scope.currency()),
                countries(regions, scope));
    }

    private Query areas(SalesFilter filter, DateRange range) {
        return queries.inPeriods(AREAS, filter.scope(), range)
                .setParameter("category", filter.categoryOrAll())
                .setParameter("countries", PostcodeAreas.COUNTRIES)
                .setParameter("areas", postcodeAreas.letters());
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

    private Query customers(SalesFilter filter) {
        boolean ofAll = filter.category() == null;
        Query query =
                queries.scoped(customers(ofAll ? "" : OF_CATEGORY), filter.scope())
                        .setParameter("from", filter.range().from())
                        .setParameter("to", filter.range().to())
                        .setParameter("countries", PostcodeAreas.COUNTRIES)
                        .setParameter("areas", postcodeAreas.letters())
                        .setParameter("fewest", AreaSales.FEWEST_CUSTOMERS);
        return ofAll ? query : query.setParameter("category", filter.category());
    }

    private static Map<String, Tuple> byArea(List<Tuple> rows) {
        return rows.stream().collect(toMap(row -> row.get("area", String.class), row -> row));
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
