package io.shopflow.load.warehouse;

import static java.util.stream.Collectors.joining;

import io.shopflow.core.stream.CleanColumn;
import io.shopflow.core.stream.Stream;
import io.shopflow.core.stream.StreamSchema;
import java.util.List;

/**
 * The table of the star that a stream is merged into.
 *
 * @param name with its schema
 * @param key the column that the stream's {@code id} becomes
 */
record MergeTarget(Stream stream, Kind kind, String name, String key) {

    private static final String ID = "id";

    /** What a table keeps of the versions of a row. */
    enum Kind {
        /** The newest. */
        FACT,
        /** The newest. A row may be inferred: named by a fact before it came itself. */
        TYPE_1,
        /** All, each with the time in which it was valid; inferred rows as well. */
        TYPE_2
    }

    /** The declaration of each stream's table; its columns follow from the stream's schema. */
    static MergeTarget of(Stream stream) {
        return switch (stream) {
            case CUSTOMERS -> dimension(stream, Kind.TYPE_1, "dim_customers", "customer_id");
            case PRODUCTS -> dimension(stream, Kind.TYPE_2, "dim_products", "product_id");
            case SELLERS -> dimension(stream, Kind.TYPE_1, "dim_sellers", "seller_id");
            case ORDERS -> fact(stream, "fact_orders", "order_id");
            case ORDER_ITEMS -> fact(stream, "fact_order_items", "order_item_id");
            case PAYMENTS -> fact(stream, "fact_payments", "payment_id");
            case REFUNDS -> fact(stream, "fact_refunds", "refund_id");
            case REVIEWS -> fact(stream, "fact_reviews", "review_id");
        };
    }

    private static MergeTarget dimension(Stream stream, Kind kind, String table, String key) {
        return new MergeTarget(stream, kind, "warehouse." + table, key);
    }

    private static MergeTarget fact(Stream stream, String table, String key) {
        return new MergeTarget(stream, Kind.FACT, "warehouse." + table, key);
    }

    /** Whether a fact may name a row of it before that came itself. */
    boolean inferable() {
        return kind != Kind.FACT;
    }

    /**
     * Where one part's rows stand while they are merged: a temporary table of the connection, which
     * no other load sees.
     */
    String staging() {
        return "pg_temp." + stream.canonicalName();
    }

    /** Makes {@link #staging()}: the clean columns, each of the type that it has in the star. */
    String createStaging() {
        return "create temporary table if not exists %s on commit delete rows as select %s from %s with no data"
                .formatted(
                        stream.canonicalName(),
                        StreamSchema.of(stream).cleanHeader().stream()
                                .map(column -> column.equals(ID) ? key + " as " + ID : column)
                                .collect(joining(", ")),
                        name);
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
