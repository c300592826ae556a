package io.shopflow.dashboard.geography;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.shopflow.dashboard.sales.AreaSales;
import io.shopflow.dashboard.sales.FilteredPages;
import io.shopflow.dashboard.sales.FilteredRequests;
import io.shopflow.dashboard.sales.MapAreas;
import io.shopflow.dashboard.sales.MapSales;
import io.shopflow.dashboard.sales.PageContext;
import io.shopflow.dashboard.sales.PlaceFigures;
import io.shopflow.dashboard.sales.SalesCache;
import io.shopflow.dashboard.sales.SalesFilter;
import io.shopflow.dashboard.sales.SalesFilter.Mistake;
import io.shopflow.dashboard.sales.SalesMap;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** Where the orders are sent to: maps of the UK, Brazil and the world, regions and countries. */
@Path("/geography")
@Produces(MediaType.TEXT_HTML + ";charset=UTF-8")
public class GeographyPage {
    private final FilteredPages pages;
    private final SalesCache sales;
    private final MapAreas areas;

    GeographyPage(FilteredPages pages, SalesCache sales, MapAreas areas) {
        this.pages = pages;
        this.sales = sales;
        this.areas = areas;
    }

    /**
     * The content of the page.
     *
     * @param chosen the map that the address names; null if it names none
     * @param countries all countries by net sales
     */
    public record View(
            PageContext context,
            PlaceFigures figures,
            HeatMap map,
            @Nullable SalesMap chosen,
            AreaDrawing drawing,
            HeatMap countries) {
        /** The maps to choose from: those that have orders, and the chosen one. */
        public List<SalesMap> maps() {
            return Arrays.stream(SalesMap.values())
                    .filter(one -> figures.drawn().contains(one) || one == chosen)
                    .toList();
        }

        /** The figures to choose from. */
        public List<AreaMetric> metrics() {
            return List.of(AreaMetric.values());
        }

        /** The drawings to choose from. */
        public List<AreaDrawing> drawings() {
            return List.of(AreaDrawing.values());
        }

        /** The part of the page's address that other pages do not have. */
        public String choices() {
            return choices(chosen, map.metric(), drawing);
        }

        /** The page's address with another map. */
        public String mapLink(SalesMap other) {
            return address(choices(other, map.metric(), drawing));
        }

        /** The page's address with another figure. */
        public String metricLink(AreaMetric metric) {
            return address(choices(chosen, metric, drawing));
        }

        /** The page's address with another drawing. */
        public String drawingLink(AreaDrawing other) {
            return address(choices(chosen, map.metric(), other));
        }

        private String address(String choices) {
            return "/geography" + context.filter().query() + choices;
        }

        private static String choices(
                @Nullable SalesMap chosen, AreaMetric metric, AreaDrawing drawing) {
            return "&metric=%s&view=%s%s"
                    .formatted(
                            metric.key(),
                            drawing.key(),
                            chosen == null ? "" : "&map=" + chosen.key());
        }

        /** Orders to the map without a known area, also if they are hidden; null if none. */
        public @Nullable AreaSales unknownArea() {
            return figures.of(map.kind()).unknownArea();
        }

        /** Orders to the UK of which no postcode is known; null if that of some is. */
        public @Nullable AreaSales ukWithoutPostcodes() {
            MapSales uk = figures.of(SalesMap.UK);
            return uk.areas().isEmpty() ? uk.unknownArea() : null;
        }

        /** Whether outlines are drawn, not tiles. */
        public boolean hasOutlines() {
            return drawing == AreaDrawing.MAP || !map.kind().hasTiles();
        }

        /** Whether the table beside the map is that of countries. */
        public boolean isOfCountries() {
            return map.kind() == SalesMap.WORLD && map.isDrawn();
        }
    }

    @CheckedTemplate
    static class Templates {
        static native TemplateInstance geography(View view);
    }

    /** The parameters that only this page has. */
    public record Parameters(
            @RestQuery @Nullable String map,
            @RestQuery @Nullable String metric,
            @RestQuery @Nullable String view) {}

    private record Choice(
            Optional<SalesMap> map, Optional<AreaMetric> metric, Optional<AreaDrawing> drawing) {
        static Choice read(Parameters parameters, List<Mistake> mistakes) {
            String metric = FilteredRequests.orDefault(parameters.metric, AreaMetric.NET.key());
            String view = FilteredRequests.orDefault(parameters.view, AreaDrawing.TILES.key());
            String map = FilteredRequests.orDefault(parameters.map, "");
            Choice choice =
                    new Choice(
                            SalesMap.named(map), AreaMetric.named(metric), AreaDrawing.named(view));
            if (choice.map.isEmpty() && !map.isEmpty()) {
                mistakes.add(new Mistake("map", map, "uk, brazil or world"));
            }
            if (choice.metric.isEmpty()) {
                mistakes.add(
                        new Mistake("metric", metric, "net, orders, customers, aov or growth"));
            }
            if (choice.drawing.isEmpty()) {
                mistakes.add(new Mistake("view", view, "tiles or map"));
            }
            return choice;
        }
    }

    /** The page for the URL's parameters. */
    @GET
    @Transactional
    public Response geography(
            @BeanParam SalesFilter.Parameters filter, @BeanParam Parameters parameters) {
        return pages.page(
                "geography",
                filter,
                mistakes -> Choice.read(parameters, mistakes),
                (context, choice) -> Templates.geography(view(context, choice)));
    }

    private View view(PageContext context, Choice choice) {
        PlaceFigures figures = sales.places(context.filter(), context.version());
        SalesMap map = choice.map.orElseGet(figures::mainMap);
        return new View(
                context,
                figures,
                HeatMap.of(map, figures.of(map), areas, choice.metric.orElseThrow()),
                choice.map.orElse(null),
                choice.drawing.orElseThrow(),
                HeatMap.of(SalesMap.WORLD, figures.of(SalesMap.WORLD), areas, AreaMetric.NET));
    }
}
