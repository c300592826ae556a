package io.shopflow.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.shopflow.core.stream.CleanColumn;
import io.shopflow.core.stream.StreamName;
import io.shopflow.core.stream.StreamSchema;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The columns of the star are those of the streams' schemas. */
@QuarkusTest
@QuarkusTestResource(LoadTestServers.class)
class StarSchemaTest {

    @ParameterizedTest
    @EnumSource(StreamName.class)
    void theStarHasEveryCleanColumn(StreamName stream) {
        String table =
                switch (stream) {
                    case CUSTOMERS, PRODUCTS, SELLERS -> "warehouse.dim_";
                    case ORDERS, ORDER_ITEMS, PAYMENTS, REFUNDS, REVIEWS -> "warehouse.fact_";
                };
        String key = stream.canonicalName().replaceFirst("s$", "") + "_id";
        assertThat(columns(table + stream.canonicalName()))
                .containsAll(
                        StreamSchema.of(stream).cleanColumns().stream()
                                .map(StarSchemaTest::described)
                                .map(column -> column.replaceFirst("^id\\|", key + "|"))
                                .toList());
    }

    /** {@code ./shopflow check} reads the kinds of tables from the database. */
    @ParameterizedTest
    @EnumSource(StreamName.class)
    void theCheckKnowsWhichTablesHaveAHistory(StreamName stream) {
        assertThat(
                        Database.rows(
                                """
                                select
                                    is_historical
                                    = exists (
                                        select
                                        from pg_attribute
                                        where attrelid = relation::regclass and attname = 'valid_from'
                                    )
                                from etl.tables_of_streams()
                                where stream = '%s'
                                """
                                        .formatted(stream.canonicalName())))
                .containsExactly("t");
    }

    private static String described(CleanColumn column) {
        String type =
                column.sqlType().equals("timestamptz")
                        ? "timestamp with time zone"
                        : column.sqlType();
        return column.name() + "|" + type + "|" + (column.required() ? "t" : "f");
    }

    private static java.util.List<String> columns(String table) {
        return Database.rows(
                "select attname, format_type(atttypid, atttypmod), attnotnull from pg_attribute where attrelid = '%s'::regclass and attnum > 0 order by attnum"
                        .formatted(table));
    }
}
