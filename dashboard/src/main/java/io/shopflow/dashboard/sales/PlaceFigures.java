package io.shopflow.dashboard.sales;

import io.shopflow.dashboard.sales.SalesFigures.Regions;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Sales by where the orders were sent to.
 *
 * @param orders all of them
 * @param net all net sales
 * @param areas the postcode areas of the UK, Man, Jersey and Guernsey that have orders
 * @param unknownArea orders that were sent there without a postcode of an area that exists; null if
 *     there are none
 * @param fewCustomers distinct known customers of those areas, and of the orders without one, that
 *     each have too few to be shown
 * @param regions the regions with the highest net sales
 * @param countries all countries, the one with the highest net sales first
 */
public record PlaceFigures(
        long orders,
        Money net,
        List<AreaSales> areas,
        @Nullable AreaSales unknownArea,
        long fewCustomers,
        Regions regions,
        List<Country> countries) {

    /** Sales of a country. */
    public record Country(String country, long orders, Money net) {}
}
