package io.shopflow.load.warehouse;

import io.shopflow.core.stream.Stream;
import io.shopflow.core.stream.StreamSchema;

/**
 * The table of the star that a stream is merged into. Its statements follow from the stream's
 * schema.
 *
 * @param name with its schema
 * @param key the column that the stream's {@code id} becomes
 */
record MergeTarget(StreamSchema schema, Kind kind, String name, String key) {

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
    static MergeTarget of(StreamSchema schema) {
        return switch (schema.stream()) {
            case CUSTOMERS -> dimension(schema, Kind.TYPE_2, "dim_customers", "customer_id");
            case PRODUCTS -> dimension(schema, Kind.TYPE_2, "dim_products", "product_id");
            case SELLERS -> dimension(schema, Kind.TYPE_1, "dim_sellers", "seller_id");
            case ORDERS -> fact(schema, "fact_orders", "order_id");
            case ORDER_ITEMS -> fact(schema, "fact_order_items", "order_item_id");
            case PAYMENTS -> fact(schema, "fact_payments", "payment_id");
            case REFUNDS -> fact(schema, "fact_refunds", "refund_id");
            case REVIEWS -> fact(schema, "fact_reviews", "review_id");
        };
    }

    /** The table of a stream with its own schema. */
    static MergeTarget of(Stream stream) {
        return of(StreamSchema.of(stream));
    }

    private static MergeTarget dimension(StreamSchema schema, Kind kind, String table, String key) {
        return new MergeTarget(schema, kind, "warehouse." + table, key);
    }

    private static MergeTarget fact(StreamSchema schema, String table, String key) {
        return new MergeTarget(schema, Kind.FACT, "warehouse." + table, key);
    }

    Stream stream() {
        return schema.stream();
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
        return "pg_temp." + stream().canonicalName();
    }

    /** Makes {@link #staging()}: the clean columns, each of the type that it has in the star. */
    String createStaging() {
        return "create temporary table if not exists %s on commit delete rows as select %s as %s, %s from %s with no data"
                .formatted(stream().canonicalName(), key, ID, staged().without(ID).listed(), name);
    }

    /** The columns of {@link #staging()}, which are those of a clean part. */
    Columns staged() {
        return new Columns(schema.cleanHeader());
    }

    /** What a row says: all clean columns but the key and the version. */
    Columns content() {
        return staged().without(ID, StreamSchema.VERSION_AT, StreamSchema.SOURCE_ROW);
    }
}
