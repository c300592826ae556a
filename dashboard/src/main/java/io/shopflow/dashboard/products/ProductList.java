package io.shopflow.dashboard.products;

import io.shopflow.dashboard.sales.Money;
import io.shopflow.dashboard.sales.ProductKey;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of a list of products, and the sums of all products that were sold.
 *
 * @param sold of the filter, whatever is searched and listed
 * @param found of the products of the search
 * @param unsold number of products of the catalogue that were not sold
 * @param catalogue number of products of the catalogue
 * @param ofNoLine net sales of orders that belong to none of their lines
 * @param products of the page, if those that were sold are listed
 * @param idle of the page, if those that were not sold are listed
 */
public record ProductList(
        Sums sold,
        Sums found,
        long unsold,
        long catalogue,
        Money ofNoLine,
        List<Product> products,
        List<Idle> idle,
        long listed,
        long page,
        long pages) {

    /** Sums of products. */
    public record Sums(long products, ProductAmounts amounts) {}

    /**
     * The sales of a product.
     *
     * @param rank by net sales among all that were sold
     * @param key null for a product that the shop has deleted
     */
    public record Product(
            long rank,
            @Nullable ProductKey key,
            String name,
            @Nullable String sku,
            String category,
            BigDecimal units,
            long orders,
            ProductAmounts amounts) {}

    /**
     * A product of the catalogue that was not sold.
     *
     * @param lastSold the day of its last sale at any time, in any currency
     */
    public record Idle(
            ProductKey key,
            String name,
            @Nullable String sku,
            String category,
            @Nullable Money price,
            @Nullable Money cost,
            @Nullable LocalDate lastSold) {}

    /** Net sales as the page of sales shows them. */
    public Money net() {
        return sold.amounts().net().plus(ofNoLine);
    }

    /** The number of the page's first product. */
    public long first() {
        return (page - 1) * ProductQueries.ROWS + 1;
    }

    /** The number of its last one. */
    public long last() {
        return first() + products.size() + idle.size() - 1;
    }
}
