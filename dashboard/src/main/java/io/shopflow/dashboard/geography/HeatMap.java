package io.shopflow.dashboard.geography;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toUnmodifiableSet;

import io.shopflow.core.text.Counted;
import io.shopflow.dashboard.sales.AreaSales;
import io.shopflow.dashboard.sales.MapArea;
import io.shopflow.dashboard.sales.MapAreas;
import io.shopflow.dashboard.sales.MapSales;
import io.shopflow.dashboard.sales.SalesMap;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The areas of a map by one figure: what is drawn, its legend and its table.
 *
 * @param kind which map
 * @param shapes all areas that have a place
 * @param steps the colours that occur
 * @param rows the areas shown, the highest figure first
 * @param hidden what is not shown because of too few customers; null if all areas are shown
 * @param unknownArea orders without a known area; null if there are none, or they are hidden
 * @param withoutOrders areas that have no order
 */
public record HeatMap(
        SalesMap kind,
        AreaMetric metric,
        List<Shape> shapes,
        List<Step> steps,
        List<Row> rows,
        @Nullable HiddenAreas hidden,
        @Nullable AreaSales unknownArea,
        List<MapArea> withoutOrders,
        HiddenAreas.Sum total) {
    private static final int STEPS = 5;

    private static final String HIDDEN = "hidden";

    /** Where the colour of growth changes, in percent. */
    private static final List<BigDecimal> BOUNDS =
            List.of(
                    BigDecimal.valueOf(-25),
                    BigDecimal.valueOf(-5),
                    BigDecimal.valueOf(5),
                    BigDecimal.valueOf(25));

    private static final List<String> GROWTH_STYLES =
            List.of("fall-2", "fall-1", "level", "rise-1", "rise-2");

    /**
     * An area as drawn.
     *
     * @param style its colour
     * @param row the row of the table that has its figures
     * @param sales null if it has none, or they are not shown
     * @param few whether it has too few customers
     */
    public record Shape(
            MapArea place, String style, String row, @Nullable AreaSales sales, boolean few) {
        /** Whether it has orders that are not shown. */
        public boolean isHidden() {
            return style.equals(HIDDEN);
        }
    }

    /**
     * A colour.
     *
     * @param least the area with the lowest figure of this colour
     * @param most the area with the highest figure of this colour
     */
    public record Step(String style, AreaSales least, AreaSales most, long areas) {}

    /**
     * An area as a row of the table.
     *
     * @param name empty if it has none
     * @param onMap whether it has a place on the map
     * @param bar its figure in percent of the highest one
     */
    public record Row(AreaSales sales, String name, boolean onMap, String style, int bar) {}

    static HeatMap of(SalesMap kind, MapSales figures, MapAreas areas, AreaMetric metric) {
        List<MapArea> places = areas.of(kind);
        HiddenAreas hidden = HiddenAreas.of(figures).orElse(null);
        Map<String, AreaSales> notShown =
                hidden == null
                        ? Map.of()
                        : hidden.areas().stream()
                                .collect(toMap(AreaSales::area, Function.identity()));
        List<AreaSales> shown =
                figures.areas().stream()
                        .filter(sales -> !notShown.containsKey(sales.area()))
                        .toList();
        List<Coloured> coloured = coloured(shown, metric);
        Map<String, Coloured> byArea =
                coloured.stream().collect(toMap(area -> area.sales.area(), Function.identity()));
        Set<String> withOrders =
                figures.areas().stream().map(AreaSales::area).collect(toUnmodifiableSet());
        return new HeatMap(
                kind,
                metric,
                places.stream()
                        .map(
                                place ->
                                        shape(
                                                place,
                                                byArea.get(place.area()),
                                                notShown.get(place.area())))
                        .toList(),
                steps(coloured, metric),
                rows(coloured, kind, areas, metric),
                hidden,
                hidden != null && hidden.withoutArea() ? null : figures.unknownArea(),
                places.stream().filter(place -> !withOrders.contains(place.area())).toList(),
                new HiddenAreas.Sum(figures.areas().size(), figures.orders(), figures.net()));
    }

    private static Shape shape(
            MapArea place, @Nullable Coloured shown, @Nullable AreaSales hidden) {
        if (shown != null) {
            return new Shape(place, shown.style, "area-" + place.area(), shown.sales, false);
        }
        return hidden != null
                ? new Shape(place, HIDDEN, "areas-hidden", null, hidden.hasFewCustomers())
                : new Shape(place, "none", "areas-without", null, false);
    }

    private record Coloured(AreaSales sales, String style) {}

    /** The colour of each area shown. Areas of the same figure have the same colour. */
    private static List<Coloured> coloured(List<AreaSales> shown, AreaMetric metric) {
        List<BigDecimal> figures =
                shown.stream()
                        .map(metric::figure)
                        .filter(figure -> figure != null)
                        .sorted()
                        .toList();
        return shown.stream()
                .map(sales -> new Coloured(sales, style(metric.figure(sales), figures, metric)))
                .toList();
    }

    private static String style(
            @Nullable BigDecimal figure, List<BigDecimal> figures, AreaMetric metric) {
        if (figure == null) {
            return "blank";
        }
        if (metric == AreaMetric.GROWTH) {
            long below = BOUNDS.stream().filter(bound -> bound.compareTo(figure) < 0).count();
            return GROWTH_STYLES.get((int) below);
        }
        long lower = figures.stream().filter(other -> other.compareTo(figure) < 0).count();
        return "step-" + (1 + STEPS * lower / figures.size());
    }

    private static List<Step> steps(List<Coloured> shown, AreaMetric metric) {
        List<Step> steps = new ArrayList<>();
        for (Coloured area : ranked(shown, metric).reversed()) {
            if (metric.figure(area.sales) == null) {
                continue;
            }
            if (steps.isEmpty() || !steps.getLast().style().equals(area.style)) {
                steps.add(new Step(area.style, area.sales, area.sales, 1));
            } else {
                Step step = steps.removeLast();
                steps.add(new Step(step.style(), step.least(), area.sales, step.areas() + 1));
            }
        }
        return List.copyOf(steps);
    }

    /** The highest figure first; areas without one last. */
    private static List<Coloured> ranked(List<Coloured> shown, AreaMetric metric) {
        return shown.stream()
                .sorted(
                        Comparator.comparing(
                                        (Coloured area) -> metric.figure(area.sales),
                                        Comparator.nullsLast(Comparator.reverseOrder()))
                                .thenComparing(area -> area.sales.area()))
                .toList();
    }

    private static List<Row> rows(
            List<Coloured> shown, SalesMap kind, MapAreas areas, AreaMetric metric) {
        Set<String> onMap = areas.of(kind).stream().map(MapArea::area).collect(toUnmodifiableSet());
        BigDecimal highest =
                shown.stream()
                        .map(area -> metric.figure(area.sales))
                        .filter(figure -> figure != null)
                        .reduce(BigDecimal.ZERO, BigDecimal::max);
        return ranked(shown, metric).stream()
                .map(
                        area ->
                                new Row(
                                        area.sales,
                                        areas.name(kind, area.sales.area()),
                                        onMap.contains(area.sales.area()),
                                        area.style,
                                        metric == AreaMetric.GROWTH
                                                ? 0
                                                : bar(metric.figure(area.sales), highest)))
                .toList();
    }

    private static int bar(@Nullable BigDecimal figure, BigDecimal highest) {
        return figure == null || figure.signum() <= 0
                ? 0
                : figure.movePointRight(2).divide(highest, 0, RoundingMode.UP).intValue();
    }

    /** The number of customers from which on an area is shown. */
    public int fewest() {
        return AreaSales.FEWEST_CUSTOMERS;
    }

    /** Whether growth is compared, which has colours of its own. */
    public boolean isOfGrowth() {
        return metric == AreaMetric.GROWTH;
    }

    /** Whether the chosen figure has a bar in each row. */
    public boolean hasBars() {
        return metric != AreaMetric.GROWTH;
    }

    /** What the areas are called, in the plural. */
    public String nouns() {
        return Counted.noun(2, kind.noun());
    }

    /** Whether any area is known: else there is nothing to draw. */
    public boolean isDrawn() {
        return total.areas() > 0;
    }
}
