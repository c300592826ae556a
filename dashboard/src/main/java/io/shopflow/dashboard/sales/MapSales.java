package io.shopflow.dashboard.sales;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Sales by area of a map.
 *
 * @param areas those that have orders
 * @param unknownArea orders that were sent there, but to no known area; null if there are none
 * @param fewCustomers distinct known customers of the areas, and of the orders without one, that
 *     each have too few to be shown
 * @param orders all of them
 * @param net all net sales
 */
public record MapSales(
        List<AreaSales> areas,
        @Nullable AreaSales unknownArea,
        long fewCustomers,
        long orders,
        Money net) {}
