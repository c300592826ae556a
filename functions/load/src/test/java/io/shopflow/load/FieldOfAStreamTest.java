package io.shopflow.load;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.shopflow.core.lake.PartMetadata.CleanCounts;
import io.shopflow.core.run.PartId;
import io.shopflow.core.run.RunId;
import io.shopflow.core.stream.Field;
import io.shopflow.core.stream.FieldType;
import io.shopflow.core.stream.Privacy;
import io.shopflow.core.stream.StreamName;
import io.shopflow.core.stream.StreamSchema;
import io.shopflow.lambda.trace.Tracer;
import io.shopflow.load.notification.NotifiedRuns;
import io.shopflow.load.warehouse.ApplyResult;
import io.shopflow.load.warehouse.ApplyResult.PartApplied;
import io.shopflow.load.warehouse.CleanPart;
import io.shopflow.load.warehouse.PostgresWarehouse;
import io.shopflow.load.warehouse.RejectedPart;
import io.shopflow.load.warehouse.RejectedShare;
import io.shopflow.load.warehouse.Warehouse;
import java.io.ByteArrayInputStream;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A field that is new in a stream's schema, and a column of the same name in the star: load needs
 * nothing else. SQL calls something else by this field's name.
 */
@QuarkusTest
@QuarkusTestResource(LoadTestServers.class)
class FieldOfAStreamTest {

    private static final String FIELD = "limit";
    private static final String JANUARY = "2026-01-01T00:00:00Z";
    private static final String FEBRUARY = "2026-02-01T00:00:00Z";
    private static final String MARCH = "2026-03-01T00:00:00Z";

    @BeforeEach
    void migrate() {
        tables().forEach(
                        table ->
                                Database.execute(
                                        "alter table warehouse.%s add column \"%s\" text"
                                                .formatted(table, FIELD)));
    }

    @AfterEach
    void undo() {
        tables().forEach(
                        table ->
                                Database.execute(
                                        "alter table warehouse.%1$s drop column \"%2$s\"; delete from warehouse.%1$s where source like 'field_of_%%'"
                                                .formatted(table, FIELD)));
    }

    @ParameterizedTest
    @EnumSource(StreamName.class)
    void isLoadedComparedAndChanged(StreamName stream) {
        Warehouse warehouse = warehouse();
        assertThat(load(warehouse, stream, "one", JANUARY)).isEqualTo("1 inserted, 0 updated");
        assertThat(values(stream)).containsExactly("one");

        assertThat(load(warehouse, stream, "two", FEBRUARY)).isEqualTo("0 inserted, 1 updated");
        assertThat(values(stream)).endsWith("two");
        List<String> known = values(stream);

        assertThat(load(warehouse, stream, "two", MARCH)).isEqualTo("0 inserted, 0 updated");
        assertThat(values(stream)).isEqualTo(known);
    }

    @ParameterizedTest
    @EnumSource(StreamName.class)
    void isNullInPartsOfReleasesThatDidNotHaveIt(StreamName stream) {
        List<String> columns = StreamSchema.of(stream).cleanHeader();
        String row = CleanRow.of(stream, "1").extractedAt(JANUARY).line(1);
        Warehouse warehouse = warehouse();

        assertThat(load(warehouse, stream, columns, row)).isEqualTo("1 inserted, 0 updated");
        assertThat(Database.rows(sql(stream, "count(\"%s\")".formatted(FIELD))))
                .containsExactly("0");

        assertThat(load(warehouse, stream, "one", FEBRUARY)).isEqualTo("0 inserted, 1 updated");
        assertThat(values(stream)).endsWith("one");
    }

    private static String sql(StreamName stream, String expression) {
        return "select %s from warehouse.%s where source = 'field_of_%s'"
                .formatted(expression, table(stream), stream.canonicalName());
    }

    private static Warehouse warehouse() {
        PGSimpleDataSource database = new PGSimpleDataSource();
        database.setUrl(System.getProperty("load.test.database"));
        database.setUser("postgres");
        database.setPassword("postgres");
        return new PostgresWarehouse(
                database,
                Clock.systemUTC(),
                Tracer.ofEnvironment(),
                new RejectedShare(0),
                NotifiedRuns.NONE,
                FieldOfAStreamTest::schema);
    }

    private static StreamSchema schema(StreamName stream) {
        StreamSchema schema = StreamSchema.of(stream);
        List<Field> fields = new ArrayList<>(schema.fields());
        fields.add(new Field(FIELD, FieldType.TEXT, false, Privacy.PUBLIC, "Made for this test."));
        return new StreamSchema(stream, fields, schema.derived());
    }

    private static String load(
            Warehouse warehouse, StreamName stream, String value, String extractedAt) {
        return load(
                warehouse,
                stream,
                schema(stream).cleanHeader(),
                CleanRow.of(schema(stream), "1", FIELD, value).extractedAt(extractedAt).line(1));
    }

    private static String load(
            Warehouse warehouse, StreamName stream, List<String> columns, String row) {
        PartId part = new PartId("field_of_" + stream.canonicalName(), RunId.create(), stream, 1);
        ApplyResult result =
                warehouse.apply(
                        part,
                        () ->
                                new CleanPart(
                                        part,
                                        LoadTestServers.BUCKET,
                                        "version",
                                        new CleanCounts(1, 1, 0, 0),
                                        "test-key",
                                        false,
                                        List.of(),
                                        () -> RejectedPart.NONE,
                                        columns,
                                        new ByteArrayInputStream((row + "\n").getBytes(UTF_8))));
        return result instanceof PartApplied applied
                ? "%d inserted, %d updated"
                        .formatted(applied.rows().inserted(), applied.rows().updated())
                : result.toString();
    }

    /** The rows of the star, the oldest version first. */
    private static List<String> values(StreamName stream) {
        return Database.rows(sql(stream, "\"%s\"".formatted(FIELD)) + " order by version_at");
    }

    private static List<String> tables() {
        return java.util.Arrays.stream(StreamName.values()).map(FieldOfAStreamTest::table).toList();
    }

    private static String table(StreamName stream) {
        return switch (stream) {
            case CUSTOMERS, PRODUCTS, SELLERS -> "dim_" + stream.canonicalName();
            case ORDERS, ORDER_ITEMS, PAYMENTS, REFUNDS, REVIEWS ->
                    "fact_" + stream.canonicalName();
        };
    }
}
