package io.shopflow.laptop.inference;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The exports whose mappings are in {@code sources/examples}, and how they are recognised. */
enum KnownExport {
    AMAZON(
            "Amazon, report \"All Orders\"",
            "examples/amazon_orders.yaml",
            "amazon-order-id",
            "purchase-date",
            "item-price",
            "ship-promotion-discount"),
    EBAY(
            "eBay, orders report",
            "examples/ebay_orders.yaml",
            "Sales record number",
            "Order number",
            "Buyer username",
            "Sold for"),
    ETSY(
            "Etsy, order items",
            "examples/etsy_order_items.yaml",
            "Sale Date",
            "Item Name",
            "Transaction ID",
            "Listing ID",
            "Order ID"),
    SHOPIFY(
            "Shopify, orders export",
            "examples/shopify_orders.yaml",
            "Name",
            "Financial Status",
            "Lineitem name",
            "Lineitem quantity"),
    WOOCOMMERCE_PRODUCTS(
            "WooCommerce, products",
            "examples/woocommerce_files.yaml",
            "ID",
            "Type",
            "SKU",
            "Regular price",
            "Categories",
            "Parent"),
    WOOCOMMERCE_ORDERS(
            "WooCommerce, plugin \"Order Export & Order Import\"",
            "examples/woocommerce_orders.yaml",
            "order_id",
            "order_currency",
            "line_item_1"),
    OLIST(
            "Olist",
            "olist.yaml",
            "order_id",
            "customer_id",
            "order_purchase_timestamp",
            "order_estimated_delivery_date"),
    SUPERSTORE(
            "Tableau's Superstore",
            "examples/superstore.yaml",
            "Row ID",
            "Order ID",
            "Sales",
            "Profit"),
    UCI(
            "UCI's Online Retail",
            "examples/uci_online_retail.yaml",
            "InvoiceNo",
            "StockCode",
            "InvoiceDate",
            "UnitPrice",
            "CustomerID");

    private final String title;
    private final String mapping;

    // A copy that cannot be changed.
    @SuppressWarnings("ImmutableEnumChecker")
    private final Set<String> columns;

    KnownExport(String title, String mapping, String... columns) {
        this.title = title;
        this.mapping = mapping;
        this.columns =
                List.of(columns).stream().map(Words::plain).collect(Collectors.toUnmodifiableSet());
    }

    /** The export with these columns. */
    static Optional<KnownExport> of(SampledFile file) {
        Set<String> found = file.columns().stream().map(Words::plain).collect(Collectors.toSet());
        for (KnownExport export : values()) {
            if (found.containsAll(export.columns)) {
                return Optional.of(export);
            }
        }
        return Optional.empty();
    }

    String title() {
        return title;
    }

    /** Its mapping's file, within {@code sources}. */
    String mapping() {
        return mapping;
    }
}
