package io.shopflow.dashboard.products;

import io.shopflow.dashboard.api.Answer;
import io.shopflow.dashboard.api.Answers;
import io.shopflow.dashboard.overview.OverviewApi;
import io.shopflow.dashboard.sales.Money;
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
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** The figures of the pages of products as JSON. */
@Path("/api/v1/products")
@Produces(MediaType.APPLICATION_JSON)
public class ProductsApi {
    private final Answers answers;
    private final ProductQueries products;
    private final ProductSales sales;

    ProductsApi(Answers answers, ProductQueries products, ProductSales sales) {
        this.answers = answers;
        this.products = products;
        this.sales = sales;
    }

    /** A page of the list of products. */
    @Schema(name = "Products", description = "A page of the list of products, and sums of all.")
    public record Listing(
            @Schema(description = "All products sold, whatever is searched.") Sums sold,
            @Schema(description = "Those of the search.") Sums found,
            @Schema(description = "Products of the catalogue that were not sold.") long unsold,
            @Schema(description = "Products of the catalogue.") long catalogue,
            @Schema(description = "Net sales of orders that belong to none of their lines.")
                    BigInteger ofNoLineMinor,
            @Schema(description = "Sold products of this page; empty if show is unsold.")
                    List<Sold> products,
            @Schema(
                            description =
                                    "Products of this page that were not sold; empty if show is sold.")
                    List<Unsold> notSold,
            @Schema(description = "Products on all pages.") long listed,
            @Schema(description = "Number of this page, from 1.") long page,
            @Schema(description = "Number of pages.") long pages) {
        static Listing of(ProductList list) {
            return new Listing(
                    Sums.of(list.sold()),
                    Sums.of(list.found()),
                    list.unsold(),
                    list.catalogue(),
                    list.ofNoLine().minor(),
                    list.products().stream().map(Sold::of).toList(),
                    list.idle().stream().map(Unsold::of).toList(),
                    list.listed(),
                    list.page(),
                    list.pages());
        }
    }

    /** Sums of products. */
    @Schema(name = "ProductSums", description = "Sums of products.")
    public record Sums(long products, Sales sales) {
        static Sums of(ProductList.Sums sums) {
            return new Sums(sums.products(), Sales.of(sums.amounts()));
        }
    }

    /** Amounts of lines. */
    @Schema(name = "ProductAmounts", description = "Amounts of the lines of products.")
    public record Sales(
            BigInteger grossMinor,
            BigInteger discountMinor,
            BigInteger refundedMinor,
            BigInteger netMinor,
            @Schema(
                            description =
                                    "Of the lines whose cost is known; null if there are none.",
                            nullable = true)
                    @Nullable BigInteger profitMinor,
            @Schema(
                            description = "Net sales of these lines: the margin is profit of this.",
                            nullable = true)
                    @Nullable BigInteger netOfKnownCostMinor,
            @Schema(description = "Net sales, without signs, of the lines whose cost is known.")
                    BigInteger coveredMinor,
            @Schema(description = "Net sales, without signs, of all lines.")
                    BigInteger comparedMinor) {
        static Sales of(ProductAmounts amounts) {
            ProductAmounts.Earnings earnings = amounts.earnings();
            return new Sales(
                    amounts.gross().minor(),
                    amounts.discount().minor(),
                    amounts.refunded().minor(),
                    amounts.net().minor(),
                    earnings == null ? null : earnings.profit().minor(),
                    earnings == null ? null : earnings.net().minor(),
                    amounts.coverage().covered().minor(),
                    amounts.coverage().all().minor());
        }
    }

    /** A product that was sold. */
    @Schema(name = "SoldProduct", description = "A product that was sold.")
    public record Sold(
            @Schema(description = "By net sales among all that were sold.") long rank,
            @Schema(description = "Null if the shop has deleted it.", nullable = true)
                    @Nullable String source,
            @Schema(description = "Null if the shop has deleted it.", nullable = true)
                    @Nullable String id,
            String name,
            @Schema(nullable = true) @Nullable String sku,
            String category,
            BigDecimal units,
            long orders,
            Sales sales) {
        static Sold of(ProductList.Product product) {
            ProductKey key = product.key();
            return new Sold(
                    product.rank(),
                    key == null ? null : key.source(),
                    key == null ? null : key.id(),
                    product.name(),
                    product.sku(),
                    product.category(),
                    product.units(),
                    product.orders(),
                    Sales.of(product.amounts()));
        }
    }

    /** A product that was not sold. */
    @Schema(name = "UnsoldProduct", description = "A product of the catalogue that was not sold.")
    public record Unsold(
            String source,
            String id,
            String name,
            @Schema(nullable = true) @Nullable String sku,
            String category,
            @Schema(nullable = true) @Nullable Price price,
            @Schema(nullable = true) @Nullable Price unitCost,
            @Schema(
                            description = "Day of its last sale at any time; null if never.",
                            nullable = true)
                    @Nullable LocalDate lastSold) {
        static Unsold of(ProductList.Idle product) {
            return new Unsold(
                    product.key().source(),
                    product.key().id(),
                    product.name(),
                    product.sku(),
                    product.category(),
                    Price.of(product.price()),
                    Price.of(product.cost()),
                    product.lastSold());
        }
    }

    /** An amount of the catalogue. */
    @Schema(description = "An amount of the catalogue, in its own currency.")
    public record Price(BigInteger minor, String currency) {
        static @Nullable Price of(@Nullable Money money) {
            return money == null
                    ? null
                    : new Price(money.minor(), money.currency().getCurrencyCode());
        }
    }

    /** A product. */
    @Schema(name = "Product", description = "What the page of a product shows.")
    public record Single(
            String source,
            String id,
            String name,
            @Schema(nullable = true) @Nullable String sku,
            String category,
            @Schema(nullable = true) @Nullable Price price,
            @Schema(nullable = true) @Nullable Price unitCost,
            @Schema(description = "False if only orders name it.") boolean catalogued,
            long orders,
            BigDecimal units,
            BigDecimal unitsReturned,
            @Schema(description = "Refunds are those of these orders, whenever they were made.")
                    Sales sales,
            @Schema(description = "Refunds made in the range, of orders of any day.")
                    BigInteger refundedInRangeMinor,
            @Schema(description = "Every month that the range has a day of.") List<Month> months,
            List<OverviewApi.Region> regions,
            OverviewApi.OtherRegions otherRegions,
            @Schema(description = "Versions of the catalogue, the newest first.")
                    List<Version> history,
            @Schema(description = "Number of older versions.") long moreVersions,
            @Schema(description = "Products of the same orders.") Together boughtTogether) {
        static Single of(ProductPage.Product product, ProductFigures figures) {
            return new Single(
                    product.key().source(),
                    product.key().id(),
                    product.name(),
                    product.sku(),
                    product.category(),
                    Price.of(product.price()),
                    Price.of(product.cost()),
                    product.isCatalogued(),
                    figures.sales().orders(),
                    figures.sales().units(),
                    figures.sales().returned(),
                    Sales.of(figures.sales().amounts()),
                    figures.refundedByRefundDate().minor(),
                    figures.months().stream().map(Month::of).toList(),
                    figures.regions().top().stream().map(OverviewApi.Region::of).toList(),
                    OverviewApi.OtherRegions.of(figures.regions()),
                    figures.history().stream().map(Version::of).toList(),
                    figures.moreVersions(),
                    Together.of(figures.together()));
        }
    }

    /** A month of a product. */
    @Schema(
            name = "ProductMonth",
            description = "A month, or the part of it within the range and the data.")
    public record Month(
            @Schema(implementation = String.class, description = "As YYYY-MM.") YearMonth month,
            long orders,
            BigDecimal units,
            BigInteger grossMinor,
            BigInteger discountMinor,
            @Schema(description = "Refunds of the month's orders, whenever they were made.")
                    BigInteger refundedMinor,
            BigInteger netMinor,
            @Schema(description = "Refunds made in the month, of orders of any day.")
                    BigInteger refundedInMonthMinor,
            @Schema(nullable = true) @Nullable LocalDate partialFrom,
            @Schema(nullable = true) @Nullable LocalDate partialTo) {
        static Month of(ProductFigures.Month month) {
            return new Month(
                    month.month(),
                    month.orders(),
                    month.units(),
                    month.gross().minor(),
                    month.discount().minor(),
                    month.refunded().minor(),
                    month.net().minor(),
                    month.refundedByRefundDate().minor(),
                    month.partialFrom(),
                    month.partialTo());
        }
    }

    /** A version of the catalogue. */
    @Schema(
            name = "ProductVersion",
            description = "A period in which the catalogue had it unchanged.")
    public record Version(
            @Schema(description = "Null if it is not known since when.", nullable = true)
                    @Nullable Instant from,
            @Schema(description = "Null for the current version.", nullable = true)
                    @Nullable Instant to,
            @Schema(nullable = true) @Nullable String name,
            @Schema(nullable = true) @Nullable String category,
            @Schema(nullable = true) @Nullable Price price,
            @Schema(nullable = true) @Nullable Price unitCost) {
        static Version of(ProductFigures.Version version) {
            return new Version(
                    version.from(),
                    version.to(),
                    version.name(),
                    version.category(),
                    Price.of(version.price()),
                    Price.of(version.cost()));
        }
    }

    /** What it is bought with. */
    @Schema(description = "Products of the same orders.")
    public record Together(
            @Schema(description = "Orders with this and other products.") long orders,
            @Schema(description = "Whether these are only the newest ones.") boolean partly,
            List<Partner> products) {
        static Together of(ProductFigures.Together together) {
            return new Together(
                    together.baskets(),
                    together.isSample(),
                    together.partners().stream().map(Partner::of).toList());
        }
    }

    /** A product that it was bought with. */
    @Schema(description = "A product that was bought with it.")
    public record Partner(
            String id, String name, @Schema(description = "Orders with both.") long orders) {
        static Partner of(ProductFigures.Partner partner) {
            return new Partner(partner.key().id(), partner.name(), partner.baskets());
        }
    }

    /** The list for the parameters. */
    @GET
    @Transactional
    @Operation(
            operationId = "products",
            summary = "What sells, what it earns, and what does not sell")
    public RestResponse<Answer<Listing>> products(
            @BeanParam SalesFilter.Parameters filter,
            @BeanParam ProductListOptions.Parameters list) {
        return answers.of(
                "/products",
                List.of("sold", "net", "refunded", "profit", "list"),
                filter,
                mistakes -> ProductListOptions.read(list, mistakes),
                (context, options) -> Listing.of(products.list(context, options)));
    }

    /** The product for the parameters. */
    @GET
    @Path("{source}/{id}")
    @Transactional
    @Operation(operationId = "product", summary = "A product, its sales, prices and costs")
    public RestResponse<Answer<Single>> product(
            @PathParam("source") String source,
            @PathParam("id") String id,
            @BeanParam SalesFilter.Parameters filter) {
        if (!PathId.isPossible(source) || !PathId.isPossible(id)) {
            throw new NotFoundException();
        }
        ProductSales.Described product =
                sales.product(ProductKey.ofPath(source, id)).orElseThrow(NotFoundException::new);
        return answers.of(
                product.key().path(),
                List.of("net", "units", "refunded", "profit", "together"),
                filter.withSource(source),
                context ->
                        Single.of(
                                ProductPage.Product.of(
                                        product, context.filter().scope().currency()),
                                sales.figures(product.key(), context)));
    }
}
