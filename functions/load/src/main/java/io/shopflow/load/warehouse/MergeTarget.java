package io.shopflow.load.warehouse;

import io.shopflow.core.stream.StreamName;
import io.shopflow.core.stream.StreamSchema;

/**
 * The table of the star schema into which a stream is merged. Its columns follow from the stream's
 * schema.
 *
 * @param name with its schema
 * @param key the column of the stream's {@code id}
 */
record MergeTarget(StreamSchema schema, Kind kind, String name, String key) {

    private static final String ID = "id";

    /** The versions of a row that a table keeps. */
    enum Kind {
        /** The newest. */
        FACT,
        /** The newest. Members may be inferred: a fact refers to them before their rows arrive. */
        TYPE_1,
        /** All, each with the period in which it was valid. Members may be inferred. */
        TYPE_2
    }

    /** The table of a stream with this schema. */
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
    static MergeTarget of(StreamName stream) {
        return of(StreamSchema.of(stream));
    }

    private static MergeTarget dimension(StreamSchema schema, Kind kind, String table, String key) {
        return new MergeTarget(schema, kind, "warehouse." + table, key);
    }

    private static MergeTarget fact(StreamSchema schema, String table, String key) {
        return new MergeTarget(schema, Kind.FACT, "warehouse." + table, key);
    }

    StreamName stream() {
        return schema.stream();
    }

    /** Whether members may be inferred. */
    boolean inferable() {
        return kind != Kind.FACT;
    }

    /**
     * The name of the temporary table with the part's rows. It belongs to the connection; no other
     * load sees it.
     */
    String staging() {
        return "pg_temp." + stream().canonicalName();
    }

    /** Creates {@link #staging()}: the clean columns, with the types of the star schema. */
    String createStaging() {
        return "create temporary table if not exists %s on commit delete rows as select %s as %s, %s from %s with no data"
                .formatted(stream().canonicalName(), key, ID, staged().without(ID).listed(), name);
    }

    /** The columns of {@link #staging()}: those of a clean part. */
    Columns staged() {
        return new Columns(schema.cleanHeader());
    }

    /** A row's content: all clean columns except the key and the version. */
    Columns content() {
        return staged().without(ID, StreamSchema.VERSION_AT, StreamSchema.SOURCE_ROW);
    }
}
