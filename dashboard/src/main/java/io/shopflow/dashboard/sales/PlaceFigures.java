package io.shopflow.dashboard.sales;

import io.shopflow.dashboard.sales.SalesFigures.Regions;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * Sales by where the orders were sent to.
 *
 * @param orders all of them
 * @param net all net sales
 * @param maps sales by area of each map
 * @param regions the regions with the highest net sales of those that have enough customers; the
 *     others have enough together, if any is shown
 */
public record PlaceFigures(long orders, Money net, Map<SalesMap, MapSales> maps, Regions regions) {

    /** Sales by area of a map. */
    public MapSales of(SalesMap map) {
        MapSales sales = maps.get(map);
        if (sales == null) {
            throw new IllegalStateException("No sales of the map " + map);
        }
        return sales;
    }

    /** The maps that have an area with orders. */
    public List<SalesMap> drawn() {
        return Arrays.stream(SalesMap.values()).filter(map -> !of(map).areas().isEmpty()).toList();
    }

    /**
     * The map with the most orders. The world has those that are on no other map, since it would
     * have the most of each shop that sends one order abroad.
     */
    public SalesMap mainMap() {
        List<SalesMap> drawn = drawn();
        return drawn.stream()
                .max(
                        Comparator.comparingLong((SalesMap map) -> ordersOf(map, drawn))
                                .thenComparing(Comparator.<SalesMap>naturalOrder().reversed()))
                .orElse(SalesMap.WORLD);
    }

    private long ordersOf(SalesMap map, List<SalesMap> drawn) {
        if (map != SalesMap.WORLD) {
            return of(map).orders();
        }
        long ofKnownCountry = of(map).areas().stream().mapToLong(AreaSales::orders).sum();
        return ofKnownCountry
                - drawn.stream()
                        .filter(other -> other != SalesMap.WORLD)
                        .mapToLong(other -> of(other).orders())
                        .sum();
    }
}
