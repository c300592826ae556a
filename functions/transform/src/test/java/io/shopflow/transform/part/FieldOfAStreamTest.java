package io.shopflow.transform.part;

import static org.assertj.core.api.Assertions.assertThat;

import io.shopflow.core.stream.Field;
import io.shopflow.core.stream.FieldType;
import io.shopflow.core.stream.Privacy;
import io.shopflow.core.stream.StreamName;
import io.shopflow.core.stream.StreamSchema;
import io.shopflow.transform.part.Shop.Result;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** New fields in a stream's schema: transform needs no other change. */
class FieldOfAStreamTest {

    @Test
    void isTypedAndProtectedAsTheSchemaSays() {
        Shop shop =
                Shop.inLondon()
                        .withSchema(
                                products(
                                        field("colour", FieldType.TEXT, Privacy.PUBLIC),
                                        field("deposit", FieldType.MONEY, Privacy.PUBLIC),
                                        field("buyer_email", FieldType.TEXT, Privacy.PSEUDONYM),
                                        field("maker_postcode", FieldType.TEXT, Privacy.AREA),
                                        field("maker", FieldType.TEXT, Privacy.DROP)));

        Result result =
                shop.transform(
                        StreamName.PRODUCTS,
                        Map.of(
                                "id", "1",
                                "colour", " green ",
                                "deposit", "1.50",
                                "buyer_email", "Ann@Example.com",
                                "maker_postcode", "SW1A 1AA",
                                "maker", "Ann Smith"));

        assertThat(result.row())
                .containsEntry("colour", "green")
                .containsEntry("deposit_minor", "150")
                .containsEntry("buyer_email_token", Shop.token("ann@example.com"))
                .containsEntry("maker_postcode_area", "SW");
        assertThat(result.text(result.part().cleanKey())).doesNotContain("Ann");
    }

    @Test
    void isRequiredWhereTheSchemaSaysSo() {
        Shop shop =
                Shop.inLondon()
                        .withSchema(
                                products(
                                        new Field(
                                                "colour",
                                                FieldType.TEXT,
                                                true,
                                                Privacy.PUBLIC,
                                                "Made for this test.")));

        assertThat(shop.transform(StreamName.PRODUCTS, Map.of("id", "1")).rejection())
                .isEqualTo("required colour products.csv:2");
    }

    @Test
    void isEmptyInPartsOfReleasesThatDidNotHaveIt() {
        byte[] raw =
                Shop.rawCsv(
                        StreamName.PRODUCTS,
                        List.of(
                                Map.of("id", "1", "name", "Tea"),
                                Map.of("id", "2", "name", "Jug", "category", "Kitchen")));

        for (int place = 1;
                place <= StreamSchema.of(StreamName.PRODUCTS).fields().size();
                place++) {
            Result result =
                    Shop.inLondon()
                            .withSchema(
                                    products(
                                            place,
                                            field("colour", FieldType.TEXT, Privacy.PUBLIC),
                                            field("maker", FieldType.TEXT, Privacy.DROP)))
                            .transform(StreamName.PRODUCTS, raw);

            assertThat(result.counts().quarantined()).as("at %d", place).isZero();
            assertThat(result.clean())
                    .as("at %d", place)
                    .satisfiesExactly(
                            first ->
                                    assertThat(first)
                                            .containsEntry("name", "Tea")
                                            .doesNotContainKey("colour"),
                            second ->
                                    assertThat(second)
                                            .containsEntry("name", "Jug")
                                            .containsEntry("category", "Kitchen"));
        }
    }

    private static StreamSchema products(Field... more) {
        return products(StreamSchema.of(StreamName.PRODUCTS).fields().size(), more);
    }

    private static StreamSchema products(int place, Field... more) {
        StreamSchema schema = StreamSchema.of(StreamName.PRODUCTS);
        List<Field> fields = new ArrayList<>(schema.fields());
        fields.addAll(place, List.of(more));
        return new StreamSchema(StreamName.PRODUCTS, fields, schema.derived());
    }

    private static Field field(String name, FieldType type, Privacy privacy) {
        return new Field(name, type, false, privacy, "Made for this test.");
    }
}
