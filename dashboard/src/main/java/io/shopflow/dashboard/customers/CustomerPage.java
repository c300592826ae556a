package io.shopflow.dashboard.customers;

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
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/**
 * A customer: what it has ordered, what it is worth, and its segment. Nothing here names a person.
 */
@Path("/customers/{source}/{id}")
@Produces(MediaType.TEXT_HTML + ";charset=UTF-8")
public class CustomerPage {
    private final FilteredPages pages;
    private final CustomerOrders orders;
    private final CustomerReads reads;

    CustomerPage(FilteredPages pages, CustomerOrders orders, CustomerReads reads) {
        this.pages = pages;
        this.orders = orders;
        this.reads = reads;
    }

    /** The content of the page. */
    public record View(PageContext context, CustomerKey key, CustomerHistory history) {
        /** The page before; null on the first one. */
        public @Nullable String previousLink() {
            return history.page() > 1 ? address(history.page() - 1) : null;
        }

        /** The page after; null on the last one. */
        public @Nullable String nextLink() {
            return history.page() < history.pages() ? address(history.page() + 1) : null;
        }

        /** The page's address with another currency. */
        public String currencyLink(String currency) {
            return key.path() + context.filter().withCurrency(currency).query();
        }

        private String address(long page) {
            return key.path()
                    + context.filter().query()
                    + (page > 1 ? "&page=" + page : "")
                    + "#orders-title";
        }
    }

    @CheckedTemplate
    static class Templates {
        static native TemplateInstance customer(View view);
    }

    /** The page for the URL's parameters. */
    @GET
    @Transactional
    public Response customer(
            @PathParam("source") String source,
            @PathParam("id") String id,
            @BeanParam SalesFilter.Parameters filter,
            @RestQuery @Nullable String page) {
        CustomerKey key = reads.known(source, id);
        return pages.pageOfSource(
                "customers",
                source,
                filter,
                mistakes -> FilteredRequests.pageNumber(page, mistakes),
                (context, number) ->
                        Templates.customer(
                                new View(context, key, orders.history(key, context, number))));
    }
}
