package io.shopflow.load.warehouse;

import io.shopflow.core.stream.CleanColumn;
import io.shopflow.core.stream.Stream;
import io.shopflow.core.stream.StreamSchema;
import java.util.List;

/**
 * The table of the star that a stream is merged into.
 *
 * @param name with its schema
 * @param key the column that the stream's {@code id} becomes
 * @param inferable whether its rows may be inferred: named by a fact before they came themselves
 */
record StarTable(Stream stream, String name, String key, boolean inferable) {

    private static final String ID = "id";

    static StarTable of(Stream stream) {
        return switch (stream) {
            case CUSTOMERS -> new StarTable(stream, "warehouse.dim_customers", "customer_id", true);
            case PRODUCTS -> new StarTable(stream, "warehouse.dim_products", "product_id", true);
            case SELLERS -> new StarTable(stream, "warehouse.dim_sellers", "seller_id", true);
            case ORDERS -> new StarTable(stream, "warehouse.fact_orders", "order_id", false);
            case ORDER_ITEMS ->
                    new StarTable(stream, "warehouse.fact_order_items", "order_item_id", false);
            case PAYMENTS -> new StarTable(stream, "warehouse.fact_payments", "payment_id", false);
            case REFUNDS -> new StarTable(stream, "warehouse.fact_refunds", "refund_id", false);
            case REVIEWS -> new StarTable(stream, "warehouse.fact_reviews", "review_id", false);
        };
    }

    /**
     * Where one part's rows stand while they are merged: a temporary table of the connection, which
     * no other load sees, in the shape of the schema {@code staging}.
     */
    String staging() {
        return "pg_temp." + stream.canonicalName();
    }

    /** What a row says: all clean columns but the key and the version. */
    List<String> content() {
        return StreamSchema.of(stream).cleanColumns().stream()
                .map(CleanColumn::name)
                .filter(
                        column ->
                                !column.equals(ID)
                                        && !column.equals(StreamSchema.VERSION_AT)
                                        && !column.equals(StreamSchema.SOURCE_ROW))
                .toList();
    }
}
