package io.shopflow.dashboard.products;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.shopflow.dashboard.products.ProductSales.Described;
import io.shopflow.dashboard.sales.FilteredPages;
import io.shopflow.dashboard.sales.Money;
import io.shopflow.dashboard.sales.PageContext;
import io.shopflow.dashboard.sales.PathId;
import io.shopflow.dashboard.sales.ProductKey;
import io.shopflow.dashboard.sales.SalesFilter;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Currency;
import org.jspecify.annotations.Nullable;

/** A product: its sales, where it sells, what it costs, and what it is bought with. */
@Path("/products/{source}/{id}")
@Produces(MediaType.TEXT_HTML + ";charset=UTF-8")
public class ProductPage {
    private final FilteredPages pages;
    private final ProductSales sales;

    ProductPage(FilteredPages pages, ProductSales sales) {
        this.pages = pages;
        this.sales = sales;
    }

    /** The content of the page. */
    public record View(PageContext context, Product product, ProductFigures figures) {}

    /**
     * The product as the catalogue has it today.
     *
     * @param isCatalogued false if only orders name it
     */
    public record Product(
            ProductKey key,
            String name,
            @Nullable String sku,
            String category,
            @Nullable Money price,
            @Nullable Money cost,
            boolean isCatalogued) {
        static Product of(Described product, Currency currency) {
            String own = product.currency();
            Currency ofPrice = own == null ? currency : Currency.getInstance(own);
            return new Product(
                    product.key(),
                    product.name(),
                    product.sku(),
                    product.category(),
                    amount(product.price(), ofPrice),
                    amount(product.cost(), ofPrice),
                    product.isCatalogued());
        }

        private static @Nullable Money amount(@Nullable Long minor, Currency currency) {
            return minor == null ? null : new Money(minor, currency);
        }
    }

    @CheckedTemplate
    static class Templates {
        static native TemplateInstance product(View view);
    }

    /** The page for the URL's parameters. */
    @GET
    @Transactional
    public Response product(
            @PathParam("source") String source,
            @PathParam("id") String id,
            @BeanParam SalesFilter.Parameters filter) {
        if (!PathId.isPossible(source) || !PathId.isPossible(id)) {
            throw new NotFoundException();
        }
        Described product =
                sales.product(ProductKey.ofPath(source, id)).orElseThrow(NotFoundException::new);
        return pages.pageOfSource(
                "products",
                source,
                filter,
                context ->
                        Templates.product(
                                new View(
                                        context,
                                        Product.of(product, context.filter().scope().currency()),
                                        sales.figures(product.key(), context))));
    }
}
