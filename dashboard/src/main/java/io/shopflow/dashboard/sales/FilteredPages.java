package io.shopflow.dashboard.sales;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.shopflow.dashboard.DashboardConfig;
import io.shopflow.dashboard.freshness.SourceFreshness;
import io.shopflow.dashboard.sales.FilteredRequests.ReadRequest;
import io.shopflow.dashboard.sales.SalesFilter.Mistake;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;

/** Pages of sales: each has the same filters in its address, and is sent only if it has changed. */
@ApplicationScoped
public class FilteredPages {
    private static final MediaType HTML = MediaType.TEXT_HTML_TYPE.withCharset("UTF-8");

    private final FilteredRequests requests;
    private final DashboardConfig config;

    FilteredPages(FilteredRequests requests, DashboardConfig config) {
        this.requests = requests;
        this.config = config;
    }

    @CheckedTemplate
    static class Templates {
        static native TemplateInstance empty(
                String name, List<SourceFreshness> freshness, String version, long pollMillis);

        static native TemplateInstance mistakes(List<Mistake> mistakes);
    }

    /**
     * The page for the URL's parameters.
     *
     * @param page its name in the navigation
     * @param content the page, if all parameters are valid
     */
    public Response page(
            String page,
            SalesFilter.Parameters parameters,
            Function<PageContext, TemplateInstance> content) {
        return page(
                page,
                parameters,
                mistakes -> parameters,
                (context, nothing) -> content.apply(context));
    }

    /**
     * A page with parameters of its own.
     *
     * @param choice reads them, and reports mistakes
     */
    public <C> Response page(
            String page,
            SalesFilter.Parameters parameters,
            Function<List<Mistake>, C> choice,
            BiFunction<PageContext, C, TemplateInstance> content) {
        return respond(
                page,
                parameters,
                choice,
                Response.Status.OK,
                (context, chosen) -> html(content.apply(context, chosen)));
    }

    /**
     * The page of a thing of one source. Its links keep the source of the URL's parameters, which
     * may be none.
     */
    public Response pageOfSource(
            String page,
            String source,
            SalesFilter.Parameters parameters,
            Function<PageContext, TemplateInstance> content) {
        return pageOfSource(
                page,
                source,
                parameters,
                mistakes -> parameters,
                (context, nothing) -> content.apply(context));
    }

    /** The same with parameters of its own. */
    public <C> Response pageOfSource(
            String page,
            String source,
            SalesFilter.Parameters parameters,
            Function<List<Mistake>, C> choice,
            BiFunction<PageContext, C, TemplateInstance> content) {
        return page(
                page,
                parameters.withSource(source),
                choice,
                (context, chosen) ->
                        content.apply(context.withSource(parameters.source()), chosen));
    }

    /**
     * A file of the figures of a page, with the filter of the URL's parameters. Without sales there
     * is none, and the page that explains it is not to be stored as the file.
     */
    public <C> Response file(
            String page,
            SalesFilter.Parameters parameters,
            Function<List<Mistake>, C> choice,
            BiFunction<PageContext, C, Response.ResponseBuilder> content) {
        return respond(page, parameters, choice, Response.Status.NOT_FOUND, content);
    }

    private <C> Response respond(
            String page,
            SalesFilter.Parameters parameters,
            Function<List<Mistake>, C> choice,
            Response.Status withoutSales,
            BiFunction<PageContext, C, Response.ResponseBuilder> content) {
        List<Mistake> mistakes = new ArrayList<>();
        C chosen = choice.apply(mistakes);
        return switch (requests.read(parameters, mistakes)) {
            case ReadRequest.Unchanged(EntityTag tag) ->
                    Response.notModified(tag).header("Cache-Control", "no-cache").build();
            case ReadRequest.NoSales(var sources, var notices, String version, EntityTag tag) ->
                    tagged(html(empty(page, sources, version)).status(withoutSales), tag);
            case ReadRequest.Invalid(List<Mistake> all) -> mistakes(all);
            case ReadRequest.Figures(PageContext context, EntityTag tag) ->
                    tagged(content.apply(context, chosen), tag);
        };
    }

    /** The page for invalid parameters. */
    public static Response mistakes(List<Mistake> mistakes) {
        return Response.status(Response.Status.BAD_REQUEST)
                .type(HTML)
                .entity(Templates.mistakes(mistakes).render())
                .build();
    }

    private TemplateInstance empty(String page, List<SourceFreshness> sources, String version) {
        return Templates.empty(page, sources, version, config.pollInterval().toMillis());
    }

    private static Response.ResponseBuilder html(TemplateInstance page) {
        return Response.ok(page.render(), HTML);
    }

    private static Response tagged(Response.ResponseBuilder content, EntityTag tag) {
        return content.tag(tag).header("Cache-Control", "no-cache").build();
    }
}
