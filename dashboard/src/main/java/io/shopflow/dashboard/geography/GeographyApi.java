package io.shopflow.dashboard.geography;

import io.shopflow.dashboard.api.Answer;
import io.shopflow.dashboard.api.Answers;
import io.shopflow.dashboard.overview.OverviewApi;
import io.shopflow.dashboard.sales.AreaSales;
import io.shopflow.dashboard.sales.Change;
import io.shopflow.dashboard.sales.MapAreas;
import io.shopflow.dashboard.sales.Money;
import io.shopflow.dashboard.sales.PlaceFigures;
import io.shopflow.dashboard.sales.SalesCache;
import io.shopflow.dashboard.sales.SalesFilter;
import io.shopflow.dashboard.sales.SalesMap;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** The figures of the page of geography as JSON. */
@Path("/api/v1/geography")
@Produces(MediaType.APPLICATION_JSON)
public class GeographyApi {
    private final Answers answers;
    private final SalesCache sales;
    private final MapAreas areas;

    GeographyApi(Answers answers, SalesCache sales, MapAreas areas) {
        this.answers = answers;
        this.sales = sales;
        this.areas = areas;
    }

    /** What the page of geography shows. */
    @Schema(name = "Geography", description = "What the page of geography shows.")
    public record Figures(
            long orders,
            BigInteger netMinor,
            @Schema(
                            description =
                                    "Postcode areas of the UK, Man, Jersey and Guernsey, the"
                                            + " highest net sales first; without hiddenAreas.")
                    List<Area> areas,
            @Schema(
                            description =
                                    "The areas with fewer customers than fewestCustomers together,"
                                            + " and the next one if they have fewer even so.")
                    Hidden hiddenAreas,
            int fewestCustomers,
            @Schema(
                            description =
                                    "Orders to these countries without a postcode of an existing area; null"
                                            + " if there are none, or hiddenAreas has them.",
                            nullable = true)
                    @Nullable UnknownArea unknownArea,
            @Schema(
                            description =
                                    "All orders to these countries: areas, hiddenAreas and"
                                            + " unknownArea add up to it.")
                    Several allAreas,
            @Schema(
                            description =
                                    "The states of Brazil; unknownArea has the orders to Brazil whose"
                                            + " region is no known state.")
                    OfMap brazil,
            @Schema(
                            description =
                                    "Countries by their ISO 3166 codes; unknownArea has the orders"
                                            + " without a country.")
                    OfMap world,
            @Schema(
                            description =
                                    "Regions with the highest net sales of those that have as many"
                                            + " customers as fewestCustomers.")
                    List<OverviewApi.Region> regions,
            @Schema(description = "All other regions together.")
                    OverviewApi.OtherRegions otherRegions,
            @Schema(description = "Net sales and orders of world, the highest net sales first.")
                    List<Country> countries) {
        static Figures of(PlaceFigures places, Function<SalesMap, HeatMap> maps) {
            OfMap uk = OfMap.of(maps.apply(SalesMap.UK));
            HeatMap world = maps.apply(SalesMap.WORLD);
            return new Figures(
                    places.orders(),
                    places.net().minor(),
                    uk.areas,
                    uk.hiddenAreas,
                    AreaSales.FEWEST_CUSTOMERS,
                    uk.unknownArea,
                    uk.allAreas,
                    OfMap.of(maps.apply(SalesMap.BRAZIL)),
                    OfMap.of(world),
                    places.regions().top().stream().map(OverviewApi.Region::of).toList(),
                    OverviewApi.OtherRegions.of(places.regions()),
                    Stream.concat(
                                    world.rows().stream().map(HeatMap.Row::sales),
                                    Stream.ofNullable(world.unknownArea()))
                            .map(Country::of)
                            .toList());
        }
    }

    /** Sales by area of a map. */
    @Schema(
            name = "AreasOfMap",
            description =
                    "Sales by area of a map: areas, hiddenAreas and unknownArea add up to allAreas.")
    public record OfMap(
            @Schema(description = "The highest net sales first; without hiddenAreas.")
                    List<Area> areas,
            @Schema(
                            description =
                                    "The areas with fewer customers than fewestCustomers together,"
                                            + " and the next one if they have fewer even so.")
                    Hidden hiddenAreas,
            @Schema(
                            description =
                                    "Orders without a known area; null if there are none, or"
                                            + " hiddenAreas has them.",
                            nullable = true)
                    @Nullable UnknownArea unknownArea,
            Several allAreas) {
        static OfMap of(HeatMap map) {
            return new OfMap(
                    map.rows().stream().map(Area::of).toList(),
                    Hidden.of(map.hidden()),
                    UnknownArea.of(map.unknownArea()),
                    Several.of(map.total()));
        }
    }

    /** Sales of an area of a map. */
    @Schema(description = "Sales of an area of a map, by the order's shipping address.")
    public record Area(
            @Schema(description = "Its letters or code: LS, SP, FR") String area,
            @Schema(description = "Its name; empty if unknown.") String name,
            long orders,
            long customers,
            BigInteger netMinor,
            @Schema(description = "Null without an order that has a line.", nullable = true)
                    @Nullable BigInteger averageOrderMinor,
            @Schema(
                            description = "Change of net sales; null if nothing can be compared.",
                            nullable = true)
                    @Nullable BigDecimal growthPercent) {
        static Area of(HeatMap.Row row) {
            AreaSales sales = row.sales();
            return new Area(
                    sales.area(),
                    row.name(),
                    sales.orders(),
                    sales.customers(),
                    sales.net().minor(),
                    average(sales),
                    growth(sales));
        }
    }

    /** Sales without an area. */
    @Schema(description = "Sales of the orders without a known area.")
    public record UnknownArea(
            long orders,
            long customers,
            BigInteger netMinor,
            @Schema(description = "Null without an order that has a line.", nullable = true)
                    @Nullable BigInteger averageOrderMinor,
            @Schema(
                            description = "Change of net sales; null if nothing can be compared.",
                            nullable = true)
                    @Nullable BigDecimal growthPercent) {
        static @Nullable UnknownArea of(@Nullable AreaSales sales) {
            return sales == null
                    ? null
                    : new UnknownArea(
                            sales.orders(),
                            sales.customers(),
                            sales.net().minor(),
                            average(sales),
                            growth(sales));
        }
    }

    private static @Nullable BigInteger average(AreaSales sales) {
        Money average = sales.perOrder().value();
        return average == null ? null : average.minor();
    }

    private static @Nullable BigDecimal growth(AreaSales sales) {
        Change growth = sales.growth();
        return growth == null ? null : growth.percent();
    }

    /** Several areas. */
    @Schema(name = "Areas", description = "Several areas together.")
    public record Several(long areas, long orders, BigInteger netMinor) {
        static Several of(HiddenAreas.Sum sum) {
            return new Several(sum.areas(), sum.orders(), sum.net().minor());
        }
    }

    /** Areas that are not shown. */
    @Schema(
            name = "HiddenAreas",
            description = "Areas that are not shown, since they have too few customers.")
    public record Hidden(
            long areas,
            @Schema(description = "Whether the orders without an area are among them.")
                    boolean withUnknownArea,
            @Schema(
                            description = "Null if they have too few customers even together.",
                            nullable = true)
                    @Nullable Long orders,
            @Schema(
                            description = "Null if they have too few customers even together.",
                            nullable = true)
                    @Nullable BigInteger netMinor) {
        static Hidden of(@Nullable HiddenAreas hidden) {
            if (hidden == null) {
                return new Hidden(0, false, 0L, BigInteger.ZERO);
            }
            HiddenAreas.Sum sum = hidden.sum();
            return new Hidden(
                    hidden.count(),
                    hidden.withoutArea(),
                    sum == null ? null : sum.orders(),
                    sum == null ? null : sum.net().minor());
        }
    }

    /** Sales of a country. */
    @Schema(description = "Sales of a country, by its ISO 3166 code, or unknown.")
    public record Country(String country, long orders, BigInteger netMinor) {
        static Country of(AreaSales country) {
            return new Country(country.area(), country.orders(), country.net().minor());
        }
    }

    /** The figures for the parameters. */
    @GET
    @Transactional
    @Operation(
            operationId = "geography",
            summary = "Sales by postcode area, state of Brazil, region and country")
    public RestResponse<Answer<Figures>> geography(@BeanParam SalesFilter.Parameters filter) {
        return answers.of(
                "/geography",
                List.of("areas"),
                filter,
                context -> {
                    PlaceFigures places = sales.places(context.filter(), context.version());
                    return Figures.of(
                            places, map -> HeatMap.of(map, places.of(map), areas, AreaMetric.NET));
                });
    }
}
