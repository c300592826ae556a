package io.shopflow.dashboard.geography;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.shopflow.dashboard.sales.AreaSales;
import io.shopflow.dashboard.sales.FilteredPages;
import io.shopflow.dashboard.sales.FilteredRequests;
import io.shopflow.dashboard.sales.MapAreas;
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
import java.util.List;
import java.util.Optional;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** Where the orders are sent to: postcode areas of the UK, regions and countries. */
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

    /** The content of the page. */
    public record View(
            PageContext context, PlaceFigures figures, HeatMap map, AreaDrawing drawing) {
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
            return choices(map.metric(), drawing);
        }

        /** The page's address with another figure. */
        public String metricLink(AreaMetric metric) {
            return "/geography" + context.filter().query() + choices(metric, drawing);
        }

        /** The page's address with another drawing. */
        public String drawingLink(AreaDrawing other) {
            return "/geography" + context.filter().query() + choices(map.metric(), other);
        }

        private static String choices(AreaMetric metric, AreaDrawing drawing) {
            return "&metric=" + metric.key() + "&view=" + drawing.key();
        }

        /** Orders to the map without a known area, also if they are hidden; null if none. */
        public @Nullable AreaSales unknownArea() {
            return figures.of(map.kind()).unknownArea();
        }

        /** Whether outlines are drawn, not tiles. */
        public boolean hasOutlines() {
            return drawing == AreaDrawing.MAP;
        }
    }

    @CheckedTemplate
    static class Templates {
        static native TemplateInstance geography(View view);
    }

    /** The parameters that only this page has. */
    public record Parameters(
            @RestQuery @Nullable String metric, @RestQuery @Nullable String view) {}

    private record Choice(Optional<AreaMetric> metric, Optional<AreaDrawing> drawing) {
        static Choice read(Parameters parameters, List<Mistake> mistakes) {
            String metric = FilteredRequests.orDefault(parameters.metric, AreaMetric.NET.key());
            String view = FilteredRequests.orDefault(parameters.view, AreaDrawing.TILES.key());
            Choice choice = new Choice(AreaMetric.named(metric), AreaDrawing.named(view));
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
        return new View(
                context,
                figures,
                HeatMap.of(
                        SalesMap.UK,
                        figures.of(SalesMap.UK),
                        areas.of(SalesMap.UK),
                        choice.metric.orElseThrow()),
                choice.drawing.orElseThrow());
    }
}
