package io.shopflow.dashboard.products;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A column of a list of products, by which the list can be sorted. */
public enum ProductColumn {
    /** The name, with id and SKU. */
    NAME("name", "Product", "lower(name)", false, true, true),
    /** The place by net sales, whatever the list is sorted by. */
    RANK("rank", "Rank", "rank", false, true, false),
    /** Units sold. */
    UNITS("units", "Units", "units", true, true, false),
    /** Orders with the product. */
    ORDERS("orders", "Orders", "orders", true, true, false),
    /** Before discounts and refunds. */
    GROSS("gross", "Gross sales", "gross_minor", true, true, false),
    /** After them. */
    NET("net", "Net sales", "net_minor", true, true, false),
    /** The share of sales that was refunded. */
    REFUNDED(
            "refunded",
            "Refunded",
            "case when gross_minor - discount_minor > 0 then refunded_minor / (gross_minor - discount_minor) end",
            true,
            true,
            false),
    /** Of the lines whose cost is known. */
    PROFIT("profit", "Profit", "profit_minor", true, true, false),
    /** Profit of net sales. */
    MARGIN(
            "margin",
            "Margin",
            "case when profit_minor + cost_minor > 0 then profit_minor / (profit_minor + cost_minor) end",
            true,
            true,
            false),
    /** The category of a product that was not sold. */
    CATEGORY("category", "Category", "lower(category)", false, false, true),
    /** Its price today. */
    PRICE("price", "Price", "price_minor", true, false, true),
    /** Its cost today. */
    COST("cost", "Unit cost", "unit_cost_minor", true, false, true);

    private final String key;
    private final String label;
    private final String value;
    private final boolean startsDescending;
    private final boolean ofSold;
    private final boolean ofUnsold;

    ProductColumn(
            String key,
            String label,
            String value,
            boolean startsDescending,
            boolean ofSold,
            boolean ofUnsold) {
        this.key = key;
        this.label = label;
        this.value = value;
        this.startsDescending = startsDescending;
        this.ofSold = ofSold;
        this.ofUnsold = ofUnsold;
    }

    /** The columns of the products that were sold, or of those that were not. */
    static List<ProductColumn> of(boolean unsold) {
        return Arrays.stream(values())
                .filter(column -> unsold ? column.ofUnsold : column.ofSold)
                .toList();
    }

    /** The column that the list is sorted by if none is chosen. */
    static ProductColumn defaultOf(boolean unsold) {
        return unsold ? NAME : RANK;
    }

    static Optional<ProductColumn> named(String key, boolean unsold) {
        return of(unsold).stream().filter(column -> column.key.equals(key)).findFirst();
    }

    /** The name in the page's address. */
    public String key() {
        return key;
    }

    /** The name on the page. */
    public String label() {
        return label;
    }

    /** What is sorted, in SQL. */
    String value() {
        return value;
    }

    /** Whether the reader who chooses this column first sees its largest value. */
    public boolean startsDescending() {
        return startsDescending;
    }
}
