package io.shopflow.dashboard.geography;

import io.shopflow.dashboard.sales.AreaSales;
import io.shopflow.dashboard.sales.MapSales;
import io.shopflow.dashboard.sales.Money;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The areas of a map that are not shown, and their sum. The sum of too few customers could be the
 * figures of a person too, and so could the difference of all sums that are shown: then the area
 * with the fewest customers of those shown is hidden as well. One is enough, since it has enough.
 *
 * @param areas those that are not shown
 * @param few the number of these that have too few customers; the others are hidden for their sake
 * @param withoutArea whether the orders without a known area are among them
 * @param sum null if even all of them together have too few customers
 */
public record HiddenAreas(List<AreaSales> areas, long few, boolean withoutArea, @Nullable Sum sum) {

    /** Several areas together. */
    public record Sum(long areas, long orders, Money net) {
        static Sum of(List<AreaSales> areas, @Nullable AreaSales unknown) {
            List<AreaSales> all = new ArrayList<>(areas);
            if (unknown != null) {
                all.add(unknown);
            }
            return new Sum(
                    areas.size(),
                    all.stream().mapToLong(AreaSales::orders).sum(),
                    all.stream().map(AreaSales::net).reduce(Money::plus).orElseThrow());
        }
    }

    /** None if all areas can be shown. */
    static Optional<HiddenAreas> of(MapSales figures) {
        List<AreaSales> hidden =
                new ArrayList<>(
                        figures.areas().stream().filter(AreaSales::hasFewCustomers).toList());
        AreaSales unknown = figures.unknownArea();
        boolean withoutArea = unknown != null && unknown.hasFewCustomers();
        if (hidden.isEmpty() && !withoutArea) {
            return Optional.empty();
        }
        int few = hidden.size();
        boolean enough = figures.fewCustomers() >= AreaSales.FEWEST_CUSTOMERS;
        if (!enough) {
            Optional<AreaSales> fewest =
                    figures.areas().stream()
                            .filter(area -> !area.hasFewCustomers())
                            .min(
                                    Comparator.comparingLong(AreaSales::customers)
                                            .thenComparing(area -> area.net().minor())
                                            .thenComparing(AreaSales::area));
            fewest.ifPresent(hidden::add);
            enough = fewest.isPresent();
            if (!enough && unknown != null && !withoutArea) {
                withoutArea = true;
                enough = true;
            }
        }
        return Optional.of(
                new HiddenAreas(
                        List.copyOf(hidden),
                        few,
                        withoutArea,
                        enough ? Sum.of(hidden, withoutArea ? unknown : null) : null));
    }

    /** Whether all of them have too few customers. */
    public boolean isOfFew() {
        return few == areas.size();
    }

    /** The number of areas. */
    public int count() {
        return areas.size();
    }
}
