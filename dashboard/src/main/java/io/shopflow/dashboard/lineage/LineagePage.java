package io.shopflow.dashboard.lineage;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.shopflow.dashboard.sales.FilteredPages;
import io.shopflow.dashboard.sales.FilteredRequests;
import io.shopflow.dashboard.sales.PageContext;
import io.shopflow.dashboard.sales.SalesFilter;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** From a figure down to its rows, the files that they were read from, and their runs. */
@Path("/lineage")
@Produces(MediaType.TEXT_HTML + ";charset=UTF-8")
public class LineagePage {
    private final FilteredPages pages;
    private final LineageQueries queries;

    LineagePage(FilteredPages pages, LineageQueries queries) {
        this.pages = pages;
        this.queries = queries;
    }

    /** The content of the page. */
    public record View(PageContext context, Lineage lineage) {
        /** The page before; null on the first one. */
        public @Nullable String previousLink() {
            return lineage.page() > 1 ? address(lineage.page() - 1) : null;
        }

        /** The page after; null on the last one. */
        public @Nullable String nextLink() {
            return lineage.page() < lineage.pages() ? address(lineage.page() + 1) : null;
        }

        private String address(long page) {
            return "/lineage"
                    + context.filter().query()
                    + (page > 1 ? "&page=" + page : "")
                    + "#rows-title";
        }
    }

    @CheckedTemplate
    static class Templates {
        static native TemplateInstance lineage(View view);
    }

    /** The page for the URL's parameters. */
    @GET
    @Transactional
    public Response lineage(
            @BeanParam SalesFilter.Parameters filter, @RestQuery @Nullable String page) {
        return pages.page(
                "sales",
                filter,
                mistakes -> FilteredRequests.pageNumber(page, mistakes),
                (context, number) ->
                        Templates.lineage(new View(context, queries.lineage(context, number))));
    }
}
