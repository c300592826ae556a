package io.shopflow.dashboard.products;

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
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.ByteArrayOutputStream;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import org.jspecify.annotations.Nullable;

/** The list of products as a file for spreadsheets: all its pages, with the same filter. */
@Path("/products.csv")
@Produces("text/csv;charset=UTF-8")
public class ProductsFile {
    private static final MediaType CSV = new MediaType("text", "csv", "UTF-8");

    /** Excel takes a file without it for one in the code page of its user. */
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    /** Hangul fillers and the Braille pattern without dots: Unicode calls them visible. */
    private static final String UNSEEN_LETTERS = "\u115F\u1160\u3164\uFFA0\u2800";

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
                        Response.ok(content(context, options), CSV)
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
        try (PrintWriter file = new PrintWriter(content, false, StandardCharsets.UTF_8)) {
            file.append(BYTE_ORDER_MARK);
            if (options.unsold()) {
                file.append(
                        "source,product_id,name,sku,category,price,unit_cost,currency,last_sold\r\n");
                products.forEachIdle(context.filter(), options, product -> append(file, product));
            } else {
                file.append(
                        "rank,source,product_id,name,sku,category,units,orders,gross_sales,discounts,"
                                + "refunds,net_sales,refunded_share,profit,margin,covered_share,currency\r\n");
                products.forEachSold(context.filter(), options, product -> append(file, product));
            }
        }
        return content::writeTo;
    }

    private static void append(PrintWriter file, Product product) {
        ProductKey key = product.key();
        ProductAmounts amounts = product.amounts();
        Earnings earnings = amounts.earnings();
        Coverage coverage = amounts.coverage();
        line(
                file,
                String.valueOf(product.rank()),
                text(key == null ? null : key.source()),
                text(key == null ? null : key.id()),
                text(product.name()),
                text(product.sku()),
                text(product.category()),
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

    private static void append(PrintWriter file, Idle product) {
        Money price = product.price() == null ? product.cost() : product.price();
        line(
                file,
                text(product.key().source()),
                text(product.key().id()),
                text(product.name()),
                text(product.sku()),
                text(product.category()),
                amount(product.price()),
                amount(product.cost()),
                price == null ? "" : price.currency().getCurrencyCode(),
                product.lastSold() == null ? "" : product.lastSold().toString());
    }

    private static void line(PrintWriter file, String... cells) {
        file.append(String.join(",", cells)).append("\r\n");
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

    /**
     * A spreadsheet takes a text that begins like a formula for one, also in quotes: the apostrophe
     * keeps it a text. <a href="https://owasp.org/www-community/attacks/CSV_Injection">CSV
     * injection</a>.
     */
    private static String text(@Nullable String value) {
        if (value == null || value.isEmpty()) {
            return "";
        }
        String safe = beginsLikeFormula(value) ? "'" + value : value;
        return "\"" + safe.replace("\"", "\"\"") + "\"";
    }

    /** Whatever is not seen before a sign does not hide it, and wide or small signs count too. */
    private static boolean beginsLikeFormula(String value) {
        if ("\t\r\n".indexOf(value.charAt(0)) >= 0) {
            return true;
        }
        int first = value.codePoints().filter(ProductsFile::isSeen).findFirst().orElse(' ');
        String sign = Normalizer.normalize(Character.toString(first), Normalizer.Form.NFKC);
        return "=+-@\u2212".contains(sign);
    }

    private static boolean isSeen(int character) {
        if (UNSEEN_LETTERS.indexOf(character) >= 0) {
            return false;
        }
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SPACE_SEPARATOR,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.NON_SPACING_MARK,
                    Character.ENCLOSING_MARK,
                    Character.UNASSIGNED ->
                    false;
            default -> true;
        };
    }
}
