package io.shopflow.dashboard.products;

import io.shopflow.dashboard.file.CsvLines;
import io.shopflow.dashboard.products.ProductAmounts.Earnings;
import io.shopflow.dashboard.products.ProductList.Idle;
import io.shopflow.dashboard.products.ProductList.Product;
import io.shopflow.dashboard.sales.FilteredPages;
import io.shopflow.dashboard.sales.Money;
import io.shopflow.dashboard.sales.PageContext;
import io.shopflow.dashboard.sales.ProductKey;
import io.shopflow.dashboard.sales.SalesFigures.Coverage;
import io.shopflow.dashboard.sales.SalesFilter;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.ByteArrayOutputStream;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The list of products as a file for spreadsheets: all its pages, with the same filter. */
@Path("/products.csv")
@Produces("text/csv;charset=UTF-8")
public class ProductsFile {
    private final FilteredPages pages;
    private final ProductQueries products;

    ProductsFile(FilteredPages pages, ProductQueries products) {
        this.pages = pages;
        this.products = products;
    }

    /** The file for the URL's parameters. */
    @GET
    @Transactional
    public Response file(
            @BeanParam SalesFilter.Parameters filter,
            @BeanParam ProductListOptions.Parameters list) {
        return pages.file(
                "products",
                filter,
                mistakes -> ProductListOptions.read(list, mistakes).onPage(1),
                (context, options) ->
                        Response.ok(content(context, options), CsvLines.TYPE)
                                .header(
                                        "Content-Disposition",
                                        "attachment; filename=\"products-%s%s-to-%s.csv\""
                                                .formatted(
                                                        options.unsold() ? "not-sold-" : "",
                                                        context.filter().range().from(),
                                                        context.filter().range().to())));
    }

    private StreamingOutput content(PageContext context, ProductListOptions options) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        try (PrintWriter writer = new PrintWriter(content, false, StandardCharsets.UTF_8)) {
            CsvLines file = new CsvLines(writer);
            if (options.unsold()) {
                file.line(
                        List.of(
                                "source,product_id,name,sku,category,price,unit_cost,currency,last_sold"));
                products.forEachIdle(context.filter(), options, product -> append(file, product));
            } else {
                file.line(
                        List.of(
                                "rank,source,product_id,name,sku,category,units,orders,gross_sales,discounts,"
                                        + "refunds,net_sales,refunded_share,profit,margin,covered_share,currency"));
                products.forEachSold(context.filter(), options, product -> append(file, product));
            }
        }
        return content::writeTo;
    }

    private static void append(CsvLines file, Product product) {
        ProductKey key = product.key();
        ProductAmounts amounts = product.amounts();
        Earnings earnings = amounts.earnings();
        Coverage coverage = amounts.coverage();
        line(
                file,
                String.valueOf(product.rank()),
                CsvLines.text(key == null ? null : key.source()),
                CsvLines.text(key == null ? null : key.id()),
                CsvLines.text(product.name()),
                CsvLines.text(product.sku()),
                CsvLines.text(product.category()),
                product.units().toPlainString(),
                String.valueOf(product.orders()),
                amount(amounts.gross()),
                amount(amounts.discount()),
                amount(amounts.refunded()),
                amount(amounts.net()),
                amounts.hasRefundedShare()
                        ? share(amounts.refunded(), amounts.beforeRefunds())
                        : "",
                amount(earnings == null ? null : earnings.profit()),
                earnings != null && earnings.hasMargin()
                        ? share(earnings.profit(), earnings.net())
                        : "",
                coverage.all().minor().signum() == 0
                        ? ""
                        : share(coverage.covered(), coverage.all()),
                amounts.net().currency().getCurrencyCode());
    }

    private static void append(CsvLines file, Idle product) {
        Money price = product.price() == null ? product.cost() : product.price();
        line(
                file,
                CsvLines.text(product.key().source()),
                CsvLines.text(product.key().id()),
                CsvLines.text(product.name()),
                CsvLines.text(product.sku()),
                CsvLines.text(product.category()),
                amount(product.price()),
                amount(product.cost()),
                price == null ? "" : price.currency().getCurrencyCode(),
                product.lastSold() == null ? "" : product.lastSold().toString());
    }

    private static void line(CsvLines file, String... cells) {
        file.line(List.of(cells));
    }

    private static String amount(@Nullable Money money) {
        return money == null ? "" : money.amount().toPlainString();
    }

    private static String share(Money part, Money whole) {
        BigInteger of = whole.minor();
        return new BigDecimal(part.minor())
                .divide(new BigDecimal(of), 4, RoundingMode.HALF_UP)
                .toPlainString();
    }
}
