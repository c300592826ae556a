package io.shopflow.dashboard.products;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.shopflow.dashboard.sales.FilteredPages;
import io.shopflow.dashboard.sales.PageContext;
import io.shopflow.dashboard.sales.SalesFilter;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What sells, what it earns, and what does not sell. */
@Path("/products")
@Produces(MediaType.TEXT_HTML + ";charset=UTF-8")
public class ProductsPage {
    private final FilteredPages pages;
    private final ProductQueries products;

    ProductsPage(FilteredPages pages, ProductQueries products) {
        this.pages = pages;
        this.products = products;
    }

    /**
     * The content of the page.
     *
     * @param regions names to choose from
     */
    public record View(
            PageContext context,
            ProductList list,
            ProductListOptions options,
            List<String> regions) {
        /** The columns, with links that sort by them. */
        public List<Column> columns() {
            return ProductColumn.of(options.unsold()).stream()
                    .map(
                            column ->
                                    new Column(
                                            column.key(),
                                            column.label(),
                                            address(options.sortedBy(column)),
                                            column != options.column()
                                                    ? null
                                                    : options.descending()
                                                            ? "descending"
                                                            : "ascending"))
                    .toList();
        }

        /** The part of the page's address that other pages do not have. */
        public String choices() {
            return options.onPage(1).query();
        }

        /** The list of the products that were sold. */
        public String soldLink() {
            return address(options.showing(false));
        }

        /** The list of those that were not. */
        public String unsoldLink() {
            return address(options.showing(true));
        }

        /** The same list without a search. */
        public String wholeLink() {
            return address(options.withoutSearch());
        }

        /** The same list of all regions. */
        public String ofAllRegionsLink() {
            return address(options.ofAllRegions());
        }

        /** The whole list as a file. */
        public String fileLink() {
            return "/products.csv" + context.filter().query() + choices();
        }

        /** The page before; null on the first one. */
        public @Nullable String previousLink() {
            return list.page() > 1 ? address(options.onPage(list.page() - 1)) : null;
        }

        /** The page after; null on the last one. */
        public @Nullable String nextLink() {
            return list.page() < list.pages() ? address(options.onPage(list.page() + 1)) : null;
        }

        private String address(ProductListOptions other) {
            return "/products" + context.filter().query() + other.query();
        }

        /** Whether a text is searched. */
        public boolean isSearch() {
            return !options.search().isEmpty();
        }

        /** Whether products of more than one source are listed. */
        public boolean hasSources() {
            return context.filter().scope().sources().size() > 1;
        }
    }

    /**
     * A column's head.
     *
     * @param link the list sorted by it, or in the other direction
     * @param sorted the direction in which the list is sorted by it; null if it is not
     */
    public record Column(String key, String label, String link, @Nullable String sorted) {}

    @CheckedTemplate
    static class Templates {
        static native TemplateInstance products(View view);
    }

    /** The page for the URL's parameters. */
    @GET
    @Transactional
    public Response products(
            @BeanParam SalesFilter.Parameters filter,
            @BeanParam ProductListOptions.Parameters list) {
        return pages.page(
                "products",
                filter,
                mistakes -> ProductListOptions.read(list, mistakes),
                (context, options) ->
                        Templates.products(
                                new View(
                                        context,
                                        products.list(context, options),
                                        options,
                                        products.regions(context))));
    }
}
