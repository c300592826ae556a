package io.shopflow.dashboard.sales;

import io.shopflow.dashboard.sales.SalesFigures.Regions;
import java.util.List;
import java.util.Map;

/**
 * Sales by where the orders were sent to.
 *
 * @param orders all of them
 * @param net all net sales
 * @param maps sales by area of each map
 * @param regions the regions with the highest net sales
 * @param countries all countries, the one with the highest net sales first
 */
public record PlaceFigures(
        long orders,
        Money net,
        Map<SalesMap, MapSales> maps,
        Regions regions,
        List<Country> countries) {

    /** Sales of a country. */
    public record Country(String country, long orders, Money net) {}

    /** Sales by area of a map. */
    public MapSales of(SalesMap map) {
        MapSales sales = maps.get(map);
        if (sales == null) {
            throw new IllegalStateException("No sales of the map " + map);
        }
        return sales;
    }
}
